/** Text for people, laid out for where it goes. */
import { wrapped } from './wrapped.ts';

/** The assumed width of a terminal that does not report one. */
const USUAL_COLUMNS = 80;

/**
 * On a terminal the lines break between words, at its width, and never within a link; continuation
 * lines begin at column `hang`. Elsewhere each line stays whole, so that it can be searched.
 */
export function fitted(
  output: { readonly isTTY?: boolean; readonly columns?: number },
  text: string,
  hang = 2,
): string {
  if (output.isTTY !== true) return text;
  return wrapped(text, output.columns || USUAL_COLUMNS, hang).join('\n');
}
