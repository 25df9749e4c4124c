/** A host's own command, run to its end; what it says goes into our messages as bounded, scrubbed words. */
import { spawn } from 'node:child_process';
import { type Secret, scrub } from '../../../shared/secret.ts';
import type { HostProgram } from './host-programs.ts';

export interface HostCommandOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** After this time the command counts as one that did not end (ms). */
  readonly timeoutMs: number;
}

export interface HostCommandResult {
  /** `undefined`: it could not be started, or it did not end in time. */
  readonly code: number | undefined;
  /** The end of what it wrote to both streams, in the order in which it came. */
  readonly output: string;
}

/** More of a command's output is not kept (characters). */
const MAX_OUTPUT = 64 * 1024;
/** The longest part of a host's output in a text (characters). */
const MAX_SHOWN_OUTPUT = 300;

/** @throws the signal's reason */
export async function runHostCommand(
  { path }: Pick<HostProgram, 'path'>,
  words: readonly string[],
  { env, signal, timeoutMs }: HostCommandOptions,
): Promise<HostCommandResult> {
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  const result = await new Promise<HostCommandResult>((resolve) => {
    let output = '';
    const take = (text: string): void => {
      output = (output + text).slice(-MAX_OUTPUT);
    };
    const child = spawn(path, words, {
      env: { ...env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: AbortSignal.any([signal, deadline]),
      killSignal: 'SIGKILL',
    });
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('error', () => resolve({ code: undefined, output }));
    child.once('exit', (code) => {
      // A process that it left behind may hold the pipes open.
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code: code ?? undefined, output });
      });
    });
  });
  signal.throwIfAborted();
  return result;
}

/** The last lines of a host's output as one line: no secret, no control character, bounded. */
export function summarizeOutput(output: string, secrets: Iterable<Secret>): string {
  const lines = scrub(output, secrets)
    .slice(-MAX_OUTPUT)
    .split('\n')
    .map(lastPlainLine)
    .filter((line) => line !== '');
  const said = lines.slice(-4).join(' · ');
  return said.length > MAX_SHOWN_OUTPUT ? `…${said.slice(-MAX_SHOWN_OUTPUT)}` : said;
}

/** Without escape sequences and other characters that a terminal obeys. */
function lastPlainLine(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
      .replace(/\u001B\[[0-9;]{0,32}[A-Za-z]/g, '')
      .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
      .trim()
  );
}
