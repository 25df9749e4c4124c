import { describe, expect, it } from 'vitest';
import { MAX_FRAGMENTS } from '../../../src/platform/connection/frames.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { waitFor } from '../../support/wait-for.ts';
import { sandboxWith } from '../harness.ts';
import { eventFrame, hostilePlatform, messageEvent, pongFrame } from './hostile-platform.ts';
import { lineTo } from './line.ts';

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
