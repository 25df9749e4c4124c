/** A command line from its words to its exit code: language, signals, errors shown. */
import { setMaxListeners } from 'node:events';
import { CommanderError } from 'commander';
import { ExitCode } from '../shared/errors.ts';
import { type Lang, languageOfLocale } from '../shared/text.ts';
import { declareProgram, type Program } from './program.ts';
import type { GlobalFlags, Shell } from './shell.ts';

export async function main(argv: readonly string[]): Promise<number> {
  const requested = requestedLang(argv);
  const lang = requested ?? 'en';
  let exitCode: number = ExitCode.ok;
  const program = await declareProgram(lang, argv, async (work, command) => {
    const isLangGuessed = requested === undefined;
    const flags = { ...command.optsWithGlobals<GlobalFlags>(), lang, isLangGuessed };
    exitCode = await withErrorsShown(await shellFor(flags), work);
  });
  try {
    await program.parseAsync(normalizeArgv(argv), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return ExitCode.ok;
    const shell = await shellFor({ lang, json: argv.includes('--json') });
    return showUsageError(error, program, argv, shell);
  }
  return exitCode;
}

/** Loaded where a command runs: its colours alone ask for the terminal, which help does not need. */
async function shellFor(flags: GlobalFlags): Promise<Shell> {
  const { createShell } = await import('./shell.ts');
  return createShell(flags, abortOnSignals());
}

/** The language that a flag or the locale asks for. */
function requestedLang(argv: readonly string[]): Lang | undefined {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = argv[at];
  const value = word === '--lang' ? argv[at + 1] : word?.slice('--lang='.length);
  return value === 'zh' || value === 'en' ? value : languageOfLocale(process.env);
}

/** Commander's kebab flags also as the documentation's `--appId` and `--appSecret`. */
function normalizeArgv(argv: readonly string[]): string[] {
  return argv.map((word) =>
    word.replace(/^--appId(?==|$)/, '--app-id').replace(/^--appSecret(?==|$)/, '--app-secret'),
  );
}

/** Ctrl-C and a service manager's stop both end a command in order. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  // Each prompt listens and stays: with the eleventh, Node would warn in the midst of the conversation.
  setMaxListeners(0, controller.signal);
  const stop = () => {
    // A second signal is from somebody who will not wait.
    if (controller.signal.aborted) process.exit(ExitCode.cancelled);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  return controller.signal;
}

async function withErrorsShown(
  shell: Shell,
  work: (shell: Shell) => Promise<number>,
): Promise<number> {
  try {
    return await work(shell);
  } catch (error) {
    const { showError } = await import('./failure.ts');
    return showError(shell, error);
  }
}

async function showUsageError(
  error: CommanderError,
  program: Program,
  argv: readonly string[],
  shell: Shell,
): Promise<number> {
  if (error.code === 'commander.help') {
    // No command at all: commander has printed the help to stderr, which is muted.
    shell.stderr.write(program.helpInformation());
    return ExitCode.usage;
  }
  const [{ usageError }, { showError }] = await Promise.all([
    import('./usage.ts'),
    import('./failure.ts'),
  ]);
  return showError(shell, usageError(error, program, argv));
}
