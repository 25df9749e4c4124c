/** How many columns a text takes on a terminal: full-width characters and emoji take two, marks none. */
import stringWidth from 'string-width';

/** Colours and links (OSC 8) take no column. */
export function columnsOf(text: string): number {
  // Line by line: a text of many lines takes the library quadratic time. Line ends have no width.
  let columns = 0;
  for (const line of text.split(/[\n\r\u2028\u2029]/))
    columns += line === '' ? 0 : stringWidth(line);
  return columns;
}

/** The text, cut with an ellipsis where it would take more columns. It must hold no escapes. */
export function fitColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let taken = 1;
  let kept = '';
  // An emoji of several characters is cut off as a whole.
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    taken += columnsOf(segment);
    if (taken > columns) break;
    kept += segment;
  }
  return `${kept}…`;
}
