#!/usr/bin/env node
/**
 * The `moltbot-feishu` program: declares commands and flags, and loads one command lazily.
 *
 * In: argv. Out: an exit code (the contract is in `shared/errors.ts`). `--help` and `--version`
 * load neither the SDK nor the prompts.
 */
import { setMaxListeners } from 'node:events';
import { Argument, Command, CommanderError, Option } from 'commander';
import type { CompletedFlag, CompletedProgram, ShellName } from './commands/completion.ts';
import { showError } from './commands/failure.ts';
import { helpIn } from './commands/help.ts';
import { createShell, type GlobalFlags, type Shell } from './commands/shell.ts';
import { commandTexts as texts } from './commands/texts.ts';
import { ExitCode } from './shared/errors.ts';
import { type Lang, languageOfLocale, render, type Text } from './shared/text.ts';
import { version } from './shared/version.ts';
import { setupFlags } from './wizard/flags.ts';
import type { Flag } from './wizard/questions.ts';

/** The language that a flag or the locale asks for. */
function requestedLang(argv: readonly string[]): Lang | undefined {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = argv[at];
  const value = word === '--lang' ? argv[at + 1] : word?.slice('--lang='.length);
  return value === 'zh' || value === 'en' ? value : languageOfLocale(process.env);
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [
    ...previous,
    ...value
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
  ];
}

/** A question's flag as commander takes it. */
function optionOf({ spec, help, choices, isList }: Flag, say: (text: Text) => string): Option {
  const option = new Option(spec, say(help));
  if (choices) option.choices(choices);
  return isList ? option.argParser(collect).default([]) : option;
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

function buildProgram(
  lang: Lang,
  run: (work: (shell: Shell) => Promise<number>, command: Command) => Promise<void>,
): Command {
  const say = (text: Text) => render(text, lang);
  const program = new Command('moltbot-feishu')
    .description(say(texts.program))
    .version(version, '--version', say(texts.optVersion))
    .helpOption('-h, --help', say(texts.optHelp))
    .helpCommand(false)
    .configureHelp(helpIn(lang))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });

  const command = (name: string, summary: Text) =>
    program
      .command(name)
      .description(say(summary))
      .helpOption('-h, --help', say(texts.optHelp))
      .addOption(new Option('--lang <lang>', say(texts.optLang)).choices(['zh', 'en']))
      .option('--config <path>', say(texts.optConfig))
      .option('--json', say(texts.optJson))
      .option('--verbose', say(texts.optVerbose))
      .option('--no-color', say(texts.optNoColor));

  program.addOption(new Option('--lang <lang>', say(texts.optLang)).choices(['zh', 'en']));

  const setup = command('setup', texts.setup);
  for (const flag of setupFlags) setup.addOption(optionOf(flag, say));
  setup.action((_flags, self: Command) =>
    run(
      async (shell) => (await import('./commands/setup.ts')).setupCommand(shell, self.opts()),
      self,
    ),
  );

  command('doctor', texts.doctor)
    .option('--account <id>', say(texts.optAccount))
    .addOption(
      new Option('--host <host>', say(texts.optHost)).choices([
        'moltbot',
        'clawdbot',
        'openclaw',
        'none',
      ]),
    )
    .option('--fix', say(texts.optFix))
    .option('--watch', say(texts.optWatch))
    .option('--live [open_id]', say(texts.optLive))
    .option('--report <file>', say(texts.optReport))
    .option('-y, --yes', say(texts.optYes))
    .option('--no-input', say(texts.optNoInput))
    .action((_flags, self: Command) =>
      run(
        async (shell) => (await import('./commands/doctor.ts')).doctorCommand(shell, self.opts()),
        self,
      ),
    );

  command('run', texts.run)
    .option('--account <id>', say(texts.optAccount))
    .addOption(
      new Option('--host <host>', say(texts.optHost)).choices([
        'moltbot',
        'clawdbot',
        'openclaw',
        'none',
      ]),
    )
    .option('--echo', say(texts.optEcho))
    .addOption(new Option('--exec <command>', say(texts.optExec)).conflicts('echo'))
    .action((_flags, self: Command) =>
      run(
        async (shell) =>
          (await import('./commands/run-accounts.ts')).runAccounts(shell, self.opts()),
        self,
      ),
    );

  command('remove', texts.remove)
    .option('--account <id>', say(texts.optAccount))
    .option('--all', say(texts.optAll))
    .addOption(
      new Option('--host <host>', say(texts.optHost)).choices([
        'moltbot',
        'clawdbot',
        'openclaw',
        'none',
      ]),
    )
    .option('--purge', say(texts.optPurge))
    .option('--dry-run', say(texts.optDryRun))
    .option('-y, --yes', say(texts.optYes))
    .option('--no-input', say(texts.optNoInput))
    .action((_flags, self: Command) =>
      run(
        async (shell) => (await import('./commands/remove.ts')).removeCommand(shell, self.opts()),
        self,
      ),
    );

  program
    .command('completion')
    .description(say(texts.completion))
    .helpOption('-h, --help', say(texts.optHelp))
    .addArgument(new Argument('<shell>', say(texts.argShell)).choices(['bash', 'zsh', 'fish']))
    .action((shellName: ShellName, _flags, self: Command) =>
      run(async ({ stdout }) => {
        const { completionScript } = await import('./commands/completion.ts');
        stdout.write(completionScript(shellName, completedProgram(program, say(texts.optHelp))));
        return ExitCode.ok;
      }, self),
    );

  command('sandbox', texts.sandbox)
    .option('--port <port>', say(texts.optPort))
    .action((_flags, self: Command) =>
      run(async (shell) => {
        const { sandboxCommand } = await import('./commands/sandbox-flags.ts');
        return sandboxCommand(shell, self.opts());
      }, self),
    );
  return program;
}

/** What the program takes, as completion needs it: read from its own declarations. */
function completedProgram(program: Command, help: string): CompletedProgram {
  const flagsOf = ({ options }: Command): CompletedFlag[] => [
    ...options.map(({ long, flags, description, required, argChoices }) => ({
      name: long ?? '',
      help: description,
      takesValue: required,
      takesFile: /<(?:path|file)>/.test(flags),
      choices: argChoices ?? [],
    })),
    { name: '--help', help, takesValue: false, takesFile: false, choices: [] },
  ];
  return {
    flags: flagsOf(program),
    commands: program.commands.map((command) => ({
      name: command.name(),
      help: command.description(),
      words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
      flags: flagsOf(command),
    })),
  };
}

async function main(argv: readonly string[]): Promise<number> {
  const requested = requestedLang(argv);
  const lang = requested ?? 'en';
  const signal = abortOnSignals();
  let exitCode: number = ExitCode.ok;
  const program = buildProgram(lang, async (work, command) => {
    const isLangGuessed = requested === undefined;
    const flags = { ...command.optsWithGlobals<GlobalFlags>(), lang, isLangGuessed };
    exitCode = await withErrorsShown(createShell(flags, signal), work);
  });
  try {
    await program.parseAsync(normalizeArgv(argv), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return ExitCode.ok;
    return await showUsageError(
      error,
      program,
      argv,
      createShell({ lang, json: argv.includes('--json') }, signal),
    );
  }
  return exitCode;
}

async function withErrorsShown(
  shell: Shell,
  work: (shell: Shell) => Promise<number>,
): Promise<number> {
  try {
    return await work(shell);
  } catch (error) {
    return showError(shell, error);
  }
}

async function showUsageError(
  error: CommanderError,
  program: Command,
  argv: readonly string[],
  shell: Shell,
): Promise<number> {
  if (error.code === 'commander.help') {
    // No command at all: commander has printed the help to stderr, which is muted above.
    shell.stderr.write(program.helpInformation());
    return ExitCode.usage;
  }
  const { usageError } = await import('./commands/usage.ts');
  return showError(shell, usageError(error, program, argv));
}

process.exitCode = await main(process.argv.slice(2));
