/** A check as the JSON contract and as the text form show it. */
import type { CheckResult, CheckStatus } from '../../doctor/check.ts';
import { checkLine, ID_WIDTH } from '../../doctor/report/check-line.ts';
import { marks } from '../../doctor/report/marks.ts';
import { fitted } from '../../shared/layout/fitted.ts';
import type { Kleur } from '../../shared/terminal/color.ts';
import type { Shell } from '../shell.ts';
import type { CheckDocument } from './documents.ts';

export function checkDocument(shell: Shell, result: CheckResult): CheckDocument {
  return {
    id: result.id,
    status: result.status,
    ...(result.detail && { detail: shell.say(result.detail) }),
    ...(result.advice && { fix: shell.say(result.advice) }),
    ...(result.url && { url: result.url }),
  };
}

function mark(paint: Kleur, status: CheckStatus): string {
  switch (status) {
    case 'ok':
      return paint.green(marks.ok);
    case 'warn':
      return paint.yellow(marks.warn);
    case 'fail':
      return paint.red(marks.fail);
    case 'not-checked':
    case 'skipped':
      return paint.dim(marks[status]);
  }
}

/** A result after its mark, wrapped for the stream: further lines align with the detail. */
export function markedLine(
  { paint, say }: Pick<Shell, 'paint' | 'say'>,
  output: NodeJS.WriteStream,
  result: CheckResult,
): string {
  return marked(paint, output, result.status, checkLine(result, say));
}

export function marked(
  paint: Kleur,
  output: NodeJS.WriteStream,
  status: CheckStatus,
  line: string,
): string {
  // Laid out with two blanks in the mark's place, since colours are put around it afterwards.
  const [first = '', ...more] = fitted(output, `  ${line}`, ID_WIDTH + 2).split('\n');
  return [`${mark(paint, status)} ${first.slice(2)}`, ...more].join('\n');
}
