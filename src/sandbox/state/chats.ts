/** The chats of a sandbox: their members, and their messages in order. */
import { newId } from './ids.ts';

interface SandboxUser {
  readonly openId: string;
  readonly name: string;
}

/** `topic` is the chat's mode, `thread` the form of messages of an ordinary group. */
export type ChatForm = 'plain' | 'topic' | 'thread';

export interface SandboxChat {
  readonly chatId: string;
  readonly chatType: 'p2p' | 'group';
  /** A topic group, or a group in the form of one; a plain chat by default. */
  form: ChatForm;
  readonly name: string;
  readonly users: Set<string>;
  /** The apps whose bots are in the chat. */
  readonly appIds: Set<string>;
  /** The group was dissolved. */
  disbanded: boolean;
  /** Bots may mention everyone. */
  allowsAtAll: boolean;
}

export interface Mention {
  readonly key: string;
  readonly id: { readonly open_id: string; readonly union_id: string; readonly user_id: string };
  readonly name: string;
  readonly tenant_key: string;
}

export interface Reaction {
  readonly reactionId: string;
  readonly emojiType: string;
  readonly operatorId: string;
  readonly operatorType: 'app' | 'user';
  readonly actionTime: number;
}

/** A message as a chat stores it. Times in ms. */
export interface StoredMessage {
  readonly messageId: string;
  readonly chatId: string;
  readonly chatType: 'p2p' | 'group';
  /** The app that wrote it, or to whose bot it was said. */
  readonly appId: string;
  readonly fromBot: boolean;
  readonly senderId: string;
  /** `app` for every bot, also for one that is no app of this sandbox. */
  readonly senderType: 'user' | 'app';
  /** Of a bot. */
  readonly senderAppId?: string | undefined;
  readonly msgType: string;
  /** The content as it was sent: a JSON string. */
  readonly content: string;
  /** What its event has instead. */
  readonly eventContent?: string | undefined;
  readonly createTime: number;
  readonly updateTime: number;
  readonly uuid?: string | undefined;
  /** The message that it answers. */
  readonly replyTo?: string | undefined;
  readonly rootId?: string | undefined;
  readonly parentId?: string | undefined;
  readonly threadId?: string | undefined;
  /** The message in which it is merged: it is in no chat of its own. */
  readonly upperMessageId?: string | undefined;
  readonly mentions: readonly Mention[];
  readonly reactions: readonly Reaction[];
  readonly edits: number;
  readonly deleted: boolean;
  /** When streaming of its card entity was opened last; absent while it is closed. */
  readonly streamingSince?: number | undefined;
}

export interface MessageFilter {
  readonly chatId?: string;
  readonly appId?: string;
  readonly fromBot?: boolean;
  readonly replyTo?: string;
}

export interface ChatStore {
  readonly users: Map<string, SandboxUser>;
  readonly chats: Map<string, SandboxChat>;
  /** The chat of a person with a bot; made where it is not there yet, with this id if given. */
  p2pChat(appId: string, openId: string, chatId?: string): SandboxChat;
  /** A group; made, with the app's bot in it, where it is not there yet. */
  groupChat(chatId: string | undefined, appId: string): SandboxChat;
  add(
    message: Omit<StoredMessage, 'reactions' | 'edits' | 'deleted' | 'updateTime'>,
  ): StoredMessage;
  get(messageId: string): StoredMessage | undefined;
  change(messageId: string, patch: Partial<StoredMessage>): StoredMessage | undefined;
  /** Without what is merged in others. */
  list(filter?: MessageFilter): StoredMessage[];
  /** What is merged in a message, and in what is merged there, in the order of creation. */
  mergedIn(messageId: string): StoredMessage[];
  /** Calls back for each new or changed message; returns the unsubscribe function. */
  watch(listener: (message: StoredMessage) => void): () => void;
}

export function createChatStore(now: () => number): ChatStore {
  const users = new Map<string, SandboxUser>();
  const chats = new Map<string, SandboxChat>();
  const p2p = new Map<string, SandboxChat>();
  const firstGroup = new Map<string, string>();
  const messages = new Map<string, StoredMessage>();
  const listeners = new Set<(message: StoredMessage) => void>();

  const announce = (message: StoredMessage): StoredMessage => {
    messages.set(message.messageId, message);
    for (const listener of [...listeners]) listener(message);
    return message;
  };

  function create(chatType: SandboxChat['chatType'], name: string, chatId = newId.chat()) {
    const chat: SandboxChat = {
      chatId,
      chatType,
      form: 'plain',
      name,
      users: new Set(),
      appIds: new Set(),
      disbanded: false,
      allowsAtAll: true,
    };
    chats.set(chatId, chat);
    return chat;
  }

  return {
    users,
    chats,
    p2pChat(appId, openId, chatId) {
      const key = `${appId} ${openId}`;
      const known = p2p.get(key);
      if (known && (chatId === undefined || known.chatId === chatId)) return known;
      const chat = create('p2p', '', chatId);
      chat.users.add(openId);
      chat.appIds.add(appId);
      if (!known) p2p.set(key, chat);
      return chat;
    },
    groupChat(chatId, appId) {
      const wanted = chatId ?? firstGroup.get(appId);
      const known = wanted === undefined ? undefined : chats.get(wanted);
      if (known) return known;
      const chat = create('group', 'Sandbox group', chatId);
      chat.appIds.add(appId);
      if (!firstGroup.has(appId)) firstGroup.set(appId, chat.chatId);
      return chat;
    },
    add: (message) =>
      announce({
        ...message,
        updateTime: message.createTime,
        reactions: [],
        edits: 0,
        deleted: false,
      }),
    get: (messageId) => messages.get(messageId),
    change(messageId, patch) {
      const message = messages.get(messageId);
      return message && announce({ ...message, updateTime: now(), ...patch });
    },
    list: (filter = {}) =>
      [...messages.values()].filter(
        (message) => message.upperMessageId === undefined && isIn(filter, message),
      ),
    mergedIn(messageId) {
      if (messages.get(messageId)?.msgType !== 'merge_forward') return [];
      const uppers = new Set([messageId]);
      return [...messages.values()].filter((message) => {
        const isMerged = uppers.has(message.upperMessageId ?? '');
        if (isMerged) uppers.add(message.messageId);
        return isMerged;
      });
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function isIn(filter: MessageFilter, message: StoredMessage): boolean {
  return (
    (filter.chatId === undefined || message.chatId === filter.chatId) &&
    (filter.appId === undefined || message.appId === filter.appId) &&
    (filter.fromBot === undefined || message.fromBot === filter.fromBot) &&
    (filter.replyTo === undefined || message.replyTo === filter.replyTo)
  );
}
