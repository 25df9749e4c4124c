/** The verdict on a list of results: "ok" needs every essential check and no failed one. Pure. */
import { ExitCode } from '../shared/errors.ts';
import type { CheckResult } from './check.ts';
import { doctorTexts as texts } from './texts.ts';

/** No message can be answered without these: an account counts as working once they pass. */
const essential = new Set(['config', 'secret', 'network', 'credentials', 'bot']);

/** The result that keeps the account from being known to work; `undefined` where it is known. */
export function obstacleOf(checks: readonly CheckResult[]): CheckResult | undefined {
  return (
    checks.find(({ status }) => status === 'fail') ??
    checks.find(({ id, status }) => essential.has(id) && status !== 'ok' && status !== 'warn')
  );
}

/**
 * Whether a check was tried and gave no result, since the platform did not answer or the time was up;
 * not where the platform does not report the fact at all.
 */
export function isUnanswered({ status, error, detail }: CheckResult): boolean {
  return (
    status === 'not-checked' &&
    (error?.exitCode === ExitCode.unavailable || detail === texts.deadline)
  );
}
