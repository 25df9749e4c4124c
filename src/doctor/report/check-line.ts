/** One check as text: its line, what follows from it, and the fix under it. */

import { visible } from '../../shared/terminal/visible.ts';
import { columnsOf } from '../../shared/terminal/width.ts';
import { asLocalized, type LocalizedText, localize, type Text } from '../../shared/text/text.ts';
import type { CheckResult } from '../check.ts';
import { checkName } from '../check-names.ts';
import { doctorTexts as texts } from '../doctor-texts.ts';

/** Width of the column of names: the longest one and two spaces. */
export const ID_WIDTH = 16;

/** @param indent columns before the line: what comes under it starts as far right */
export function checkLine(
  result: CheckResult,
  say: (text: LocalizedText | Text) => string,
  indent = 2,
): string {
  // An error that belongs to no check has no column for a name.
  const width = result.id === '' ? 0 : ID_WIDTH;
  const under = ' '.repeat(width + indent);
  const name = result.id === '' ? '' : say(checkName(result.id));
  const gap = ' '.repeat(Math.max(0, width - columnsOf(name)));
  const [detail = '', ...more] = result.detail ? say(result.detail).split('\n') : [];
  const lines = [`${name}${gap}${detail}`.trimEnd(), ...more.map((line) => under + line)];
  if (result.advice && result.status !== 'ok') {
    const advice = say(result.advice);
    lines.push(`${under}${say(localize(texts.advice, { fix: asLocalized(result.advice) }))}`);
    if (result.url && !advice.includes(result.url)) lines.push(`${under}${visible(result.url)}`);
  }
  return lines.join('\n');
}
