import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  type ConnectionState,
  type LongConnection,
  type LongConnectionOptions,
  openLongConnection,
} from '../../../src/channel/connection/connection.ts';
import { createPlatformClient } from '../../../src/platform/client/client.ts';
import { MAX_FRAGMENTS } from '../../../src/platform/connection/frames.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { waitFor } from '../../support/wait-for.ts';
import { cleanUp, type LogLine, recordingLog, sandboxWith } from '../harness.ts';
import { eventFrame, hostilePlatform, messageEvent, pongFrame } from './hostile-platform.ts';

const quick = { lostMs: 10, baseMs: 10, longestMs: 50, terminalMs: 20, longestTerminalMs: 50 };

interface Line {
  readonly connection: LongConnection;
  readonly states: ConnectionState[];
  readonly events: unknown[];
  readonly logs: LogLine[];
  /** Waits for a state, past those that were waited for before. A state may last but a moment. */
  is(state: ConnectionState['state']): Promise<void>;
}

function lineTo(
  sandbox: { readonly url: string; readonly appId?: string; readonly appSecret?: string },
  options: Partial<LongConnectionOptions> & {
    readonly appSecret?: Secret;
    readonly appId?: string;
  } = {},
): Line {
  const states: ConnectionState[] = [];
  const events: unknown[] = [];
  const logs: LogLine[] = [];
  const arrivals = new EventEmitter();
  let seen = 0;
  const { appId = sandbox.appId ?? 'cli_0123456789abcdef', env = {} } = options;
  const { appSecret = new Secret(sandbox.appSecret ?? 'a-secret') } = options;
  const log = recordingLog(logs);
  const connection = openLongConnection({
    client: createPlatformClient({
      appId,
      appSecret,
      domain: sandbox.url,
      env,
      log,
      retry: { attempts: 1, baseMs: 1 },
    }),
    log,
    backoff: quick,
    ...options,
    onEvent: async (event) => {
      events.push(event);
      await options.onEvent?.(event);
    },
    onState: (state) => {
      states.push(state);
      arrivals.emit('state');
    },
  });
  cleanUp(() => connection.close());
  return {
    connection,
    states,
    events,
    logs,
    async is(state) {
      for (;;) {
        const at = states.findIndex((past, index) => index >= seen && past.state === state);
        seen = at === -1 ? seen : at + 1;
        if (at !== -1) return;
        await once(arrivals, 'state');
      }
    },
  };
}

describe('a long connection', () => {
  it('receives events, and acknowledges when the handler resolves', async () => {
    const sandbox = await sandboxWith();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const line = lineTo(sandbox, { onEvent: () => released });
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

describe('a long connection that cannot be opened', () => {
  it('says that the credentials are rejected, and goes on asking', async () => {
    const sandbox = await sandboxWith();
    const line = lineTo(sandbox, { appSecret: new Secret('not-the-secret-of-this-app') });
    await line.is('failed');
    expect(line.connection.state.error).toMatchObject({
      code: 'credentials-rejected',
      exitCode: 3,
    });
    const { attempt } = line.connection.state;
    await waitFor(() => expect(line.connection.state.attempt).toBeGreaterThan(attempt));
  });

  it('opens as soon as the app is published', async () => {
    const sandbox = await sandboxWith({ app: { published: false } });
    const line = lineTo(sandbox);
    await line.is('failed');
    expect(line.connection.state.error).toMatchObject({ code: 'app-not-ready' });
    sandbox.configureApp({ published: true });
    await line.is('connected');
  });

  it('tells a refused handshake, and tries again', async () => {
    const sandbox = await sandboxWith();
    sandbox.fault({
      match: { path: '/callback/ws/v2' },
      times: 1,
      do: { kind: 'status', status: 503 },
    });
    const line = lineTo(sandbox);
    await line.is('connected');
    expect(line.states.map(({ error }) => error?.feishuCode)).toContain(503);
  });

  it('tells a handshake that hangs', async () => {
    const sandbox = await sandboxWith();
    sandbox.fault({ match: { path: '/callback/ws/v2' }, times: 1, do: { kind: 'hang' } });
    const line = lineTo(sandbox, { times: { handshakeTimeoutMs: 100 } });
    await line.is('connected');
    expect(line.states.map(({ error }) => error?.code)).toContain('platform-unreachable');
  });

  it('refuses an App ID that the SDK would only log', async () => {
    const sandbox = await sandboxWith();
    const line = lineTo(sandbox, { appId: 'cli_short' });
    await line.is('failed');
    expect(line.connection.state.error).toMatchObject({ code: 'app-id-invalid' });
    await line.connection.close();
    expect(line.connection.state.state).toBe('stopped');
  });
});

describe('a platform that sends what it should not', () => {
  it('is heard on: what cannot be read is not acknowledged, and the rest comes in', async () => {
    const platform = await hostilePlatform();
    const line = lineTo(platform);
    await line.is('connected');
    for (const bytes of [
      'a text',
      Buffer.alloc(0),
      Buffer.from('not a frame'),
      Buffer.alloc(100_000, 0x0b),
      eventFrame({ sum: 4_294_967_295, seq: 4_294_967_294 }, '{}'),
      eventFrame({ sum: MAX_FRAGMENTS + 1 }, '{}'),
      eventFrame({ sum: 'x', seq: -1 }, '{}'),
      eventFrame({ type: '__proto__', __proto__: 1 }, '{}'),
      eventFrame({}, '{'),
      eventFrame({}, 'null'),
      eventFrame({}, '['.repeat(100_000)),
      eventFrame({}, '{"header":{"event_type":"im.message.receive_v1"},"event":{"message":1}}'),
      pongFrame('{'),
      pongFrame('null'),
      pongFrame('{"PingInterval":"x"}'),
      pongFrame('{"PingInterval":1e308}'),
    ]) {
      platform.send(bytes);
    }
    for (let count = 0; count < 500; count++) {
      platform.send(eventFrame({ message_id: `open${count}`, sum: 2 }, 'x'.repeat(50_000)));
    }
    platform.send(eventFrame({ message_id: 'good', sum: 1 }, messageEvent('good')));
    await waitFor(() => expect(line.events.at(-1)).toMatchObject({ eventId: 'good' }), {
      timeout: 15_000,
    });
    expect(platform.connections).toBe(1);
  });

  it.each([
    'not a url',
    'ws://',
    'ws://[',
    'http://127.0.0.1/',
    'ws://127.0.0.1:99999/',
    'ws://a b/',
    '',
    7,
  ])('gives %j as the address, and is asked again', async (address) => {
    let isGood = false;
    const platform = await hostilePlatform((url) => ({
      code: 0,
      data: { URL: isGood ? url : address },
    }));
    const line = lineTo(platform);
    await waitFor(() => expect(line.connection.state.attempt).toBeGreaterThan(0));
    isGood = true;
    await line.is('connected');
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
          release = resolve;
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
