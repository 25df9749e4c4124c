/** What a host threw, as it may be logged. Pure. */

/** It was not got in time; nothing has happened. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && /\block\b/i.test(error.message);
}

/** Of errors from outside only the kind: their text may repeat what a person wrote. */
export function errorName(error: unknown): { readonly error: string } {
  return { error: error instanceof Error ? error.name : typeof error };
}

/** What a host's own fault says, in one line: without it nobody could mend it. */
export function problemOf(error: unknown): { readonly error: string; readonly says: string } {
  const [line = ''] = (error instanceof Error ? error.message : '').split('\n');
  return { ...errorName(error), says: line.slice(0, 160) };
}
