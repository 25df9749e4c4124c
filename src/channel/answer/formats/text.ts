import type { Part } from '../../inbox/part.ts';
import type { OutgoingContent, PartFormat } from './format.ts';

/** A text message. Clients render tags such as `<at>` in texts, so tags are made inactive. */
export const textFormat: PartFormat<Extract<Part, { type: 'text' }>> = {
  content: ({ text }) => textContent(text),
};

export function textContent(text: string): OutgoingContent {
  const shown = text.replace(/<(?=\/?(?:at|b|i|u|s)\b)/gi, '<\u200B');
  return { msgType: 'text', content: JSON.stringify({ text: shown }) };
}
