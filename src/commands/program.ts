/**
 * The commands and their flags, as commander takes them. What a command does is loaded when it runs:
 * `--help` loads neither the SDK nor the prompts.
 */
import { Argument, Command, Option } from 'commander';
import { ExitCode } from '../shared/errors.ts';
import { type Lang, render, type Text } from '../shared/text/text.ts';
import { version } from '../shared/version.ts';
import type { Flag } from '../wizard/conversation/questions.ts';
import { commandTexts as texts } from './command-texts.ts';
import type { CompletedFlag, CompletedProgram, ShellName } from './help/completion.ts';
import { helpIn } from './help/help.ts';
import { helpTexts as help } from './help/help-texts.ts';
import { outputColumns, printNow } from './output/standard-output.ts';
import type { Shell } from './shell.ts';

export type Program = Command;

type Say = (text: Text) => string;

interface Declared {
  readonly name: string;
  readonly summary: Text;
  /** It has nothing to do with a config, so it takes none. */
  readonly readsNoConfig?: true;
  /** Declares the flags of this command; every command has the common flags too. */
  flags(command: Command, page: Page): unknown;
  run(shell: Shell, command: Command, program: Program): Promise<number>;
}

/** Describes the flags of a command in its help. */
interface Page {
  readonly say: Say;
  /** The flags that follow are listed under this heading. */
  group(command: Command, heading: Text): void;
}

const declared: readonly Declared[] = [
  {
    name: 'setup',
    summary: texts.setup,
    async flags(command, { say, group }) {
      const { setupFlagGroups } = await import('./help/setup-flag-groups.ts');
      for (const { heading, flags } of setupFlagGroups) {
        group(command, heading);
        for (const flag of flags) command.addOption(optionOf(flag, say));
      }
    },
    run: async (shell, command) => (await import('./setup.ts')).setupCommand(shell, command.opts()),
  },
  {
    name: 'doctor',
    summary: texts.doctor,
    flags(command, { say, group }) {
      group(command, help.groupWhat);
      command
        .option('--fix', say(texts.optFix))
        .option('--live [open_id]', say(texts.optLive))
        .option('--report <file>', say(texts.optReport))
        .option('--watch', say(texts.optWatch));
      group(command, help.groupHow);
      command
        .option('--account <id>', say(help.accountDoctor))
        .addOption(hostOption(say(help.hostDoctor)))
        .option('-y, --yes', say(help.yesDoctor))
        .option('--no-input', say(texts.optNoInput));
    },
    run: async (shell, command) =>
      (await import('./doctor/doctor.ts')).doctorCommand(shell, command.opts()),
  },
  {
    name: 'run',
    summary: texts.run,
    flags(command, { say, group }) {
      group(command, help.groupWhat);
      command
        .option('--echo', say(texts.optEcho))
        .addOption(new Option('--exec <command>', say(texts.optExec)).conflicts('echo'))
        .addOption(new Option('--exec-version <n>', say(texts.optExecVersion)).choices(['1', '2']))
        .addOption(
          new Option('--exec-format <format>', say(texts.optExecFormat)).choices(['text', 'jsonl']),
        )
        .option('--media-root <path>', say(texts.optMediaRoot), addOne)
        .option('--account <id>', say(help.accountRun))
        .addOption(hostOption(say(help.hostRun)));
    },
    run: async (shell, command) =>
      (await import('./run/run-accounts.ts')).runAccounts(shell, command.opts()),
  },
  {
    name: 'remove',
    summary: texts.remove,
    flags(command, { say, group }) {
      group(command, help.groupWhat);
      command
        .option('--account <id>', say(help.accountRemove))
        .option('--all', say(texts.optAll))
        .option('--purge', say(texts.optPurge))
        .option('--plugin', say(texts.optPlugin))
        .addOption(hostOption(say(help.hostRemove)));
      group(command, help.groupHow);
      command
        .option('--dry-run', say(texts.optDryRun))
        .option('-y, --yes', say(help.yesRemove))
        .option('--no-input', say(texts.optNoInput));
    },
    run: async (shell, command) =>
      (await import('./remove.ts')).removeCommand(shell, command.opts()),
  },
  {
    name: 'sandbox',
    summary: texts.sandbox,
    readsNoConfig: true,
    flags(command, { say, group }) {
      group(command, help.groupHow);
      command.option('--port <port>', say(texts.optPort));
    },
    run: async (shell, command) =>
      (await import('./sandbox/sandbox-flags.ts')).sandboxCommand(shell, command.opts()),
  },
  {
    name: 'completion',
    summary: texts.completion,
    readsNoConfig: true,
    flags: (command, { say }) =>
      command.addArgument(
        new Argument('<shell>', say(texts.argShell)).choices(['bash', 'zsh', 'fish']),
      ),
    async run({ stdout, lang }, command, program) {
      const { completionScript } = await import('./help/completion.ts');
      const described = completedProgram(program, render(texts.optHelp, lang));
      stdout.write(completionScript(command.args[0] as ShellName, described));
      return ExitCode.ok;
    },
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
  const page: Page = {
    say,
    group: (command, heading) => void command.optionsGroup(say(heading)),
  };
  const program = new Command('moltbot-feishu')
    .description(say(texts.program))
    .helpCommand(false)
    // Flags after the command belong to the command.
    .enablePositionalOptions()
    .configureHelp(helpIn(lang))
    .exitOverride()
    .configureOutput({
      writeOut: printNow,
      writeErr: () => undefined,
      getOutHelpWidth: outputColumns,
      getOutHasColors: () => false,
    });
  addGeneralFlags(program, { name: program.name() }, page);
  const isMeant = (name: string) => argv.includes(name) || argv.includes('completion');

  for (const one of declared) {
    const { name, summary, flags, run } = one;
    const command = program.command(name).description(say(summary));
    if (!isMeant(name)) continue;
    await flags(command, page);
    addGeneralFlags(command, one, page);
    command.action(() => start((shell) => run(shell, command, program), command));
  }
  return program;
}

/** Flags that every command has; the program itself takes them before the command. */
function addGeneralFlags(
  command: Command,
  { name, readsNoConfig }: Pick<Declared, 'name' | 'readsNoConfig'>,
  { say, group }: Page,
): void {
  const isRun = name === 'run';
  group(command, help.groupGeneral);
  if (!readsNoConfig) command.option('--config <path>', say(texts.optConfig));
  command
    .addOption(new Option('--lang <lang>', say(texts.optLang)).choices(['zh', 'en']))
    .option('--json', say(isRun ? help.jsonRun : texts.optJson))
    .option('--verbose', say(isRun ? help.verboseRun : texts.optVerbose))
    .option('--no-color', say(texts.optNoColor))
    .version(version, '-V, --version', say(texts.optVersion))
    .helpOption('-h, --help', say(texts.optHelp));
}

function hostOption(what: string): Option {
  return new Option('--host <host>', what).choices(['moltbot', 'clawdbot', 'openclaw', 'none']);
}

/** A question's flag as commander takes it. */
function optionOf({ spec, help, choices, isList }: Flag, say: Say): Option {
  const option = new Option(spec, say(help));
  if (choices) option.choices(choices);
  return isList ? option.argParser(collect).default([]) : option;
}

/** One value a flag: a path may hold a comma. */
function addOne(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  const entries = value.split(',').map((entry) => entry.trim());
  return [...previous, ...entries.filter(Boolean)];
}

/** The commands and flags for completion, read from the declarations of the program. */
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
