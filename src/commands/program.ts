/**
 * The commands and their flags, as commander takes them. What a command does is loaded when it runs:
 * `--help` loads neither the SDK nor the prompts.
 */
import { Argument, Command, Option } from 'commander';
import { ExitCode } from '../shared/errors.ts';
import { type Lang, render, type Text } from '../shared/text.ts';
import { version } from '../shared/version.ts';
import type { Flag } from '../wizard/questions.ts';
import type { CompletedFlag, CompletedProgram, ShellName } from './completion.ts';
import { helpIn } from './help.ts';
import type { Shell } from './shell.ts';
import { outputColumns, printNow } from './standard-output.ts';
import { commandTexts as texts } from './texts.ts';

export type Program = Command;

type Say = (text: Text) => string;

interface Declared {
  readonly name: string;
  readonly summary: Text;
  /** Its own flags, besides those that every command has. */
  flags(command: Command, say: Say): unknown;
  run(shell: Shell, command: Command): Promise<number>;
}

const declared: readonly Declared[] = [
  {
    name: 'setup',
    summary: texts.setup,
    async flags(command, say) {
      const { setupFlags } = await import('../wizard/flags.ts');
      for (const flag of setupFlags) command.addOption(optionOf(flag, say));
    },
    run: async (shell, command) => (await import('./setup.ts')).setupCommand(shell, command.opts()),
  },
  {
    name: 'doctor',
    summary: texts.doctor,
    flags: (command, say) =>
      command
        .option('--account <id>', say(texts.optAccount))
        .addOption(hostOption(say))
        .option('--fix', say(texts.optFix))
        .option('--watch', say(texts.optWatch))
        .option('--live [open_id]', say(texts.optLive))
        .option('--report <file>', say(texts.optReport))
        .option('-y, --yes', say(texts.optYes))
        .option('--no-input', say(texts.optNoInput)),
    run: async (shell, command) =>
      (await import('./doctor.ts')).doctorCommand(shell, command.opts()),
  },
  {
    name: 'run',
    summary: texts.run,
    flags: (command, say) =>
      command
        .option('--account <id>', say(texts.optAccount))
        .addOption(hostOption(say))
        .option('--echo', say(texts.optEcho))
        .addOption(new Option('--exec <command>', say(texts.optExec)).conflicts('echo')),
    run: async (shell, command) =>
      (await import('./run-accounts.ts')).runAccounts(shell, command.opts()),
  },
  {
    name: 'remove',
    summary: texts.remove,
    flags: (command, say) =>
      command
        .option('--account <id>', say(texts.optAccount))
        .option('--all', say(texts.optAll))
        .addOption(hostOption(say))
        .option('--purge', say(texts.optPurge))
        .option('--dry-run', say(texts.optDryRun))
        .option('-y, --yes', say(texts.optYes))
        .option('--no-input', say(texts.optNoInput)),
    run: async (shell, command) =>
      (await import('./remove.ts')).removeCommand(shell, command.opts()),
  },
  {
    name: 'sandbox',
    summary: texts.sandbox,
    flags: (command, say) => command.option('--port <port>', say(texts.optPort)),
    run: async (shell, command) =>
      (await import('./sandbox-flags.ts')).sandboxCommand(shell, command.opts()),
  },
];

/**
 * The program in a language.
 *
 * @param argv flags are declared of the commands that it may name: those of the others only cost time
 * @param start gets the work of the command that is run
 */
export async function declareProgram(
  lang: Lang,
  argv: readonly string[],
  start: (work: (shell: Shell) => Promise<number>, command: Command) => Promise<void>,
): Promise<Program> {
  const say: Say = (text) => render(text, lang);
  const program = new Command('moltbot-feishu')
    .description(say(texts.program))
    .version(version, '--version', say(texts.optVersion))
    .helpOption('-h, --help', say(texts.optHelp))
    .helpCommand(false)
    .configureHelp(helpIn(lang))
    .exitOverride()
    .configureOutput({
      writeOut: printNow,
      writeErr: () => undefined,
      getOutHelpWidth: outputColumns,
      getOutHasColors: () => false,
    })
    .addOption(langOption(say));
  const isMeant = (name: string) => argv.includes(name) || argv.includes('completion');

  for (const { name, summary, flags, run } of declared) {
    const command = program.command(name).description(say(summary)).addOption(langOption(say));
    if (!isMeant(name)) continue;
    command
      .helpOption('-h, --help', say(texts.optHelp))
      .option('--config <path>', say(texts.optConfig))
      .option('--json', say(texts.optJson))
      .option('--verbose', say(texts.optVerbose))
      .option('--no-color', say(texts.optNoColor))
      .action(() => start((shell) => run(shell, command), command));
    await flags(command, say);
  }
  const completion = program
    .command('completion')
    .description(say(texts.completion))
    .helpOption('-h, --help', say(texts.optHelp))
    .addArgument(new Argument('<shell>', say(texts.argShell)).choices(['bash', 'zsh', 'fish']))
    .action((shellName: ShellName) =>
      start(async ({ stdout }) => {
        const { completionScript } = await import('./completion.ts');
        stdout.write(completionScript(shellName, completedProgram(program, say(texts.optHelp))));
        return ExitCode.ok;
      }, completion),
    );
  return program;
}

function langOption(say: Say): Option {
  return new Option('--lang <lang>', say(texts.optLang)).choices(['zh', 'en']);
}

function hostOption(say: Say): Option {
  const hosts = ['moltbot', 'clawdbot', 'openclaw', 'none'];
  return new Option('--host <host>', say(texts.optHost)).choices(hosts);
}

/** A question's flag as commander takes it. */
function optionOf({ spec, help, choices, isList }: Flag, say: Say): Option {
  const option = new Option(spec, say(help));
  if (choices) option.choices(choices);
  return isList ? option.argParser(collect).default([]) : option;
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  const entries = value.split(',').map((entry) => entry.trim());
  return [...previous, ...entries.filter(Boolean)];
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
