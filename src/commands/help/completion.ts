/** `completion`: scripts for bash, zsh and fish, made from the declared commands and flags. */
import { visible } from '../../shared/terminal/visible.ts';
import { oneLine } from '../../shared/text/one-line.ts';

export interface CompletedFlag {
  /** `--app-id`. */
  readonly name: string;
  readonly help: string;
  /** Needs a value; one that may be left out counts as none. */
  readonly takesValue: boolean;
  /** The value is the path of a file. */
  readonly takesFile: boolean;
  readonly choices: readonly string[];
}

export interface CompletedCommand {
  readonly name: string;
  readonly help: string;
  readonly flags: readonly CompletedFlag[];
  /** Words that it takes itself. */
  readonly words: readonly string[];
}

/** The commands of the program, and the flags before them. */
export interface CompletedProgram {
  readonly flags: readonly CompletedFlag[];
  readonly commands: readonly CompletedCommand[];
}

export type ShellName = 'bash' | 'zsh' | 'fish';

const PROGRAM = 'moltbot-feishu';

export function completionScript(shell: ShellName, program: CompletedProgram): string {
  switch (shell) {
    case 'bash':
      return bash(program);
    case 'zsh':
      return zsh(program);
    case 'fish':
      return fish(program);
  }
}

function bash({ commands, flags: global }: CompletedProgram): string {
  const offer = (words: readonly string[]) =>
    `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$cur"))`;
  const values = (flags: readonly CompletedFlag[]) =>
    flags
      .filter(({ takesValue }) => takesValue)
      .map(({ name, choices, takesFile }) => {
        // An older bash has no compopt: it then offers nothing and prints no error.
        const files = takesFile ? 'compopt -o default 2>/dev/null; ' : '';
        return `        ${name}) ${choices.length > 0 ? offer(choices) : `${files}COMPREPLY=()`}; return ;;`;
      });
  const cases = commands.map(({ name, flags, words }) =>
    [
      `    ${name})`,
      '      case "$prev" in',
      ...values(flags),
      '      esac',
      `      ${offer([...words, ...names(flags)])} ;;`,
    ].join('\n'),
  );
  const skipped = global.filter(({ takesValue }) => takesValue).map(({ name }) => name);
  return `# ${PROGRAM} completion bash
_moltbot_feishu() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command='' at
  # Bash cuts --flag=value at the sign.
  if [ "$cur" = '=' ]; then cur=''; elif [ "$prev" = '=' ]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "\${COMP_WORDS[at]}" in
      ${skipped.join('|')}) at=$((at + 1)); if [ "\${COMP_WORDS[at]}" = '=' ]; then at=$((at + 1)); fi ;;
      -*) ;;
      *) command="\${COMP_WORDS[at]}"; break ;;
    esac
  done
  case "$command" in
    '')
      case "$prev" in
${values(global).join('\n')}
      esac
      ${offer([...commands.map(({ name }) => name), ...names(global)])} ;;
${cases.join('\n')}
  esac
}
complete -F _moltbot_feishu ${PROGRAM}
`;
}

function zsh({ commands, flags: global }: CompletedProgram): string {
  const spec = ({ name, help, takesValue, takesFile, choices }: CompletedFlag) => {
    const value = choices.length > 0 ? `(${choices.join(' ')})` : takesFile ? '_files' : ' ';
    return quoted(
      `${name}[${withEscapes(description(help), /[\\[\]:]/g)}]${takesValue ? `:value:${value}` : ''}`,
    );
  };
  const described = commands.map(
    ({ name, help }) => `    ${quoted(`${name}:${withEscapes(description(help), /[\\:]/g)}`)}`,
  );
  const cases = commands.map(({ name, flags, words }) => {
    const specs = flags.map(spec);
    if (words.length > 0) specs.push(quoted(`1:word:(${words.join(' ')})`));
    return `        ${name}) _arguments ${specs.join(' ')} ;;`;
  });
  return `#compdef ${PROGRAM}
# ${PROGRAM} completion zsh
_moltbot_feishu() {
  local curcontext="$curcontext" state line
  local -a commands=(
${described.join('\n')}
  )
  _arguments -C ${global.map(spec).join(' ')} '1:command:->command' '*::rest:->rest'
  case $state in
    command) _describe command commands ;;
    rest)
      case $words[1] in
${cases.join('\n')}
      esac ;;
  esac
}
# Loaded from fpath it is the function itself; sourced, it has to be made known.
if [ "$funcstack[1]" = _moltbot_feishu ]; then
  _moltbot_feishu "$@"
else
  # A bare zsh has no completion system yet; it is started without questions and without a file.
  if ! typeset -f compdef >/dev/null; then autoload -Uz compinit && compinit -i -D; fi
  compdef _moltbot_feishu ${PROGRAM}
fi
`;
}

function fish({ commands, flags: global }: CompletedProgram): string {
  const line = (when: string, { name, help, takesValue, takesFile, choices }: CompletedFlag) => {
    const files = takesFile ? ' -r -F' : ' -x';
    const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : files;
    const flag = name.replace(/^--/, '');
    return `complete -c ${PROGRAM} ${when} -l ${flag}${takesValue ? value : ''} -d ${fishQuoted(description(help))}`;
  };
  const lines = [`# ${PROGRAM} completion fish`, `complete -c ${PROGRAM} -f`];
  for (const flag of global) lines.push(line('-n __fish_use_subcommand', flag));
  for (const { name, help, flags, words } of commands) {
    lines.push(
      `complete -c ${PROGRAM} -n __fish_use_subcommand -a ${name} -d ${fishQuoted(description(help))}`,
    );
    const when = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    for (const word of words) lines.push(`complete -c ${PROGRAM} ${when} -a ${word}`);
    for (const flag of flags) lines.push(line(when, flag));
  }
  return `${lines.join('\n')}\n`;
}

function names(flags: readonly CompletedFlag[]): string[] {
  return flags.map(({ name }) => name);
}

/** A description is one line in every shell's list. */
function description(help: string): string {
  return visible(oneLine(help));
}

/** Characters that mean something within zsh's own syntax, each behind a backslash. */
function withEscapes(text: string, special: RegExp): string {
  return text.replace(special, '\\$&');
}

/** Between fish's single quotes a backslash escapes itself and the quote. */
function fishQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
