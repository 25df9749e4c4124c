/** How many columns a text takes on a terminal: full-width characters take two, marks none. */

/** East Asian Wide and Fullwidth (Unicode 16, EastAsianWidth.txt), and emoji shown as pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const none = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u;
/** Colours, and links (OSC 8): they take no column. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const escapes = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;

export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text.replace(escapes, '')) {
    if (none.test(character)) continue;
    columns += wide.test(character) ? 2 : 1;
  }
  return columns;
}

/** The text, cut with an ellipsis where it would take more columns. It must hold no escapes. */
export function fitColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let taken = 1;
  let kept = '';
  for (const character of text) {
    taken += columnsOf(character);
    if (taken > columns) break;
    kept += character;
  }
  return `${kept}…`;
}
