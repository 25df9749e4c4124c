/** Messages that a host sends by itself: its agent's tool, its CLI, an approval. */
import { randomUUID } from 'node:crypto';
import type { Place, Places } from '../../channel/answer/deliver.ts';
import { openOutgoingMedia } from '../../channel/answer/media/media-policy.ts';
import { answerParts } from '../../channel/answer/parts.ts';
import { channelTexts } from '../../channel/channel-texts.ts';
import { cardPart } from '../../channel/choice/card-part.ts';
import { CHOICE_LIFETIME_MS, choicePart } from '../../channel/choice/choice-part.ts';
import type { Part } from '../../channel/inbox/part.ts';
import { detectLanguage } from '../../channel/message/language.ts';
import { ExitCode, isMoltbotFeishuError, MoltbotFeishuError } from '../../shared/errors.ts';
import { silentLogger } from '../../shared/log.ts';
import { type Lang, languageOfLocale, localize, render } from '../../shared/text/text.ts';
import { answerTimeout } from '../../shared/time/waiting.ts';
import type { HostConfig } from '../host-config.ts';
import { hostTexts as texts } from '../host-texts.ts';
import { notifyApproved } from '../people/pairing.ts';
import { normalizeTarget, parseTarget, type Target } from '../people/targets.ts';
import {
  type AccountClient,
  accountClient,
  type ClientMemory,
  enabledAccounts,
} from '../section/account-client.ts';
import type { Askers } from './askers.ts';
import { mediaItemsOf } from './host-media.ts';
import { type HostMessage, hostMessageOf, hostTextOf } from './host-message.ts';
import type { SentTargets } from './host-recovery.ts';
import { platformMessageId } from './message-ids.ts';
import type { DirectChats, ReceivedStickers } from './received.ts';
import type { Topics } from './topics.ts';

/** What sending needs to know of the messages that came in, and leaves for the recovery. */
export interface SendMemory extends ClientMemory {
  readonly topics: Topics;
  readonly sentTargets: SentTargets;
  readonly askers: Askers;
  /** Approvals whose cards are on their way; each resolves when its card is there, or cannot be. */
  readonly asking: Map<string, Promise<void>>;
  readonly directChats: DirectChats;
  readonly stickers: ReceivedStickers;
  /** By App ID: who was seen in a chat, while its account runs. */
  readonly people: ReadonlyMap<string, PeopleIn>;
}

/** Names of the people seen in a chat, with their open_ids. */
export type PeopleIn = (chatId: string) => ReadonlyMap<string, string>;

export interface OutboundText {
  readonly cfg: HostConfig;
  readonly to: string;
  readonly text: string;
  readonly mediaUrl?: string;
  readonly audioAsVoice?: boolean;
  /** OpenClaw: the directories whose files this message may send. */
  readonly mediaLocalRoots?: readonly string[] | 'any';
  readonly accountId?: string | null;
  readonly replyToId?: string | null;
  /** A topic's thread_id; other channels of a host have numbers. */
  readonly threadId?: string | number | null;
}

export interface OutboundPayload extends OutboundText {
  readonly payload: {
    readonly text?: string;
    readonly mediaUrl?: string;
    readonly mediaUrls?: readonly string[];
    readonly audioAsVoice?: boolean;
    readonly presentation?: unknown;
    readonly channelData?: unknown;
  };
}

interface Sent {
  readonly channel: 'feishu';
  readonly messageId: string;
  readonly chatId: string;
}

/**
 * Sends a text in as many messages as it takes; gives the last one.
 *
 * @throws MoltbotFeishuError `target-unknown` (usage), and what the platform says
 */
export function sendText(memory: SendMemory, outbound: OutboundText): Promise<Sent> {
  return sendPayload(memory, { ...outbound, payload: { text: outbound.text } });
}

/**
 * Sends what a host's agent, or the host itself, has to say: text, a card, a question with buttons. The
 * end of an approval changes the card that asked for it, once that is there.
 *
 * @throws MoltbotFeishuError as {@link sendText}
 */
export async function sendPayload(memory: SendMemory, outbound: OutboundPayload): Promise<Sent> {
  const message = hostMessageOf(outbound.payload);
  const asking = (subject: string): string => JSON.stringify([outbound.to, subject]);
  if (message.kind === 'approval-end') await memory.asking.get(asking(message.subject));
  const sent = sendMessage(memory, outbound, message);
  if (message.kind === 'item' && message.item.kind === 'buttons' && message.item.subject) {
    const key = asking(message.item.subject);
    const ended = sent.then(ignored, ignored).finally(() => memory.asking.delete(key));
    memory.asking.set(key, ended);
  }
  return sent;
}

const ignored = (): void => undefined;

async function sendMessage(
  memory: SendMemory,
  outbound: OutboundPayload,
  message: HostMessage,
): Promise<Sent> {
  const { payload } = outbound;
  const account = await accountClient(memory, outbound.cfg, outbound.accountId);
  if (message.kind === 'approval-end') {
    const card = account.choiceBook.about(message.subject);
    if (card) {
      account.choiceBook.decide(card, { by: 'host', says: message.says });
      return { channel: 'feishu', messageId: card.messageId, chatId: '' };
    }
  }
  const lang = detectLanguage(outbound.text, languageOfLocale(process.env) ?? 'en');
  const question =
    message.kind === 'item' && message.item.kind === 'buttons'
      ? choicePart(
          { ...askedIn(memory, outbound.to), ...message.item, text: message.item.text ?? '', lang },
          account.maker,
          account.account,
        )
      : undefined;
  const media = await mediaParts(outbound, account, lang);
  if (question) return sendParts(memory, outbound, [question, ...media]);
  const leftOut = (): string => render(channelTexts.leftOut, lang);
  const { parts } = answerParts(hostTextOf(payload), {
    leftOut,
    style: account.account,
    people: peopleIn(memory, account.account.appId, outbound.to),
  });
  const card = message.kind === 'item' && message.item.kind === 'card' ? message.item : undefined;
  return sendParts(memory, outbound, [
    ...parts,
    ...(card ? [cardPart(card.card, account.account)] : []),
    ...media,
  ]);
}

/** Whom a message to this target may mention by name. */
function peopleIn(
  { people, directChats }: SendMemory,
  appId: string,
  to: string,
): ReadonlyMap<string, string> {
  const target = parseTarget(to);
  const chatId =
    target?.receiveIdType === 'chat_id'
      ? target.receiveId
      : directChats.of(target?.receiveId ?? '');
  return (chatId !== undefined && people.get(appId)?.(chatId)) || new Map<string, string>();
}

/** The media of a payload, uploaded; a sentence where one cannot be sent as what it is. */
async function mediaParts(
  { payload, mediaLocalRoots }: OutboundPayload,
  { client, mediaRoots }: Pick<AccountClient, 'client' | 'mediaRoots'>,
  lang: Lang,
): Promise<readonly Part[]> {
  const items = mediaItemsOf(payload);
  if (items.length === 0) return [];
  const roots = Array.isArray(mediaLocalRoots)
    ? { ...mediaRoots, allowed: mediaLocalRoots }
    : mediaRoots;
  const { env } = process;
  const media = openOutgoingMedia({ roots }, { client, env, log: silentLogger });
  const { signal } = new AbortController();
  const parts: Part[] = [];
  for (const item of items) {
    const { part, note } = await media.prepare(item, lang, signal);
    if (part) parts.push(part);
    if (note !== undefined) parts.push({ type: 'text', text: note });
  }
  return parts;
}

/** Whom a question goes to: the person of a direct message, or the one whom the running turn answers. */
function askedIn({ askers }: SendMemory, to: string) {
  const target = parseTarget(to);
  const isPerson = target !== undefined && target.receiveIdType !== 'chat_id';
  const isKnown = target?.receiveIdType === 'open_id';
  const askedOpenId = isKnown ? target.receiveId : askers.in(normalizeTarget(to) ?? '');
  return {
    chatId: isPerson ? '' : (target?.receiveId ?? ''),
    chatType: isPerson ? 'p2p' : 'unknown',
    askedOpenId: askedOpenId ?? '',
    mayPress: askedOpenId === undefined ? 'anyone' : 'asked',
    forMs: CHOICE_LIFETIME_MS,
  } as const;
}

/** Sends messages in order; gives the last one. @throws MoltbotFeishuError as {@link sendText} */
async function sendParts(
  memory: SendMemory,
  outbound: OutboundText,
  parts: readonly Part[],
): Promise<Sent> {
  const target = parseTarget(outbound.to);
  if (!target) throw targetUnknown(outbound.to);
  const { account, limiter, deliver } = await accountClient(
    memory,
    outbound.cfg,
    outbound.accountId,
  );
  const threadId = outbound.threadId ? String(outbound.threadId) : undefined;
  const signal = new AbortController().signal;
  let places = placesFor(target, replyTarget(memory, outbound.replyToId, threadId), threadId);
  const chatId = target.receiveId;
  let sent: Sent = { channel: 'feishu', messageId: '', chatId: '' };
  for (const part of parts) {
    await limiter.acquire(chatId, signal);
    // The id makes repeating safe where the network fails in between.
    const delivered = await deliver({ part, uuid: randomUUID(), places, chatId, signal });
    places = delivered.places;
    const { messageId, chatId: inChat } = delivered.sent;
    sent = { channel: 'feishu', messageId, chatId: inChat };
    memory.sentTargets.mark(account.id, outbound.to, threadId);
  }
  return sent;
}

/** A chat without topics gets the message all the same. */
function placesFor(target: Target, messageId: string | undefined, threadId?: string): Places {
  const chat: Place = { kind: 'new', ...target };
  if (messageId === undefined) return [chat];
  const reply: Place = { kind: 'reply', messageId, inThread: false };
  return threadId === undefined ? [reply, chat] : [{ ...reply, inThread: true }, reply, chat];
}

/** The message to reply to: the one that the host names, or else one in its topic. */
function replyTarget(
  { topics }: SendMemory,
  replyToId: OutboundText['replyToId'],
  threadId: string | undefined,
) {
  const named = platformMessageId(replyToId ?? '');
  return named.startsWith('om_') ? named : topics.replyTarget(threadId);
}

/** Sends the caption, if there is one, then the medium. @throws MoltbotFeishuError as {@link sendText} */
export function sendMedia(memory: SendMemory, outbound: OutboundText): Promise<Sent> {
  const { text, mediaUrl = '', audioAsVoice = false } = outbound;
  return sendPayload(memory, { ...outbound, payload: { text, mediaUrl, audioAsVoice } });
}

/** Tells a person that they were let in; which account they wrote to, an open_id shows by fitting. */
export async function notifyApproval(
  memory: ClientMemory,
  approval: {
    readonly cfg: HostConfig;
    readonly id: string;
    readonly accountId?: string;
  },
): Promise<void> {
  const { cfg, id, accountId } = approval;
  const lang = languageOfLocale(process.env) ?? 'en';
  const signal = answerTimeout(10_000);
  let problem: unknown = targetUnknown(id);
  for (const candidate of accountId ? [accountId] : enabledAccounts(cfg)) {
    const { client } = await accountClient(memory, cfg, candidate);
    try {
      await notifyApproved({ client, lang, signal }, id);
      return;
    } catch (error) {
      if (!isMoltbotFeishuError(error)) throw error;
      problem = error;
    }
  }
  throw problem;
}

function targetUnknown(to: string): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'target-unknown',
    exitCode: ExitCode.usage,
    what: localize(texts.targetUnknown, { to }),
    advice: texts.targetUnknownAdvice,
  });
}
