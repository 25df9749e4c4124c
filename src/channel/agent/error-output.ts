/**
 * Keeps the last lines of a command's stderr for its operator: bounded, without secrets.
 *
 * In: a pipe, read to its end, of which only the last bytes are kept. Out: a few short lines.
 */
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { maskProgramText } from '../../config/shown/program-text.ts';
import { type Secret, scrub } from '../../shared/secret.ts';
import { pause } from '../../shared/time/waiting.ts';

export interface ErrorOutput {
  /** The size of the whole output (bytes). */
  readonly bytes: number;
  /** Resolves at the end of the pipe, or after `ms`: a child of the command may keep it open. */
  settle(ms: number): Promise<void>;
  /** The last lines, oldest first. */
  lines(): readonly string[];
}

/** Much more than is shown: a secret without its beginning could not be recognised. */
const KEPT_BYTES = 16 * 1024;
/** Left out at the start of what is kept (characters): it may be the end of a secret. */
const CUT_LENGTH = 4 * 1024;
const MAX_LINES = 8;
const MAX_LINE_LENGTH = 200;

/** @param secrets replaced by `***` in the text */
export function keepErrorOutput(pipe: Readable, secrets: readonly Secret[]): ErrorOutput {
  let kept = Buffer.alloc(0);
  let bytes = 0;
  pipe.on('data', (data: Buffer) => {
    bytes += data.length;
    kept = Buffer.concat([kept, data.subarray(-KEPT_BYTES)]).subarray(-KEPT_BYTES);
  });
  pipe.on('error', () => undefined);
  const over = new AbortController();
  pipe.on('close', () => over.abort()).on('end', () => over.abort());
  return {
    get bytes() {
      return bytes;
    },
    settle: (ms) => pause(ms, over.signal),
    lines() {
      const text = maskProgramText(scrub(stripVTControlCharacters(kept.toString('utf8')), secrets));
      const lines = text.split(/[\r\n]+/);
      if (bytes > KEPT_BYTES) lines.unshift((lines.shift() ?? '').slice(CUT_LENGTH));
      return lines
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .slice(-MAX_LINES)
        .map(shortened);
    },
  };
}

/** Keeps the end of a long line, since the error is usually there. */
function shortened(line: string): string {
  if (line.length <= MAX_LINE_LENGTH) return line;
  return `…${line.slice(-MAX_LINE_LENGTH).replace(/^[\uDC00-\uDFFF]/, '')}`;
}
