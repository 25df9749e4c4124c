/**
 * Ways into the wizard from a host's own program: `<host> feishu setup|doctor|remove`, and
 * `configure --section channels.feishu` where the host's parser lets us in (Moltbot).
 *
 * The wizard runs as a process of its own, on the same terminal: the host's program shares neither
 * its prompts nor its signals with it. A host skips a registrar that claims a command of its own,
 * so that `configure` is never listed among ours.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CommandLine, PluginApi } from '../contract.ts';
import { type HostProcess, hostVariable, isHostName } from '../machine/installed/command-names.ts';
import { runningHost } from '../section/config-location.ts';

const SECTION = 'channels.feishu';

export interface CommandLineOptions {
  /** Runs our program with these words on this terminal; its exit code. */
  readonly run: (words: readonly string[], within: HostProcess | undefined) => Promise<number>;
  readonly exit: (code: number) => void;
}

export function registerCommands(
  api: Pick<PluginApi, 'registerCli'>,
  options: CommandLineOptions = {
    run: (words, within) => runProgram(words, within),
    exit: (code) => process.exit(code),
  },
): void {
  const description = 'Feishu/Lark: guided setup, and checks that name the one thing that is wrong';
  api.registerCli?.(
    ({ program }) => {
      addCommands(program, description, options);
      hookConfigure(program, options);
    },
    {
      commands: ['feishu'],
      descriptors: [{ name: 'feishu', description, hasSubcommands: true }],
    },
  );
}

function addCommands(program: CommandLine, description: string, options: CommandLineOptions) {
  const feishu = program.command('feishu').description(description);
  const within = withinOf(program, 'command');
  const summaries = {
    setup: 'Connect a Feishu or Lark app, step by step',
    doctor: 'Why is the bot silent? Checks, and what helps',
    remove: 'Take an account, or the whole channel, out of the config',
  };
  for (const [name, summary] of Object.entries(summaries)) {
    feishu
      .command(name)
      .description(summary)
      // Flags and --help are our own program's.
      .helpOption(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .action(async (...words) => {
        const command = words.at(-1) as CommandLine;
        options.exit(await options.run([name, ...command.args], within));
      });
  }
}

/** Our section is answered by our wizard; the others, and what is wrong, are the host's as before. */
function hookConfigure(program: CommandLine, options: CommandLineOptions): void {
  const configure = program.commands.find((command) => command.name() === 'configure');
  configure?.hook('preAction', async (_program, action) => {
    const { section } = action.opts();
    const sections = Array.isArray(section)
      ? section
      : typeof section === 'string'
        ? [section]
        : [];
    if (!sections.includes(SECTION)) return;
    // The host has a gateway of its own to start.
    const code = await options.run(['setup', '--no-start'], withinOf(program, 'configure'));
    const rest: unknown[] = sections.filter((name) => name !== SECTION);
    // A cancelled wizard has changed nothing; to continue with the next section would hide that.
    if (rest.length === 0 || code !== 0) options.exit(code);
    else action.setOptionValue('section', Array.isArray(section) ? rest : rest[0]);
  });
}

/** The host that runs us, by the package of its program, else by the program's name. */
function withinOf(program: CommandLine, entry: HostProcess['entry']): HostProcess | undefined {
  const host = runningHost(process.argv[1]) ?? program.name();
  return isHostName(host) ? { host, entry } : undefined;
}

/** Our own program beside the plugin, for the host that runs us. */
export function runProgram(
  words: readonly string[],
  within: HostProcess | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const isNamed = words.some((word) => word === '--host' || word.startsWith('--host='));
  const program = fileURLToPath(new URL('./cli.js', import.meta.url));
  const signalNumber = within && !isNamed ? ['--host', within.host] : [];
  const child = spawn(process.execPath, [program, ...words, ...signalNumber], {
    stdio: 'inherit',
    env: { ...env, ...(within && hostVariable(within)) },
  });
  return exitCode(child);
}

/** A terminal's signals reach the child, too: it decides, and we wait for what it says. */
function exitCode(child: ChildProcess): Promise<number> {
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 130));
  }).finally(() => process.off('SIGINT', ignore));
}
