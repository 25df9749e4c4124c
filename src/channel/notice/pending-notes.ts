/**
 * What the agent learns at the next turn of a conversation: reactions, recalls, edits and the bot's
 * coming and going start no turn of their own. In memory, bounded.
 */
import type { NoteNotice } from '../message/chat-notice.ts';
import { type ConversationLists, createConversationLists } from '../message/conversation-lists.ts';

export interface Note {
  readonly notice: NoteNotice;
  /** What the message in question says, where it is known. */
  readonly text?: string | undefined;
}

export type PendingNotes = Pick<ConversationLists<Note>, 'add' | 'take'>;

/** As many as a host shows an agent (clawdbot@2026.1.24-3, infra/system-events). */
const MAX_NOTES = 20;

export function createPendingNotes(): PendingNotes {
  return createConversationLists(MAX_NOTES);
}
