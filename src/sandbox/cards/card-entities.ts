/** The card entities of CardKit: who made them, what was written last, and whether they stream. */

import { CARD_ENTITY_LIFE_MS, CARD_STREAMING_MS } from '../../platform/limits.ts';
import { isFields } from '../../shared/fields.ts';
import { parseObject } from '../http/call.ts';
import type { ChatStore, StoredMessage } from '../state/chats.ts';
import { digits } from '../state/ids.ts';
import type { Opening } from './card-operations.ts';
import type { CardJson } from './card-tree.ts';

export interface CardEntity {
  readonly cardId: string;
  readonly appId: string;
  readonly createdAt: number;
  /** The card as it is now. Changed only by `commit`. */
  card: CardJson;
  /** The last sequence that was taken. */
  sequence: number;
  /** What each uuid was used for. */
  readonly uuids: Map<string, string>;
  /** When streaming was opened last (ms); absent while it is closed. */
  openedAt: number | undefined;
  /** Streaming ended by its time, and no call has heard of that. */
  timedOut: boolean;
  /** The message that shows it: a card is sent once. */
  messageId: string | undefined;
  /** How many persons use a button of it at this moment. */
  interactions: number;
}

export interface CardEntities {
  create(appId: string, card: CardJson): CardEntity;
  get(cardId: string): CardEntity | undefined;
  /** The entity that a message shows. */
  of(messageId: string): CardEntity | undefined;
  hasExpired(entity: CardEntity): boolean;
  /** Closes streaming where its ten minutes are over. */
  settle(entity: CardEntity): void;
  /** Puts a new card in place, opens streaming as asked, and shows the card in its message. */
  commit(entity: CardEntity, card: CardJson, openings: readonly Opening[]): void;
  /** Puts a card in a message's place, by patch or after a click; the entity that it shows follows. */
  show(message: StoredMessage, content: string): void;
  /** Shows an entity in a message. */
  attach(entity: CardEntity, messageId: string): void;
}

export interface CardEntitiesOptions {
  readonly chats: ChatStore;
  readonly now: () => number;
}

export function createCardEntities({ chats, now }: CardEntitiesOptions): CardEntities {
  const entities = new Map<string, CardEntity>();
  const byMessage = new Map<string, CardEntity>();

  function settle(entity: CardEntity): void {
    if (entity.openedAt === undefined || now() - entity.openedAt < CARD_STREAMING_MS) return;
    entity.openedAt = undefined;
    entity.timedOut = true;
  }

  function commit(
    entity: CardEntity,
    card: CardJson,
    openings: readonly Opening[],
    more = {},
  ): void {
    settle(entity);
    entity.card = card;
    if (!isStreaming(card)) {
      entity.openedAt = undefined;
      entity.timedOut = false;
    } else if (openings.includes('now') || (openings.length > 0 && isClosed(entity))) {
      entity.openedAt = now();
      entity.timedOut = false;
    }
    if (entity.messageId === undefined) return;
    chats.change(entity.messageId, {
      content: JSON.stringify(card),
      streamingSince: entity.openedAt,
      ...more,
    });
  }

  return {
    create(appId, card) {
      const entity: CardEntity = {
        cardId: digits(19),
        appId,
        createdAt: now(),
        card,
        sequence: 0,
        uuids: new Map(),
        openedAt: isStreaming(card) ? now() : undefined,
        timedOut: false,
        messageId: undefined,
        interactions: 0,
      };
      entities.set(entity.cardId, entity);
      return entity;
    },
    get: (cardId) => entities.get(cardId),
    of: (messageId) => byMessage.get(messageId),
    hasExpired: ({ createdAt }) => now() - createdAt >= CARD_ENTITY_LIFE_MS,
    settle,
    commit,
    show({ messageId, edits }, content) {
      const entity = byMessage.get(messageId);
      const card = entity && parseObject(content);
      if (card) commit(entity, card, ['if-closed'], { edits: edits + 1 });
      else chats.change(messageId, { content, edits: edits + 1 });
    },
    attach(entity, messageId) {
      entity.messageId = messageId;
      byMessage.set(messageId, entity);
    },
  };
}

const isClosed = ({ openedAt }: CardEntity): boolean => openedAt === undefined;

/** The card itself says whether it streams. */
export function isStreaming({ config }: CardJson): boolean {
  return isFields(config) && config.streaming_mode === true;
}
