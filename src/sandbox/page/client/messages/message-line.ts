/** A message in one line: in a quote, and in the list of chats. Pure. */
import { oneLine } from '../../../../shared/text/one-line.ts';
import type { FeedMessage } from '../../feed-form.ts';
import { cardIn, contentOf } from '../card/card-parts.ts';
import { type Lang, speak } from '../page-texts.ts';
import { fieldsOf, isFields, listOf, parsedFields, textOf } from '../reading.ts';
import { kindOf, noticeText } from './plain-content.ts';

const MAX_CHARACTERS = 60;

export function messageLine(message: FeedMessage, lang: Lang): string {
  const content = parsedFields(message.content);
  switch (message.msgType) {
    case 'text':
      return short(
        textOf(content.text).replace(/@_user_\d{1,4}/g, (key) => {
          const known = message.mentions.find((mention) => mention.key === key);
          return known ? `@${known.name}` : key;
        }),
      );
    case 'post':
      return short(textsIn(content).join(' '));
    case 'interactive': {
      const card = cardIn(content);
      const summary = contentOf(fieldsOf(card.config).summary, lang);
      if (message.isStreaming) return speak(lang, 'generating');
      return short(
        summary || contentOf(fieldsOf(card.header).title, lang) || textsIn(card).join(' '),
      );
    }
    case 'system':
      return short(noticeText(content, lang));
    default:
      return speak(lang, 'messageOf', { type: kindOf(message.msgType, lang) });
  }
}

/** The texts of a content, at most as many as a line shows. */
function textsIn(value: unknown, found: string[] = []): string[] {
  if (found.length > MAX_CHARACTERS) return found;
  if (Array.isArray(value)) for (const item of listOf(value)) textsIn(item, found);
  else if (isFields(value)) {
    for (const own of [value.title, value.text, value.content]) {
      if (typeof own === 'string' && own !== '') found.push(own);
    }
    for (const inner of Object.values(value)) textsIn(inner, found);
  }
  return found;
}

function short(text: string): string {
  return oneLine(text, MAX_CHARACTERS);
}
