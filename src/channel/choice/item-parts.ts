/** What the items of an answer become: questions with buttons, cards, and reactions to the question. */
import { randomUUID } from 'node:crypto';
import type { PlatformClient } from '../../platform/client/client.ts';
import { addReaction } from '../../platform/client/reaction-calls.ts';
import { codeOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { Secret } from '../../shared/secret.ts';
import type { ItemPart } from '../answer/item-part.ts';
import { answeredMessageId } from '../message/event.ts';
import type { Inbound } from '../message/inbound.ts';
import { type CardForm, cardPart } from './card-part.ts';
import { CHOICE_LIFETIME_MS, choicePart } from './choice-part.ts';
import { choiceKey } from './sealed-choice.ts';

export interface ItemPartsOptions {
  readonly client: Pick<PlatformClient, 'call'>;
  readonly appSecret: Secret;
  readonly account: CardForm;
  readonly log: Logger;
  /** ms since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** @returns what each answer to a message does with its items */
export function createItemParts(
  options: ItemPartsOptions,
): (inbound: Pick<Inbound, 'message' | 'lang'>) => ItemPart {
  const { client, account, log, now, signal } = options;
  const maker = { key: choiceKey(options.appSecret), newId: randomUUID, now };

  /** A reaction is decoration: nothing waits for it. */
  function react(messageId: string, emoji: string): void {
    addReaction(client, { messageId, emoji }, { signal }).catch((error: unknown) =>
      log.info('a reaction was not added', { messageId, error: codeOf(error) }),
    );
  }

  return ({ message, lang }) =>
    (item) => {
      switch (item.kind) {
        case 'buttons': {
          const { chatId, chatType, senderOpenId } = message;
          return choicePart(
            {
              ...item,
              text: item.text ?? '',
              // An answer to a person whose chat is not known goes to the open_id.
              chatId: chatId.startsWith('oc_') ? chatId : '',
              chatType,
              mayPress: item.mayPress ?? 'asked',
              askedOpenId: senderOpenId,
              forMs: item.forMs ?? CHOICE_LIFETIME_MS,
              lang,
            },
            maker,
            account,
          );
        }
        case 'card':
          return cardPart(item.card, account);
        case 'react': {
          const messageId = answeredMessageId(message);
          if (messageId !== undefined) react(messageId, item.emoji);
          return undefined;
        }
        default:
          return undefined;
      }
    };
}
