/** The marks and the language of code in a message. Pure. */

/** Backticks that close no earlier than the code ends: more than any line of it begins with. */
export function fenceMarks(code: string, atLeast = 3): string {
  let length = atLeast;
  for (const [, run = ''] of code.matchAll(/^[ \t]*(`{3,})/gm)) {
    length = Math.max(length, run.length + 1);
  }
  return '`'.repeat(length);
}

/** The longest name of a language. */
const MAX_LANGUAGE = 24;

/** The language of a fence, without what else its first line says: a tag in it could call people. */
export function fenceLanguage(info: string): string {
  return /^[\w+#.-]*/.exec(info.slice(0, MAX_LANGUAGE))?.[0] ?? '';
}
