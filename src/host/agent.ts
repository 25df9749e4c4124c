/**
 * The host's agent: policy is behind us, so that what comes is answered.
 *
 * In: a turn of the channel runtime. Out: the answer as it is written, each text once. Route, session,
 * commands, queue and model are the host's.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Agent, Turn } from '../channel/agent.ts';
import type { ResolvedAccount } from '../config/accounts.ts';
import type { Logger } from '../shared/log.ts';
import { mayCommand } from './authority.ts';
import { commandText, isUrgentCommand } from './command-text.ts';
import type { HostConfig } from './contract.ts';
import type { GroupHistory } from './history.ts';
import { inboundContext, type Surroundings } from './inbound-context.ts';
import { createLanes, createRoom } from './lanes.ts';
import type { Names } from './names.ts';
import { createPieces, type Pieces } from './pieces.ts';
import { createReplyText } from './reply-text.ts';
import type { AgentRoute, HostChannelRuntime, InboundContext } from './runtime-contract.ts';
import { isFields } from './section.ts';
import { targetOf } from './targets.ts';

export interface HostAgentOptions {
  readonly account: ResolvedAccount;
  readonly cfg: HostConfig;
  readonly host: HostChannelRuntime;
  readonly names: Names;
  readonly history: GroupHistory;
  /** Who is paired in the host. */
  readonly approved: () => Promise<readonly string[]>;
  /** The text of the message that a message answers, where it can be read. */
  readonly quoted: (messageId: string, signal: AbortSignal) => Promise<string | undefined>;
  readonly log: Logger;
}

/** Turns that wait here cost nothing; how many the host gets at once is decided below. */
const CONCURRENCY = 256;
/** Of a host that says nothing (clawdbot@2026.1.24-3, config/agent-limits). */
const HOST_CONCURRENCY = 4;
/**
 * Each turn takes the lock of the host's session store several times, and fails where it waits for
 * 10 s: twice as many as the host runs keep it busy, 20 do not get through on a slow machine.
 */
const TURNS_PER_RUN = 2;
const RETRY_MS = [1000, 4000];

/** How often a message has been given to the host in this process, also before a restart of the account. */
const runs = new Map<string, number>();
const MOST_RUNS = 10_000;

/** A host ignores a message id that it has seen: a turn that runs again needs another one. */
function messageSid(messageId: string): string {
  const run = (runs.get(messageId) ?? 0) + 1;
  if (runs.size >= MOST_RUNS) runs.clear();
  runs.set(messageId, run);
  return run === 1 ? messageId : `${messageId}#${run}`;
}

export function hostAgent(options: HostAgentOptions): Agent {
  const { account, cfg, host, log } = options;
  const lanes = createLanes();
  const room = createRoom(TURNS_PER_RUN * hostConcurrency(cfg));
  async function surroundings(turn: Turn, signal: AbortSignal): Promise<Surroundings> {
    const { message } = turn;
    const isGroup = message.chatType === 'group';
    const pending = isGroup ? options.history.take(message) : [];
    const [senderName, chatName, quoted, approved, ...pendingNames] = await Promise.all([
      options.names.user(message.senderOpenId),
      isGroup ? options.names.chat(message.chatId) : undefined,
      message.parentId ? options.quoted(message.parentId, signal) : undefined,
      options.approved(),
      ...pending.map((entry) => options.names.user(entry.senderOpenId)),
    ]);
    return {
      senderName,
      chatName,
      quoted,
      history: pending.map((entry, index) => ({ ...entry, senderName: pendingNames[index] })),
      mayCommand: mayCommand({
        isDirect: !isGroup,
        senderOpenId: message.senderOpenId,
        dmPolicy: account.dmPolicy,
        allowFrom: account.allowFrom,
        approved,
        groupPeople: (account.groups[message.chatId] ?? account.groups['*'])?.allowFrom,
      }),
    };
  }

  function routeOf({ message }: Turn): AgentRoute & { readonly turnSessionKey: string } {
    const isGroup = message.chatType === 'group';
    const route = host.routing.resolveAgentRoute({
      cfg,
      channel: 'feishu',
      accountId: account.id,
      peer: isGroup
        ? { kind: 'group', id: message.chatId }
        : { kind: 'dm', id: message.senderOpenId },
    });
    // A topic is a conversation of its own, as threads are in the hosts' other channels.
    const thread = isGroup && message.threadId ? `:thread:${message.threadId.toLowerCase()}` : '';
    return { ...route, turnSessionKey: `${route.sessionKey}${thread}` };
  }

  async function prepare(turn: Turn, signal: AbortSignal): Promise<InboundContext> {
    const route = routeOf(turn);
    const around = await surroundings(turn, signal);
    const { session } = host;
    const storePath = session.resolveStorePath(sessionStore(cfg), { agentId: route.agentId });
    const ctx = host.reply.finalizeInboundContext(
      inboundContext({
        turn: { ...turn, text: commandText(turn.text) },
        around,
        accountId: route.accountId,
        sessionKey: route.turnSessionKey,
        messageSid: messageSid(turn.message.messageId),
        reply: host.reply,
        envelope: host.reply.resolveEnvelopeFormatOptions(cfg),
        previousAt: session.readSessionUpdatedAt({ storePath, sessionKey: route.turnSessionKey }),
      }),
    );
    await session.recordInboundSession({
      storePath,
      sessionKey: ctx.SessionKey ?? route.turnSessionKey,
      ctx,
      // What the agent says by itself goes to where its person wrote last.
      ...(turn.message.chatType === 'p2p' && {
        updateLastRoute: {
          sessionKey: route.mainSessionKey,
          channel: 'feishu',
          to: targetOf(turn.message),
          accountId: route.accountId,
        },
      }),
      onRecordError: (error) => log.warn('the session was not recorded', errorName(error)),
    });
    return ctx;
  }

  /** A lock that was not got in time is no answer: as long as nothing was said, it is tried again. */
  async function dispatchPatiently(turn: Turn, pieces: Pieces, signal: AbortSignal): Promise<void> {
    for (const waitMs of RETRY_MS) {
      try {
        await dispatch(turn, pieces, signal);
        return;
      } catch (error) {
        if (signal.aborted || pieces.count > 0 || !isLockTimeout(error)) throw error;
        log.warn('the host was busy; trying again', { messageId: turn.message.messageId, waitMs });
        await delay(waitMs, undefined, { signal });
      }
    }
    await dispatch(turn, pieces, signal);
  }

  /** The session's turn, then a place in the host; the result gives both back. */
  async function admitted(turn: Turn, signal: AbortSignal): Promise<() => void> {
    // A command about the running turn does not wait for it.
    if (isUrgentCommand(turn.text)) return () => undefined;
    const leaveLane = await lanes.enter(routeOf(turn).turnSessionKey, signal);
    try {
      const leaveRoom = await room.enter(signal);
      return () => {
        leaveRoom();
        leaveLane();
      };
    } catch (error) {
      leaveLane();
      throw error;
    }
  }

  async function dispatch(turn: Turn, pieces: Pieces, signal: AbortSignal): Promise<void> {
    const ctx = await prepare(turn, signal);
    signal.throwIfAborted();
    const text = createReplyText();
    await host.reply.dispatchReplyWithBufferedBlockDispatcher({
      ctx,
      cfg,
      dispatcherOptions: {
        deliver: (payload, { kind }) => {
          const said = [payload.text ?? '', ...mediaOf(payload)].filter(Boolean).join('\n');
          pieces.push(kind === 'tool' ? text.aside(said) : text.delivered(said));
          return Promise.resolve();
        },
        onError: (error, { kind }) => log.error('a reply failed', { kind, ...errorName(error) }),
      },
      replyOptions: {
        // The blocks are cut here, from the growing text, at better places and at once.
        disableBlockStreaming: true,
        abortSignal: signal,
        ...(account.streaming !== 'off' && {
          onPartialReply: (payload) => pieces.push(text.partial(payload.text ?? '')),
        }),
      },
    });
  }

  return {
    concurrency: CONCURRENCY,
    maySayNothing: true,
    overtakes: (text) =>
      isUrgentCommand(text) && host.commands.isControlCommandMessage(commandText(text), cfg),
    async *answer(turn, signal) {
      const ended = new AbortController();
      const stop = AbortSignal.any([signal, ended.signal]);
      const leave = await admitted(turn, signal);
      const pieces = createPieces();
      const giveUp = (): void => pieces.fail(signal.reason);
      signal.addEventListener('abort', giveUp, { once: true });
      const run = dispatchPatiently(turn, pieces, stop).then(
        () => pieces.end(),
        (error: unknown) => {
          if (!stop.aborted) log.error('the host did not take a turn', problemOf(error));
          pieces.fail(error);
        },
      );
      // The session is free when the host has let go of it, also where nobody waits for the text.
      void run.finally(leave);
      try {
        yield* pieces;
      } finally {
        signal.removeEventListener('abort', giveUp);
        ended.abort();
      }
    },
  };
}

function hostConcurrency({ agents }: HostConfig): number {
  const defaults = isFields(agents) && isFields(agents.defaults) ? agents.defaults : {};
  const { maxConcurrent } = defaults;
  const isNumber = typeof maxConcurrent === 'number' && maxConcurrent >= 1;
  return isNumber ? Math.floor(maxConcurrent) : HOST_CONCURRENCY;
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && /\block\b/i.test(error.message);
}

function sessionStore(cfg: HostConfig): unknown {
  const { session } = cfg;
  return typeof session === 'object' && session !== null
    ? Reflect.get(session, 'store')
    : undefined;
}

function mediaOf(payload: {
  readonly mediaUrl?: string;
  readonly mediaUrls?: readonly string[];
}): readonly string[] {
  if (payload.mediaUrls?.length) return payload.mediaUrls;
  return payload.mediaUrl ? [payload.mediaUrl] : [];
}

/** Of errors from outside only the kind: their text may repeat what a person wrote. */
function errorName(error: unknown): { readonly error: string } {
  return { error: error instanceof Error ? error.name : typeof error };
}

/** What a host's own fault says, in one line: without it nobody could mend it. */
function problemOf(error: unknown): { readonly error: string; readonly says: string } {
  const [line = ''] = (error instanceof Error ? error.message : '').split('\n');
  return { ...errorName(error), says: line.slice(0, 160) };
}
