/** The limits of one message and of one answer. */
import { CARD_BODY_BYTES } from '../../../platform/limits.ts';
import type { ChunkLimits } from './wire-bytes.ts';

/** Bytes for the rest of the request: receiver, uuid, the post around the text. */
const BODY_ROOM = 1024;

/** Readable on a phone; longer answers become several messages. */
export const ANSWER_LIMITS: ChunkLimits = {
  characters: 4000,
  bytes: CARD_BODY_BYTES - BODY_ROOM,
};

/** A card holds more: a table or a report stays in one. Its rendering takes more bytes than its text. */
export const CARD_LIMITS: ChunkLimits = {
  characters: 8000,
  bytes: Math.floor(CARD_BODY_BYTES * 0.8),
};

/**
 * A longer paragraph or cell (characters) is treated as plain text: parsing a long run of openers
 * (`[[[[…`) takes more than linear time, and no message shows so long a paragraph.
 */
export const MAX_INLINE = 16 * 1024;

/** Maximum of messages in one answer; one more reports that the rest was left out. */
export const MAX_ANSWER_MESSAGES = 100;
/** Characters that are read from an agent for one answer: as many as its messages can hold. */
export const MAX_ANSWER_CHARACTERS = MAX_ANSWER_MESSAGES * ANSWER_LIMITS.characters;
