/** cardkit/v1: card entities, their components, and streamed text (docs/platform/media-and-cards.md#streaming). */

import { CARD_CONTENT_CHARACTERS, CARD_UUID_LENGTH } from '../../../platform/limits.ts';
import { isFields } from '../../../shared/fields.ts';
import { parseJson } from '../../../shared/json.ts';
import type { CardEntities, CardEntity } from '../../cards/card-entities.ts';
import {
  type CardFault,
  type CardKitCode,
  cardFault,
  cardKitRefusal,
  kitFault,
} from '../../cards/card-faults.ts';
import {
  addTo,
  changeSettings,
  deleteElement,
  type Opening,
  openingBy,
  patchElement,
  replaceElement,
  type Step,
  stepsOf,
  writeContent,
} from '../../cards/card-operations.ts';
import type { CardJson } from '../../cards/card-tree.ts';
import { faultInCard, isTooLarge } from '../../cards/check-card.ts';
import { type Answer, ok } from '../../http/answers.ts';
import { type AppCall, jsonBody, parseObject, type Route, stringField } from '../../http/call.ts';
import type { RateLimits } from '../../http/rate-limits.ts';
import type { ChatStore } from '../../state/chats.ts';
import { scopeRules } from '../../state/scopes.ts';

export interface CardEntityApiOptions {
  readonly entities: CardEntities;
  readonly chats: ChatStore;
  readonly limits: RateLimits;
}

type Body = Record<string, unknown>;

/** What one call does to a card. */
interface Change {
  readonly steps: readonly Step[];
  /** The code where streaming ended by its time, for calls that hear of that. */
  readonly timeoutCode?: 200850 | 200510;
  readonly needsStreaming?: boolean;
}

const maxSequence = 2 ** 31 - 1;

export function cardEntityRoutes(options: CardEntityApiOptions): readonly Route[] {
  const { entities, chats, limits } = options;
  const root = '/open-apis/cardkit/v1/cards';

  const allowsAtAll = ({ messageId }: CardEntity): boolean => {
    const chatId = chats.get(messageId ?? '')?.chatId ?? '';
    return chats.chats.get(chatId)?.allowsAtAll ?? true;
  };

  /** The entity that a call names, if this app may change it. */
  function named({ app, params }: AppCall): CardEntity | Answer {
    const entity = entities.get(params.card_id ?? '');
    if (!entity) return cardKitRefusal(200740);
    if (entities.hasExpired(entity)) return cardKitRefusal(200750);
    return entity.appId === app.appId ? entity : cardKitRefusal(300311);
  }

  /** Everything about an operation that does not depend on what it does. */
  function refusedBefore(
    entity: CardEntity,
    body: Body,
    print: string,
  ): Answer | undefined | 'done' {
    const { sequence, uuid = '' } = body;
    if (typeof sequence !== 'number' || !Number.isInteger(sequence)) return invalid('sequence');
    if (sequence < 1 || sequence > maxSequence) return invalid('sequence');
    if (typeof uuid !== 'string' || uuid.length > CARD_UUID_LENGTH) return invalid('uuid');
    const limited = limits.takeCardOperation(entity.appId, entity.cardId);
    if (limited) return limited;
    const first = entity.uuids.get(uuid);
    if (first !== undefined) return first === print ? 'done' : cardKitRefusal(200770);
    if (sequence <= entity.sequence) return cardKitRefusal(300317);
    return entity.interactions > 0 ? cardKitRefusal(200810) : undefined;
  }

  function refusedByStreaming(entity: CardEntity, change: Change): Answer | undefined {
    entities.settle(entity);
    if (entity.timedOut && change.timeoutCode !== undefined) {
      entity.timedOut = false;
      return cardKitRefusal(change.timeoutCode);
    }
    const isClosed = change.needsStreaming === true && entity.openedAt === undefined;
    return isClosed ? cardKitRefusal(300309) : undefined;
  }

  function run(call: AppCall, changeOf: (body: Body) => Change | undefined): Answer {
    const entity = named(call);
    if ('status' in entity) return entity;
    const body = jsonBody(call);
    const change = body && changeOf(body);
    if (!body || !change) return invalid('body');
    const print = `${call.method} ${call.path} ${JSON.stringify({ ...body, sequence: 0 })}`;
    const refused = refusedBefore(entity, body, print);
    if (refused === 'done') return ok({});
    const closed = refused ?? refusedByStreaming(entity, change);
    if (closed) return closed;
    const card = structuredClone(entity.card);
    for (const { operation, code } of change.steps) {
      const fault = operation(card) ?? faultOf(card, allowsAtAll(entity));
      if (fault) return cardKitRefusal(code, fault);
    }
    entity.sequence = Number(body.sequence);
    if (stringField(body, 'uuid') !== '') entity.uuids.set(stringField(body, 'uuid'), print);
    entities.commit(
      entity,
      card,
      change.steps.flatMap(({ opens }) => opens ?? []),
    );
    return ok({});
  }

  const route = (
    method: Route['method'],
    path: string,
    changeOf: (body: Body, elementId: string) => Change | undefined,
  ): Route => ({
    method,
    path: `${root}/:card_id${path}`,
    access: 'app',
    scopes: scopeRules.writeCard,
    handle: (call) => run(call, (body) => changeOf(body, call.params.element_id ?? '')),
  });

  return [
    {
      method: 'POST',
      path: root,
      access: 'app',
      scopes: scopeRules.writeCard,
      handle: (call) => {
        const body = jsonBody(call);
        if (body?.type !== 'card_json') return invalid('type');
        const card = cardIn(stringField(body, 'data'), true);
        if ('status' in card) return card;
        return ok({ card_id: entities.create(call.app.appId, card.card).cardId });
      },
    },
    {
      method: 'POST',
      path: `${root}/id_convert`,
      access: 'app',
      scopes: scopeRules.writeCard,
      handle: (call) => converted(call, options),
    },
    route('PUT', '', (body) => {
      const { card } = body;
      if (!isFields(card) || card.type !== 'card_json') return undefined;
      const read = cardIn(stringField(card, 'data'), false);
      const operation = (old: CardJson): CardFault | undefined => {
        if ('status' in read) return read.fault;
        for (const name of Object.keys(old)) delete old[name];
        Object.assign(old, read.card);
        return undefined;
      };
      return { steps: [{ operation, code: 200220, opens: 'if-closed' }] };
    }),
    route('PATCH', '/settings', (body) => {
      const settings = parseObject(stringField(body, 'settings'));
      return settings && one(300122, changeSettings(settings), openingBy(settings));
    }),
    route('POST', '/batch_update', (body) => {
      const steps = stepsOf(parseJson(stringField(body, 'actions')));
      return steps && { steps };
    }),
    route('POST', '/elements', (body) => {
      const elements = parseJson(stringField(body, 'elements'));
      const target = stringField(body, 'target_element_id');
      return { ...one(300315, addTo(body.type, target, elements)), timeoutCode: 200510 };
    }),
    route('PUT', '/elements/:element_id/content', (body, elementId) => {
      const content = stringField(body, 'content');
      if (content === '' || content.length > CARD_CONTENT_CHARACTERS) return undefined;
      const change = one(300313, writeContent(elementId, content));
      return { ...change, timeoutCode: 200850, needsStreaming: true };
    }),
    route('PUT', '/elements/:element_id', (body, elementId) =>
      one(300121, replaceElement(elementId, parseObject(stringField(body, 'element')))),
    ),
    route('PATCH', '/elements/:element_id', (body, elementId) =>
      one(300313, patchElement(elementId, parseObject(stringField(body, 'partial_element')))),
    ),
    route('DELETE', '/elements/:element_id', (_, elementId) =>
      one(300314, deleteElement(elementId)),
    ),
  ];
}

const one = (code: CardKitCode, operation: Step['operation'], opens?: Opening): Change => ({
  steps: [{ operation, code, opens }],
});

const invalid = (field: string): Answer =>
  cardKitRefusal(10002, cardFault(10002, `invalid ${field}`));

function faultOf(card: CardJson, allowsAtAll: boolean): CardFault | undefined {
  if (isTooLarge(card)) return kitFault(200860);
  return faultInCard(card, { allowsAtAll });
}

/** A card as `data` has it. `isNew` checks it at once; an update is checked when it is in place. */
function cardIn(
  data: string,
  isNew: boolean,
): { readonly card: CardJson } | (Answer & { readonly fault: CardFault }) {
  const card = parseObject(data);
  const fault =
    data.trim() === '' || (card && Object.keys(card).length === 0)
      ? kitFault(300307)
      : !card
        ? cardFault(200621, 'parse card json err')
        : card.schema !== '2.0'
          ? kitFault(300303)
          : isNew
            ? faultOf(card, true)
            : undefined;
  if (fault) return { ...cardKitRefusal(200220, fault), fault };
  return { card: card ?? {} };
}

/** The entity of a message that was sent as a card 2.0; the documentation advises against this call. */
function converted(call: AppCall, { chats, entities }: CardEntityApiOptions): Answer {
  const message = chats.get(stringField(jsonBody(call) ?? {}, 'message_id'));
  if (message?.msgType !== 'interactive' || message.deleted) return invalid('message_id');
  if (message.senderId !== call.app.appId) return cardKitRefusal(300311);
  const known = entities.of(message.messageId);
  if (known) return ok({ card_id: known.cardId });
  const card = parseObject(message.content);
  if (card?.schema !== '2.0') return cardKitRefusal(300303);
  const entity = entities.create(call.app.appId, card);
  entities.attach(entity, message.messageId);
  return ok({ card_id: entity.cardId });
}
