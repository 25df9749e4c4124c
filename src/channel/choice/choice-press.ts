/**
 * Decides on a press of a button, at once: who may press, whether it is in time and the first one.
 *
 * In: the callback of a card. Out: the message that the press says, and what the client shows: a
 * toast, and the card with the choice in place of its buttons. The agent is not waited for.
 */
import { parseJson } from '../../shared/json.ts';
import type { Logger } from '../../shared/log.ts';
import { type LocalizedText, localize, render, type Text } from '../../shared/text/text.ts';
import type { Press } from '../inbox/press.ts';
import { parseControlCommand } from '../message/control.ts';
import type { InboundMessage } from '../message/event.ts';
import type { Decision as PolicyDecision } from '../message/policy.ts';
import type { CardRecord, ChoiceBook, Decision } from './choice-book.ts';
import { settledCard } from './choice-card.ts';
import { choiceTexts as texts } from './choice-texts.ts';
import { type Choice, openChoice } from './sealed-choice.ts';

/** The answer to `card.action.trigger`. */
interface CallbackAnswer {
  readonly toast?: {
    readonly type: 'info' | 'success' | 'error' | 'warning';
    readonly content: string;
    readonly i18n: Readonly<Record<string, string>>;
  };
  readonly card?: { readonly type: 'raw'; readonly data: object };
}

export interface PressOptions {
  readonly key: Buffer;
  readonly book: ChoiceBook;
  readonly decide: (message: InboundMessage) => PolicyDecision;
  /** Whether the person may give commands to the agent. */
  readonly mayCommand: (message: InboundMessage) => Promise<boolean>;
  /** Whether a person whom the policy refuses is paired with the host. */
  readonly isPaired: (openId: string) => Promise<boolean>;
  /** Adds what the event does not name. */
  readonly complete: (message: InboundMessage) => Promise<InboundMessage>;
  /** Ends the chat's running turn where this person asked. @returns whether there was one */
  readonly stopOwnTurn: (chatId: string, openId: string) => boolean;
  /** `undefined` where it is not known in time. */
  readonly nameOf: (openId: string) => Promise<string | undefined>;
  readonly log: Logger;
  /** The wall clock (ms since 1970). */
  readonly now: () => number;
}

export function createPresses(options: PressOptions): (message: InboundMessage) => Promise<Press> {
  const { key, book, log, now } = options;

  async function isAnswered(message: InboundMessage): Promise<boolean> {
    const decision = options.decide(message);
    if (decision.kind === 'ignore') return false;
    return decision.kind !== 'refuse' || (await options.isPaired(message.senderOpenId));
  }

  async function mayPress(choice: Choice, message: InboundMessage): Promise<Text | undefined> {
    if (!(await isAnswered(message))) return texts.notAllowed;
    const isAsked = choice.askedOpenId !== '' && choice.askedOpenId === message.senderOpenId;
    if (choice.mayPress === 'anyone' || (choice.mayPress === 'asked' && isAsked)) return undefined;
    if (await options.mayCommand(message)) return undefined;
    return choice.mayPress === 'asked' ? texts.notAsked : texts.notCommander;
  }

  function refuse(message: InboundMessage, why: LocalizedText | Text, card?: object): Press {
    const { eventId, chatId, senderOpenId } = message;
    log.info('a press of a button was refused', { eventId, chatId, senderOpenId });
    return { kind: 'refused', answer: answerOf('warning', why, card) };
  }

  /** The message of a press; the same for all presses of a card, unless each counts. */
  async function messageOf(choice: Choice, message: InboundMessage): Promise<InboundMessage> {
    const { says, cardId, chatType, isReusable } = choice;
    const value = says.startsWith('/') ? { command: says } : { text: says };
    const known =
      chatType === 'unknown' ? await options.complete(message) : { ...message, chatType };
    return {
      ...known,
      content: JSON.stringify({ tag: 'button', value }),
      ...(!isReusable && { messageId: `choice:${cardId}` }),
    };
  }

  async function pressed(choice: Choice, message: InboundMessage): Promise<Press> {
    const { cardId, chatId, expiresAt, isReusable, label } = choice;
    const record = book.card(cardId);
    const isElsewhere =
      (chatId !== '' && chatId !== message.chatId) ||
      (record !== undefined && record.messageId !== message.targetId);
    if (isElsewhere) return refuse(message, texts.forged);
    const said = await messageOf(choice, message);
    const refusal = await mayPress(choice, said);
    if (refusal) return refuse(message, refusal);
    if (record?.decision) {
      return refuse(message, decidedText(record.decision), shownCard(record, record.decision));
    }
    if (now() > expiresAt) {
      const card = { cardId, messageId: message.targetId ?? '', expiresAt };
      book.decide(card, { by: 'time' });
      const expired = book.card(cardId);
      return refuse(message, texts.tooLate, expired && shownCard(expired, { by: 'time' }));
    }
    const name = (await options.nameOf(message.senderOpenId)) ?? '';
    return {
      kind: 'accepted',
      message: said,
      answer: (stored) => {
        const other = book.card(cardId);
        if (stored === 'full') return answerOf('error', texts.notStored);
        if (stored === 'duplicate') {
          const decision = other?.decision;
          const why = decision ? decidedText(decision) : texts.decidedBefore;
          return answerOf('warning', why, decision && other && shownCard(other, decision));
        }
        const decision: Decision = { by: 'person', name, label };
        const success = localize(texts.youChose, { label: fixed(label) });
        if (isReusable) return answerOf('success', success);
        book.decide({ cardId, messageId: message.targetId ?? '', expiresAt }, decision);
        const decided = book.card(cardId);
        return answerOf('success', success, decided && shownCard(decided, decision));
      },
    };
  }

  /** The card with its decision; it counts as settled, since the client shows what it gets. */
  function shownCard(record: CardRecord, decision: Decision): object | undefined {
    const card = record.card && settledCard(record.card, record.cardId, noteOf(decision));
    if (card) book.settled(record.cardId);
    return card;
  }

  /** A button of another card: its words are a turn. */
  async function pressedOther(message: InboundMessage): Promise<Press> {
    const isStop = parseControlCommand(commandIn(valueIn(message))) === 'stop';
    // Who asked may end the answer; for anyone else it is a command like the typed one.
    if (isStop && options.stopOwnTurn(message.chatId, message.senderOpenId)) {
      return { kind: 'refused', answer: answerOf('info', texts.stopping) };
    }
    const completed = await options.complete(message);
    const isIgnored = options.decide(completed).kind === 'ignore';
    return {
      kind: 'accepted',
      message: completed,
      answer: (stored) => {
        if (stored === 'full') return answerOf('error', texts.notStored);
        return isIgnored
          ? answerOf('warning', texts.notAllowed)
          : answerOf('info', isStop ? texts.stopping : texts.received);
      },
    };
  }

  return async (message) => {
    const value = valueIn(message);
    const choice = openChoice(value, key);
    if (choice === 'forged') return refuse(message, texts.forged);
    return choice === 'none' ? pressedOther(message) : pressed(choice, message);
  };
}

function valueIn({ content }: InboundMessage): unknown {
  const action = parseJson(content);
  return typeof action === 'object' && action !== null ? Reflect.get(action, 'value') : undefined;
}

function commandIn(value: unknown): string {
  const command = typeof value === 'object' && value !== null && Reflect.get(value, 'command');
  return typeof command === 'string' ? command : '';
}

/** A text of others as it is: its braces are no placeholders. */
function fixed({ en, zh }: Text): LocalizedText {
  return localize({ en: '{en}', zh: '{zh}' }, { en, zh });
}

/** The sentence that takes the place of the buttons. */
export function noteOf(decision: Decision): LocalizedText {
  switch (decision.by) {
    case 'time':
      return localize(texts.expired);
    case 'host':
      return fixed(decision.says);
    case 'person': {
      const { name } = decision;
      const label = fixed(decision.label);
      return name === ''
        ? localize(texts.chosen, { label })
        : localize(texts.chose, { name, label });
    }
  }
}

function decidedText(decision: Decision): LocalizedText {
  if (decision.by === 'time') return localize(texts.tooLate);
  return localize(texts.alreadyDecided, { decision: noteOf(decision) });
}

function answerOf(
  type: 'info' | 'success' | 'error' | 'warning',
  text: LocalizedText | Text,
  card?: object,
): CallbackAnswer {
  const [en, zh] = [render(text, 'en'), render(text, 'zh')];
  return {
    toast: { type, content: en, i18n: { en_us: en, zh_cn: zh } },
    ...(card && { card: { type: 'raw', data: card } }),
  };
}
