/** A card in words, for people whose client shows no card 2.0 and where the platform refuses one. Pure. */
import { type Lang, type LocalizedText, render } from '../../shared/text/text.ts';
import type { ButtonRows } from '../answer/buttons.ts';
import { fenceMarks } from '../answer/text/render/fence-marks.ts';
import { labelOf, wordsOf } from './choice-card.ts';
import { choiceTexts as texts } from './choice-texts.ts';

export interface ChoiceInWords {
  readonly title?: LocalizedText | undefined;
  /** Markdown, or, where `isLiteral`, a text whose every character counts. */
  readonly text: string;
  readonly isLiteral?: boolean | undefined;
  readonly rows: ButtonRows;
}

/**
 * The Markdown of a question: its words, the links, and what to reply for each button.
 *
 * @example choiceAsText({ text: 'Go on?', rows: [[{ text: 'Yes', value: '/go' }]] }, 'en')
 * // 'Go on?\n\nReply with one of:\n\n- Yes: /go'
 */
export function choiceAsText({ title, text, isLiteral, rows }: ChoiceInWords, lang: Lang): string {
  const marks = fenceMarks(text);
  const buttons = rows.flat();
  const replies = buttons
    .filter(({ url }) => url === undefined)
    .map((button) => {
      const words = asWritten(wordsOf(button));
      const label = asWritten(labelOf(button)[lang]);
      return words === label ? `- ${words}` : `- ${label}: ${words}`;
    });
  const links = buttons.flatMap((button) =>
    button.url === undefined ? [] : [`- ${asWritten(labelOf(button)[lang])}: <${button.url}>`],
  );
  return [
    title ? `**${asWritten(render(title, lang))}**` : '',
    isLiteral && text !== '' ? `${marks}\n${text}\n${marks}` : text,
    // Below the replies they would be one of their list.
    links.join('\n'),
    replies.length > 0 ? `${render(texts.replyWith, lang)}\n\n${replies.join('\n')}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What Markdown would take for a mark is escaped, so that people can copy a command. */
function asWritten(text: string): string {
  return text
    .replace(/[\\`*_[\]<>#~|&!]/g, '\\$&')
    .replace(/^([-+=]|\d{1,9}(?=[.)]))/, (start) =>
      /\d/.test(start) ? `${start}\\` : `\\${start}`,
    )
    .replaceAll('\n', '\n  ');
}
