/** What a streamed card gained since it was looked at last: the text that is typed, piece by piece. */
import { visibleIn } from './seen/visible.ts';
import type { StoredMessage } from './state/chats.ts';

export interface Growth {
  /** The new text; empty where only something beside it changed. */
  readonly added: string;
  readonly isFirst: boolean;
  /** Streaming is over: nothing follows. */
  readonly isWhole: boolean;
}

/** `undefined` for what does not stream, and for a card that was whole before and says the same. */
export type CardGrowth = (message: StoredMessage) => Growth | 'same' | undefined;

export function createCardGrowth(): CardGrowth {
  const growing = new Map<string, string>();
  const whole = new Map<string, string>();
  return (message) => {
    const { messageId } = message;
    const before = growing.get(messageId);
    if (message.deleted) {
      growing.delete(messageId);
      whole.delete(messageId);
      return undefined;
    }
    const typed = typedText(message);
    if (message.streamingSince !== undefined) {
      // The last word waits: marks may be closed behind it for the moment.
      const words = typed.slice(0, lastGap(typed) + 1);
      const isLonger = words.startsWith(before ?? '');
      growing.set(messageId, isLonger ? words : (before ?? ''));
      const added = isLonger ? words.slice(before?.length ?? 0) : '';
      return { added, isFirst: before === undefined, isWhole: false };
    }
    if (before !== undefined) {
      growing.delete(messageId);
      whole.set(messageId, lettersOf(typed));
      const added = typed.startsWith(before) ? typed.slice(before.length) : `\n${typed}`;
      return { added, isFirst: false, isWhole: true };
    }
    const said = whole.get(messageId);
    return said?.endsWith(lettersOf(typed)) ? 'same' : undefined;
  };
}

/** Where its last word begins; Chinese has no spaces. */
function lastGap(text: string): number {
  return Math.max(
    ...[' ', '\n', '，', '。', '：', '、', '！', '？'].map((gap) => text.lastIndexOf(gap)),
  );
}

/** Without the notes and buttons around it. */
function typedText({ msgType, content }: StoredMessage): string {
  return visibleIn(msgType, content)
    .elements.filter(({ tag, isFolded }) => tag === 'markdown' && !isFolded)
    .map(({ text }) => text.replaceAll('<br>', '\n'))
    .join('\n');
}

/** The final card may show its heading elsewhere, and break lines differently. */
const lettersOf = (text: string): string => text.replace(/[\s#]/g, '');
