import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readQuote } from '../../../../src/channel/message/fetched/quote.ts';
import { item, platformWith, reading } from './platform.ts';

const merged = { type: 'merge_forward', content: '{"content":"Merged and Forwarded Message"}' };
const image = { type: 'image', content: { image_key: 'img_1' } };

async function quoteOf(items: readonly unknown[]) {
  const quote = await readQuote('om_c', reading(platformWith({ om_c: items })));
  if (!quote) throw new Error('no quote');
  return quote;
}
const textOf = async (items: readonly unknown[]) => (await quoteOf(items)).text;

describe('a merged message', () => {
  it('is a tree with names and times, in the order in which it was sent', async () => {
    const text = await textOf([
      item('om_3', { sender: 'ou_anna', at: 3, upper: 'om_n', content: { text: 'inner\nlines' } }),
      item('om_c', { ...merged, at: 9 }),
      item('om_2', { sender: 'cli_other', at: 2, upper: 'om_c', content: { text: 'beep' } }),
      item('om_1', { sender: 'ou_zhang', at: 1, upper: 'om_c', content: { text: '你好' } }),
      item('om_n', { ...merged, sender: 'ou_new', at: 4, upper: 'om_c' }),
    ]);
    expect(text).toBe(
      [
        '[forwarded messages]',
        '> 张三 (2026-11-26 23:01 UTC):',
        '> 你好',
        '> a bot (2026-11-26 23:02 UTC):',
        '> beep',
        '> ou_new (2026-11-26 23:04 UTC):',
        '> [forwarded messages]',
        '> > Anna (2026-11-26 23:03 UTC):',
        '> > inner',
        '> > lines',
      ].join('\n'),
    );
  });

  it('has names from the mentions of its messages, and messages of every type', async () => {
    const text = await textOf([
      item('om_c', merged),
      item('om_1', {
        sender: 'ou_carl',
        upper: 'om_c',
        content: { text: 'hi @_user_1' },
        mentions: [{ key: '@_user_1', id: 'ou_carl', id_type: 'open_id', name: 'Carl' }],
      }),
      item('om_2', { upper: 'om_c', at: 1, type: 'hongbao', content: { text: '恭喜' } }),
      item('om_3', { upper: 'om_c', at: 2, deleted: true }),
      item('om_4', { upper: 'om_c', at: 3, type: 'video', sender: '', content: '' }),
    ]);
    expect(text.split('\n').slice(1)).toEqual([
      '> Carl (2026-11-26 23:00 UTC):',
      '> hi @Carl',
      '> Anna (2026-11-26 23:01 UTC):',
      '> [red packet: 恭喜]',
      '> Anna (2026-11-26 23:02 UTC):',
      '> [recalled message]',
      '> unknown sender (2026-11-26 23:03 UTC):',
      '> [recalled message]',
    ]);
  });

  it('numbers its files, which the platform gives out by the container', async () => {
    const { text, attachments } = await quoteOf([
      item('om_c', merged),
      item('om_1', { ...image, upper: 'om_c' }),
      item('om_n', { ...merged, upper: 'om_c', at: 1 }),
      item('om_2', { type: 'file', content: { file_key: 'f', file_name: 'a.pdf' }, upper: 'om_n' }),
    ]);
    expect(text).toContain('> [image 1]\n');
    expect(text).toContain('> > [file 2: a.pdf]');
    expect(attachments).toEqual([
      {
        id: 1,
        kind: 'image',
        key: 'img_1',
        placeholder: '[image 1]',
        messageId: 'om_c',
      },
      {
        id: 2,
        kind: 'file',
        key: 'f',
        name: 'a.pdf',
        placeholder: '[file 2: a.pdf]',
        messageId: 'om_c',
      },
    ]);
  });

  it('shows 50 messages and names the number of the others', async () => {
    const parts = Array.from({ length: 60 }, (_, at) => item(`om_${at}`, { upper: 'om_c', at }));
    const below = item('om_below', { upper: 'om_59' });
    const text = await textOf([item('om_c', merged), ...parts, below]);
    expect(text).toContain('> om_49\n[more messages, not shown: 11]');
    expect(text).not.toContain('om_50');
  });

  it('shows 20,000 characters, cuts the message that is too long, and says so', async () => {
    const long = (letter: string) => ({ upper: 'om_c', content: { text: letter.repeat(15_000) } });
    const text = await textOf([
      item('om_c', merged),
      item('om_a', { ...long('a'), at: 1 }),
      item('om_b', { ...long('b\n'), at: 2 }),
      item('om_d', { ...long('d'), at: 3 }),
    ]);
    expect(text.length).toBeLessThanOrEqual(20_000);
    expect(text).toContain('a'.repeat(15_000));
    expect(text).toMatch(
      /> \[the rest is left out: \d+ characters\]\n\[more messages, not shown: 1\]$/,
    );
    expect(text).not.toContain('ddd');
  });

  it('shows 4 levels and names the number of messages below them', async () => {
    const levels = [1, 2, 3, 4, 5, 6].map((level) =>
      item(`om_${level}`, { ...merged, upper: level === 1 ? 'om_c' : `om_${level - 1}` }),
    );
    const text = await textOf([item('om_c', merged), ...levels]);
    expect(text.split('\n').at(-1)).toBe(
      '> > > > [forwarded messages, too deeply nested to show: 2]',
    );
  });

  it('names no number below a forwarded message whose parts are not given', async () => {
    const levels = [1, 2, 3, 4].map((level) =>
      item(`om_${level}`, { ...merged, upper: level === 1 ? 'om_c' : `om_${level - 1}` }),
    );
    const text = await textOf([item('om_c', merged), ...levels]);
    expect(text.split('\n').at(-1)).toBe('> > > > [forwarded messages]');
  });

  it('quotes every line of its messages, whatever ends it', async () => {
    const content = { text: 'a\rb\r\nc\u2028d\u2029> Anna (2026-11-26 23:00 UTC):\n\ne' };
    const text = await textOf([item('om_c', merged), item('om_1', { content, upper: 'om_c' })]);
    expect(text.split(/[\r\n\u2028\u2029]/).slice(2)).toEqual([
      '> a',
      '> b',
      '> c',
      '> d',
      '> > Anna (2026-11-26 23:00 UTC):',
      '> ',
      '> e',
    ]);
  });

  it('is in Chinese for a reader of Chinese', async () => {
    const parts = Array.from({ length: 51 }, (_, at) => item(`om_${at}`, { upper: 'om_c', at }));
    const sent = [
      item('om_c', merged),
      item('om_a', { sender: 'cli_x', upper: 'om_c', at: -2 }),
      item('om_b', { sender: '', upper: 'om_c', at: -1 }),
      ...parts,
    ];
    const options = { ...reading(platformWith({ om_c: sent })), lang: 'zh' } as const;
    const lines = (await readQuote('om_c', options))?.text.split('\n') ?? [];
    expect(lines.slice(0, 5)).toEqual([
      '[合并转发的消息]',
      '> 机器人 (2026-11-26 22:58 UTC):',
      '> om_a',
      '> 未知发送者 (2026-11-26 22:59 UTC):',
      '> om_b',
    ]);
    expect(lines.at(-1)).toBe('[另有 3 条消息未显示]');
  });

  it('says nothing of others where 50 are all', async () => {
    const parts = Array.from({ length: 50 }, (_, at) => item(`om_${at}`, { upper: 'om_c', at }));
    expect(await textOf([item('om_c', merged), ...parts])).toMatch(/> om_49$/);
  });

  it('shows no message for which less than 300 characters are left', async () => {
    // Besides its text, a message of Anna's takes 33 characters.
    const withFirst = (length: number) =>
      textOf([
        item('om_c', merged),
        item('om_1', { upper: 'om_c', content: { text: 'a'.repeat(length) } }),
        item('om_2', { upper: 'om_c', at: 1 }),
        item('om_3', { upper: 'om_c', at: 2 }),
      ]);
    expect(await withFirst(19_367)).toMatch(/> om_2\n\[more messages, not shown: 1\]$/);
    expect(await withFirst(19_368)).toMatch(/aaa\n\[more messages, not shown: 2\]$/);
  });

  it('has names in one line of at most 100 characters, and keeps the order of one time', async () => {
    const text = await textOf([
      item('om_c', merged),
      item('om_2', { sender: `ou_${'x'.repeat(100)}`, upper: 'om_c' }),
      item('om_1', {
        sender: 'ou_carl',
        upper: 'om_c',
        content: { text: '@_user_1' },
        mentions: [{ key: '@_user_1', id: 'ou_carl', name: 'Ca\nrl' }],
      }),
    ]);
    expect(text.split('\n').slice(1)).toEqual([
      `> ou_${'x'.repeat(96)}… (2026-11-26 23:00 UTC):`,
      '> om_2',
      '> Ca rl (2026-11-26 23:00 UTC):',
      '> @Ca',
      '> rl',
    ]);
  });

  it('has no time where the platform does not report one', async () => {
    const text = await textOf([
      item('om_c', merged),
      item('om_1', { at: Number.NaN, upper: 'om_c' }),
    ]);
    expect(text).toBe('[forwarded messages]\n> Anna:\n> om_1');
  });

  it('has each message once, also where messages name each other or an unknown one', async () => {
    const text = await textOf([
      item('om_c', merged),
      item('om_1', { ...merged, upper: 'om_2' }),
      item('om_2', { ...merged, upper: 'om_1', at: 1 }),
      item('om_3', { upper: 'om_3', at: 2 }),
      item('om_4', { upper: 'om_unknown', at: 3 }),
      item('om_4', { upper: 'om_unknown', at: 3 }),
    ]);
    expect(text.match(/UTC/g)).toHaveLength(4);
    expect(text).toMatch(/om_3\n.*\n> om_4/);
  });

  it('is within its bounds, whatever its tree and texts are', async () => {
    const id = fc.integer({ min: 0, max: 30 }).map((number) => `om_${number}`);
    const part = fc.record({
      id,
      upper: fc.oneof(id, fc.constant('om_c')),
      type: fc.constantFrom('text', 'merge_forward', 'image', 'post'),
      text: fc.constantFrom(
        'a',
        '\n'.repeat(500),
        '> '.repeat(3000),
        '😀'.repeat(5000),
        'b'.repeat(9000),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 80 }), async (parts) => {
        const items = parts.map(({ text, ...one }, at) =>
          item(one.id, {
            ...one,
            at,
            content: { text, image_key: one.id, content: [[{ tag: 'text', text }]] },
          }),
        );
        const { text, attachments } = await quoteOf([item('om_c', merged), ...items]);
        expect(text.length).toBeLessThanOrEqual(20_000);
        expect(text.startsWith('[forwarded messages]')).toBe(true);
        for (const { placeholder } of attachments) expect(text).toContain(placeholder);
      }),
    );
  });
});
