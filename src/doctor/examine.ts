/**
 * One account, looked at from end to end: everything between a person's message and the agent's
 * answer, in the order in which a message travels.
 *
 * In: where the config is and which account. Out: one result a check. Reads only, but for the proof
 * by a message, which is made only where it is asked for.
 */
import type { ConfigLocation, HostName } from '../config/locate.ts';
import type { ConfigDocument } from '../config/read.ts';
import { readHostFacts } from '../host/machine/host-facts.ts';
import type { Secret } from '../shared/secret.ts';
import { localize } from '../shared/text.ts';
import { appChecks } from './app/app-checks.ts';
import { appFix } from './app/app-fix.ts';
import { clockCheck, proxyCheck } from './app/network-checks.ts';
import { subscriptionChecks } from './app/subscription-checks.ts';
import {
  type Check,
  type CheckResult,
  type Fix,
  type RunChecksOptions,
  runChecks,
} from './check.ts';
import { accountChecks } from './config/account-checks.ts';
import { configChecks } from './config/config-checks.ts';
import { configEditFix } from './config/config-fixes.ts';
import { appContextOf, type DoctorContext, type DoctorSurroundings, withApp } from './context.ts';
import { hostChecks } from './host/host-checks.ts';
import { migrationCheck } from './host/migration-check.ts';
import { type LiveOptions, liveCheck } from './runtime/live-check.ts';
import { runtimeChecks } from './runtime/runtime-checks.ts';
import { doctorTexts as texts } from './texts.ts';
import { obstacleOf } from './verdict.ts';

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
  const results = await runChecks(checksFor(options), context, {
    signal,
    now: options.now,
    deadlineMs: DEADLINE_MS,
    ...(options.onStart && { onStart: options.onStart }),
    ...(options.onResult && { onResult: options.onResult }),
  });
  const checks = withProof(results, options.live).map((result) => withDomainFix(result, context));
  const checkFixes = checks.flatMap(({ fix }) => fix ?? []);
  const app = await appFix(context, checks, signal);
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

/** Everything that is looked at, in the order in which a message travels. */
export function checksFor({ live }: Pick<ExamineOptions, 'live'>): readonly Check<DoctorContext>[] {
  const app = withApp([...appChecks, ...subscriptionChecks, proxyCheck, clockCheck], appContextOf, [
    'secret',
  ]);
  const named = (id: string) => app.filter((check) => check.id === id);
  return [
    // Before the config: with two state directories it is not even the file that the host reads.
    migrationCheck,
    ...configChecks,
    ...accountChecks,
    ...['proxy', 'network', 'clock', 'credentials', 'bot', 'permissions', 'events'].flatMap(named),
    ...['event-mode', 'callbacks', 'publish', 'availability', 'connection'].flatMap(named),
    ...hostChecks,
    ...runtimeChecks,
    ...(live ? [liveCheck(live)] : []),
  ];
}

/** Checks that a message over the long connection proves, and that no API reports. */
const provedByArrival = new Set(['event-mode', 'events']);

/** Marks unchecked results as passed where the arrived message proves them. */
function withProof(
  results: readonly CheckResult[],
  live: LiveOptions | undefined,
): readonly CheckResult[] {
  const isProved =
    live?.openId === undefined &&
    results.some(({ id, status }) => id === 'live' && status === 'ok');
  if (!isProved) return results;
  return results.map((result) =>
    provedByArrival.has(result.id) && result.status === 'not-checked'
      ? { id: result.id, ms: result.ms, status: 'ok', detail: texts.provedByMessage }
      : result,
  );
}

/** Where the other brand accepts the credentials, a change of `domain` fixes the fault. */
function withDomainFix(result: CheckResult, context: DoctorContext): CheckResult {
  const { detail } = result;
  const other =
    detail && 'text' in detail && detail.text === texts.otherBrand
      ? detail.params.other
      : undefined;
  if (typeof other !== 'string') return result;
  const { accountId, location, found } = context;
  const isOwn = found.document?.section?.accounts?.[accountId] !== undefined;
  const path = ['channels', 'feishu', ...(isOwn ? ['accounts', accountId] : []), 'domain'];
  const text = localize(texts.fixDomain, { path: location.path, key: path.join('.'), other });
  return { ...result, fix: configEditFix(context, text, [{ path, value: other }]) };
}

/** The first broken link: what fails or could not be proved, else what is odd. */
export function firstBroken(checks: readonly CheckResult[]): CheckResult | undefined {
  return obstacleOf(checks) ?? checks.find(({ status }) => status === 'warn');
}
