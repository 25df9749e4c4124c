/**
 * What a command writes to its stdout: read as fast as its reader takes it, and no longer than the
 * command itself runs.
 *
 * In: a pipe, which a child of the command may hold open long after the command. Out: text in pieces.
 */
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Output that waits for its reader (bytes). The pipe is not read above it, so the command waits. */
export const MAX_UNREAD_BYTES = 256 * 1024;
/** What a pipe can hold that was written before the command ended (bytes). */
const MAX_REST_BYTES = 1024 * 1024;
/** After the command has ended: the pipe counts as empty when nothing came for so long (ms). */
const QUIET_MS = 200;
/** And is closed after so many of these, for a child may write on and on. */
const MAX_QUIET_LOOKS = 3;

export interface ChildOutput {
  /** Read once. Ends with the pipe, or some moments after {@link ended}. */
  readonly pieces: AsyncIterable<string>;
  /** The command has ended: what it has written is in the pipe, and nothing else counts. */
  ended(): void;
  /** Closes the pipe; what was read so far is still given out. */
  close(): void;
}

export function readOutput(pipe: Readable): ChildOutput {
  let unread: Buffer[] = [];
  let bytes = 0;
  /** How much may wait: more after the command has ended, as its output may be in the pipe still. */
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

  function lookAgain(looks: number): void {
    isQuiet = true;
    quiet = setTimeout(() => {
      // Behind the next poll of the pipe: this process may have been busy all the while.
      setImmediate(() => {
        if (isOver) return;
        if (isQuiet || looks >= MAX_QUIET_LOOKS) close();
        else lookAgain(looks + 1);
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
  // Its end, or its destruction by us: an error says nothing more.
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
      most = bytes + MAX_REST_BYTES;
      pipe.resume();
      lookAgain(1);
    },
    close,
  };
}
