/** What messages that came in say of chats and stickers, for later actions of the agent. Bounded. */
import QuickLRU from 'quick-lru';
import type { InboundMessage } from '../../channel/message/event.ts';
import { isFields } from '../../shared/fields.ts';
import { parseJson } from '../../shared/json.ts';

const MAX_CHATS = 5000;
const MAX_STICKERS = 100;

/** The direct chats with people: actions about a chat need its chat_id. */
export class DirectChats {
  readonly #chats = new QuickLRU<string, string>({ maxSize: MAX_CHATS });

  remember({ chatType, chatId, senderOpenId }: InboundMessage): void {
    if (chatType !== 'p2p' || !chatId.startsWith('oc_') || senderOpenId === '') return;
    this.#chats.set(senderOpenId, chatId);
  }

  /** `undefined` if no message of the person came in this process. */
  of(openId: string): string | undefined {
    return this.#chats.get(openId);
  }
}

/** The stickers that came in: a bot may send those, and no others (im-v1/message/create_json). */
export class ReceivedStickers {
  readonly #keys = new Map<string, readonly string[]>();

  remember(appId: string, { messageType, content }: InboundMessage): void {
    const sticker = messageType === 'sticker' ? parseJson(content) : undefined;
    const key = isFields(sticker) ? sticker.file_key : undefined;
    if (typeof key !== 'string' || key === '') return;
    const others = this.newest(appId).filter((other) => other !== key);
    this.#keys.set(appId, [key, ...others].slice(0, MAX_STICKERS));
  }

  newest(appId: string): readonly string[] {
    return this.#keys.get(appId) ?? [];
  }
}
