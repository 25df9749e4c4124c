/**
 * One account at work: its line, its inbox, its turns.
 *
 * In: an account with its secret, and an agent. Out: answers in Feishu, and events for whoever
 * watches. What breaks here stays here: the other accounts go on.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { ResolvedAccount } from '../config/accounts.ts';
import { type BotInfo, createPlatformClient } from '../platform/client.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import { type Lang, type Message, render, message as says, type Text } from '../shared/text.ts';
import { type Agent, AgentFailure } from './agent.ts';
import { createBlockAssembler } from './blocks.ts';
import { type ConnectionState, openLongConnection } from './connection.ts';
import { readText } from './content.ts';
import { type InboundMessage, parseMessageEvent } from './event.ts';
import { createMemoryInbox, type Inbox } from './inbox.ts';
import { decide } from './policy.ts';
import { createReplier } from './reply.ts';
import { channelTexts as texts } from './texts.ts';
import { createTurnScheduler } from './turns.ts';

export type AccountEvent =
  | {
      readonly event: 'ready';
      readonly account: string;
      readonly bot: { readonly name: string; readonly openId: string } | undefined;
    }
  | {
      readonly event: 'state';
      readonly account: string;
      readonly state: ConnectionState['state'];
      readonly error?: MoltbotFeishuError | undefined;
    }
  | { readonly event: 'received'; readonly account: string; readonly message: InboundMessage }
  | {
      readonly event: 'ignored';
      readonly account: string;
      readonly message: InboundMessage;
      readonly reason: string;
    }
  | {
      readonly event: 'answered';
      readonly account: string;
      readonly message: InboundMessage;
      readonly parts: number;
      readonly ms: number;
    }
  | {
      readonly event: 'error';
      readonly account: string;
      readonly message?: InboundMessage;
      readonly error: MoltbotFeishuError;
    };

export interface AccountOptions {
  readonly account: ResolvedAccount;
  readonly appSecret: Secret;
  readonly agent: Agent;
  readonly lang: Lang;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly onEvent: (event: AccountEvent) => void;
  readonly now: () => number;
  readonly random: () => number;
  readonly inbox?: Inbox;
}

export interface RunningAccount {
  /** Takes nothing new, lets running turns end within `graceMs`, leaves nothing behind. */
  stop(graceMs: number): Promise<void>;
}

export function startAccount(options: AccountOptions): RunningAccount {
  const { account, agent, lang, log, now, onEvent } = options;
  const id = account.id;
  const client = createPlatformClient({
    appId: account.appId,
    appSecret: options.appSecret,
    domain: account.domain,
    env: options.env,
    log,
    now,
    random: options.random,
  });
  const inbox = options.inbox ?? createMemoryInbox(now);
  /** Takes nothing new. */
  const stopping = new AbortController();
  /** Lets go of what is in hand. */
  const hardStop = new AbortController();
  const refused = new Set<string>();
  let bot: BotInfo | undefined;
  let ready = false;

  const turns = createTurnScheduler({
    inbox,
    now,
    // A group's mention rule cannot be judged before we know who we are; a direct message can.
    mayStart: (message) => message.chatType === 'p2p' || bot !== undefined,
    run: (message, signal) => runTurn(message, AbortSignal.any([signal, hardStop.signal])),
  });

  const connection = openLongConnection({
    client,
    appSecret: options.appSecret,
    env: options.env,
    log,
    now,
    random: options.random,
    onState: (state) => {
      onEvent({
        event: 'state',
        account: id,
        state: state.state,
        ...(state.error && { error: state.error }),
      });
      if (state.state !== 'connected') return;
      turns.settle();
      announce();
    },
    onEvent: async (event) => {
      let message: InboundMessage;
      try {
        message = parseMessageEvent(event);
      } catch (error) {
        // Acknowledged all the same: it would be no more readable when delivered again.
        if (isMoltbotFeishuError(error)) onEvent({ event: 'error', account: id, error });
        return;
      }
      // Being stopped, it takes nothing new: unacknowledged, it comes again to whoever runs next.
      if (stopping.signal.aborted) throw new Error('stopping');
      if ((await inbox.receive(message)) === 'duplicate') {
        log.debug('duplicate', { eventId: message.eventId });
        return;
      }
      onEvent({ event: 'received', account: id, message });
      overtake(message);
      turns.wake();
    },
  });

  const announce = () => {
    if (ready || connection.state.state !== 'connected' || (bot === undefined && !identityGivenUp))
      return;
    ready = true;
    onEvent({ event: 'ready', account: id, bot: bot && { name: bot.name, openId: bot.openId } });
  };

  let identityGivenUp = false;
  void learnIdentity();

  /** In the background and for as long as it takes: the line never waits for it (bot/v3/info may be slow). */
  async function learnIdentity(): Promise<void> {
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      try {
        bot = await client.botInfo({ signal: stopping.signal });
        announce();
        turns.wake();
        return;
      } catch (error) {
        if (stopping.signal.aborted || !isMoltbotFeishuError(error)) return;
        if (attempt === 0) onEvent({ event: 'error', account: id, error });
        identityGivenUp = true;
        announce();
        const waitMs = Math.min(60_000, 1_000 * 2 ** attempt) * (0.5 + options.random() / 2);
        await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** Control commands do not stand in line behind the turn that they are about. */
  function overtake(message: InboundMessage): void {
    if (message.chatType === 'group' && !bot) return;
    if (decide(message, account, bot?.openId).kind !== 'answer') return;
    const command = readText(message, { botOpenId: bot?.openId, lang }).toLowerCase();
    if (!controlAnswer(command, message)) return;
    if (command === '/stop') turns.abort(message.chatId);
    inbox.take(message);
    void runTurn(message, hardStop.signal);
  }

  async function runTurn(message: InboundMessage, signal: AbortSignal): Promise<void> {
    const startedAt = now();
    const decision = decide(message, account, bot?.openId);
    const replier = createReplier({
      client,
      inbound: message,
      replyInThread: account.replyInThread,
      log,
      signal: hardStop.signal,
    });
    const tell = async (text: Message | Text) => replier.send(render(text, lang));
    try {
      if (decision.kind === 'ignore') {
        onEvent({ event: 'ignored', account: id, message, reason: decision.reason });
        return;
      }
      if (decision.kind === 'refuse') {
        onEvent({ event: 'ignored', account: id, message, reason: decision.reason });
        if (refused.has(message.senderOpenId)) return;
        refused.add(message.senderOpenId);
        await tell(decision.text);
        return;
      }
      const text = readText(message, { botOpenId: bot?.openId, lang });
      const control = controlAnswer(text.toLowerCase(), message);
      if (control) await tell(control);
      else await answer(message, text, replier.send, tell, signal);
      onEvent({
        event: 'answered',
        account: id,
        message,
        parts: replier.parts,
        ms: now() - startedAt,
      });
    } catch (error) {
      if (hardStop.signal.aborted) return;
      if (isMoltbotFeishuError(error)) {
        onEvent({ event: 'error', account: id, message, error });
        log.error('an answer could not be delivered', {
          messageId: message.messageId,
          error: error.code,
          code: error.feishuCode,
        });
        return;
      }
      log.error('a turn failed', {
        messageId: message.messageId,
        error: error instanceof Error ? error.name : 'unknown',
      });
    }
  }

  function controlAnswer(command: string, message: InboundMessage): Message | undefined {
    if (command === '/stop') return says(texts.stopped);
    if (command === '/status') {
      return says(texts.status, {
        bot: bot?.name ?? account.appId,
        waiting: inbox.waitingIn(message.chatId),
      });
    }
    return undefined;
  }

  async function answer(
    message: InboundMessage,
    text: string,
    send: (block: string) => Promise<void>,
    tell: (text: Message | Text) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const assembler = createBlockAssembler(account.streaming);
    let sent = false;
    try {
      for await (const piece of agent.answer({ accountId: id, message, text }, signal)) {
        for (const block of assembler.push(piece)) {
          await send(block);
          sent = true;
        }
      }
      const last = assembler.end();
      if (last !== undefined) await send(last);
      else if (!sent) await tell(texts.emptyAnswer);
    } catch (error) {
      if (signal.aborted || isMoltbotFeishuError(error)) {
        // Stopped by the person: what was written so far stands, and /stop itself is answered.
        if (signal.aborted && !hardStop.signal.aborted) return;
        throw error;
      }
      const last = assembler.end();
      if (last !== undefined) await send(last);
      await tell(error instanceof AgentFailure ? error.told : texts.agentFailed);
    }
  }

  return {
    async stop(graceMs) {
      stopping.abort();
      await connection.close();
      const grace = setTimeout(() => hardStop.abort(), graceMs);
      await turns.stop(graceMs);
      clearTimeout(grace);
      hardStop.abort();
    },
  };
}
