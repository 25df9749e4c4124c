/** The app's automatic fixes: the autopilot's plan, offered where it may be applied. */

import { consoleLinks } from '../../platform/address/console-links.ts';
import { planApp } from '../../platform/app/app-plan.ts';
import { applyPlan } from '../../platform/app/autopilot.ts';
import { ExitCode, isMoltbotFeishuError, MoltbotFeishuError } from '../../shared/errors.ts';
import { asLocalized, type LocalizedText, localize } from '../../shared/text/text.ts';
import type { CheckResult, Fix } from '../check.ts';
import { appContextOf, type DoctorContext } from '../context.ts';
import { doctorTexts } from '../doctor-texts.ts';
import { runtimeTexts as texts } from '../runtime/runtime-texts.ts';
import { readingOf } from './app-facts.ts';
import { credentialsCheck } from './credentials-check.ts';

export async function appFix(
  context: DoctorContext,
  results: readonly CheckResult[],
  signal: AbortSignal,
): Promise<Fix | undefined> {
  const isTaken = results.some(({ id, status }) => id === credentialsCheck.id && status === 'ok');
  if (!isTaken) return undefined;
  const app = appContextOf(context);
  const { client } = app;
  try {
    const plan = planApp(
      await readingOf(app, signal),
      consoleLinks(client.endpoints, client.appId),
      { ...(app.choices && { choices: app.choices }), ...(app.saysWebhook && { insist: true }) },
    );
    if (plan.kind !== 'changes') return undefined;
    const steps = joined(plan.steps.map(({ text }) => text));
    return {
      id: `app ${client.appId}`,
      text: localize(texts.fixApp, { appId: client.appId, steps }),
      async apply(applySignal) {
        const { after } = await applyPlan(client, plan, { signal: applySignal, now: context.now });
        context.webhookAccounts?.delete(context.accountId);
        if (after.kind === 'up-to-date') return;
        const what =
          after.kind === 'blocked'
            ? asLocalized(after.error.what)
            : after.kind === 'changes'
              ? joined(after.steps.map(({ text }) => text))
              : localize(texts.appWaits);
        throw new MoltbotFeishuError({
          code: 'app-not-ready',
          exitCode: ExitCode.appNotReady,
          what: localize(texts.appUnsettled, { what }),
          url: 'url' in after ? after.url : undefined,
        });
      },
    };
  } catch (error) {
    // An app that cannot be read cannot be fixed from here; the checks report why.
    if (isMoltbotFeishuError(error)) return undefined;
    throw error;
  }
}

function joined(parts: readonly LocalizedText[]): LocalizedText {
  const [first = localize(doctorTexts.nothing), ...rest] = parts;
  return rest.reduce((list, next) => localize(doctorTexts.listed, { list, next }), first);
}
