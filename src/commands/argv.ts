/** A command line put in the order that commander reads: the command, then its flags. Pure. */
import type { Command, Option } from 'commander';

/** Flags as the documentation of the first release wrote them. */
const camelCase: ReadonlyMap<string, string> = new Map([
  ['--appId', '--app-id'],
  ['--appSecret', '--app-secret'],
]);

/**
 * Flags may be given before the command or after it; `help`, `help COMMAND` and `-v` mean `--help`,
 * `COMMAND --help` and `--version`.
 *
 * @param program with the flags of every command that the line may name
 */
export function normalizeArgv(argv: readonly string[], program: Command): readonly string[] {
  const words = argv.map(withKnownName);
  const before = leadingFlags(words, program);
  const [command, ...after] = words.slice(before.length);
  const flags = before.map((word) => (word === '-v' ? '--version' : word));
  if (command === undefined) return flags;
  if (command !== 'help') {
    // For an unknown command, commander would show the help of the program and report success.
    return isCommand(command, program) ? [command, ...flags, ...after] : [command];
  }
  // Help about help is the first page, and so is help without a command.
  const [topic, ...rest] = after;
  if (topic === undefined || topic === 'help') return [...flags, '--help'];
  if (topic.startsWith('-')) return [...flags, ...after, '--help'];
  if (!isCommand(topic, program)) return [topic];
  return [topic, ...flags, '--help', ...rest];
}

function withKnownName(word: string): string {
  const [name = '', ...value] = word.split('=');
  const known = camelCase.get(name);
  return known === undefined ? word : [known, ...value].join('=');
}

/** The flags before the command, with their values. */
function leadingFlags(words: readonly string[], program: Command): readonly string[] {
  const options = [...program.options, ...program.commands.flatMap(({ options: own }) => own)];
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '--') break;
    at += 1;
    const next = words[at];
    const option = options.find((known) => isNamed(known, word));
    if (option === undefined || next === undefined) continue;
    const takesNext =
      option.required || (option.optional && !/^-/.test(next) && !isCommand(next, program));
    if (takesNext) at += 1;
  }
  return words.slice(0, at);
}

const isCommand = (word: string, program: Command): boolean =>
  program.commands.some((command) => command.name() === word);

const isNamed = ({ long, short }: Option, word: string): boolean => word === long || word === short;
