/**
 * Defines a check, and runs a list of checks.
 *
 * In: checks as declarations and a context. Out: one result a check, in the order declared; those
 * that do not need each other run side by side. A check whose needs failed is skipped and says so;
 * one that outlives its deadline, or that could not be made, is "not-checked", never "ok".
 */
import { ExitCode, isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import { type LocalizedText, localize, type Text, type TextParams } from '../shared/text/text.ts';
import { checkName } from './check-names.ts';
import { doctorTexts as texts } from './doctor-texts.ts';

export type CheckStatus = 'ok' | 'warn' | 'fail' | 'not-checked' | 'skipped';

/** An automatic fix: listed first, applied only when a person allows it. */
export interface Fix {
  /** One action fixes all findings with the same id. */
  readonly id: string;
  /** Describes the change and its place. */
  readonly text: LocalizedText;
  /** Throws MoltbotFeishuError where it fails; changes only what `text` names. */
  apply(signal: AbortSignal): Promise<void>;
}

export interface Finding {
  readonly status: CheckStatus;
  readonly detail?: LocalizedText | Text | undefined;
  readonly advice?: LocalizedText | Text | undefined;
  readonly url?: string | undefined;
  /** One act, or several that are independent of each other. */
  readonly fix?: Fix | readonly Fix[] | undefined;
  /** The platform that accepts the credentials, where it is not the configured one. */
  readonly otherBrand?: 'feishu' | 'lark';
  /** The time was up before there was a result. */
  readonly isOverdue?: true;
  /** How it is known that messages arrive over the long connection, whatever became of them. */
  readonly arrival?: LocalizedText | Text | undefined;
  /** The error behind a failure: carries the exit code and the platform's own code. */
  readonly error?: MoltbotFeishuError | undefined;
}

export interface Check<Context> {
  readonly id: string;
  /** Ids of checks that must not have failed before this one makes sense. */
  readonly needs: readonly string[];
  /** Ids of checks to wait for, whatever their result. */
  readonly after?: readonly string[];
  /**
   * The result where the platform gives no usable answer: this link is broken, or (the default)
   * unknown.
   */
  readonly unavailable?: 'fail' | 'not-checked';
  /** No message can be answered unless it passes. */
  readonly isEssential?: true;
  /** No API reports the fact, but a message that arrives over the long connection proves it. */
  readonly isProvedByArrival?: true;
  /** The autopilot's plan for the app fixes its faults. */
  readonly isFixedByPlan?: true;
  /** The deadline of this check (ms), where the usual one does not suit. */
  readonly deadlineMs?: number;
  probe(context: Context, signal: AbortSignal): Promise<Finding>;
}

export interface CheckResult extends Finding {
  readonly id: string;
  /** How long the probe took (ms). */
  readonly ms: number;
  readonly isEssential?: true;
}

export interface RunChecksOptions {
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Deadline of one check (ms). */
  readonly deadlineMs?: number;
  /** Results of checks that ran before and that these may need. */
  readonly before?: readonly CheckResult[];
  readonly onStart?: (id: string) => void;
  /** Called in the order in which the checks are declared. */
  readonly onResult?: (result: CheckResult) => void;
}

const DEADLINE_MS = 20_000;

const OVERDUE: Finding = { status: 'not-checked', detail: texts.deadline, isOverdue: true };

export async function runChecks<Context>(
  checks: readonly Check<Context>[],
  context: Context,
  options: RunChecksOptions,
): Promise<CheckResult[]> {
  options.signal.throwIfAborted();
  const running = new Map<string, Promise<CheckResult>>(
    options.before?.map((result) => [result.id, Promise.resolve(result)]),
  );
  const own = checks.map((check) => {
    // A check can need only checks declared before it, so none can wait for itself.
    const waitFor = (ids: readonly string[]) => ids.flatMap((id) => running.get(id) ?? []);
    const result = runCheck(
      check,
      waitFor(check.needs),
      waitFor(check.after ?? []),
      context,
      options,
    );
    running.set(check.id, result);
    return result;
  });
  // One that throws ends the run; the others must not end the process for it.
  for (const result of own) result.catch(() => undefined);
  const results: CheckResult[] = [];
  for (const pending of own) {
    const result = await pending;
    results.push(result);
    options.onResult?.(result);
  }
  return results;
}

async function runCheck<Context>(
  check: Check<Context>,
  needed: readonly Promise<CheckResult>[],
  earlier: readonly Promise<CheckResult>[],
  context: Context,
  options: RunChecksOptions,
): Promise<CheckResult> {
  const broken = (await Promise.all(needed)).find(blocks);
  await Promise.all(earlier);
  options.onStart?.(check.id);
  const startedAt = options.now();
  const finding = broken ? withoutNeed(broken) : await probeWithin(check, context, options);
  return resultOf(check, options.now() - startedAt, finding);
}

function resultOf<Context>(check: Check<Context>, ms: number, finding: Finding): CheckResult {
  return { id: check.id, ms, ...(check.isEssential && { isEssential: true }), ...finding };
}

/** The result of a check that had no time to run. */
export function overdueResult<Context>(check: Check<Context>): CheckResult {
  return resultOf(check, 0, OVERDUE);
}

const blocks = (result: CheckResult) =>
  result.status === 'fail' || result.status === 'skipped' || isNotReportedByPlatform(result);

/** A platform that does not answer tells nothing about what lies behind it. */
const isNotReportedByPlatform = ({ error }: CheckResult) =>
  error?.exitCode === ExitCode.unavailable;

function withoutNeed(broken: CheckResult): Finding {
  if (isNotReportedByPlatform(broken)) {
    const detail = localize(texts.needsNotReported, { needed: checkName(broken.id) });
    return { status: 'not-checked', detail, error: broken.error };
  }
  // The dependency was skipped too: report the root cause.
  const isFirst = broken.status !== 'skipped' || broken.detail === undefined;
  const detail = isFirst
    ? localize(texts.needsFailed, { needed: checkName(broken.id) })
    : broken.detail;
  return { status: 'skipped', detail };
}

async function probeWithin<Context>(
  check: Check<Context>,
  context: Context,
  options: RunChecksOptions,
): Promise<Finding> {
  const deadline = new AbortController();
  const signal = AbortSignal.any([options.signal, deadline.signal]);
  let timer: NodeJS.Timeout | undefined;
  // A probe that does not hear its signal is left behind: no check can hang the run.
  const tooLate = new Promise<Finding>((resolve) => {
    timer = setTimeout(
      () => {
        resolve(OVERDUE);
        deadline.abort();
      },
      check.deadlineMs ?? options.deadlineMs ?? DEADLINE_MS,
    );
  });
  try {
    return await Promise.race([check.probe(context, signal), tooLate]);
  } catch (error) {
    if (options.signal.aborted) throw error;
    if (!isMoltbotFeishuError(error)) throw error;
    // The deadline of another check may have ended work that several checks share.
    if (error.code === 'cancelled') return OVERDUE;
    if (error.exitCode === ExitCode.unavailable && check.unavailable !== 'fail') {
      return { ...notReported(error), error };
    }
    return failure(error);
  } finally {
    clearTimeout(timer);
  }
}

/** A finding whose two texts take the same values. */
export function finding(
  status: CheckStatus,
  detail: Text,
  advice: Text,
  params: TextParams,
  facts: Pick<Finding, 'url' | 'fix' | 'otherBrand'> = {},
): Finding {
  return { status, detail: localize(detail, params), advice: localize(advice, params), ...facts };
}

export function failure(error: MoltbotFeishuError): Finding {
  return { status: 'fail', detail: error.what, advice: error.advice, url: error.url, error };
}

/** The platform did not tell: neither good nor bad news. */
export function notReported(error: MoltbotFeishuError): Finding {
  return { status: 'not-checked', detail: error.what, advice: error.advice, url: error.url };
}
