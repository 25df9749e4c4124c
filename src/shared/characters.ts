/** Whole characters of a text: of two halves (UTF-16), neither comes alone. Pure. */

/** The character right before a place; nothing at the beginning of the text. */
export function characterBefore(text: string, at: number): string {
  const code = text.codePointAt(at - 2) ?? 0;
  return code > 0xffff ? String.fromCodePoint(code) : text.charAt(at - 1);
}

/** The character that begins at a place; nothing at the end of the text. */
export function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}
