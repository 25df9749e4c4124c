/** What the chat page gets from the sandbox. Without imports, since the page's script reads it, too. */

export interface FeedApp {
  readonly appId: string;
  readonly botOpenId: string;
  readonly name: string;
  readonly connections: number;
}

export interface FeedPerson {
  readonly openId: string;
  readonly name: string;
}

export interface FeedChat {
  readonly chatId: string;
  readonly chatType: 'p2p' | 'group';
  /** `plain`, or a group of topics in one of its two forms. */
  readonly form: 'plain' | 'topic' | 'thread';
  readonly name: string;
  readonly users: readonly string[];
  readonly appIds: readonly string[];
  readonly disbanded: boolean;
}

export interface FeedMention {
  readonly key: string;
  readonly openId: string;
  readonly name: string;
}

export interface FeedReaction {
  readonly emojiType: string;
  readonly operatorId: string;
}

/** A message as it is now. Times in ms. */
export interface FeedMessage {
  readonly messageId: string;
  readonly chatId: string;
  readonly appId: string;
  readonly fromBot: boolean;
  readonly senderId: string;
  readonly msgType: string;
  /** A JSON string, as it was sent. */
  readonly content: string;
  readonly createTime: number;
  readonly rootId?: string;
  readonly parentId?: string;
  readonly threadId?: string;
  /** The message in which it is merged. */
  readonly upperMessageId?: string;
  readonly mentions: readonly FeedMention[];
  readonly reactions: readonly FeedReaction[];
  readonly edits: number;
  /** Of a file, voice or video: what its upload said, which the content of a bot's message does not. */
  readonly file?: { readonly name: string; readonly durationMs: number };
  readonly isRecalled: boolean;
  readonly isStreaming: boolean;
}

/** A call of an app to the platform. */
export interface FeedCall {
  readonly id: number;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The body as JSON, secrets masked, cut. */
  readonly body: string;
}

/** An event that was sent to an app, or kept back. */
export interface FeedEvent {
  readonly id: number;
  readonly at: number;
  readonly eventType: string;
  readonly attempt: number;
  /** How long the acknowledgement took (ms); absent while there is none. */
  readonly ackMs?: number;
  readonly ackCode?: number;
  /** Why it did not go out, in both languages. */
  readonly undelivered?: { readonly en: string; readonly zh: string };
}

/** Apps, people and chats are complete; of the others what is new or changed since `after`. */
export interface Feed {
  readonly cursor: number;
  readonly url: string;
  readonly apps: readonly FeedApp[];
  readonly people: readonly FeedPerson[];
  readonly chats: readonly FeedChat[];
  readonly messages: readonly FeedMessage[];
  readonly calls: readonly FeedCall[];
  readonly events: readonly FeedEvent[];
}
