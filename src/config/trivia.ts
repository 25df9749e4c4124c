/** Where the comments and the blanks of a JSON5 text end. Pure. */

/** The first index at or after `index` that is neither white space nor in a comment. */
export function skipTrivia(text: string, index: number): number {
  for (;;) {
    const next = skipOne(text, index, true);
    if (next === index) return index;
    index = next;
  }
}

/** The same, but not past the end of the line. */
export function skipSameLineTrivia(text: string, index: number): number {
  const start = index;
  for (;;) {
    const next = skipOne(text, index, false);
    if (next === index) break;
    index = next;
  }
  // Blanks before a closing brace on the same line belong to the brace.
  if (text[index] === '}') while (index > start && /[ \t]/.test(text[index - 1] ?? '')) index--;
  return index;
}

function skipOne(text: string, index: number, acrossLines: boolean): number {
  const char = text[index];
  if (char === undefined) return index;
  if (text.startsWith('//', index)) {
    const length = text.slice(index).search(/[\r\n\u2028\u2029]/);
    return length === -1 ? text.length : index + length;
  }
  if (text.startsWith('/*', index)) {
    const end = text.indexOf('*/', index + 2);
    const after = end === -1 ? text.length : end + 2;
    return acrossLines || !/[\r\n]/.test(text.slice(index, after)) ? after : index;
  }
  const blank = acrossLines ? /[\s\uFEFF]/ : /[^\S\r\n\u2028\u2029]/;
  return blank.test(char) ? index + 1 : index;
}

export function lineStart(text: string, index: number): number {
  let start = index;
  while (start > 0 && !/[\r\n]/.test(text[start - 1] ?? '')) start--;
  return start;
}
