/**
 * Keeps an app whose setup is not done in the config, disabled: the platform tells a secret once, and a
 * terminal may be closed at any time.
 */

import { applyConfigChange } from '../../../config/change/change.ts';
import { isMoltbotFeishuError } from '../../../shared/errors.ts';
import { asLocalized, localize } from '../../../shared/text/text.ts';
import { pendingEdits } from '../../account-edits.ts';
import type { Run } from '../../run.ts';
import { wizardTexts as texts } from '../../wizard-texts.ts';
import { withPlugin } from '../config/place-plugin.ts';

/** If the app cannot be kept, setup warns and continues: the final write decides. */
export async function keepPending(run: Run): Promise<void> {
  const { facts, options, target, ref } = run;
  const { appId, secret, domain } = facts;
  if (appId === undefined || secret === undefined || options.flags.dryRun) return;
  // A rehearsal leaves nothing for another run to continue from.
  if (options.rehearsal) return;
  const choice = {
    accountId: target.accountId,
    appId,
    secret: ref ?? { kind: 'literal' as const, value: secret.value },
    domain,
  };
  try {
    const { path } = await withPlugin(run, () =>
      applyConfigChange(
        target.location,
        (document) => [
          ...pendingEdits(document.section, choice),
          ...(target.hostPlan?.edits(document) ?? []),
        ],
        options,
      ),
    );
    facts.keptIn = path;
    options.onWrite?.();
    if (!options.writesCopy) options.conversation.tell(localize(texts.keptPending, { path }));
  } catch (error) {
    if (!isMoltbotFeishuError(error)) throw error;
    options.conversation.warn(localize(texts.notKept, { appId, problem: asLocalized(error.what) }));
  }
}
