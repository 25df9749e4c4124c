/**
 * How a person runs our commands beside a host: under the host's own name, since `moltbot-feishu` need
 * not be on PATH there, and `moltbot-feishu run` beside a gateway would take messages away from it.
 *
 * In: texts as they read for our own program. Out: the same texts for the host that runs us. Pure.
 */
import type { HostName } from '../../../config/locate.ts';
import { shellWord } from '../../../shared/terminal/shell-word.ts';
import { visible } from '../../../shared/terminal/visible.ts';

/** How our program was started from a host's. */
export interface HostProcess {
  readonly host: HostName;
  /**
   * `command`: `<host> feishu …`; `configure`: `<host> configure --section channels.feishu`; `wizard`:
   * from the host's own prompts, which continue afterwards.
   */
  readonly entry: 'command' | 'configure' | 'wizard';
}

/** Set for our program when a host starts it; not for people. */
const VARIABLE = 'MOLTBOT_FEISHU_WITHIN';

const hosts: readonly string[] = ['moltbot', 'clawdbot', 'openclaw'] satisfies HostName[];
const entries: readonly string[] = [
  'command',
  'configure',
  'wizard',
] satisfies HostProcess['entry'][];

export function isHostName(name: string | undefined): name is HostName {
  return name !== undefined && hosts.includes(name);
}

export function hostOfProcess(
  env: Readonly<Record<string, string | undefined>>,
): HostProcess | undefined {
  const [host, entry] = (env[VARIABLE] ?? '').split(' ');
  if (!isHostName(host) || entry === undefined || !entries.includes(entry)) return undefined;
  return { host, entry: entry as HostProcess['entry'] };
}

/** The environment that names the parent host to our program, started as a child. */
export function hostVariable({ host, entry }: HostProcess): Readonly<Record<string, string>> {
  return { [VARIABLE]: `${host} ${entry}` };
}

const OWN_COMMAND =
  /(?<![\w@/.-])(?:npx )?moltbot-feishu (run|setup|doctor|remove)(?![\w-])((?: --)?)/g;

/** A text with our commands as they are run beside that host; without a host, as it is. */
export function rewriteCommands(host: HostName | undefined, text: string): string {
  if (host === undefined) return text;
  return text.replace(OWN_COMMAND, (_whole, command: string, flags: string) => {
    if (command === 'run') return `${host} gateway run${flags}`;
    if (host !== 'clawdbot') return `${host} feishu ${command}${flags}`;
    // Clawdbot asks plugins for no commands of their own: its own ones lead to the same.
    if (flags === '' && command === 'doctor') return 'clawdbot channels status --probe';
    if (flags === '' && command === 'setup') return 'clawdbot channels add';
    return `npx moltbot-feishu ${command}${flags}`;
  });
}

/** The flags of a run that choose its config. */
export interface ConfigChoice {
  readonly config?: string | undefined;
  readonly host?: HostName | 'none' | undefined;
}

const COMMAND_ON_CONFIG =
  /(?<![\w@/.-])(?:npx )?moltbot-feishu (?:run|setup|doctor|remove)(?![\w-])/g;
const END_OF_COMMAND = /[\n,;，；、。]|moltbot-feishu/;

/**
 * A text with our commands for the config that this run uses: without its flags, they would look at
 * another file. A command that chooses its config itself stays as it is.
 */
export function rewriteForConfig({ config, host }: ConfigChoice, text: string): string {
  const file = config === undefined ? '' : ` --config ${shellWord(visible(config))}`;
  const reader = host === undefined ? '' : ` --host ${host}`;
  if (file + reader === '') return text;
  return text.replace(COMMAND_ON_CONFIG, (command: string, at: number) => {
    const [rest = ''] = text.slice(at + command.length, at + 500).split(END_OF_COMMAND, 1);
    if (/ --(?:config|sandbox)\b/.test(rest)) return command;
    return `${command}${file}${/ --host\b/.test(rest) ? '' : reader}`;
  });
}
