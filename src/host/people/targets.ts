/** Where a message goes, as hosts write it: `user:ou_…`, `chat:oc_…`, or a bare id. Pure. */
import type { InboundMessage } from '../../channel/message/event.ts';

export interface Target {
  readonly receiveIdType: 'open_id' | 'union_id' | 'chat_id';
  readonly receiveId: string;
}

/** The target of a conversation. */
export function targetOf(
  message: Pick<InboundMessage, 'chatType' | 'senderOpenId' | 'chatId'>,
): string {
  return message.chatType === 'p2p' ? `user:${message.senderOpenId}` : `chat:${message.chatId}`;
}

const prefix = /^(?:(?:feishu|lark|user|dm|open_id|chat|group|chat_id):)+/i;

/** `undefined` where the text names neither a person nor a chat by id. */
export function parseTarget(raw: string): Target | undefined {
  const id = raw.trim().replace(prefix, '').trim();
  if (/^ou_\w+$/.test(id)) return { receiveIdType: 'open_id', receiveId: id };
  if (/^on_\w+$/.test(id)) return { receiveIdType: 'union_id', receiveId: id };
  if (/^oc_\w+$/.test(id)) return { receiveIdType: 'chat_id', receiveId: id };
  return undefined;
}

/** A target in the one form that is stored and compared; `undefined` where it is a name. */
export function normalizeTarget(raw: string): string | undefined {
  const target = parseTarget(raw);
  if (!target) return undefined;
  return `${target.receiveIdType === 'chat_id' ? 'chat' : 'user'}:${target.receiveId}`;
}

/** An entry of `allowFrom` as it is compared: the bare id. */
export function normalizeAllowEntry(entry: string): string {
  return entry.trim().replace(prefix, '').trim();
}
