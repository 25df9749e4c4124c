/** The page of `--help`: usage, examples, flags in groups, environment variables. */
import { Help, type HelpConfiguration } from 'commander';
import { wrapped } from '../../shared/layout/wrapped.ts';
import { columnsOf } from '../../shared/terminal/width.ts';
import { type Lang, localize, render, type Text } from '../../shared/text/text.ts';
import { type Example, type Exit, helpFacts, type Variable } from './help-facts.ts';
import { helpTexts } from './help-texts.ts';
import { usageTexts as texts } from './usage-texts.ts';

/** The words that commander has in English only. */
const titles = [texts.usage, texts.options, texts.commands, texts.args];

interface Described {
  readonly description: string;
  readonly argChoices?: readonly string[] | undefined;
}

export function helpIn(lang: Lang): HelpConfiguration {
  const say = (text: Text): string => render(text, lang);
  const described = ({ description, argChoices }: Described) =>
    argChoices
      ? render(localize(texts.choices, { what: description, choices: argChoices.join('|') }), lang)
      : description;
  return {
    styleTitle: (title) => say(titles.find(({ en }) => en === title) ?? { en: title, zh: title }),
    optionDescription: described,
    argumentDescription: described,
    displayWidth: columnsOf,
    boxWrap: (text, columns) => wrapped(text, columns, 0).join('\n'),
    formatHelp(command, helper) {
      const page = Help.prototype.formatHelp.call(helper, command, helper).trimEnd();
      // Usage and summary come first, a blank line after each.
      const [usage = '', summary = '', ...groups] = page.split('\n\n');
      const columns = helper.helpWidth ?? 80;
      const facts = helpFacts[command.name()];
      const examples = facts ? [exampleLines(facts.examples, say, columns)] : [];
      const variables = facts ? [variableLines(facts.variables, say, columns)] : [];
      const exits = facts?.exits ? [exitLines(facts.exits, say, columns)] : [];
      // A command is chosen before its flags.
      const isCommands = (text: string) => text.startsWith(say(texts.commands));
      const ordered = [...groups.filter(isCommands), ...groups.filter((text) => !isCommands(text))];
      // A full-width colon is followed by no blank.
      const top = [usage.replace('： ', '：'), summary, ...examples];
      return `${[...top, ...ordered, ...variables, ...exits].join('\n\n')}\n`;
    },
  };
}

/** An example is one line, whatever its length, so that it can be copied. */
function exampleLines(
  examples: readonly Example[],
  say: (text: Text) => string,
  columns: number,
): string {
  const lines = examples.flatMap(({ line, what }) => [
    `  ${line}`,
    ...wrapped(`      ${say(what)}`, columns, 6),
  ]);
  return [say(helpTexts.examples), ...lines].join('\n');
}

function exitLines(exits: readonly Exit[], say: (text: Text) => string, columns: number): string {
  const lines = exits.flatMap(({ code, what }) =>
    wrapped(`  ${String(code).padEnd(4)}${say(what)}`, columns, 6),
  );
  return [say(helpTexts.exits), ...lines].join('\n');
}

function variableLines(
  variables: readonly Variable[],
  say: (text: Text) => string,
  columns: number,
): string {
  const lines = variables.flatMap(({ names, what }) => [
    ...wrapped(`  ${names.join(', ')}`, columns, 2),
    ...wrapped(`      ${say(what)}`, columns, 6),
  ]);
  return [say(helpTexts.variables), ...lines].join('\n');
}
