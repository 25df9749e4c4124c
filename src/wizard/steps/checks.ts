/** The doctor's checks of the app: what setup says at the end is what the doctor would say. */

import { appChecks } from '../../doctor/app-checks.ts';
import { type CheckResult, runChecks } from '../../doctor/check.ts';
import { ExitCode, MoltbotFeishuError } from '../../shared/errors.ts';
import { asMessage, message, verbatim } from '../../shared/text.ts';
import { appTexts as texts } from '../app-texts.ts';
import { clientOf, type Run } from '../run.ts';
import { NEXT, type Step } from '../step.ts';
import { wizardTexts } from '../texts.ts';

/** Network and credentials were looked at when the credentials were. */
const checks = appChecks.filter(({ id }) => id !== 'network' && id !== 'credentials');

export const checksStep: Step = {
  id: 'checks',
  title: texts.titleChecks,
  questions: [],
  applies: ({ facts }) => facts.task !== 'policy' && facts.task !== 'rotate',
  async check(run) {
    const { facts, options } = run;
    const { conversation, env, now, flags } = options;
    if (!flags.verify) {
      for (const { id } of checks) {
        run.report({ id, ms: 0, status: 'not-checked', detail: wizardTexts.notVerified });
      }
      return;
    }
    const { plan } = facts;
    const context = {
      client: clientOf(run),
      submitted: plan?.kind === 'waiting' ? { version: plan.version.version } : undefined,
      env,
      now,
      onBot: (bot: Run['facts']['bot']) => {
        facts.bot = bot;
      },
    };
    const results = await conversation.during(texts.checking, (signal) =>
      runChecks(checks, context, { signal, now }),
    );
    for (const result of results) run.report(result);
    const unavailable = results.find(
      ({ status, error }) => status === 'fail' && error?.exitCode === ExitCode.unavailable,
    )?.error;
    if (unavailable) throw unavailable;
    facts.notReady = appNotReady(results);
    if (facts.notReady && conversation.guided && !facts.accepted) throw facts.notReady;
  },
  undo({ facts }) {
    facts.notReady = undefined;
  },
  waysOn: ({ facts }) => [
    {
      label: texts.mend,
      isFirst: true,
      take: () => {
        facts.autopilot = undefined;
        facts.walks = false;
      },
      to: 'app',
    },
    {
      label: wizardTexts.goOnAnyway,
      take: () => {
        facts.accepted = true;
      },
      to: NEXT,
    },
  ],
};

function appNotReady(results: readonly CheckResult[]): MoltbotFeishuError | undefined {
  const failed = results.find((result) => result.status === 'fail');
  if (!failed) return undefined;
  if (failed.error) return failed.error;
  return new MoltbotFeishuError({
    code: failed.id === 'permissions' ? 'scope-missing' : 'app-not-ready',
    exitCode: ExitCode.appNotReady,
    what: message(wizardTexts.appNotReady, {
      problem: asMessage(failed.detail ?? verbatim(failed.id)),
    }),
    fix: failed.fix,
    url: failed.url,
  });
}
