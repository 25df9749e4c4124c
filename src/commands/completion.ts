/** `completion`: scripts for bash, zsh and fish, made from the declared commands and flags. */

export interface CompletedFlag {
  /** `--app-id`. */
  readonly name: string;
  readonly help: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

export interface CompletedCommand {
  readonly name: string;
  readonly help: string;
  readonly flags: readonly CompletedFlag[];
  /** Words that it takes itself. */
  readonly words: readonly string[];
}

export type ShellName = 'bash' | 'zsh' | 'fish';

const PROGRAM = 'moltbot-feishu';

export function completionScript(shell: ShellName, commands: readonly CompletedCommand[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return zsh(commands);
    case 'fish':
      return fish(commands);
  }
}

function bash(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const cases = commands.map(({ name, flags, words }) => {
    const values = flags
      .filter(({ takesValue }) => takesValue)
      .map((flag) =>
        flag.choices.length > 0
          ? `      ${flag.name}) COMPREPLY=($(compgen -W '${flag.choices.join(' ')}' -- "$cur")); return ;;`
          : `      ${flag.name}) compopt -o default; COMPREPLY=(); return ;;`,
      );
    const all = [...words, ...flags.map((flag) => flag.name)].join(' ');
    return `    ${name})
      case "$prev" in
${values.join('\n')}
      esac
      COMPREPLY=($(compgen -W '${all}' -- "$cur")) ;;`;
  });
  return `# ${PROGRAM} completion bash
_moltbot_feishu() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$cur"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -F _moltbot_feishu ${PROGRAM}
`;
}

function zsh(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name, help }) => `    ${quoted(`${name}:${plain(help)}`)}`);
  const cases = commands.map(({ name, flags, words }) => {
    const specs = flags.map(({ name: flag, help, takesValue, choices }) => {
      const value = choices.length > 0 ? `:value:(${choices.join(' ')})` : ':value:_files';
      return quoted(`${flag}[${plain(help)}]${takesValue ? value : ''}`);
    });
    if (words.length > 0) specs.push(quoted(`1:word:(${words.join(' ')})`));
    return `    ${name}) _arguments ${specs.join(' ')} ;;`;
  });
  return `#compdef ${PROGRAM}
# ${PROGRAM} completion zsh
_moltbot_feishu() {
  local -a commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _moltbot_feishu ${PROGRAM}
`;
}

function fish(commands: readonly CompletedCommand[]): string {
  const lines = [`# ${PROGRAM} completion fish`, `complete -c ${PROGRAM} -f`];
  for (const { name, help, flags, words } of commands) {
    lines.push(`complete -c ${PROGRAM} -n __fish_use_subcommand -a ${name} -d ${quoted(help)}`);
    const when = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    for (const word of words) lines.push(`complete -c ${PROGRAM} ${when} -a ${word}`);
    for (const flag of flags) {
      const value = flag.takesValue
        ? flag.choices.length > 0
          ? ` -x -a ${quoted(flag.choices.join(' '))}`
          : ' -r -F'
        : '';
      lines.push(
        `complete -c ${PROGRAM} ${when} -l ${flag.name.replace(/^--/, '')}${value} -d ${quoted(flag.help)}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Within zsh's own syntax these characters mean something. */
function plain(help: string): string {
  return help.replace(/[[\]:]/g, ' ').trim();
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
