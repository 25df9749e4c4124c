/** What a test or a person makes happen to cards: failures, outages, interactions, limits, time. */
import { describe, expect, it } from 'vitest';
import { useSandboxes } from '../cleanup.ts';
import { answerCard, cardRoom } from './rooms.ts';

const { start, listen } = useSandboxes();

describe('failures', () => {
  it('meet each step once, after as many good calls as they say', async () => {
    const steps = [
      ['create', 300120],
      ['send', 200750],
      ['content', 200850],
      ['settings', 300122],
      ['elements', 300315],
      ['update', 300317],
      ['batch', 200810],
    ] as const;
    const failures: unknown[] = [];
    for (const [step, code] of steps) {
      const { sandbox, create, send, open, call, next } = await cardRoom(start);
      const card = await open();
      const acts = {
        create: () =>
          call('POST', 'cardkit/v1/cards', {
            type: 'card_json',
            data: JSON.stringify(answerCard()),
          }),
        send: async () => send(await create()),
        content: () => card.write('x'),
        settings: () => card.settings({}),
        elements: () => card.add([{ tag: 'hr' }]),
        update: () => card.put(answerCard()),
        batch: () =>
          call('POST', `${card.path}/batch_update`, {
            sequence: next(),
            actions: '[{"action":"add_elements","params":{"type":"append","elements":[]}}]',
          }),
      };
      sandbox.failCard({ step, code, after: 1 });
      const found = [await acts[step](), await acts[step](), await acts[step]()];
      const codes = found.map(({ body }) => body.code);
      const expected = [0, step === 'send' ? 230099 : code, 0];
      if (JSON.stringify(codes) !== JSON.stringify(expected)) failures.push({ step, codes });
      if (step === 'send' && !/ErrCode: 200750/.test(found[1]?.body.msg)) failures.push(step);
    }
    expect(failures).toEqual([]);
  });

  it('of a path last as long as they say, by the clock of the sandbox', async () => {
    const { sandbox, open, pass } = await cardRoom(start);
    const { write } = await open();
    sandbox.fault({
      match: { path: '/content' },
      forMs: 30_000,
      do: { kind: 'status', status: 503 },
    });
    expect((await write('a')).status).toBe(503);
    pass(29_999);
    expect((await write('b')).status).toBe(503);
    sandbox.advance(1);
    expect((await write('c')).body.code).toBe(0);
  });
});

it('while a person uses a card its calls are refused, and a click is such a use', async () => {
  const { sandbox, open } = await cardRoom(start);
  const { write, message, add, shown } = await open();
  sandbox.interact(message, true);
  expect((await write('a')).body.code).toBe(200810);
  sandbox.interact(message, false);
  expect((await write('a')).body.code).toBe(0);
  await add([
    {
      tag: 'button',
      text: { tag: 'plain_text', content: 'Stop' },
      behaviors: [{ type: 'callback', value: {} }],
    },
  ]);
  const during: number[] = [];
  const { ready } = listen(sandbox, {
    types: ['card.action.trigger'],
    answer: async () => {
      during.push((await write('b')).body.code);
      return { card: { type: 'raw', data: answerCard('clicked', { streaming_mode: false }) } };
    },
  });
  await ready;
  const { answer } = await sandbox.click({ messageId: message, button: 'Stop' });
  expect(answer).toHaveProperty('card');
  expect(during).toEqual([200810]);
  // The card streams: the answer changes nothing.
  expect(shown().body.elements[0].content).toBe('a');
  expect((await write('c')).body.code).toBe(0);
});

it('ten operations a second a card, and those of the app with its messages', async () => {
  const { open, sandbox, pass, call, chatId } = await cardRoom(start);
  const { write } = await open();
  sandbox.limitRates({ platform: true });
  const codes: number[] = [];
  for (let n = 0; n < 11; n += 1) codes.push((await write('x'.repeat(n + 1))).body.code);
  expect(codes).toEqual([...Array.from({ length: 10 }, () => 0), 230020]);
  pass(1000);
  sandbox.limitRates({ perAppPerSecond: 2 });
  const text = { receive_id: chatId, msg_type: 'text', content: '{"text":"x"}' };
  const found = [
    await write('y'),
    await call('POST', 'im/v1/messages?receive_id_type=chat_id', text),
    await write('z'),
  ];
  expect(found.map(({ body, status }) => [body.code, status])).toEqual([
    [0, 200],
    [0, 200],
    [99991400, 429],
  ]);
  sandbox.limitRates({ platform: false });
  for (let n = 0; n < 11; n += 1) expect((await write(`w${n}`)).body.code).toBe(0);
});

it('everything is there for another process, too', async () => {
  const { sandbox, open, chatId } = await cardRoom(start);
  const { message, write } = await open();
  const control = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${sandbox.controlUrl}/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const before = Number((await control('GET', 'clock')).body.time);
  expect((await control('POST', 'clock', { advanceMs: 5000 })).body).toEqual({
    time: before + 5000,
  });
  await control('POST', 'interact', { messageId: message, isBusy: true });
  expect((await write('a')).body.code).toBe(200810);
  await control('POST', 'interact', { messageId: message, isBusy: false });
  await control('POST', 'card-failure', { step: 'content', code: 300309 });
  expect((await write('a')).body.code).toBe(300309);
  await control('POST', 'limits', { perCardEntityPerSecond: 1 });
  expect([(await write('a')).body.code, (await write('b')).body.code]).toEqual([0, 230020]);
  await control('POST', 'at-all', { chatId, isAllowed: false });
  await control('POST', 'tenant', { recallWindowMs: 0 });
  const { messages } = (await control('GET', `seen?chatId=${chatId}`)).body;
  expect(messages).toMatchObject([{ fromBot: false }, { changes: [{}, { text: 'a' }] }]);
  for (const [path, body] of [
    ['card-failure', { step: 'content', code: 1 }],
    ['card-failure', { step: 'wait', code: 300309 }],
    ['interact', { messageId: 'om_no', isBusy: true }],
    ['at-all', { chatId: 'oc_no', isAllowed: true }],
  ] as const) {
    expect((await control('POST', path, body)).status).toBe(400);
  }
});
