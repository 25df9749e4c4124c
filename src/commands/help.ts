/** The words of `--help` that commander has in English only. */
import type { HelpConfiguration } from 'commander';
import { type Lang, message, render } from '../shared/text.ts';
import { usageTexts as texts } from './usage-texts.ts';

const titles = [texts.usage, texts.options, texts.commands, texts.args];

interface Described {
  readonly description: string;
  readonly argChoices?: readonly string[] | undefined;
}

export function helpIn(lang: Lang): HelpConfiguration {
  const described = ({ description, argChoices }: Described) =>
    argChoices
      ? render(message(texts.choices, { what: description, choices: argChoices.join('|') }), lang)
      : description;
  return {
    styleTitle: (title) =>
      render(titles.find(({ en }) => en === title) ?? { en: title, zh: title }, lang),
    optionDescription: described,
    argumentDescription: described,
  };
}
