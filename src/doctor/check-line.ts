/** One check as a line of text, the fix under it. */
import { type Message, message, type Text } from '../shared/text.ts';
import type { CheckResult } from './check.ts';
import { doctorTexts as texts } from './texts.ts';

/** Width of the id column: the longest check id and two spaces. */
const ID_WIDTH = 14;

export function checkLine(result: CheckResult, say: (text: Message | Text) => string): string {
  const detail = result.detail ? say(result.detail) : '';
  const lines = [`${result.id.padEnd(ID_WIDTH)}${detail}`.trimEnd()];
  if (result.fix && result.status !== 'ok') {
    const fix = say(result.fix);
    lines.push(`  ${say(message(texts.fix, { fix }))}`);
    if (result.url && !fix.includes(result.url)) lines.push(`  ${result.url}`);
  }
  return lines.join('\n');
}
