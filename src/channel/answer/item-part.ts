import type { Part } from '../inbox/part.ts';
import type { AnswerItem } from './answer-piece.ts';

/** The message that an item becomes; `undefined`: none, and what it asks for is done. */
export type ItemPart = (item: AnswerItem) => Part | undefined;
