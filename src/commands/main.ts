/** A command line from its words to its exit code: language, signals, errors shown. */
import { setMaxListeners } from 'node:events';
import { CommanderError } from 'commander';
import { ExitCode } from '../shared/errors.ts';
import { requestedLang } from '../shared/text/locale.ts';
import { normalizeArgv } from './argv.ts';
import { showOutputFailure } from './output/last-resort.ts';
import { OutputEnded, watchOutput } from './output/output-watch.ts';
import { declareProgram, type Program } from './program.ts';
import type { GlobalFlags, Shell } from './shell.ts';

export async function main(argv: readonly string[]): Promise<number> {
  const requested = requestedLang(argv, process.env);
  const lang = requested ?? 'en';
  let exitCode: number = ExitCode.ok;
  const program = await declareProgram(lang, argv, async (work, command) => {
    const isLangGuessed = requested === undefined;
    const flags = { ...command.opts<GlobalFlags>(), lang, isLangGuessed };
    exitCode = await runCommand(flags, argv, work);
  });
  const words = normalizeArgv(argv, program);
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (isOutputError(error)) return showOutputFailure(error, argv) ?? ExitCode.ok;
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return ExitCode.ok;
    return showUsageError(error, program, words, { lang, json: argv.includes('--json') });
  }
  return exitCode;
}

/** Help that could not be printed. */
function isOutputError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'write';
}

/**
 * Runs a command. The page that shows errors is loaded before: where the system gives no more files,
 * it could not be loaded afterwards.
 */
async function runCommand(
  flags: GlobalFlags,
  argv: readonly string[],
  work: (shell: Shell) => Promise<number>,
): Promise<number> {
  const [{ createShell }, { showError }] = await Promise.all([
    import('./shell.ts'),
    import('./failure.ts'),
  ]);
  const controller = new AbortController();
  const { signal } = controller;
  // Each prompt listens and stays: with the eleventh, Node would warn in the middle of the conversation.
  setMaxListeners(0, signal);
  watchOutput(process, argv, controller);
  abortOnSignals(controller);
  const shell = createShell(flags, signal);
  showUncaught(shell, showError);
  let exitCode: number;
  try {
    exitCode = await work(shell);
  } catch (error) {
    exitCode = showError(shell, error);
  }
  await flushed(process.stdout);
  return (signal.reason instanceof OutputEnded ? signal.reason.exitCode : undefined) ?? exitCode;
}

/** Resolves when everything before was written or refused: then it is known whether it could be. */
function flushed(output: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    output.write('', () => resolve());
  });
}

/**
 * Turns of the event loop within which `when-exit`, which the progress file's library brings along, sends
 * a signal to its own process once more. Only setup loads it: elsewhere a second signal is a second one.
 */
const REPEAT_TURNS = 3;

/** Ctrl-C and a service manager's stop both end a command in order. */
function abortOnSignals(controller: AbortController): void {
  let expectsRepeat = false;
  const stop = (signal: NodeJS.Signals) => {
    if (expectsRepeat) {
      expectsRepeat = false;
      return;
    }
    // A second signal: the person does not want to wait.
    if (controller.signal.aborted) process.exit(ExitCode.cancelled);
    expectsRepeat = process.listenerCount(signal) > 1;
    afterTurns(REPEAT_TURNS, () => {
      expectsRepeat = false;
    });
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  // Ctrl-\: at once, but by an exit of our own, which takes the running commands along.
  process.on('SIGQUIT', () => process.exit(ExitCode.cancelled));
}

function afterTurns(count: number, then: () => void): void {
  if (count === 0) then();
  else setImmediate(() => afterTurns(count - 1, then));
}

/** Shows an uncaught error or rejection like every other error, and ends the program. */
function showUncaught(shell: Shell, showError: (shell: Shell, error: unknown) => number): void {
  process.on('uncaughtException', (error) => {
    // The exit restores the terminal's mode; a hidden cursor would stay hidden.
    if (shell.human.isTTY) shell.human.write('\u001B[?25h');
    process.exit(showError(shell, error));
  });
}

async function showUsageError(
  error: CommanderError,
  program: Program,
  argv: readonly string[],
  flags: GlobalFlags,
): Promise<number> {
  const [{ createShell }, { showError }, { usageError }] = await Promise.all([
    import('./shell.ts'),
    import('./failure.ts'),
    import('./help/usage.ts'),
  ]);
  const controller = new AbortController();
  watchOutput(process, argv, controller);
  const shell = createShell(flags, controller.signal);
  if (error.code === 'commander.help' && !shell.json) {
    // No command at all: commander has printed the help to stderr, which is muted.
    shell.stderr.write(program.helpInformation());
    return ExitCode.usage;
  }
  const exitCode = showError(shell, usageError(error, program, argv));
  if (shell.json) await flushed(process.stdout);
  return exitCode;
}
