/**
 * Reads a command's stdout: as fast as its consumer takes it, and no longer than the command runs.
 *
 * In: a pipe, which a child of the command may keep open after the command. Out: text in pieces.
 */
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Maximum of unconsumed output (bytes). Above it the pipe is not read, so the command waits. */
export const MAX_UNREAD_BYTES = 256 * 1024;
/** Maximum of output in the pipe when the command ends (bytes). */
const MAX_BYTES_AFTER_EXIT = 1024 * 1024;
/** After the command has ended, the pipe counts as empty if no output arrives for so long (ms). */
const QUIET_MS = 200;
/** The pipe is closed after so many of these waits, since a child may write without end. */
const MAX_QUIET_CHECKS = 3;

export interface ChildOutput {
  /** To be read once. Ends with the pipe, or shortly after {@link ended}. */
  readonly pieces: AsyncIterable<string>;
  /** The command has ended: only the output that is already in the pipe counts. */
  ended(): void;
  /** Closes the pipe; the output read so far is still delivered. */
  close(): void;
}

export function readOutput(pipe: Readable): ChildOutput {
  let unread: Buffer[] = [];
  let bytes = 0;
  /** The maximum now: larger after the command has ended, since the pipe may still hold output. */
  let most = MAX_UNREAD_BYTES;
  let isOver = false;
  let hasEnded = false;
  let isQuiet = true;
  let quiet: NodeJS.Timeout | undefined;
  let wake: () => void = () => undefined;

  function over(): void {
    isOver = true;
    clearTimeout(quiet);
    wake();
  }

  function close(): void {
    over();
    pipe.destroy();
  }

  function checkAgain(checks: number): void {
    isQuiet = true;
    quiet = setTimeout(() => {
      // Decide after the next poll of the pipe: this process may have been too busy to read it.
      setImmediate(() => {
        if (isOver) return;
        if (isQuiet || checks >= MAX_QUIET_CHECKS) close();
        else checkAgain(checks + 1);
      });
    }, QUIET_MS);
  }

  pipe.on('data', (data: Buffer) => {
    if (isOver) return;
    isQuiet = false;
    unread.push(data);
    bytes += data.length;
    if (bytes >= most) {
      if (hasEnded) close();
      else pipe.pause();
    }
    wake();
  });
  // An error needs no handling of its own: it also ends the output.
  pipe.on('error', over).on('close', over).on('end', over);

  async function* pieces(): AsyncGenerator<string> {
    const decoder = new StringDecoder('utf8');
    for (;;) {
      if (bytes > 0) {
        const text = decoder.write(Buffer.concat(unread));
        unread = [];
        bytes = 0;
        if (!isOver) pipe.resume();
        if (text !== '') yield text;
      } else if (isOver) {
        const rest = decoder.end();
        if (rest !== '') yield rest;
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }

  return {
    pieces: pieces(),
    ended() {
      if (isOver || hasEnded) return;
      hasEnded = true;
      most = bytes + MAX_BYTES_AFTER_EXIT;
      pipe.resume();
      checkAgain(1);
    },
    close,
  };
}
