/** What strangers may send to the port of a sandbox: it answers or drops it, and serves on. */
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import {
  encodeFrame,
  FrameMethod,
  headersFrom,
  MAX_FRAGMENTS,
} from '../../../src/platform/connection/frames.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { temporarySandbox } from '../../support/sandbox.ts';
import { post, tokenOf } from './http.ts';

/** Sends bytes over a connection of their own; resolves when the sandbox has closed it. */
async function sendRaw(sandbox: Sandbox, bytes: string | Uint8Array): Promise<string> {
  const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => {
    answer += data.toString('latin1');
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.end(bytes);
  await once(socket, 'close');
  return answer;
}

const upgrade =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
const request = (target: string, headers = ''): string =>
  `GET ${target} HTTP/1.1\r\nHost: x\r\n${headers || 'Connection: close\r\n'}\r\n`;

it.each([
  '//[',
  '//[::1',
  'http://[',
  'http://a:99999/',
  '//%',
  '/callback/ws/v2?ticket=%',
  '/callback/ws/v2/%zz',
  '/open-apis/im/v1/messages/%E0%A4%A',
  '\\\\[',
  '*',
])('takes %s for no call, upgrade or not', async (target) => {
  const sandbox = await temporarySandbox();
  for (const headers of [
    '',
    upgrade,
    'Connection: Upgrade\r\nUpgrade: h2c\r\n',
    `Expect: 100-continue\r\n${upgrade}`,
  ]) {
    expect(await sendRaw(sandbox, request(target, headers))).toMatch(/^(?:$|HTTP\/1\.1 4\d\d )/);
  }
  expect((await tokenOf(sandbox)).status).toBe(200);
});

it('survives any bytes, and any target of a request', async () => {
  const sandbox = await temporarySandbox();
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc
          .tuple(fc.webUrl(), fc.string({ unit: 'binary-ascii' }))
          .map(([url, text]) => request(`${url}${text}`, upgrade)),
        fc.string({ unit: 'binary-ascii' }).map((text) => request(text, upgrade)),
      ),
      async (bytes) => {
        await sendRaw(sandbox, bytes);
      },
    ),
    { numRuns: 60 },
  );
  expect((await tokenOf(sandbox)).status).toBe(200);
});

/** An open long connection, and the code with which the sandbox closes it. */
async function longConnection(sandbox: Sandbox) {
  const { appId: AppID, appSecret: AppSecret } = sandbox;
  const { body } = await post(`${sandbox.url}/callback/ws/endpoint`, { AppID, AppSecret });
  const socket = new WebSocket(body.data.URL);
  onTestFinished(() => socket.terminate());
  const closed = once(socket, 'close').then(([code]) => Number(code));
  await once(socket, 'open');
  return { socket, closed };
}

const ack = (headers: Record<string, string | number>, payload: string | Uint8Array = '{}') =>
  encodeFrame({
    seqId: 0n,
    logId: 0n,
    service: 1,
    method: FrameMethod.data,
    headers: headersFrom(headers),
    payload: Buffer.from(payload),
  });

it.each([
  ['bytes that are no frame', Buffer.from('not a frame'), 1002],
  ['a text', 'a text', 1002],
  ['nothing', Buffer.alloc(0), 1002],
  ['a frame cut short', ack({ type: 'event' }).subarray(0, 20), 1002],
  ['groups in groups', Buffer.alloc(100_000, 0x0b), 1002],
  [
    'more fragments than there may be',
    ack({ type: 'event', sum: MAX_FRAGMENTS + 1, seq: 0 }),
    1002,
  ],
  ['a number of fragments that fills the memory', ack({ sum: 4294967295, seq: 1 }), 1002],
  ['a frame of 2 MB', ack({ type: 'event' }, Buffer.alloc(2 * 1024 * 1024)), 1009],
])('closes a long connection that sends %s', async (_name, bytes, code) => {
  const sandbox = await temporarySandbox();
  const { socket, closed } = await longConnection(sandbox);
  socket.send(bytes);
  expect(await closed).toBe(code);
  expect((await tokenOf(sandbox)).status).toBe(200);
});

it('survives acknowledgements of what it never sent, with any headers', async () => {
  const sandbox = await temporarySandbox();
  const { socket } = await longConnection(sandbox);
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), fc.string(), (headers, payload) => {
      socket.send(ack({ ...headers, sum: 1 }, payload));
    }),
  );
  socket.ping();
  await once(socket, 'pong');
  expect(sandbox.connections()).toBe(1);
});
