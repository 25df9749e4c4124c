import type { Part } from '../../inbox/part.ts';
import { replaceMentions } from '../text/mention-tag.ts';
import type { OutgoingContent, PartFormat } from './format.ts';

/** A person who is mentioned may not be there, or the owner of a group forbids to mention everyone. */
const refusals = new Set([230001, 230022, 230025, 230099]);

/** A text message. Clients render tags such as `<at>` in texts, so tags are made inactive. */
export const textFormat: PartFormat<Extract<Part, { type: 'text' }>> = {
  content: ({ text, mentions }) => textContent(text, mentions),
  fallback: {
    refusals,
    part: ({ text, mentions = [] }) =>
      mentions.length === 0
        ? undefined
        : { type: 'text', text: replaceMentions(text, mentions, ({ name }) => `@${name}`) },
  },
};

export function textContent(text: string, mentions: readonly string[] = []): OutgoingContent {
  const inert = (other: string): string => other.replace(/<(?=\/?(?:at|b|i|u|s)\b)/gi, '<\u200B');
  const shown = replaceMentions(text, mentions, (_, tag) => tag, inert);
  return { msgType: 'text', content: JSON.stringify({ text: shown }) };
}
