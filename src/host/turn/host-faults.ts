/** What a host threw, as it may be logged. Pure. */
import { codeOf } from '../../shared/errors.ts';

/** Lock timeout; the call had no effect. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && /\block\b/i.test(error.message);
}

/** What a host's own fault says, in one line: without it nobody could mend it. */
export function problemOf(error: unknown): { readonly error: string; readonly says: string } {
  const [line = ''] = (error instanceof Error ? error.message : '').split('\n');
  return { error: codeOf(error), says: line.slice(0, 160) };
}
