import { expect, it } from 'vitest';
import { createMessageFetcher } from '../../../../src/channel/message/fetched/fetch-message.ts';
import { readQuote } from '../../../../src/channel/message/fetched/quote.ts';
import { createPlatformClient } from '../../../../src/platform/client/client.ts';
import { silentLogger } from '../../../../src/shared/log.ts';
import { Secret } from '../../../../src/shared/secret.ts';
import { sandboxWith } from '../../harness.ts';
import { nameOf } from './platform.ts';

async function reader() {
  const sandbox = await sandboxWith();
  const { appId, appSecret, url } = sandbox;
  const client = createPlatformClient({ appId, appSecret: new Secret(appSecret), domain: url });
  const fetchMessage = createMessageFetcher({ client, log: silentLogger });
  const signal = new AbortController().signal;
  const options = { fetchMessage, appId, nameOf, lang: 'en', signal } as const;
  return { sandbox, read: (messageId: string) => readQuote(messageId, options) };
}

it('reads a merged message as the platform gives it', async () => {
  const { sandbox, read } = await reader();
  const at = Date.UTC(2026, 10, 26, 23);
  const { messageId } = sandbox.say({
    merged: [
      { text: 'first', from: { openId: 'ou_anna' }, createTime: at },
      { merged: [{ text: 'inner', createTime: at }], createTime: at + 60_000 },
      {
        card: { header: { title: { tag: 'plain_text', content: 'Build' } } },
        createTime: at + 120_000,
      },
    ],
  });
  const quote = await read(messageId);
  expect(quote?.text.replaceAll(/ou_\w+/g, 'ou_…').split('\n')).toEqual([
    '[forwarded messages]',
    '> Anna (2026-11-26 23:00 UTC):',
    '> first',
    '> ou_… (2026-11-26 23:01 UTC):',
    '> [forwarded messages]',
    '> > ou_… (2026-11-26 23:00 UTC):',
    '> > inner',
    '> ou_… (2026-11-26 23:02 UTC):',
    '> [card: Build]',
  ]);
});

it('reads a card of schema 2.0 as it was written', async () => {
  const { sandbox, read } = await reader();
  const { messageId } = sandbox.say({
    card: {
      schema: '2.0',
      header: { title: { tag: 'plain_text', content: 'Build' } },
      body: { elements: [{ tag: 'markdown', content: '**passed**' }] },
    },
  });
  expect((await read(messageId))?.text).toBe('[card: Build]\n**passed**');
});

it('has no quote of a message that does not exist', async () => {
  const { read } = await reader();
  expect(await read('om_none')).toBeUndefined();
});
