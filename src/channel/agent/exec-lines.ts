/** Splits a command's output into lines of JSON and text, while it is written. Pure. */
import type { AnswerPiece } from '../answer/answer-piece.ts';
import { readExecAnswer } from './exec-answer.ts';

export interface ExecLines {
  /** Takes the next output; gives what is complete. */
  push(output: string): readonly AnswerPiece[];
  /** The output has ended, perhaps without a line end. */
  end(): readonly AnswerPiece[];
}

/** A longer line is text (characters): no item needs more, and a line is kept until its end. */
export const MAX_LINE_LENGTH = 256 * 1024;

export function createExecLines(): ExecLines {
  /** The start of a line that may be JSON, in pieces. */
  let waiting: string[] = [];
  let waitingLength = 0;
  /** `open`: only blanks so far · `json`: it began with a brace · `text`: it is no JSON. */
  let line: 'open' | 'json' | 'text' = 'open';

  function take(): string {
    const text = waiting.join('');
    waiting = [];
    waitingLength = 0;
    return text;
  }

  function keep(text: string): void {
    waiting.push(text);
    waitingLength += text.length;
  }

  function endLine(lineEnd: '' | '\n'): readonly AnswerPiece[] {
    const mayBeJson = line === 'json';
    const text = take();
    line = 'open';
    return (mayBeJson ? readExecAnswer(text) : undefined) ?? [`${text}${lineEnd}`];
  }

  /** The next piece of one line, without its end. */
  function addToLine(text: string, pieces: AnswerPiece[]): void {
    if (line === 'open') {
      const first = /\S/.exec(text)?.[0];
      if (first !== undefined) line = first === '{' ? 'json' : 'text';
    }
    keep(text);
    if (line !== 'text' && waitingLength > MAX_LINE_LENGTH) line = 'text';
    if (line === 'text') pieces.push(take());
  }

  return {
    push(output) {
      const pieces: AnswerPiece[] = [];
      for (let at = 0; at < output.length; ) {
        const end = output.indexOf('\n', at);
        if (end < 0) {
          addToLine(output.slice(at), pieces);
          break;
        }
        addToLine(output.slice(at, end), pieces);
        pieces.push(...endLine('\n'));
        at = end + 1;
      }
      return joined(pieces);
    },
    end: () => joined(endLine('')),
  };
}

/** Texts beside each other as one, and no empty ones. */
function joined(pieces: readonly AnswerPiece[]): readonly AnswerPiece[] {
  const shorter: AnswerPiece[] = [];
  let texts: string[] = [];
  const closeText = (): void => {
    const text = texts.join('');
    if (text !== '') shorter.push(text);
    texts = [];
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') texts.push(piece);
    else {
      closeText();
      shorter.push(piece);
    }
  }
  closeText();
  return shorter;
}
