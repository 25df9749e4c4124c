/**
 * One account, looked at from end to end: everything between a person's message and the agent's
 * answer, in the order in which a message travels.
 *
 * In: where the config is and which account. Out: one result a check. Reads only, but for the proof
 * by a message, which is made only where it is asked for.
 */
import type { ConfigLocation, HostName } from '../config/locate.ts';
import type { ConfigDocument } from '../config/read.ts';
import { readHostFacts } from '../host/machine/installed/host-facts.ts';
import type { Secret } from '../shared/secret.ts';
import { localize } from '../shared/text/text.ts';
import { appFix } from './app/app-fix.ts';
import { eventModeCheck } from './app/subscription-checks.ts';
import {
  type Check,
  type CheckResult,
  type Fix,
  type RunChecksOptions,
  runChecks,
} from './check.ts';
import { configEditFix } from './config/config-fixes.ts';
import type { DoctorContext, DoctorSurroundings } from './context.ts';
import { doctorTexts as texts } from './doctor-texts.ts';
import { checksFor } from './order.ts';
import type { LiveOptions } from './runtime/live-message.ts';

export interface ExamineOptions extends DoctorSurroundings {
  readonly location: ConfigLocation;
  readonly accountId: string;
  /** From `--host`; `none`: there is none, whatever is installed. */
  readonly host?: HostName | 'none' | undefined;
  readonly live?: LiveOptions | undefined;
  readonly signal: AbortSignal;
  readonly onStart?: RunChecksOptions['onStart'];
  readonly onResult?: RunChecksOptions['onResult'];
}

export interface AccountReport {
  readonly id: string;
  /** Empty where it is not known. */
  readonly appId: string;
  readonly botName: string | undefined;
  readonly document: ConfigDocument | undefined;
  readonly secret: Secret | undefined;
  readonly checks: readonly CheckResult[];
  /** The automatic fixes, in the order of the checks. */
  readonly fixes: readonly Fix[];
}

/** Longer than one exchange with the platform, so that a silent one is named by it (ms). */
const DEADLINE_MS = 8_000;

export async function examine(options: ExamineOptions): Promise<AccountReport> {
  const { signal, location, accountId } = options;
  const found: DoctorContext['found'] = {};
  let facts: ReturnType<DoctorContext['hostFacts']> | undefined;
  const context: DoctorContext = {
    ...options,
    location,
    accountId,
    found,
    hostFacts: () => {
      facts ??= readHostFacts({ ...options, wanted: options.host }, found.document);
      return facts;
    },
  };
  const declared = checksFor(options.live);
  const results = await runChecks(declared, context, {
    signal,
    now: options.now,
    deadlineMs: DEADLINE_MS,
    ...(options.onStart && { onStart: options.onStart }),
    ...(options.onResult && { onResult: options.onResult }),
  });
  const checks = withProof(results, declared).map((result) => withDomainFix(result, context));
  const checkFixes = checks.flatMap(({ fix }) => fix ?? []);
  const planned = new Set(declared.filter((check) => check.isFixedByPlan).map(({ id }) => id));
  const needsPlan = results.some(
    ({ id, status }) => planned.has(id) && (status === 'fail' || status === 'warn'),
  );
  const app = needsPlan ? await appFix(context, checks, signal) : undefined;
  return {
    id: accountId,
    appId: found.account?.appId ?? '',
    botName: found.botName,
    document: found.document,
    secret: found.secret,
    checks,
    fixes: [...checkFixes, ...(app ? [app] : [])],
  };
}

/** Marks unchecked results as passed where an arrived message proves them. */
function withProof(
  results: readonly CheckResult[],
  declared: readonly Check<DoctorContext>[],
): readonly CheckResult[] {
  const arrival = results.map((result) => result.arrival).findLast((proof) => proof !== undefined);
  if (arrival === undefined) return results;
  const proved = new Set(declared.filter((check) => check.isProvedByArrival).map(({ id }) => id));
  return results.map((result) =>
    proved.has(result.id) && isUnproved(result)
      ? { id: result.id, ms: result.ms, status: 'ok', detail: arrival }
      : result,
  );
}

/** The mode is not reported; what the section says of it is no more than a sign. */
function isUnproved({ id, status }: CheckResult): boolean {
  return status === 'not-checked' || (id === eventModeCheck.id && status === 'warn');
}

/** Where the other brand accepts the credentials, a change of `domain` fixes the fault. */
function withDomainFix(result: CheckResult, context: DoctorContext): CheckResult {
  const { otherBrand: other } = result;
  if (other === undefined) return result;
  const { accountId, location, found } = context;
  const isOwn = found.document?.section?.accounts?.[accountId] !== undefined;
  const path = ['channels', 'feishu', ...(isOwn ? ['accounts', accountId] : []), 'domain'];
  const text = localize(texts.fixDomain, { path: location.path, key: path.join('.'), other });
  return { ...result, fix: configEditFix(context, text, [{ path, value: other }]) };
}
