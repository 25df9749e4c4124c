/** Messages of a group since the bot's last answer, for context: in memory, bounded. */
import type { Attachment } from '../../../channel/message/content/attachments.ts';
import type { MessageContent } from '../../../channel/message/content/content.ts';
import { createConversationLists } from '../../../channel/message/conversation-lists.ts';
import type { InboundMessage } from '../../../channel/message/event.ts';
import { isFields } from '../../../shared/fields.ts';
import type { HostConfig } from '../../host-config.ts';
import { rawSection } from '../../section/section.ts';

export interface HistoryEntry {
  readonly messageId: string;
  readonly senderOpenId: string;
  /** ms since 1970; 0 where the platform did not say. */
  readonly at: number;
  readonly text: string;
  /** Not fetched yet. */
  readonly images: readonly Attachment[];
}

export interface GroupHistory {
  record(message: InboundMessage, content: Pick<MessageContent, 'text' | 'attachments'>): void;
  /** A message was recalled: the agent does not read it. */
  forget(messageId: string): void;
  /** Returns the pending entries and removes them. */
  take(message: InboundMessage): readonly HistoryEntry[];
}

/** As the hosts' other channels (clawdbot@2026.1.24-3, auto-reply/reply/history). */
const DEFAULT_LIMIT = 50;
/** The longest text kept of one message; context needs no more (characters). */
const MAX_TEXT_LENGTH = 2000;
/** No host shows its agent more of one conversation (openclaw@2026.9.6, history-media). */
const MAX_IMAGES = 4;

export function createGroupHistory(limit: number): GroupHistory {
  const groups = createConversationLists<HistoryEntry>(limit);

  return {
    record(message, { text, attachments }) {
      if (limit === 0 || text.trim() === '') return;
      groups.add(message, {
        messageId: message.messageId,
        senderOpenId: message.senderOpenId,
        at: message.createTime,
        text: text.slice(0, MAX_TEXT_LENGTH),
        images: attachments.filter(({ kind }) => kind === 'image').slice(-MAX_IMAGES),
      });
    },
    forget: (recalledId) => groups.remove(({ messageId }) => messageId === recalledId),
    take: groups.take,
  };
}

/**
 * `historyLimit` of the account, else of `channels.feishu`, else `messages.groupChat.historyLimit`, else the
 * hosts' default.
 */
export function historyLimit(cfg: HostConfig, accountId: string): number {
  const messages = isFields(cfg.messages) ? cfg.messages : {};
  const groupChat = isFields(messages.groupChat) ? messages.groupChat : {};
  const section = rawSection(cfg);
  const account = isFields(section.accounts) ? section.accounts[accountId] : undefined;
  const own = isFields(account) ? account.historyLimit : undefined;
  const configured = [own, section.historyLimit, groupChat.historyLimit].find(
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
  );
  return typeof configured === 'number' ? configured : DEFAULT_LIMIT;
}
