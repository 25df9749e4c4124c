/** What happened in a chat since the last turn, as the host tells it to its agent. Pure. */
import type { Note } from '../../../channel/notice/pending-notes.ts';
import { oneLine } from '../../../shared/text/one-line.ts';

/**
 * In English, as the hosts' own system events are. A name is one line: it must not begin a line that
 * reads as an event of the host.
 */
export function noteText({ notice, text }: Note, nameOf: (openId: string) => string): string {
  const quoted = text === undefined || text === '' ? '' : `: ${JSON.stringify(text)}`;
  switch (notice.kind) {
    case 'reaction': {
      const did = notice.isRemoved ? 'removed' : 'added';
      const who = oneLine(nameOf(notice.openId));
      return `Feishu reaction ${did}: ${notice.emojiType} by ${who} on message ${notice.messageId}${quoted}`;
    }
    case 'recalled':
      return `Feishu message ${notice.messageId} was recalled`;
    case 'edited':
      return `Feishu message ${notice.messageId} was edited${quoted}`;
    case 'bot-added':
      return `The bot was added to this Feishu group by ${oneLine(nameOf(notice.openId))}`;
    default:
      return notice satisfies never;
  }
}
