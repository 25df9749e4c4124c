/**
 * What the people in a chat see over time, made of the recorded changes of its messages
 * (docs/platform/media-and-cards.md#streaming). Pure: the same record gives the same view.
 */

import { CARD_STREAMING_MS } from '../../platform/limits.ts';
import { isFields } from '../../shared/fields.ts';
import { parseObject } from '../http/call.ts';
import type { StoredMessage } from '../state/chats.ts';
import { type Visible, visibleIn } from './visible.ts';

/** A message as it was from a moment on (ms, by the sandbox's clock). */
export interface RecordedChange {
  readonly at: number;
  readonly message: StoredMessage;
}

export interface SeenChange extends Visible {
  readonly at: number;
  /** The card streams: the list of chats shows “[生成中...]” or the card's summary. */
  readonly isGenerating: boolean;
  readonly isRecalled: boolean;
  /** Names of the emoji, in the order in which they were added. */
  readonly reactions: readonly string[];
  /** How fast a client types what is added; absent while the card does not stream. */
  readonly printing?: Printing;
}

export interface Printing {
  readonly frequencyMs: number;
  readonly step: number;
  readonly strategy: 'fast' | 'delay';
}

export interface SeenMessage {
  readonly messageId: string;
  readonly chatId: string;
  readonly fromBot: boolean;
  readonly msgType: string;
  readonly replyTo?: string;
  readonly threadId?: string;
  /** Every state that was different from the one before, the first when the message appeared. */
  readonly changes: readonly SeenChange[];
}

const generatingPreview = '[生成中...]';

/** The messages of a record, in the order in which they appeared, as seen until a moment. */
export function seenMessages(record: readonly RecordedChange[], until: number): SeenMessage[] {
  const byId = new Map<string, RecordedChange[]>();
  for (const change of record) {
    if (change.at > until) continue;
    const { messageId } = change.message;
    const known = byId.get(messageId);
    if (known) known.push(change);
    else byId.set(messageId, [change]);
  }
  return [...byId.values()].flatMap((changes) => seenMessage(changes, until));
}

function seenMessage(recorded: readonly RecordedChange[], until: number): SeenMessage[] {
  const [first] = recorded;
  if (!first) return [];
  const { messageId, chatId, fromBot, msgType, replyTo, threadId } = first.message;
  const changes: SeenChange[] = [];
  let shown = '';
  const see = (change: SeenChange): void => {
    const print = JSON.stringify({ ...change, at: 0 });
    if (print !== shown) changes.push(change);
    shown = print;
  };
  for (const [index, { at, message }] of recorded.entries()) {
    see(stateOf(message, at));
    // Streaming ends by itself: no call says so.
    const closes = (message.streamingSince ?? Number.POSITIVE_INFINITY) + CARD_STREAMING_MS;
    const next = recorded[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    if (closes > at && closes <= until && closes < next) see(stateOf(message, closes));
  }
  return [
    {
      messageId,
      chatId,
      fromBot,
      msgType,
      ...(replyTo !== undefined && { replyTo }),
      ...(threadId !== undefined && { threadId }),
      changes,
    },
  ];
}

function stateOf(message: StoredMessage, at: number): SeenChange {
  const { msgType, content, deleted, reactions, streamingSince } = message;
  const visible = visibleIn(msgType, content);
  const isGenerating =
    !deleted && streamingSince !== undefined && at < streamingSince + CARD_STREAMING_MS;
  const { summary, printing } = settingsIn(content);
  return {
    at,
    ...(deleted ? recalled : visible),
    ...(isGenerating && { preview: summary || generatingPreview, printing }),
    isGenerating,
    isRecalled: deleted,
    reactions: reactions.map(({ emojiType }) => emojiType),
  };
}

const recalled: Visible = {
  title: '',
  text: '',
  elements: [],
  buttons: [],
  oldClient: '',
  preview: '',
};

function settingsIn(content: string): { readonly summary: string; readonly printing: Printing } {
  const card = parseObject(content);
  const config = isFields(card?.config) ? card.config : {};
  const streaming = isFields(config.streaming_config) ? config.streaming_config : {};
  const summary = isFields(config.summary) ? config.summary.content : '';
  return {
    summary: typeof summary === 'string' ? summary : '',
    printing: {
      frequencyMs: onDesktop(streaming.print_frequency_ms, 70),
      step: onDesktop(streaming.print_step, 1),
      strategy: streaming.print_strategy === 'delay' ? 'delay' : 'fast',
    },
  };
}

function onDesktop(value: unknown, otherwise: number): number {
  const set = isFields(value) ? (value.pc ?? value.default) : undefined;
  return typeof set === 'number' && set > 0 ? set : otherwise;
}
