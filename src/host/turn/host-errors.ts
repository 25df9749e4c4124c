/** Errors of a host in a form that may be logged. Pure. */
import { codeOf } from '../../shared/errors.ts';

/** Lock timeout; the call had no effect. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && /\block\b/i.test(error.message);
}

/** The first line of a host's own error, without which a person could not fix it. */
export function describeHostError(error: unknown): {
  readonly error: string;
  readonly says: string;
} {
  const [line = ''] = (error instanceof Error ? error.message : '').split('\n');
  return { error: codeOf(error), says: line.slice(0, 160) };
}
