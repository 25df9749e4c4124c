import { expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { useSandboxes } from '../cleanup.ts';
import { caller } from './http.ts';

const { start } = useSandboxes();

async function room(rateLimits: NonNullable<SandboxOptions['rateLimits']> = {}) {
  let time = Date.now();
  const sandbox = await start({ now: () => time, rateLimits });
  const { chatId, messageId } = sandbox.say({ text: 'x' });
  const call = await caller(sandbox);
  const send = (msg_type: string, content: object) =>
    call('POST', 'im/v1/messages?receive_id_type=chat_id', {
      receive_id: chatId,
      msg_type,
      content: JSON.stringify(content),
    });
  const codes = async (count: number, make: () => Promise<{ body: { code?: number } }>) => {
    const found: unknown[] = [];
    for (let index = 0; index < count; index += 1) found.push((await make()).body.code);
    return found;
  };
  const pass = (ms: number): void => {
    time += ms;
  };
  return { sandbox, call, send, codes, pass, messageId };
}

it('by default there are none', async () => {
  const { codes, send } = await room();
  const found = await codes(60, () => send('text', { text: 'x' }));
  expect(new Set(found)).toEqual(new Set([0]));
});

it('an API of one app is refused beyond its calls a second and a minute, another API is not', async () => {
  const { call, codes, pass, messageId } = await room({ perApiPerSecond: 2, perApiPerMinute: 3 });
  const read = () => call('GET', `im/v1/messages/${messageId}`);
  expect(await codes(3, read)).toEqual([0, 0, 99991400]);
  expect((await call('GET', 'im/v1/chats')).body.code).toBe(0);
  pass(1000);
  expect(await codes(2, read)).toEqual([0, 99991400]);
  const limited = await read();
  expect(limited.status).toBe(429);
  expect(limited.headers.get('x-ogw-ratelimit-limit')).toBe('3');
  expect(limited.headers.get('x-ogw-ratelimit-reset')).toBe('59');
  pass(59_000);
  expect(await codes(1, read)).toEqual([0]);
});

it('with the platform’s numbers a chat takes five messages a second, and a card five patches', async () => {
  const { call, codes, send, pass } = await room({ platform: true });
  const card = { schema: '2.0', body: { elements: [] } };
  const { message_id } = (await send('interactive', card)).body.data;
  expect(await codes(5, () => send('text', { text: 'x' }))).toEqual([0, 0, 0, 0, 230020]);
  const patch = () =>
    call('PATCH', `im/v1/messages/${message_id}`, { content: JSON.stringify(card) });
  expect(await codes(6, patch)).toEqual([0, 0, 0, 0, 0, 230020]);
  pass(1000);
  expect(await codes(1, patch)).toEqual([0]);
});
