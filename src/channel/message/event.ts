/** What the inbox keeps: a message of a person, or what is treated as one. */

export interface Mention {
  /** The placeholder of the mention in the text: `@_user_1`. */
  readonly key: string;
  /** Empty if the platform did not report it. */
  readonly openId: string;
  readonly name: string;
}

export interface InboundMessage {
  /**
   * What it is; absent for a message. `action`: a person pressed a button of a card; `menu`: chose an
   * entry of the bot's menu; `notice`: something happened that starts no turn (chat-notice.ts).
   */
  readonly kind?: 'action' | 'menu' | 'notice' | undefined;
  readonly eventId: string;
  /** Unique; the platform's id of the message, unless `targetId` is set. */
  readonly messageId: string;
  /**
   * The platform's id of the message that is answered, where `messageId` is none: the card of an
   * action, or a message that became a question when it was edited.
   */
  readonly targetId?: string | undefined;
  readonly chatId: string;
  readonly chatType: 'p2p' | 'group';
  /**
   * The id of the message's topic, from the event. From the turn on it is also set if only the kind
   * of the group shows the topic; then it may be the id of the topic's first message (topic-finder.ts).
   */
  readonly threadId: string | undefined;
  readonly rootId: string | undefined;
  readonly parentId: string | undefined;
  /** When the message was sent (ms since 1970); 0 if the platform did not report it. */
  readonly createTime: number;
  /** Empty if the platform did not report it. */
  readonly senderOpenId: string;
  /** `user`, or `app` for a bot. */
  readonly senderType: string;
  readonly messageType: string;
  /** JSON text; its shape depends on the type. */
  readonly content: string;
  readonly mentions: readonly Mention[];
}

/** The platform's id of the message that is answered; `undefined` where there is none, as in a menu. */
export function answeredMessageId({
  kind,
  messageId,
  targetId,
}: InboundMessage): string | undefined {
  if (targetId !== undefined) return targetId;
  return kind === undefined ? messageId : undefined;
}
