/** The doctor's checks of the app: what setup says at the end is what the doctor would say. */
import { permissionsCheck } from '../../doctor/app/app-checks.ts';
import { configuredAppChecks as checks } from '../../doctor/app/ready-checks.ts';
import { type CheckResult, runChecks } from '../../doctor/check.ts';
import { checkName } from '../../doctor/check-names.ts';
import { rewordedError } from '../../shared/error-catalogue.ts';
import { ExitCode, type MoltbotFeishuError } from '../../shared/errors.ts';
import { asLocalized, localize, verbatim } from '../../shared/text/text.ts';
import { NEXT } from '../conversation/jump-to.ts';
import { clientFor, clientOf, type Run } from '../run.ts';
import type { Recovery, Step } from '../step.ts';
import { wizardError } from '../wizard-errors.ts';
import { wizardTexts } from '../wizard-texts.ts';
import { wantsOf } from './app/app.ts';
import { appTexts as texts } from './app/app-texts.ts';

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
      choices: wantsOf(run).choices,
      otherBrand: (domain: 'feishu' | 'lark') => clientFor(run, domain),
      onOnline: (count: number) => {
        // One of them may be the connection that setup holds.
        facts.othersOnline = Math.max(0, count - (facts.connection?.isUp ? 1 : 0));
      },
      onBot: (bot: Run['facts']['bot']) => {
        facts.bot = bot;
      },
    };
    const found = await conversation.during(texts.checking, (signal) =>
      runChecks(checks, context, { signal, now }),
    );
    const results = found.map(withFlag);
    showResults(run, results);
    const unavailable = results.find(
      ({ status, error }) => status === 'fail' && error?.exitCode === ExitCode.unavailable,
    )?.error;
    if (unavailable) throw unavailable;
    facts.notReady = facts.notConfigured ?? appNotReady(results);
    if (facts.notReady && conversation.guided && !facts.accepted) throw facts.notReady;
  },
  undo({ facts }) {
    facts.notReady = undefined;
  },
  recoveries: ({ facts }, error) => [
    ...switchToOther(error),
    {
      label: texts.fixApp,
      isFirst: true,
      apply: () => {
        facts.autopilot = undefined;
        facts.walks = false;
      },
      to: 'app',
    },
    {
      label: wizardTexts.continueAnyway,
      apply: () => {
        facts.accepted = true;
      },
      to: NEXT,
    },
  ],
};

/** The brand that answered for the app, where the error names one. */
function switchToOther({ details: { other } }: MoltbotFeishuError): readonly Recovery[] {
  if (typeof other !== 'string') return [];
  const recovery: Recovery = {
    label: other === 'lark' ? texts.switchToLark : texts.switchToFeishu,
    isFirst: true,
    apply: (run) => {
      run.facts.domain = other;
      run.remember({});
    },
    to: 'credentials',
  };
  return [recovery];
}

/** Guided, what is well is one line; everything else has its own. */
function showResults(run: Run, results: readonly CheckResult[]): void {
  const { conversation } = run.options;
  const isFolded = ({ status }: CheckResult) => conversation.guided && status === 'ok';
  const well = results.filter(isFolded);
  for (const result of results) {
    if (isFolded(result)) run.record(result);
    else run.report(result);
  }
  if (well.length === 0) return;
  const names = well.map(({ id }) => checkName(id));
  conversation.step({
    id: 'app',
    ms: 0,
    status: 'ok',
    detail: localize(texts.inOrderAll, { names }),
  });
}

/** Setup is run again with a flag, where the doctor's advice names the key of the config. */
function withFlag(result: CheckResult): CheckResult {
  const { otherBrand: other } = result;
  return other === undefined
    ? result
    : { ...result, advice: localize(texts.giveDomain, { other }) };
}

/** The error for an app of the other brand, with the flag that selects that brand. */
function wrongBrand(
  error: MoltbotFeishuError,
  { detail, otherBrand: other }: CheckResult,
): MoltbotFeishuError {
  if (other === undefined) return error;
  return rewordedError(error, {
    what: detail ?? error.what,
    advice: localize(texts.giveDomain, { other }),
    url: undefined,
    details: { ...error.details, other },
  });
}

function appNotReady(results: readonly CheckResult[]): MoltbotFeishuError | undefined {
  const failed = results.find((result) => result.status === 'fail');
  if (!failed) return undefined;
  if (failed.error?.code === 'wrong-brand') return wrongBrand(failed.error, failed);
  if (failed.error) return failed.error;
  const { advice, url } = failed;
  const problem = asLocalized(failed.detail ?? verbatim(failed.id));
  const name = failed.id === permissionsCheck.id ? 'scopeMissing' : 'appNotReady';
  return wizardError(name, { problem }, { advice, url });
}
