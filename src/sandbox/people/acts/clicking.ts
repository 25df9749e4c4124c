/** A person uses a button or form of a card: card.action.trigger and its answer. */
import { isFields } from '../../../shared/fields.ts';
import { isCardV2 } from '../../api/cards/card-version.ts';
import { refusalForContent } from '../../api/messages/message-content.ts';
import type { CardEntity } from '../../cards/card-entities.ts';
import type { MarkdownRules } from '../../cards/markdown-rules.ts';
import type { CallbackAnswer } from '../../connection/delivery.ts';
import { parseObject } from '../../http/call.ts';
import type { StoredMessage } from '../../state/chats.ts';
import { actor, livingMessage, type World } from '../actors.ts';
import { outgoing } from '../app-event.ts';
import { type Person, personIds } from '../person.ts';
import { reasonToWithholdCallback } from '../withholding.ts';
import { buttonOf, type CardAction } from './card-button.ts';

export interface Clicking {
  /** A card of a bot. */
  readonly messageId: string;
  readonly from?: Person;
  /** The label of the button that is used: the card says what the app hears. */
  readonly button?: string;
  /** What the app hears; beside `button`, what the card does not say, such as `form_value`. */
  readonly action?: CardAction;
}

/**
 * What the client shows instead of the answer: 200340 not subscribed or not published · 200341 no
 * answer in time · 200671 the handler failed · 200672 an answer of the wrong shape · 200673 a wrong
 * card · 200830 a card 1.0 in place of a card 2.0.
 */
export type ClickError = 200340 | 200341 | 200671 | 200672 | 200673 | 200830;

export interface Clicked {
  readonly eventId: string;
  /** What the app answered; absent where the client got none. */
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly code?: ClickError;
}

const actionEvent = 'card.action.trigger';

/** Sends the callback once, waits for the answer, and puts an answered card in place. */
export async function click(clicking: Clicking, world: World): Promise<Clicked> {
  const { message, chat } = livingMessage(world, clicking.messageId);
  if (!message.fromBot || message.msgType !== 'interactive') {
    throw new RangeError(`the message ${message.messageId} is no card of a bot`);
  }
  const { button } = clicking;
  const used = button === undefined ? { tag: 'button' } : buttonOf(message.content, button);
  const app = world.appNamed(message.appId);
  const { openId } = actor(world, clicking.from);
  const time = world.nextTime();
  const issued = world.tokens.issue(app.appId, message.messageId);
  const { token } = issued;
  const body = (): object => ({
    operator: { tenant_key: app.tenantKey, ...personIds(openId) },
    token,
    action: { ...used, ...clicking.action },
    host: 'im_message',
    context: { open_message_id: message.messageId, open_chat_id: message.chatId },
  });
  // The header of this callback alone has microseconds.
  const event = outgoing(
    app,
    { type: actionEvent, time, messageId: message.messageId, body },
    time * 1000,
  );
  const { eventId } = event;
  const reason = reasonToWithholdCallback(app, actionEvent);
  if (reason) {
    world.delivery.withhold(event, reason);
    return { eventId, code: 200340 };
  }
  const entity = world.entities.of(message.messageId);
  if (entity) entity.interactions += 1;
  const answered = read(await world.delivery.call(event), message, chat);
  if (entity) entity.interactions -= 1;
  issued.isAnswered = true;
  const card = 'answer' in answered ? cardIn(answered.answer) : undefined;
  const shown = world.chats.get(message.messageId);
  // A card that streams takes no answer; an update before the answer is undone.
  const wanted = card !== undefined && !isOpen(world, entity) ? card : issued.undo;
  if (wanted !== undefined && shown && !shown.deleted) world.entities.show(shown, wanted);
  return { eventId, ...answered };
}

function isOpen({ entities }: World, entity: CardEntity | undefined): boolean {
  if (entity) entities.settle(entity);
  return entity?.openedAt !== undefined;
}

function read(
  answer: CallbackAnswer | undefined,
  message: StoredMessage,
  rules: MarkdownRules,
): { readonly answer: Record<string, unknown> } | { readonly code: ClickError } {
  if (!answer) return { code: 200341 };
  if (answer.code !== 200) return { code: 200671 };
  const value = parseObject(answer.data ?? '{}');
  if (!value || !hasShape(value)) return { code: 200672 };
  const card = cardIn(value);
  if (card === undefined) return { answer: value };
  if (refusalForContent('interactive', card, rules)) return { code: 200673 };
  if (isCardV2(message.content) && !isCardV2(card)) return { code: 200830 };
  return { answer: value };
}

const toastTypes = ['info', 'success', 'error', 'warning'];

function hasShape({ toast, card }: Record<string, unknown>): boolean {
  const isToast =
    isFields(toast) &&
    (toast.type === undefined || toastTypes.includes(String(toast.type))) &&
    (typeof toast.content === 'string' || isFields(toast.i18n));
  const isCard =
    isFields(card) && (card.type === 'raw' || card.type === 'template') && isFields(card.data);
  return (toast === undefined || isToast) && (card === undefined || isCard);
}

/** The content of the card in an answer, as a message has it. */
function cardIn({ card }: Record<string, unknown>): string | undefined {
  if (!isFields(card)) return undefined;
  return JSON.stringify(card.type === 'raw' ? card.data : card);
}
