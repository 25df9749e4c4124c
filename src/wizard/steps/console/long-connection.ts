/** The long connection, opened and held: the console wants one to save the mode, the proof listens on it. */

import { resolveEndpoints } from '../../../platform/address/endpoints.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../../shared/errors.ts';
import { asLocalized, localize } from '../../../shared/text/text.ts';
import { clientOf, type Run } from '../../run.ts';
import type { Recovery, Step } from '../../step.ts';
import { appTexts as texts } from '../app/app-texts.ts';
import { provesByMessage } from '../proof/proof.ts';
import { stepError } from '../step-errors.ts';

/** With the SDK's own handshake, three attempts on a poor line. */
const UP_WITHIN_S = 20;

const opening: Pick<Step, 'check' | 'undo' | 'recoveries'> = {
  async check(run) {
    const { facts, options } = run;
    const { conversation, now } = options;
    if (facts.connection?.isUp) return;
    await facts.connection?.close();
    const { holdConnection } = await import('../../held-connection.ts');
    const connection = holdConnection({ ...options, client: clientOf(run) });
    facts.connection = connection;
    const startedAt = now();
    try {
      await conversation.during(texts.opening, (signal) => waitUntilUp(connection, signal));
      run.report({ id: 'line', ms: now() - startedAt, status: 'ok', detail: texts.connectionUp });
    } catch (error) {
      const isUnpublished = isMoltbotFeishuError(error) && error.code === 'app-not-ready';
      // Where the walk published already, it is a fault.
      if (!isUnpublished || !facts.walks || facts.publishesFirst) {
        await connection.close();
        facts.connection = undefined;
        throw error;
      }
      facts.publishesFirst = true;
      // The connection keeps trying: it comes up by itself once a version is published.
      const { what } = error;
      const problem = asLocalized(what);
      run.report({
        id: 'line',
        ms: now() - startedAt,
        status: 'not-checked',
        detail: localize(texts.connectionLater, { problem }),
      });
    }
  },
  async undo({ facts }) {
    await facts.connection?.close();
    facts.connection = undefined;
  },
  recoveries: (run, error) => [
    ...otherBrand(run, error),
    { label: texts.fixApp, to: 'app' },
    {
      label: run.facts.publishesFirst ? texts.continueWithout : texts.publishFirst,
      apply: ({ facts }) => {
        facts.walks = true;
        facts.publishesFirst = true;
      },
      to: 'next',
    },
  ],
};

/** An app of the other brand: the credentials are checked there. A private address has no other brand. */
function otherBrand({ facts }: Run, { code }: MoltbotFeishuError): readonly Recovery[] {
  const { brand } = resolveEndpoints(facts.domain);
  if (code !== 'wrong-brand' || brand === 'custom') return [];
  const other = brand === 'feishu' ? 'lark' : 'feishu';
  return [
    {
      label: localize(texts.switchBrand, { other }),
      isFirst: true,
      apply: (run) => {
        run.facts.domain = other;
        run.remember({ domain: other });
      },
      to: 'credentials',
    },
  ];
}

const beforePages = connectionStep('line', ({ facts, options }) => {
  const { conversation, flags } = options;
  return conversation.guided && flags.verify && !flags.dryRun && facts.walks;
});

/** Before the pages of the console. */
export const connectionForPages: Step = {
  ...beforePages,
  async undo(run) {
    await beforePages.undo?.(run);
    // Found out here, and again on the way forward.
    run.facts.publishesFirst = false;
  },
};

/** Before the modes are saved, once the first version is out. */
export const connectionForModes = connectionStep(
  'mode-line',
  ({ facts, options }) =>
    options.conversation.guided &&
    facts.walks &&
    facts.publishesFirst &&
    !facts.accepted &&
    facts.connection?.isUp !== true,
);

/** Before the proof. */
export const connectionForProof = connectionStep('proof-line', provesByMessage);

function connectionStep(id: string, applies: Step['applies']): Step {
  return { id, title: texts.titleConnection, questions: [], applies, ...opening };
}

async function waitUntilUp(
  connection: Run['facts']['connection'],
  signal: AbortSignal,
): Promise<void> {
  const late = AbortSignal.timeout(UP_WITHIN_S * 1000);
  try {
    await connection?.up(AbortSignal.any([signal, late]));
  } catch (error) {
    if (signal.aborted || !late.aborted) throw error;
    throw stepError('connectionLate', { seconds: UP_WITHIN_S });
  }
}
