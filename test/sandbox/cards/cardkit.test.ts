/** CardKit as the SDK and as plain calls meet it: entities, components, sequences, streaming. */
import { describe, expect, it } from 'vitest';
import { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';
import { answerCard, cardRoom } from './rooms.ts';

const { start } = useSandboxes();
const minute = 60_000;
const button = (element_id: string, label = 'Stop') => ({
  tag: 'button',
  element_id,
  text: { tag: 'plain_text', content: label },
  behaviors: [{ type: 'callback', value: { do: 'stop' } }],
});

describe('the SDK', () => {
  it('makes a card, streams into it, changes its components, and closes it', async () => {
    const { sdk, send, sandbox } = await cardRoom(start);
    const made = await sdk.card.create({
      data: { type: 'card_json', data: JSON.stringify(answerCard()) },
    });
    const card_id = made.data?.card_id ?? '';
    const { message_id } = (await send(card_id)).body.data;
    const element = { card_id, element_id: 'answer' };
    const results = [
      await sdk.cardElement.content({ path: element, data: { content: 'Hel', sequence: 1 } }),
      await sdk.cardElement.content({ path: element, data: { content: 'Hello', sequence: 2 } }),
      await sdk.cardElement.create({
        path: { card_id },
        data: {
          type: 'insert_after',
          target_element_id: 'answer',
          elements: JSON.stringify([button('stop')]),
          sequence: 3,
        },
      }),
      await sdk.cardElement.patch({
        path: { card_id, element_id: 'stop' },
        data: { partial_element: JSON.stringify({ disabled: true }), sequence: 4 },
      }),
      await sdk.cardElement.update({
        path: { card_id, element_id: 'stop' },
        data: { element: JSON.stringify({ tag: 'markdown', content: 'done' }), sequence: 5 },
      }),
      await sdk.card.batchUpdate({
        path: { card_id },
        data: {
          sequence: 6,
          actions: JSON.stringify([
            {
              action: 'add_elements',
              params: { type: 'append', elements: [{ tag: 'hr', element_id: 'line' }] },
            },
            { action: 'delete_elements', params: { element_ids: ['stop'] } },
            {
              action: 'partial_update_setting',
              params: { settings: { config: { streaming_mode: false } } },
            },
          ]),
        },
      }),
      await sdk.cardElement.delete({
        path: { card_id, element_id: 'line' },
        data: { sequence: 7 },
      }),
      await sdk.card.settings({
        path: { card_id },
        data: {
          settings: JSON.stringify({ config: { summary: { content: 'Hello' } } }),
          sequence: 8,
        },
      }),
    ];
    expect(results.map(({ code }) => code)).toEqual(results.map(() => 0));
    const stored = sandbox.messages({ fromBot: true })[0];
    const final = answerCard('Hello', { streaming_mode: false, summary: { content: 'Hello' } });
    expect(JSON.parse(stored?.content ?? '')).toEqual(final);
    expect(stored).toMatchObject({ messageId: message_id, edits: 0 });
    const whole = await sdk.card.update({
      path: { card_id },
      data: { card: { type: 'card_json', data: JSON.stringify(answerCard('!')) }, sequence: 9 },
    });
    expect(whole.code).toBe(0);
    const converted = await sdk.card.idConvert({ data: { message_id } });
    expect(converted.data?.card_id).toBe(card_id);
  });

  it('reads back the card as it is', async () => {
    const { open, call } = await cardRoom(start);
    const { write, message } = await open();
    await write('Hello');
    const read = await call(
      'GET',
      `im/v1/messages/${message}?card_msg_content_type=user_card_content`,
    );
    const { user_dsl } = JSON.parse(read.body.data.items[0].body.content);
    expect(JSON.parse(user_dsl)).toEqual(answerCard('Hello'));
  });
});

it('a card entity is sent once, by its app, within fourteen days', async () => {
  const room = await cardRoom(start);
  const { create, send, sandbox, pass } = room;
  const cardId = await create();
  expect((await send(cardId)).body.code).toBe(0);
  expect((await send(cardId)).body).toMatchObject({ code: 230099, msg: /cardid is invalid/ });
  expect((await send('7000000000000000000')).body.msg).toMatch(/11310/);
  const other = sandbox.createApp();
  const otherCall = await caller(sandbox, other);
  const path = `cardkit/v1/cards/${cardId}/elements/answer/content`;
  expect((await otherCall('PUT', path, { content: 'x', sequence: 1 })).body.code).toBe(300311);
  const unsent = await create();
  pass(14 * 24 * 60 * minute);
  expect((await send(unsent)).body.msg).toMatch(/200750/);
  expect((await room.call('PUT', path, { content: 'x', sequence: 1 })).body.code).toBe(200750);
});

it('needs the scope for cards', async () => {
  const { call, sandbox } = await cardRoom(start);
  sandbox.configureApp({ scopes: ['im:message'] });
  const made = await call('POST', 'cardkit/v1/cards', { type: 'card_json', data: '{}' });
  expect(made.body.code).toBe(99991672);
});

it('sequences rise over all calls of a card, and a uuid counts once', async () => {
  const { open } = await cardRoom(start);
  const { write, settings, add, shown } = await open();
  expect((await write('a', { sequence: 5 })).body.code).toBe(0);
  const low = [
    await write('b', { sequence: 5 }),
    await settings({ streaming_mode: false }, { sequence: 4 }),
    await add([button('x')], { sequence: 1 }),
  ];
  expect(low.map(({ body }) => body.code)).toEqual([300317, 300317, 300317]);
  const wrong = [0, -1, 1.5, 2 ** 31, '7', undefined];
  const found = [];
  for (const sequence of wrong) found.push((await write('b', { sequence })).body.code);
  expect(found).toEqual(wrong.map(() => 10002));
  expect((await write('b', { sequence: 2 ** 30, uuid: 'u1' })).body.code).toBe(0);
  expect((await write('c', { sequence: 2 ** 30 + 1 })).body.code).toBe(0);
  expect((await write('b', { sequence: 2 ** 30, uuid: 'u1' })).body.code).toBe(0);
  expect(shown().body.elements[0].content).toBe('c');
  expect((await write('d', { sequence: 2 ** 30 + 2, uuid: 'u1' })).body.code).toBe(200770);
  expect((await write('d', { uuid: 'u'.repeat(65) })).body.code).toBe(10002);
});

describe('streaming', () => {
  it('ends ten minutes after its last opening, whatever is written', async () => {
    const { open, pass } = await cardRoom(start);
    const { write, settings, put, shown } = await open();
    const codes: number[] = [];
    const later = async (ms: number, made: () => ReturnType<typeof write>) => {
      pass(ms);
      codes.push((await made()).body.code);
    };
    await later(9 * minute, () => write('1'));
    await later(minute - 1, () => write('2'));
    await later(1, () => write('3'));
    await later(1, () => write('4'));
    await later(1, () => settings({ streaming_mode: true }));
    await later(9 * minute, () => settings({ streaming_mode: true }));
    await later(9 * minute, () => write('5'));
    await later(minute, () => write('6'));
    await later(0, () => put(answerCard('7', { streaming_mode: false })));
    await later(0, () => write('8'));
    expect(codes).toEqual([0, 0, 200850, 300309, 0, 0, 0, 200850, 0, 300309]);
    expect(shown().body.elements[0].content).toBe('7');
  });

  it('a component that is added hears of the end by 200510, once', async () => {
    const { open, pass } = await cardRoom(start);
    const { add, write } = await open();
    pass(10 * minute);
    const codes = [await add([button('a')]), await add([button('a')]), await write('x')];
    expect(codes.map(({ body }) => body.code)).toEqual([200510, 0, 300309]);
  });
});

/** What is refused: the call, the code that answers it, and a part of its text. */
type Card = Awaited<ReturnType<Awaited<ReturnType<typeof cardRoom>>['open']>>;
const rules: readonly (readonly [string, (card: Card) => Promise<unknown>, number, RegExp?])[] = [
  ['text into a button', ({ write }) => write('x'), 0],
  ['no text', ({ write }) => write(''), 10002],
  ['100,001 characters', ({ write }) => write('x'.repeat(100_001)), 10002],
  ['more than 30 KB', ({ write }) => write('汉'.repeat(10_300)), 200860, /exceeds limit/],
  ['an image by address', ({ write }) => write('![a](https://x.y/z.png)'), 300313, /200570/],
  ['a card 1.0', ({ put }) => put({ elements: [] }), 300303, /schema 2.0/],
  ['an empty card', ({ put }) => put({}), 300307],
  ['an exclusive card', ({ put }) => put(answerCard('', { update_multi: false })), 300302],
  ['an unknown property', ({ put }) => put({ ...answerCard(), fallback: 1 }), 200220, /fallback/],
  ['an unknown setting', ({ settings }) => settings({ wide_screen_mode: true }), 300122, /wide_/],
  ['an exclusive setting', ({ settings }) => settings({ update_multi: false }), 300302],
  ['an unknown component', ({ add }) => add([{ tag: 'note' }]), 300315, /200861.*note/],
  ['an id twice', ({ add }) => add([button('answer')]), 300301],
  ['an id with a hyphen', ({ add }) => add([button('a-b')]), 300315, /element_id a-b/],
  ['a 21st character of an id', ({ add }) => add([button('a'.repeat(21))]), 300315],
  ['201 components', ({ add }) => add(Array.from({ length: 200 }, () => ({ tag: 'hr' }))), 300305],
  [
    'no such target',
    ({ add }) => add([], { type: 'insert_after', target_element_id: 'z' }),
    300315,
  ],
  ['append into a text', ({ add }) => add([], { target_element_id: 'answer' }), 300315],
  ['no such way of adding', ({ add }) => add([], { type: 'before' }), 10002],
];

it('refuses what the platform refuses, in its words', async () => {
  const failures: unknown[] = [];
  for (const [name, act, code, text] of rules) {
    const { open } = await cardRoom(start);
    const card = await open();
    const before = JSON.stringify(card.shown());
    const { body, status } = (await act(card)) as {
      body: { code: number; msg: string };
      status: number;
    };
    const fits =
      body.code === code &&
      status === (code === 0 ? 200 : 400) &&
      (text?.test(body.msg) ?? true) &&
      (code === 0 || JSON.stringify(card.shown()) === before);
    if (!fits) failures.push({ name, body, status });
  }
  expect(failures).toEqual([]);
});

it('components that are not there, or of another kind, are refused', async () => {
  const { open, call, next } = await cardRoom(start);
  const { path, add } = await open();
  await add([button('go')]);
  const json = JSON.stringify;
  const found = [
    await call('PUT', `${path}/elements/go/content`, { content: 'x', sequence: next() }),
    await call('PUT', `${path}/elements/no/content`, { content: 'x', sequence: next() }),
    await call('PATCH', `${path}/elements/go`, {
      partial_element: json({ tag: 'hr' }),
      sequence: next(),
    }),
    await call('PATCH', `${path}/elements/no`, { partial_element: '{}', sequence: next() }),
    await call('PUT', `${path}/elements/no`, { element: '{"tag":"hr"}', sequence: next() }),
    await call('DELETE', `${path}/elements/no`, { sequence: next() }),
    await call('POST', `${path}/batch_update`, { actions: '[{"action":"x"}]', sequence: next() }),
    await call('PUT', 'cardkit/v1/cards/1/elements/a/content', { content: 'x', sequence: 1 }),
  ];
  expect(found.map(({ body }) => body.code)).toEqual([
    300310, 300313, 300312, 300313, 300121, 300314, 10002, 200740,
  ]);
});
