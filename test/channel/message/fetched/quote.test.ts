import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../../src/channel/message/content/content.ts';
import { createContentExpander } from '../../../../src/channel/message/fetched/content-expander.ts';
import { readQuote } from '../../../../src/channel/message/fetched/quote.ts';
import { readTopicStarter } from '../../../../src/channel/message/fetched/topic-starter.ts';
import { inbound } from '../../messages.ts';
import { item, nameOf, platformWith, reading } from './platform.ts';

const card = {
  user_dsl: {
    schema: '2.0',
    header: { title: { tag: 'plain_text', content: 'Build' } },
    body: { elements: [{ tag: 'markdown', content: 'passed' }] },
  },
};
const hint = {
  title: '',
  elements: [
    [{ tag: 'img', image_key: 'img_hint' }],
    [{ tag: 'text', text: '请升级至最新版本客户端，以查看内容' }],
  ],
};

describe('a quoted message', () => {
  it('is asked for with its card as it was written', async () => {
    const platform = platformWith({ om_q: [item('om_q')] });
    await readQuote('om_q', reading(platform));
    expect(platform.calls).toEqual([
      '/open-apis/im/v1/messages/om_q?card_msg_content_type=user_card_content',
    ]);
  });

  it('has its sender, its text and its files, numbered after those of the turn', async () => {
    const content = { title: 'T', content: [[{ tag: 'img', image_key: 'img_1' }]] };
    const platform = platformWith({ om_q: [item('om_q', { type: 'post', content })] });
    expect(await readQuote('om_q', { ...reading(platform), firstId: 3 })).toEqual({
      messageId: 'om_q',
      sender: { openId: 'ou_anna', name: 'Anna', isSelf: false },
      text: 'T\n[image 3]',
      attachments: [
        { id: 3, kind: 'image', key: 'img_1', placeholder: '[image 3]', messageId: 'om_q' },
      ],
    });
  });

  it.each([
    [
      'the bot’s own card',
      item('om_q', { sender: 'cli_self', type: 'interactive', content: card }),
      '[card: Build]\npassed',
      true,
    ],
    [
      'a card of another bot that is only a hint',
      item('om_q', { sender: 'cli_x', type: 'interactive', content: hint }),
      '[card]',
      false,
    ],
    [
      'a recalled message',
      item('om_q', { sender: 'cli_self', deleted: true }),
      '[recalled message]',
      true,
    ],
  ])('reads as %s', async (_, message, text, isSelf) => {
    const quote = await readQuote('om_q', reading(platformWith({ om_q: [message] })));
    expect(quote).toMatchObject({ text, sender: { openId: '', isSelf }, attachments: [] });
  });

  it('is left out where the platform refuses it, gives none, or has no names', async () => {
    const platform = platformWith({ om_none: [], om_q: [item('om_q', { sender: 'ou_x' })] });
    expect(await readQuote('om_refused', reading(platform))).toBeUndefined();
    expect(await readQuote('om_none', reading(platform))).toBeUndefined();
    const failing = { ...reading(platform), nameOf: () => Promise.reject(new Error('no')) };
    const { sender } = (await readQuote('om_q', failing)) ?? {};
    expect(sender).toEqual({ openId: 'ou_x', isSelf: false });
  });

  it('ends with the turn', async () => {
    const platform = platformWith({ om_q: [item('om_q')] });
    const stop = new AbortController();
    const waiting = {
      ...reading(platform, { signal: stop.signal }),
      nameOf: () => Promise.race<undefined>([]),
    };
    const quote = readQuote('om_q', waiting);
    stop.abort(new Error('stopped'));
    await expect(quote).rejects.toThrow('stopped');
  });
});

it('the first message of a topic is bounded, and says what is left out', async () => {
  const long = item('om_root', { content: { text: 'x'.repeat(9000) } });
  const starter = await readTopicStarter('om_root', reading(platformWith({ om_root: [long] })));
  expect(starter?.text).toMatch(/^x{3000}x*\n\[the rest is left out: 5\d{3} characters\]$/);
  expect(starter?.text.length).toBeLessThanOrEqual(4000);
});

describe('a message whose event does not have all of its content', () => {
  async function expand(messageType: string, content: unknown, items?: readonly unknown[]) {
    const platform = platformWith(items ? { om_e: items } : {});
    const { fetchMessage } = platform;
    const expander = createContentExpander({ fetchMessage, nameOf, lang: 'en' });
    const message = inbound({ messageId: 'om_e', messageType, content: JSON.stringify(content) });
    const expanded = await expander.expand(
      { message, content: readMessage(message, { botOpenId: undefined, lang: 'en' }) },
      new AbortController().signal,
    );
    return { ...expanded, calls: platform.calls.length };
  }
  const merged = { content: 'Merged and Forwarded Message' };

  it('gets its forwarded messages, whose files are its own', async () => {
    const items = [
      item('om_e', { type: 'merge_forward', content: merged }),
      item('om_1', { type: 'image', content: { image_key: 'img_1' }, upper: 'om_e' }),
    ];
    const { text, command, attachments } = await expand('merge_forward', merged, items);
    expect(text).toBe('[forwarded messages]\n> Anna (2026-11-26 23:00 UTC):\n> [image 1]');
    expect(command).toBe('[forwarded messages]');
    expect(attachments).toEqual([
      {
        id: 1,
        kind: 'image',
        key: 'img_1',
        placeholder: '[image 1]',
      },
    ]);
  });

  it('gets its card as it was written, if the event has only the hint', async () => {
    const items = [item('om_e', { type: 'interactive', content: card })];
    expect(await expand('interactive', hint, items)).toMatchObject({
      text: '[card: Build]\npassed',
      calls: 1,
    });
    expect((await expand('card', {}, items)).text).toBe('[card: Build]\npassed');
  });

  it('keeps its content where the platform gives no more, or nothing is missing', async () => {
    expect(await expand('merge_forward', merged)).toMatchObject({
      text: '[forwarded messages]',
      calls: 1,
    });
    expect(await expand('interactive', hint)).toMatchObject({ text: '[card]', calls: 1 });
    const whole = { title: 'Alarm', elements: [[{ tag: 'text', text: 'disk full' }]] };
    expect(await expand('interactive', whole)).toMatchObject({
      text: '[card: Alarm]\ndisk full',
      calls: 0,
    });
    expect(await expand('interactive', card)).toMatchObject({
      text: '[card: Build]\npassed',
      calls: 0,
    });
    expect(await expand('text', { text: 'hi' })).toMatchObject({ text: 'hi', calls: 0 });
  });
});
