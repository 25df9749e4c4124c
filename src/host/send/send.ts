/** Messages that a host sends by itself: its agent's tool, its CLI, an approval. */
import { randomUUID } from 'node:crypto';
import type { Place, Places } from '../../channel/answer/deliver.ts';
import { answerParts } from '../../channel/answer/parts.ts';
import { detectLanguage } from '../../channel/message/language.ts';
import { channelTexts } from '../../channel/texts.ts';
import { ExitCode, isMoltbotFeishuError, MoltbotFeishuError } from '../../shared/errors.ts';
import { languageOfLocale, localize, render } from '../../shared/text.ts';
import type { HostConfig } from '../host-config.ts';
import { notifyApproved } from '../people/pairing.ts';
import { parseTarget, type Target } from '../people/targets.ts';
import { accountClient, type ClientMemory, enabledAccounts } from '../section/account-client.ts';
import { hostTexts as texts } from '../texts.ts';
import type { SentTargets } from './host-recovery.ts';
import { platformMessageId } from './message-ids.ts';
import type { Topics } from './topics.ts';

/** What sending needs to know of the messages that came in, and leaves for the recovery. */
export interface SendMemory extends ClientMemory {
  readonly topics: Topics;
  readonly sentTargets: SentTargets;
}

export interface OutboundText {
  readonly cfg: HostConfig;
  readonly to: string;
  readonly text: string;
  readonly mediaUrl?: string;
  readonly accountId?: string | null;
  readonly replyToId?: string | null;
  /** A topic's thread_id; other channels of a host have numbers. */
  readonly threadId?: string | number | null;
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
export async function sendText(memory: SendMemory, outbound: OutboundText): Promise<Sent> {
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
  const lang = detectLanguage(outbound.text, languageOfLocale(process.env) ?? 'en');
  const leftOut = (): string => render(channelTexts.leftOut, lang);
  for (const part of answerParts(outbound.text, leftOut).parts) {
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

/** Media are sent as what they are here: a caption, and where to find them. */
export function sendMedia(memory: SendMemory, outbound: OutboundText): Promise<Sent> {
  const text = [outbound.text, outbound.mediaUrl].filter(Boolean).join('\n\n');
  return sendText(memory, { ...outbound, text });
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
  const signal = AbortSignal.timeout(10_000);
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
