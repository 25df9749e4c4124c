/**
 * Standard output without Node's stream of it: to make one, Node loads terminals, pipes and with them
 * the network, which takes longer than all of `--help`.
 */
import type nodeFs from 'node:fs';
import { createRequire } from 'node:module';

// Imported, it would give out all that it exports, and load its streams to do so.
const { fstatSync, readFileSync, writeSync }: typeof nodeFs = createRequire(import.meta.url)(
  'node:fs',
);

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

/** @throws the system's error where standard output cannot be written */
export function printNow(text: string): void {
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(STANDARD_OUTPUT, rest));
  } catch (error) {
    // A pipe that is full for the moment: the stream knows how to wait.
    if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    process.stdout.write(rest);
  }
}

/** Where standard error cannot be written either, there is no place left to say so. */
export function printErrorNow(text: string): void {
  try {
    writeSync(STANDARD_ERROR, text);
  } catch {
    // See above.
  }
}

/** The width without a terminal, and of most terminals. */
export const USUAL_COLUMNS = 80;

/** The width of the terminal, or the usual width where output is not a terminal. */
export function outputColumns(): number {
  try {
    const mayBeTerminal = fstatSync(STANDARD_OUTPUT).isCharacterDevice();
    return (mayBeTerminal ? process.stdout.columns : undefined) ?? USUAL_COLUMNS;
  } catch {
    // Standard output is closed: no terminal.
    return USUAL_COLUMNS;
  }
}

/** A text of our own, read with the `fs` that is loaded here; `undefined` where it cannot be read. */
export function readNow(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The file only saves time: without it the program produces the same text itself.
    return undefined;
  }
}
