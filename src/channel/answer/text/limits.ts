/** The bounds of answers: what one message takes, and what one answer may be. */
import { CARD_BODY_BYTES } from '../../../platform/limits.ts';
import type { ChunkLimits } from './wire-bytes.ts';

/** For the rest of the request: receiver, uuid, the post around the text. */
const BODY_ROOM = 1024;

/** Readable on a phone; longer answers become several messages. */
export const ANSWER_LIMITS: ChunkLimits = {
  characters: 4000,
  bytes: CARD_BODY_BYTES - BODY_ROOM,
};

/**
 * A longer paragraph or cell (characters) is text without marks: reading its marks takes more than linear time
 * where it consists of nothing but openers (`[[[[…`), and no message shows so long a paragraph.
 */
export const MAX_INLINE = 16 * 1024;

/** The messages of one answer; one more says that the rest was left out. */
export const MAX_ANSWER_MESSAGES = 100;
/** What is taken of an agent for one answer (characters): more than its messages hold is not needed. */
export const MAX_ANSWER_CHARACTERS = MAX_ANSWER_MESSAGES * ANSWER_LIMITS.characters;
