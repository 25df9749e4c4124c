import { expect, it } from 'vitest';
import type { Turn } from '../../../src/channel/agent/agent.ts';
import type { AnswerPiece } from '../../../src/channel/answer/answer-piece.ts';
import type { InboundMessage } from '../../../src/channel/message/event.ts';
import type { ResolvedAccount } from '../../../src/config/account/account.ts';
import { resolveAccount } from '../../../src/config/account/accounts.ts';
import type { HostConfig } from '../../../src/host/host-config.ts';
import type {
  HostChannelRuntime,
  HostItemState,
  HostTool,
  InboundContext,
  ReplyPayload,
} from '../../../src/host/runtime-contract.ts';
import { readCurrentConfig } from '../../../src/host/section/current-config.ts';
import { Askers } from '../../../src/host/send/askers.ts';
import { MessageIds } from '../../../src/host/send/message-ids.ts';
import { Topics } from '../../../src/host/send/topics.ts';
import { hostAgent } from '../../../src/host/turn/agent.ts';
import { createGroupHistory } from '../../../src/host/turn/context/history.ts';
import { silentLogger } from '../../../src/shared/log.ts';
import { inbound, plainContent } from '../../channel/messages.ts';

interface Seen {
  readonly ctx: InboundContext;
  readonly cfg: HostConfig;
  readonly recorded: string;
}

/** As Clawdbot routes: one session for all direct chats, or one a person. */
function hostWith(
  config: () => HostConfig,
  reply = (): ReplyPayload => ({ text: 'answer' }),
  tools: readonly (HostTool & HostItemState)[] = [],
  patch: Partial<ResolvedAccount> = {},
) {
  const seen: Seen[] = [];
  const outcomes: (string | undefined)[] = [];
  let recorded = '';
  const host: HostChannelRuntime = {
    pairing: {
      readAllowFromStore: () => Promise.resolve([]),
      upsertPairingRequest: () => Promise.resolve({ code: '', created: false }),
      buildPairingReply: () => '',
    },
    routing: {
      resolveAgentRoute({ cfg, accountId, peer }) {
        const { dmScope } = (cfg.session ?? {}) as { dmScope?: string };
        const own = peer.kind === 'group' ? `feishu:group:${peer.id}` : `feishu:dm:${peer.id}`;
        const key = peer.kind === 'group' || dmScope === 'per-channel-peer' ? own : 'main';
        return {
          agentId: 'main',
          sessionKey: `agent:main:${key}`,
          mainSessionKey: 'agent:main:main',
          accountId,
        };
      },
    },
    session: {
      resolveStorePath: () => 'sessions.json',
      readSessionUpdatedAt: () => undefined,
      recordInboundSession({ sessionKey }) {
        recorded = sessionKey;
        return Promise.resolve();
      },
    },
    reply: {
      resolveEnvelopeFormatOptions: () => ({}),
      formatAgentEnvelope: ({ body }) => body,
      finalizeInboundContext: (ctx) => ctx,
      async dispatchReplyWithBufferedBlockDispatcher({
        ctx,
        cfg,
        dispatcherOptions,
        replyOptions,
      }) {
        seen.push({ ctx, cfg, recorded });
        // OpenClaw reports tools only where the channel asks for it, or it shows them itself.
        if (replyOptions.allowToolLifecycleWhenProgressHidden === true) {
          for (const tool of tools) {
            if (tool.phase !== 'end') replyOptions.onToolStart?.(tool);
            else if (replyOptions.suppressDefaultToolProgressMessages === true)
              replyOptions.onItemEvent?.(tool);
          }
        }
        const payload = reply();
        if (payload.text === 'silent') replyOptions.onAgentRunStart?.();
        else await dispatcherOptions.deliver(payload, { kind: 'final' });
        return {};
      },
    },
    commands: { isControlCommandMessage: (text) => text.startsWith('/') },
    activity: { record: () => undefined },
  };
  const agent = hostAgent({
    account: { ...(resolveAccount({}, 'default') as ResolvedAccount), ...patch },
    config,
    host,
    names: { user: () => Promise.resolve('Anna'), chat: () => Promise.resolve('Team') },
    history: createGroupHistory(0),
    historyFiles: { fetch: () => Promise.resolve([]) },
    messageIds: new MessageIds(),
    topics: new Topics(),
    askers: new Askers(),
    ackMark: () => () => undefined,
    sessionDivider: () => Promise.resolve(),
    recovery: undefined,
    approved: () => Promise.resolve([]),
    systemEvents: undefined,
    onOutcome: (failure) => outcomes.push(failure),
    log: silentLogger,
    now: Date.now,
  });
  return {
    seen,
    outcomes,
    async answer(
      patch: Partial<InboundMessage>,
      text = 'hi',
    ): Promise<Seen & { readonly pieces: readonly AnswerPiece[] }> {
      const turn: Turn = {
        accountId: 'default',
        attachments: [],
        notes: [],
        message: inbound(patch),
        content: plainContent(text),
        lang: 'en',
      };
      const pieces: AnswerPiece[] = [];
      for await (const piece of agent.answer(turn, new AbortController().signal)) {
        pieces.push(piece);
      }
      const last = seen.at(-1);
      if (!last) throw new Error('the host was not asked');
      return { ...last, pieces };
    },
  };
}

it('gives each topic a session of its own, in direct chats, too; a quote none', async () => {
  const { answer } = hostWith(() => ({}));
  const session = async (patch: Partial<InboundMessage>) => {
    const { ctx, recorded } = await answer(patch);
    expect(recorded).toBe(ctx.SessionKey);
    return [ctx.SessionKey, ctx.MessageThreadId];
  };
  expect(await session({})).toEqual(['agent:main:main', undefined]);
  expect(await session({ threadId: 'omt_AbC' })).toEqual([
    'agent:main:main:thread:omt_AbC',
    'omt_AbC',
  ]);
  expect(await session({ rootId: 'om_1', parentId: 'om_1' })).toEqual([
    'agent:main:main',
    undefined,
  ]);
  const group = { chatType: 'group', chatId: 'oc_g' } as const;
  expect(await session({ ...group, threadId: 'omt_x', rootId: 'om_1' })).toEqual([
    'agent:main:feishu:group:oc_g:thread:omt_x',
    'omt_x',
  ]);
  expect(await session({ ...group, rootId: 'om_1' })).toEqual([
    'agent:main:feishu:group:oc_g',
    undefined,
  ]);
  // As the channel gives a reply in a topic group that only its root names.
  expect(await session({ ...group, threadId: 'om_1', rootId: 'om_1' })).toEqual([
    'agent:main:feishu:group:oc_g:thread:om_1',
    'om_1',
  ]);
});

it('reads the config for each turn: what a person changes counts at once', async () => {
  const section = { channels: { feishu: { appId: 'cli_a1b2c3d4e5f60718' } } };
  let onDisk: HostConfig | Error = section;
  const loadConfig = (): HostConfig => {
    if (onDisk instanceof Error) throw onDisk;
    return onDisk;
  };
  const { answer } = hostWith(readCurrentConfig({ config: { loadConfig } }, section));
  expect((await answer({})).ctx.SessionKey).toBe('agent:main:main');
  const changed = { ...section, session: { dmScope: 'per-channel-peer' }, agents: { model: 'b' } };
  onDisk = changed;
  const { ctx, cfg } = await answer({ senderOpenId: 'ou_anna' });
  expect(ctx.SessionKey).toBe('agent:main:feishu:dm:ou_anna');
  expect(cfg).toBe(changed);
  for (const broken of [{}, new Error('Unexpected token'), { channels: {} }]) {
    onDisk = broken as HostConfig | Error;
    expect((await answer({})).cfg).toBe(changed);
  }
});

it.each([
  ['with no reader', {}],
  ['with a reader of another name', { config: { current: () => ({ channels: { feishu: {} } }) } }],
])('keeps the config of the start in a host %s', async (_, runtime) => {
  const atStart = { channels: { feishu: { appId: 'cli_a1b2c3d4e5f60718' } } };
  expect(readCurrentConfig(runtime, atStart)()).toBe(atStart);
});

it('tells of a turn that failed and of the next answer; a command and silence are neither', async () => {
  let reply: ReplyPayload = { text: '401 no key', isError: true };
  const { answer, outcomes } = hostWith(
    () => ({}),
    () => {
      if (reply.text === 'throws') throw new Error('the store is gone');
      return reply;
    },
  );
  await answer({});
  reply = { text: 'status' };
  await answer({}, '/status');
  expect(outcomes).toEqual(['401 no key']);
  reply = { text: 'silent' };
  await answer({});
  expect(outcomes).toEqual(['401 no key']);
  reply = { text: 'pong' };
  await answer({});
  reply = { text: 'throws' };
  await expect(answer({})).rejects.toThrow('the store is gone');
  expect(outcomes).toEqual(['401 no key', undefined, 'the store is gone']);
});

it.each([
  ['says that it is one', { isError: true }],
  ['is known by its words', {}],
])('shows no key of a failure that %s, and leaves an answer as it is', async (_, mark) => {
  const key = `sk-ant-${'a1B2c3D4'.repeat(3)}`;
  const said = `⚠️ Agent failed before reply: 401\nIncorrect API key: ${key}, Bearer ${'x9Y8'.repeat(8)}`;
  const failed = await hostWith(
    () => ({}),
    () => ({ text: said, ...mark }),
  ).answer({});
  expect(failed.pieces.join('')).toMatch(/failed before reply: 401\nIncorrect API key: \*\*\*/);
  expect(failed.pieces.join('')).not.toMatch(/a1B2|x9Y8/);
  const answer = `Set API_KEY=${key}`;
  const answered = await hostWith(
    () => ({}),
    () => ({ text: answer }),
  ).answer({});
  expect(answered.pieces).toEqual([answer]);
});

it('tells which tool the agent uses, and how it ends', async () => {
  const used = [
    { toolCallId: 'call_1', name: 'web_search' },
    { toolCallId: 'call_2' },
    { itemId: 'tool:call_3', name: 'read' },
    { toolCallId: 'call_1', itemId: 'tool:call_1', phase: 'end', status: 'failed' },
    { toolCallId: 'call_4', name: 'never begun', phase: 'end', status: 'completed' },
    { itemId: 'tool:call_3', phase: 'end', status: 'completed' },
  ];
  const piecesWith = async (patch: Partial<ResolvedAccount>) =>
    (await hostWith(() => ({}), undefined, used, patch).answer({})).pieces;
  const begun = [
    { kind: 'tool', id: 'call_1', name: 'web_search', state: 'running' },
    { kind: 'tool', id: 'tool:call_3', name: 'read', state: 'running' },
  ];
  expect(await piecesWith({ toolProgress: 'line' })).toEqual([...begun, 'answer']);
  expect(await piecesWith({ toolProgress: 'off' })).toEqual(['answer']);
  expect(await piecesWith({ toolProgress: 'panel', streaming: 'block' })).toEqual(['answer']);
  expect(await piecesWith({ toolProgress: 'panel' })).toEqual([
    ...begun,
    { kind: 'tool', id: 'call_1', name: 'web_search', state: 'failed' },
    { kind: 'tool', id: 'tool:call_3', name: 'read', state: 'done' },
    'answer',
  ]);
});
