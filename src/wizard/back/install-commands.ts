/** Commands with which a person puts another plugin in the place of ours, in the words of a shell. Pure. */
import { shellWord } from '../../shared/terminal/shell-word.ts';

export interface FormerInstall {
  /** The host's command; `undefined` where no host was found. */
  readonly host: string | undefined;
  /** The npm name of the plugin. */
  readonly plugin: string;
  /** The folder of our plugin, and the one to move it to; `undefined` if it is not there. */
  readonly moved: { readonly from: string; readonly to: string } | undefined;
}

export interface ShellCommands {
  readonly commands: readonly string[];
  /** All of them as one line. */
  readonly line: string;
}

/**
 * Moltbot and Clawdbot install nothing over a plugin that is there, and nothing at all while the config names
 * a channel that no plugin provides: ours is moved aside, and the host reads another config meanwhile.
 *
 * @param platform `win32`: for PowerShell; others: for a POSIX shell
 */
export function installCommands(
  { host, plugin, moved }: FormerInstall,
  platform: NodeJS.Platform,
): ShellCommands {
  if (host === undefined) return inOneLine([`HOST plugins install ${plugin}`], ' && ');
  const variable = `${host.toUpperCase()}_CONFIG_PATH`;
  const install = `${host} plugins install ${plugin}`;
  if (platform !== 'win32') {
    const move = moved ? [`mv ${shellWord(moved.from)} ${shellWord(moved.to)}`] : [];
    const commands = [...move, `${variable}="$(mktemp -d)/config.json" ${install}`];
    return inOneLine(commands, ' && ');
  }
  const move = moved ? [`Move-Item ${quoted(moved.from)} ${quoted(moved.to)}`] : [];
  const set = `$env:${variable} = Join-Path $env:TEMP "moltbot-feishu-$PID.json"`;
  // PowerShell 5 has no `&&`, and a variable outlives the command.
  return inOneLine([...move, set, install, `Remove-Item Env:${variable}`], '; ');
}

/** As PowerShell reads it: nothing in it is replaced. Curly quotes end a word there, too. */
const quoted = (path: string): string => `'${path.replace(/['‘’‚‛]/g, '$&$&')}'`;

const inOneLine = (commands: readonly string[], between: string): ShellCommands => ({
  commands,
  line: commands.join(between),
});
