/**
 * What a check is, and how a list of them is run.
 *
 * In: checks as declarations and a context. Out: one result a check, in the order declared. A check
 * whose needs failed is skipped and says so; one that outlives its deadline, or that could not be
 * made, is "not-checked", never "ok".
 */
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import { type Message, message, type Text } from '../shared/text.ts';
import { doctorTexts as texts } from './texts.ts';

export type CheckStatus = 'ok' | 'warn' | 'fail' | 'not-checked' | 'skipped';

export interface Finding {
  readonly status: CheckStatus;
  readonly detail?: Message | Text | undefined;
  readonly fix?: Message | Text | undefined;
  readonly url?: string | undefined;
  /** The error behind a failure: carries the exit code and the platform's own code. */
  readonly error?: MoltbotFeishuError | undefined;
}

export interface Check<Context> {
  readonly id: string;
  /** What the check asks, for people. */
  readonly question: Text;
  /** Ids of checks that must not have failed before this one makes sense. */
  readonly needs: readonly string[];
  probe(context: Context, signal: AbortSignal): Promise<Finding>;
}

export interface CheckResult extends Finding {
  readonly id: string;
  /** How long the probe took (ms). */
  readonly ms: number;
}

export interface RunChecksOptions {
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Deadline of one check (ms). */
  readonly deadlineMs?: number;
  readonly onStart?: (id: string) => void;
  readonly onResult?: (result: CheckResult) => void;
}

const DEADLINE_MS = 20_000;

export async function runChecks<Context>(
  checks: readonly Check<Context>[],
  context: Context,
  options: RunChecksOptions,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    options.signal.throwIfAborted();
    const broken = results.find(
      (result) =>
        check.needs.includes(result.id) &&
        (result.status === 'fail' || result.status === 'skipped'),
    );
    options.onStart?.(check.id);
    const startedAt = options.now();
    const finding = broken
      ? { status: 'skipped' as const, detail: message(texts.needsFailed, { needed: broken.id }) }
      : await probeWithin(check, context, options);
    const result = { id: check.id, ms: options.now() - startedAt, ...finding };
    results.push(result);
    options.onResult?.(result);
  }
  return results;
}

async function probeWithin<Context>(
  check: Check<Context>,
  context: Context,
  options: RunChecksOptions,
): Promise<Finding> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), options.deadlineMs ?? DEADLINE_MS);
  try {
    return await check.probe(context, AbortSignal.any([options.signal, deadline.signal]));
  } catch (error) {
    if (options.signal.aborted) throw error;
    if (deadline.signal.aborted) return { status: 'not-checked', detail: texts.deadline };
    if (!isMoltbotFeishuError(error)) throw error;
    return failure(error);
  } finally {
    clearTimeout(timer);
  }
}

export function failure(error: MoltbotFeishuError): Finding {
  return { status: 'fail', detail: error.what, fix: error.fix, url: error.url, error };
}

/** The platform did not tell: neither good nor bad news. */
export function untold(error: MoltbotFeishuError): Finding {
  return { status: 'not-checked', detail: error.what, fix: error.fix, url: error.url };
}
