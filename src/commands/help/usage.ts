/** A command line that commander refuses, as an error in the language of the run. Pure. */
import type { Argument, Command, CommanderError, Option } from 'commander';
import { nearest } from '../../config/rules/nearest.ts';
import { ExitCode, MoltbotFeishuError } from '../../shared/errors.ts';
import { type LocalizedText, localize } from '../../shared/text/text.ts';
import { usageTexts as texts } from './usage-texts.ts';

export function usageError(
  error: CommanderError,
  program: Command,
  argv: readonly string[],
): MoltbotFeishuError {
  const command = program.commands.find((candidate) => argv.includes(candidate.name()));
  const name = command ? `${program.name()} ${command.name()}` : program.name();
  return new MoltbotFeishuError({
    code: 'usage',
    exitCode: ExitCode.usage,
    what: problemOf(error, program, command),
    advice: localize(texts.advice, { command: name }),
  });
}

/** commander gives a code and an English sentence: what it names is taken from between its quotes. */
function problemOf(
  { code, message: sentence }: CommanderError,
  program: Command,
  command: Command | undefined,
): LocalizedText {
  const named = /^error: [^']*'([\s\S]*?)'/.exec(sentence)?.[1] ?? '';
  const options = [...(command?.options ?? []), ...program.options];
  switch (code) {
    case 'commander.help':
      return localize(texts.noCommand);
    case 'commander.unknownCommand': {
      const near = nearest(
        named,
        program.commands.map((known) => known.name()),
      );
      return near === undefined
        ? localize(texts.unknownCommand, { name: named })
        : localize(texts.unknownCommandNear, { name: named, near });
    }
    case 'commander.unknownOption': {
      // The text after "=" may be a secret.
      const flag = named.replace(/=[\s\S]*$/, '');
      const near = nearest(
        flag,
        options.flatMap(({ long }) => (long ? [long] : [])),
      );
      return near === undefined
        ? localize(texts.unknownFlag, { name: flag })
        : localize(texts.unknownFlagNear, { name: flag, near });
    }
    case 'commander.missingArgument':
      return localize(texts.missingArgument, { name: named });
    case 'commander.optionMissingArgument':
      return localize(texts.missingValue, { flag: named });
    case 'commander.invalidArgument':
      return badChoice(sentence, options, command?.registeredArguments ?? []);
    case 'commander.conflictingOption': {
      const [one = '', other = ''] = [...sentence.matchAll(/'([^']*)'/g)].map(([, flag]) =>
        (flag ?? '').replace(/ .*/, ''),
      );
      return localize(texts.conflict, { one, other });
    }
    case 'commander.excessArguments':
      return localize(texts.tooMany);
    default:
      return localize(texts.other, { problem: sentence.replace(/^error: /, '') });
  }
}

function badChoice(
  sentence: string,
  options: readonly Option[],
  args: readonly Argument[],
): LocalizedText {
  const ofOption = /^error: option '([^']*)' argument '([\s\S]*)' is invalid\./.exec(sentence);
  if (ofOption) {
    const [, flags = '', found = ''] = ofOption;
    const option = options.find((candidate) => candidate.flags === flags);
    const allowed = option?.argChoices ?? [];
    return localize(texts.badChoice, { flag: option?.long ?? flags, found, allowed });
  }
  const [, found = '', name = ''] =
    /^error: command-argument value '([\s\S]*)' is invalid for argument '([^']*)'\./.exec(
      sentence,
    ) ?? [];
  const allowed = args.find((arg) => arg.name() === name)?.argChoices ?? [];
  return localize(texts.badChoice, { flag: `<${name}>`, found, allowed });
}
