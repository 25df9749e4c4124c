import { expect, it } from 'vitest';
import { render } from '../../../src/shared/text/text.ts';
import { leaveInRedis, openInRedis, redisServer } from '../../channel/inbox/redis-server.ts';
import { inbound } from '../../channel/messages.ts';
import { openWorkplace } from '../workplace.ts';

const password = 'a-Word/that&nobody#may:see';

/** What the doctor says of the inbox, in both languages, and whatever else it gives away. */
async function lookInto(prepare: (appId: string) => Promise<string>) {
  const workplace = await openWorkplace();
  try {
    workplace.feishu = { ...workplace.feishu, inbox: await prepare(workplace.sandbox.appId) };
    const { checks } = await workplace.run();
    const inbox = checks.find(({ id }) => id === 'inbox') ?? expect.fail('there is no such check');
    const says = (lang: 'en' | 'zh') =>
      [inbox.detail, inbox.advice].map((text) => text && render(text, lang)).join(' · ');
    return { status: inbox.status, en: says('en'), zh: says('zh'), all: JSON.stringify(checks) };
  } finally {
    await workplace.close();
  }
}

const ofUrl = (url: string, secret: string) => url.replace('//', `//:${secret}@`);

it('tells what waits in Redis and since when, and takes nothing', async () => {
  const { url } = await redisServer();
  let appIdThere = '';
  const { status, en } = await lookInto(async (appId) => {
    appIdThere = appId;
    await leaveInRedis(url, appId, Date.now() - 5 * 60_000);
    await leaveInRedis(url, appId, Date.now());
    return url;
  });
  expect([status, en]).toEqual(['ok', '2 waiting, the oldest for 5 min · ']);
  const inbox = await openInRedis({ url, appId: appIdThere });
  const claim = await inbox.claim(() => true);
  expect(claim?.attempt).toBe(1);
  await inbox.close();
});

it('tells what was parked in Redis', async () => {
  const { url } = await redisServer();
  const message = inbound();
  const { status, en } = await lookInto(async (appId) => {
    const inbox = await openInRedis({ url, appId });
    await inbox.receive(message);
    (await inbox.claim(() => true))?.park();
    await inbox.close();
    return url;
  });
  expect(status).toBe('warn');
  expect(en).toContain(message.messageId);
});

it('warns of nothing where Redis does not tell how it is set', async () => {
  const { url } = await redisServer({
    appendonly: 'no',
    user: 'default on nopass ~* &* +@all -config',
  });
  expect(await lookInto(async () => url)).toMatchObject({ status: 'ok', en: 'empty · ' });
});

it('says what a loss of power may cost, where that is little', async () => {
  const { url } = await redisServer({ appendfsync: 'everysec' });
  const { status, en } = await lookInto(async () => url);
  expect([status, en]).toEqual(['ok', expect.stringContaining('appendfsync everysec')]);
});

it.each([
  ['the right one', encodeURIComponent(password), 'ok', 'empty'],
  ['a wrong one', encodeURIComponent(`${password}!`), 'fail', 'WRONGPASS'],
  // The address is an error of the config: nothing is asked of Redis.
  ['one that is not encoded', password, 'skipped', 'config failed'],
])('shows no password: %s', async (_name, secret, status, said) => {
  const { url } = await redisServer({ requirepass: password });
  const told = await lookInto(async () => ofUrl(url, secret));
  expect(told).toMatchObject({ status, en: expect.stringContaining(said) });
  for (const text of [told.en, told.zh, told.all]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain('a-Word');
  }
});
