/** What the chat in the terminal prints of a message: at once, or line by line while a card streams. */
import type { LocalizedText, Text } from '../shared/text/text.ts';
import { createCardGrowth } from './card-growth.ts';
import { sandboxTexts as texts } from './sandbox-texts.ts';
import { visibleIn } from './seen/visible.ts';
import type { StoredMessage } from './state/chats.ts';

type Speak = (text: LocalizedText | Text) => string;

/** The text to print for a new or changed message; `undefined` where there is nothing new. */
export type ChatLines = (message: StoredMessage) => string | undefined;

export function createChatLines(speak: Speak): ChatLines {
  const growthOf = createCardGrowth();
  /** The unfinished last line of cards that stream, by message. */
  const unfinished = new Map<string, string>();
  /** What was printed last of each message. */
  const printed = new Map<string, string>();
  return (message) => {
    const growth = growthOf(message);
    if (growth === 'same') return labelsOf(message) || undefined;
    if (growth !== undefined) {
      const text = (unfinished.get(message.messageId) ?? '') + growth.added;
      unfinished.delete(message.messageId);
      if (growth.isWhole) return text.trim() || undefined;
      const end = text.lastIndexOf('\n') + 1;
      unfinished.set(message.messageId, text.slice(end));
      return text.slice(0, end).trim() || (growth.isFirst ? speak(texts.generating) : undefined);
    }
    unfinished.delete(message.messageId);
    const text = textOf(message);
    // A reaction to it, or a button that was pressed, says nothing new.
    const isSame = printed.get(message.messageId) === text && !message.deleted;
    printed.set(message.messageId, text);
    if (isSame) return undefined;
    const marks = [
      message.chatType === 'group' ? texts.inGroup : undefined,
      message.deleted ? texts.recalled : message.edits > 0 ? texts.edited : undefined,
    ];
    return marks.flatMap((mark) => (mark ? [`${speak(mark)} `] : [])).join('') + text;
  };
}

function textOf(message: StoredMessage): string {
  const { title, text } = visibleIn(message.msgType, message.content);
  const parts = [title === text ? '' : title, text, labelsOf(message)];
  return parts.filter((part) => part !== '').join('\n');
}

function labelsOf({ msgType, content }: StoredMessage): string {
  return visibleIn(msgType, content)
    .buttons.map(({ label }) => `[${label}]`)
    .join(' ');
}
