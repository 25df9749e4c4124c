import { describe, expect, it } from 'vitest';
import { CONNECTIONS_PER_APP } from '../../../src/platform/limits.ts';
import { waitFor } from '../../support/wait-for.ts';
import { useSandboxes } from '../cleanup.ts';
import { sdkClient } from '../sdk.ts';

const { start, listen } = useSandboxes();
const quick = { redeliveryMs: [20, 40], ackTimeoutMs: 300 } as const;

describe('events over the long connection', () => {
  it('reach the SDK handler, flattened, and are acknowledged', async () => {
    const sandbox = await start();
    const { events, ready } = listen(sandbox);
    await ready;
    const said = sandbox.say({ text: 'hello' });
    await waitFor(() => expect(events).toHaveLength(1));
    expect(events[0]).toMatchObject({
      event_id: said.eventId,
      app_id: sandbox.appId,
      event_type: 'im.message.receive_v1',
      sender: { sender_id: { open_id: sandbox.user.openId }, sender_type: 'user' },
      message: {
        message_id: said.messageId,
        chat_id: said.chatId,
        chat_type: 'p2p',
        message_type: 'text',
        content: '{"text":"hello"}',
      },
    });
    await waitFor(() => expect(sandbox.deliveries()[0]?.ackCode).toBe(200));
    expect(sandbox.deliveries()).toHaveLength(1);
  });

  it('have ids in the shapes of the platform, and rising times', async () => {
    const sandbox = await start({ now: () => 1_700_000_000_000 });
    const { events, ready } = listen(sandbox);
    await ready;
    for (let index = 0; index < 5; index += 1) sandbox.say({ text: String(index) });
    await waitFor(() => expect(events).toHaveLength(5));
    const times = events.map(({ message }) => Number(message.create_time));
    expect(new Set(times).size).toBe(5);
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
    const [event] = events;
    expect(sandbox.appId).toMatch(/^cli_[0-9a-f]{16}$/);
    expect(event?.event_id).toMatch(/^[0-9a-f]{32}$/);
    expect(event?.message.message_id).toMatch(/^om_/);
    expect(event?.message.chat_id).toMatch(/^oc_/);
    expect(event?.sender.sender_id.open_id).toMatch(/^ou_/);
  });

  it('name the bot as @_user_1 where a person mentions it in a group', async () => {
    const sandbox = await start();
    const { events, ready } = listen(sandbox);
    await ready;
    sandbox.say({ text: 'help me', chatType: 'group', mentionBot: true });
    sandbox.say({
      content: { title: 't', content: [[{ tag: 'text', text: 'x' }]] },
      chatType: 'group',
      mentionBot: true,
    });
    await waitFor(() => expect(events).toHaveLength(2));
    const bot = await sdkClient(sandbox).request({ method: 'GET', url: '/open-apis/bot/v3/info' });
    expect(events[0]?.message).toMatchObject({
      chat_type: 'group',
      content: '{"text":"@_user_1 help me"}',
      mentions: [{ key: '@_user_1', name: 'Sandbox Bot', id: { open_id: bot.bot.open_id } }],
    });
    expect(JSON.parse(events[1]?.message.content ?? '')).toEqual({
      title: 't',
      content: [
        [
          { tag: 'at', user_id: '@_user_1', user_name: 'Sandbox Bot' },
          { tag: 'text', text: 'x' },
        ],
      ],
    });
  });

  it('are merged by the SDK from fragments', async () => {
    const sandbox = await start({ fragmentBytes: 100 });
    const { events, ready } = listen(sandbox);
    await ready;
    const text = '长消息'.repeat(2_000);
    sandbox.say({ text });
    await waitFor(() => expect(events).toHaveLength(1));
    expect(JSON.parse(events[0]?.message.content ?? '')).toEqual({ text });
    await waitFor(() => expect(sandbox.deliveries()[0]?.ackCode).toBe(200));
  });

  it('come again with the same event_id after a handler that threw', async () => {
    const sandbox = await start(quick);
    let calls = 0;
    const { events, ready } = listen(sandbox, {
      handle: () => {
        calls += 1;
        if (calls === 1) throw new Error('not now');
      },
    });
    await ready;
    const { eventId } = sandbox.say({ text: 'twice' });
    await waitFor(() => expect(sandbox.deliveries().at(-1)?.ackCode).toBe(200));
    expect(sandbox.deliveries().map(({ attempt, ackCode }) => [attempt, ackCode])).toEqual([
      [1, 500],
      [2, 200],
    ]);
    expect(events.map(({ event_id }) => event_id)).toEqual([eventId, eventId]);
  });

  it('come again after a handler that was too slow, at most as often as the schedule says', async () => {
    const sandbox = await start({ ...quick, ackTimeoutMs: 20 });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { events, ready } = listen(sandbox, { handle: () => held });
    await ready;
    sandbox.say({ text: 'slow' });
    await waitFor(() => expect(sandbox.deliveries().at(-1)?.undelivered).toBe('gave-up'));
    release();
    expect(sandbox.deliveries()).toHaveLength(3);
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(1);
  });

  it('go to exactly one of several connections', async () => {
    const sandbox = await start();
    const listeners = [1, 2, 3, 4].map(() => listen(sandbox));
    await Promise.all(listeners.map(({ ready }) => ready));
    for (let index = 0; index < 40; index += 1) sandbox.say({ text: String(index) });
    const received = () =>
      listeners.flatMap(({ events }) => events.map(({ event_id }) => event_id));
    await waitFor(() => expect(received()).toHaveLength(40));
    await waitFor(() =>
      expect(sandbox.deliveries().every(({ ackCode }) => ackCode === 200)).toBe(true),
    );
    expect(new Set(received()).size).toBe(40);
    expect(listeners.filter(({ events }) => events.length > 0).length).toBeGreaterThan(1);
  });

  it('go only to the app that they are for', async () => {
    const sandbox = await start();
    const other = sandbox.createApp({ name: 'Other' });
    const first = listen(sandbox);
    const second = listen(sandbox, { app: other });
    await Promise.all([first.ready, second.ready]);
    sandbox.say({ text: 'to the other', appId: other.appId });
    await waitFor(() => expect(second.events).toHaveLength(1));
    expect(second.events[0]?.app_id).toBe(other.appId);
    expect(first.events).toEqual([]);
  });

  it('are delivered two times with `twice`', async () => {
    const sandbox = await start();
    const { events, ready } = listen(sandbox);
    await ready;
    const { eventId } = sandbox.say({ text: 'again', deliver: 'twice' });
    await waitFor(() => expect(events.map((e) => e.event_id)).toEqual([eventId, eventId]));
  });

  it('wait for a connection, and survive the loss of one', async () => {
    const sandbox = await start({ redeliveryMs: [30, 30, 30, 200, 500, 1_000, 2_000] });
    const { eventId } = sandbox.say({ text: 'early' });
    expect(sandbox.deliveries()[0]?.undelivered).toBe('no-connection');
    let dropped = false;
    const { events, ready } = listen(sandbox, {
      handle: () => {
        if (dropped) return;
        dropped = true;
        sandbox.dropConnections();
      },
    });
    await ready;
    await waitFor(() => expect(sandbox.deliveries().at(-1)?.ackCode).toBe(200), 5_000);
    expect(new Set(events.map(({ event_id }) => event_id))).toEqual(new Set([eventId]));
    expect(events.length).toBeGreaterThan(1);
  });

  it('are lost by the SDK in the tick of the handshake, if the sandbox is told to be eager', async () => {
    const sandbox = await start({ ...quick, ackTimeoutMs: 50, eagerDelivery: true });
    sandbox.say({ text: 'too early' });
    const { events, ready } = listen(sandbox);
    await ready;
    await waitFor(() => expect(sandbox.deliveries().at(-1)?.ackCode).toBe(200));
    expect(sandbox.deliveries().map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(sandbox.deliveries()[0]?.ackedAt).toBeUndefined();
    expect(events).toHaveLength(1);
  });

  it('do not come for what the bot itself says', async () => {
    const sandbox = await start();
    const { events, ready } = listen(sandbox);
    await ready;
    const { chatId } = sandbox.say({ text: 'hi' });
    await waitFor(() => expect(events).toHaveLength(1));
    await sdkClient(sandbox).im.v1.message.create({
      params: { receive_id_type: 'chat_id' },
      data: { receive_id: chatId, msg_type: 'text', content: '{"text":"me"}' },
    });
    const second = sandbox.say({ text: 'hi again' });
    await waitFor(() => expect(events).toHaveLength(2));
    expect(events[1]?.event_id).toBe(second.eventId);
  });
});

describe('the long connection', () => {
  it('takes fifty connections of an app and refuses the next', async () => {
    const sandbox = await start();
    const listeners = Array.from({ length: CONNECTIONS_PER_APP }, () => listen(sandbox));
    await Promise.all(listeners.map(({ ready }) => ready));
    expect(sandbox.connections()).toBe(50);
    const answer = await sdkClient(sandbox).event.v1.connection.get();
    expect(answer.data).toEqual({ online_instance_cnt: 50 });
    await expect(listen(sandbox).ready).rejects.toThrow(/1000040350/);
    const other = sandbox.createApp();
    await listen(sandbox, { app: other }).ready;
    expect(sandbox.connections(other.appId)).toBe(1);
  });

  it.each([
    ['an unknown app', { appId: 'cli_0123456789abcdef' }, {}, /1000040345/],
    ['a wrong secret', { appSecret: 'wrong' }, {}, /1000040345/],
    ['an app that is disabled', {}, { status: 'disabled' }, /403/],
    ['an app without a published version', {}, { published: false }, /1000040345.*system busy/],
  ] as const)('refuses %s', async (_, credentials, state, error) => {
    const sandbox = await start({ app: state });
    const { appId, appSecret } = sandbox;
    const { ready } = listen(sandbox, { app: { appId, appSecret, ...credentials } });
    await expect(ready).rejects.toThrow(error);
  });

  it('answers HTTP 400 where the address is not on the allow list', async () => {
    const sandbox = await start({ app: { ipAllowList: ['203.0.113.9'] } });
    const answer = await fetch(`${sandbox.url}/callback/ws/endpoint`, {
      method: 'POST',
      body: JSON.stringify({ AppID: sandbox.appId, AppSecret: sandbox.appSecret }),
    });
    expect(answer.status).toBe(400);
  });

  it('refuses a handshake without a ticket of the endpoint', async () => {
    const sandbox = await start();
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/callback/ws/v2?ticket=no`);
    const status = await new Promise((resolve, reject) => {
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
      socket.on('open', reject);
    });
    expect(status).toBe(401);
  });

  it('goes dead without closing while it is muted', async () => {
    const sandbox = await start(quick);
    const { events, ready } = listen(sandbox);
    await ready;
    sandbox.mute(true);
    sandbox.say({ text: 'unheard' });
    await waitFor(() => expect(sandbox.deliveries().length).toBeGreaterThan(1));
    expect(events).toEqual([]);
    expect(sandbox.connections()).toBe(1);
    sandbox.mute(false);
    await waitFor(() => expect(events).toHaveLength(1));
  });
});

describe('an app that is not right', () => {
  it.each([
    ['app-disabled', { status: 'disabled' }, {}],
    ['not-published', { published: false }, {}],
    ['bot-off', { bot: false }, {}],
    ['event-not-subscribed', { events: [] }, {}],
    ['webhook-mode', { eventMode: 'webhook' }, {}],
    ['scope-missing', { scopes: ['im:message'] }, {}],
    ['not-available', { availability: ['ou_other'] }, {}],
    ['no-mention', {}, { chatType: 'group' }],
    ['scope-missing', { scopes: ['im:message'] }, { chatType: 'group', mentionBot: true }],
    [
      'scope-missing',
      {},
      { chatType: 'group', mentionBot: true, from: { openId: 'ou_bot', senderType: 'app' } },
    ],
  ] as const)('does not hear a message: %s', async (reason, state, saying) => {
    const sandbox = await start({ app: { bot: true } });
    const { events, ready } = listen(sandbox);
    await ready;
    sandbox.configureApp(state);
    const withheld = sandbox.say({ text: 'hello?', ...saying });
    expect(sandbox.deliveries()).toMatchObject([
      { eventId: withheld.eventId, attempt: 0, undelivered: reason },
    ]);
    const other = sandbox.createApp();
    const control = listen(sandbox, { app: other });
    await control.ready;
    sandbox.say({ text: 'control', appId: other.appId });
    await waitFor(() => expect(control.events).toHaveLength(1));
    expect(events).toEqual([]);
  });

  it('hears group messages without a mention by im:message.group_msg, if the bot is in the group', async () => {
    const sandbox = await start({ app: { scopes: ['im:message.group_msg'] } });
    const { events, ready } = listen(sandbox);
    await ready;
    const { chatId } = sandbox.say({ text: 'all ears', chatType: 'group' });
    await waitFor(() => expect(events).toHaveLength(1));
    sandbox.setMembership(chatId, false);
    sandbox.say({ text: 'gone', chatId });
    expect(sandbox.deliveries().at(-1)?.undelivered).toBe('bot-not-in-chat');
  });
});
