/** The verdict on a list of results: "ok" needs every essential check and no failed one. Pure. */
import { ExitCode } from '../shared/errors.ts';
import type { CheckResult } from './check.ts';

/** The result that keeps the account from being known to work; `undefined` where it is known. */
export function blockingResult(checks: readonly CheckResult[]): CheckResult | undefined {
  return (
    checks.find(({ status }) => status === 'fail') ??
    checks.find(({ isEssential, status }) => isEssential && status !== 'ok' && status !== 'warn')
  );
}

/**
 * Whether a check was tried and gave no result, since the platform did not answer or the time was up;
 * not where the platform does not report the fact at all.
 */
export function isUnanswered({ status, error, isOverdue }: CheckResult): boolean {
  return (
    status === 'not-checked' && (isOverdue === true || error?.exitCode === ExitCode.unavailable)
  );
}

/** The first broken link: what fails or could not be proved, else what is odd. */
export function firstProblem(checks: readonly CheckResult[]): CheckResult | undefined {
  return blockingResult(checks) ?? checks.find(({ status }) => status === 'warn');
}
