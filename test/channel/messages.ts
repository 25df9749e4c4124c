/** Messages as the platform delivers them, with what a test cares about put in. */
import type { MessageContent } from '../../src/channel/message/content/content.ts';
import type { InboundMessage } from '../../src/channel/message/event.ts';

let count = 0;

export function inbound(patch: Partial<InboundMessage> = {}): InboundMessage {
  count += 1;
  return {
    eventId: `event-${count}`,
    messageId: `om_${count}`,
    chatId: 'oc_chat',
    chatType: 'p2p',
    threadId: undefined,
    rootId: undefined,
    parentId: undefined,
    createTime: count,
    senderOpenId: 'ou_person',
    senderType: 'user',
    messageType: 'text',
    content: '{"text":"hello"}',
    mentions: [],
    ...patch,
  };
}

/** What a message of plain text says. */
export function plainContent(text: string): MessageContent {
  return { text, command: text, attachments: [] };
}
