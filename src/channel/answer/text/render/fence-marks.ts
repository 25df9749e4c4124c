/** Backticks that close no earlier than the code ends: more than any line of it begins with. Pure. */
export function fenceMarks(code: string, atLeast = 3): string {
  let length = atLeast;
  for (const [, run = ''] of code.matchAll(/^[ \t]*(`{3,})/gm)) {
    length = Math.max(length, run.length + 1);
  }
  return '`'.repeat(length);
}
