import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { cleanUp, sandboxWith } from '../harness.ts';
import { lineTo } from './line.ts';

describe('a long connection', () => {
  it('receives events, and acknowledges when the handler resolves', async () => {
    const sandbox = await sandboxWith();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const line = lineTo(sandbox, { onEvent: () => released.then(() => undefined) });
    await line.is('connected');
    const said = sandbox.say({ text: 'hi' });
    await waitFor(() => expect(line.events).toHaveLength(1));
    expect(line.events[0]).toMatchObject({
      eventId: said.eventId,
      body: { message: { chat_id: said.chatId } },
    });
    expect(sandbox.deliveries()[0]?.ackCode).toBeUndefined();
    release();
    await waitFor(() => expect(sandbox.deliveries()[0]?.ackCode).toBe(200));
    expect(line.states.map(({ state }) => state)).toEqual(['connecting', 'connected']);
  });

  it('has an event sent again that the handler refuses', async () => {
    const sandbox = await sandboxWith({ redeliveryMs: [10] });
    let refusals = 1;
    const line = lineTo(sandbox, {
      onEvent: async () => {
        if (refusals-- > 0) throw new Error('not now');
      },
    });
    await line.is('connected');
    sandbox.say({ text: 'hi' });
    await waitFor(() =>
      expect(sandbox.deliveries().map(({ ackCode }) => ackCode)).toEqual([500, 200]),
    );
  });

  it('is opened again when it is lost, again and again, telling each change', async () => {
    const sandbox = await sandboxWith();
    const line = lineTo(sandbox);
    for (let count = 0; count < 5; count++) {
      await line.is('connected');
      await waitFor(() => expect(sandbox.connections()).toBe(1));
      sandbox.dropConnections();
      await line.is('reconnecting');
    }
    await line.is('connected');
    expect(line.states.filter(({ state }) => state === 'connected')).toHaveLength(6);
    expect(line.states.filter(({ state }) => state === 'reconnecting')).toHaveLength(5);
    await waitFor(() => expect(sandbox.connections()).toBe(1));
  });

  it('is opened when the platform can be reached at last, and says why it could not', async () => {
    const sandbox = await sandboxWith();
    sandbox.refuse(true);
    const line = lineTo(sandbox);
    await waitFor(() => expect(line.connection.state.attempt).toBeGreaterThan(2));
    expect(line.connection.state).toMatchObject({
      state: 'connecting',
      error: { code: 'platform-unreachable', details: { reason: 'refused' } },
    });
    sandbox.refuse(false);
    await line.is('connected');
    expect(line.connection.state.attempt).toBe(0);
    expect(line.connection.state.error).toBeUndefined();
  });

  it('notices a peer that is dead', async () => {
    const sandbox = await sandboxWith();
    const line = lineTo(sandbox, { times: { pingIntervalMs: 100, pongTimeoutMs: 50 } });
    await line.is('connected');
    sandbox.mute(true);
    await line.is('reconnecting');
    sandbox.mute(false);
    await line.is('connected');
  });

  it.each([
    ['from the start', { PingInterval: 0.05 }, { pingIntervalMs: 30_000 }],
    ['by a pong, with more than it could keep', { PingInterval: 1e12 }, { pingIntervalMs: 50 }],
  ])(
    'notices a peer that asks for short pings and falls silent, %s',
    async (_name, config, times) => {
      const sandbox = await sandboxWith({ clientConfig: config });
      const line = lineTo(sandbox, {
        // As with 10 s and pings of 2 s: each ping restarts the SDK's own watchdog.
        times: { ...times, pongTimeoutMs: 60_000, minSilenceMs: 100, maxSilenceMs: 200 },
      });
      await line.is('connected');
      sandbox.mute(true);
      await line.is('reconnecting');
      sandbox.mute(false);
      await line.is('connected');
    },
  );

  it('waits longer each time after connections that were lost unused', async () => {
    const sandbox = await sandboxWith();
    const line = lineTo(sandbox, {
      now: () => 0,
      random: () => 1,
      backoff: { lostMs: 2, maxUnstableMs: 16 },
    });
    const lose = async (): Promise<number | undefined> => {
      await line.is('connected');
      await waitFor(() => expect(sandbox.connections()).toBe(1));
      sandbox.dropConnections();
      await line.is('reconnecting');
      return line.states.at(-1)?.nextAttemptAt;
    };
    const waits: unknown[] = [];
    for (let count = 0; count < 6; count++) waits.push(await lose());
    expect(waits).toEqual([2, 4, 8, 16, 16, 16]);
    // One that was of use begins again.
    await line.is('connected');
    sandbox.say({ text: 'hi' });
    await waitFor(() => expect(line.events).toHaveLength(1));
    sandbox.dropConnections();
    await line.is('reconnecting');
    expect(line.states.at(-1)?.nextAttemptAt).toBe(2);
  });

  it('keeps its own ping interval, whatever a pong says', async () => {
    const sandbox = await sandboxWith({ clientConfig: { PingInterval: 3600 } });
    const line = lineTo(sandbox, { times: { pingIntervalMs: 100, pongTimeoutMs: 50 } });
    await line.is('connected');
    // By then pongs have come in: with their interval the dead peer would be noticed in an hour.
    sandbox.say({ text: 'hi' });
    await waitFor(() => expect(line.events).toHaveLength(1));
    sandbox.mute(true);
    await line.is('reconnecting');
  });

  it('is opened anew when the platform does not count it, asked twice', async () => {
    const sandbox = await sandboxWith();
    sandbox.fault({
      match: { path: '/open-apis/event/v1/connection' },
      times: 2,
      do: {
        kind: 'status',
        status: 200,
        body: { code: 0, msg: '', data: { online_instance_cnt: 0 } },
      },
    });
    const line = lineTo(sandbox, { times: { countIntervalMs: 10, countAgainMs: 10 } });
    await waitFor(() =>
      expect(line.states.map(({ error }) => error?.code)).toContain('connection-not-counted'),
    );
    await line.is('connected');
  });

  it('stays when the platform did not report it, or has miscounted once', async () => {
    const sandbox = await sandboxWith();
    const path = '/open-apis/event/v1/connection';
    const zero = { code: 0, msg: '', data: { online_instance_cnt: 0 } };
    sandbox.fault({ match: { path }, times: 1, do: { kind: 'status', status: 200, body: zero } });
    const line = lineTo(sandbox, { times: { countIntervalMs: 10, countAgainMs: 10 } });
    await line.is('connected');
    const asked = () => sandbox.calls().filter((call) => call.path === path).length;
    await waitFor(() => expect(asked()).toBeGreaterThan(3));
    sandbox.fault({ match: { path }, do: { kind: 'code', code: 99991403, msg: 'quota' } });
    const before = asked();
    await waitFor(() => expect(asked()).toBeGreaterThan(before + 3));
    expect(line.states.map(({ state }) => state)).toEqual(['connecting', 'connected']);
  });
});

describe('closing', () => {
  it('closes the socket, also in the middle of a handshake', async () => {
    const sandbox = await sandboxWith();
    const line = lineTo(sandbox);
    await line.is('connected');
    await line.connection.close();
    await waitFor(() => expect(sandbox.connections()).toBe(0));
    expect(line.connection.state.state).toBe('stopped');

    sandbox.fault({ match: { path: '/callback/ws/v2' }, do: { kind: 'hang' } });
    const handshakes = () =>
      sandbox.calls().filter(({ path }) => path.startsWith('/callback/ws/v2')).length;
    const handles = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const before = handles();
    for (let round = 0; round < 10; round++) {
      const made = handshakes();
      const hanging = lineTo(sandbox);
      await waitFor(() => expect(handshakes()).toBeGreaterThan(made));
      await hanging.connection.close();
    }
    // The calls before a handshake share a kept-alive socket: it has two ends here, whatever the rounds.
    await waitFor(() => expect(handles()).toBeLessThanOrEqual(before + 2));
  });

  it('acknowledges what is being received, and takes nothing more', async () => {
    const sandbox = await sandboxWith({ redeliveryMs: [] });
    let release: () => void = () => undefined;
    const line = lineTo(sandbox, {
      onEvent: () =>
        new Promise((resolve) => {
          release = () => resolve(undefined);
        }),
    });
    await line.is('connected');
    sandbox.say({ text: 'first' });
    await waitFor(() => expect(line.events).toHaveLength(1));
    const closed = line.connection.close();
    release();
    await closed;
    await waitFor(() => expect(sandbox.deliveries()[0]?.ackCode).toBe(200));
  });

  it('follows the signal', async () => {
    const sandbox = await sandboxWith();
    const controller = new AbortController();
    const line = lineTo(sandbox, { signal: controller.signal });
    await line.is('connected');
    controller.abort();
    await line.is('stopped');
    await waitFor(() => expect(sandbox.connections()).toBe(0));
  });
});

it('goes through the proxy of the environment, endpoint and WebSocket', async () => {
  const sandbox = await sandboxWith();
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer();
  proxy.on('connect', (request, client: Socket) => {
    tunnels.push(request.url ?? '');
    const target = connect(Number(new URL(sandbox.url).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  cleanUp(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const { port } = proxy.address() as AddressInfo;
  const line = lineTo(sandbox, { env: { HTTP_PROXY: `http://127.0.0.1:${port}` } });
  await line.is('connected');
  sandbox.say({ text: 'hi' });
  await waitFor(() => expect(line.events).toHaveLength(1));
  expect(tunnels).toContain(new URL(sandbox.url).host);
  expect(tunnels.length).toBeGreaterThanOrEqual(2);
});

it('never logs a secret, a ticket or the content of a message', async () => {
  const sandbox = await sandboxWith({ fragmentBytes: 40, redeliveryMs: [10] });
  let refusals = 1;
  const line = lineTo(sandbox, {
    onEvent: async () => {
      if (refusals-- > 0) throw new Error('the-content-of-an-error');
    },
  });
  await line.is('connected');
  sandbox.say({ text: 'the-content-of-a-message' });
  await waitFor(() => expect(line.events).toHaveLength(2));
  sandbox.dropConnections();
  await line.is('reconnecting');
  await line.is('connected');
  const logged = JSON.stringify([line.logs, line.states]);
  expect(line.logs.length).toBeGreaterThan(3);
  for (const hidden of [sandbox.appSecret, 'ticket', 'the-content-of']) {
    expect(logged).not.toContain(hidden);
  }
});
