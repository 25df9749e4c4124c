import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodePath } from '../../../src/platform/network/path.ts';
import {
  type Answer,
  APP_ID,
  type Call,
  clientOf,
  failureOf,
  SECRET,
  startStandIn,
  TOKEN_PATH,
  tokenAnswers,
} from '../stand-in.ts';

const BOT_PATH = '/open-apis/bot/v3/info';
const botAnswer = {
  json: {
    code: 0,
    msg: 'ok',
    bot: { app_name: '小助手', open_id: 'ou_bot', activate_status: 2, ip_white_list: ['1.2.3.4'] },
  },
};
const envelope = (data: unknown): Answer => ({ json: { code: 0, msg: 'ok', data } });
const rejected = (code: number, status = 400, msg = 'no'): Answer => ({
  status,
  json: { code, msg },
});

/** A stand-in with tokens, and one more answer by path. */
function withTokens(answers: Record<string, (call: Call) => Answer>, expire?: number) {
  const tokens = tokenAnswers(expire);
  return startStandIn((call) => tokens(call) ?? answers[call.path]?.(call));
}

describe('the tenant token', () => {
  it('is asked for once, by however many calls at the same time', async () => {
    const server = await withTokens({ [BOT_PATH]: () => botAnswer });
    const client = clientOf(server.url);
    await Promise.all([client.botInfo(), client.botInfo(), client.tenantAccessToken()]);
    await client.botInfo();
    expect(server.to(TOKEN_PATH)).toHaveLength(1);
    expect(server.to(TOKEN_PATH)[0]?.body).toEqual({ app_id: APP_ID, app_secret: SECRET });
    expect(server.to(BOT_PATH).map((call) => call.headers.authorization)).toEqual(
      Array(3).fill('Bearer t-number-1'),
    );
  });

  it('is renewed when less than 30 minutes remain, by the platform’s own expire', async () => {
    const server = await withTokens({}, 5400);
    let now = 0;
    const client = clientOf(server.url, { monotonic: () => now });
    const tokenAt = async (seconds: number) => {
      now = seconds * 1000;
      return (await client.tenantAccessToken()).reveal();
    };
    expect(await tokenAt(0)).toBe('t-number-1');
    expect(await tokenAt(3600)).toBe('t-number-1');
    expect(await tokenAt(3601)).toBe('t-number-2');
    expect((await client.tenantAccessToken({ fresh: true })).reveal()).toBe('t-number-3');
    expect(await tokenAt(3602)).toBe('t-number-3');
  });

  it.each([-24 * 60, -1, 24 * 60])(
    'is used on where the clock is set by %d hours',
    async (hours) => {
      const server = await withTokens({}, 5400);
      let now = Date.now();
      const client = clientOf(server.url, { now: () => now });
      expect((await client.tenantAccessToken()).reveal()).toBe('t-number-1');
      now += hours * 3600_000;
      expect((await client.tenantAccessToken()).reveal()).toBe('t-number-1');
    },
  );

  it('that still works is used on while the platform is away', async () => {
    const tokens = tokenAnswers();
    let isAway = false;
    const server = await startStandIn((call) => (isAway ? { status: 503, raw: '' } : tokens(call)));
    let now = 0;
    const client = clientOf(server.url, { monotonic: () => now });
    await client.tenantAccessToken();
    isAway = true;
    now = 6000_000;
    expect((await client.tenantAccessToken()).reveal()).toBe('t-number-1');
    now = 7190_000;
    await expect(client.tenantAccessToken()).rejects.toMatchObject({ code: 'platform-error' });
  });

  it.each([99991663, 99991664, 99991671])(
    'is dropped and fetched again when the platform refuses it (%d)',
    async (code) => {
      const server = await withTokens({
        [BOT_PATH]: ({ headers }) =>
          headers.authorization === 'Bearer t-number-1' ? rejected(code) : botAnswer,
      });
      const client = clientOf(server.url);
      await client.botInfo();
      await client.botInfo();
      expect(server.to(TOKEN_PATH)).toHaveLength(2);
      expect(server.to(BOT_PATH)).toHaveLength(3);
    },
  );

  it('is fetched again only once a call', async () => {
    const server = await withTokens({ [BOT_PATH]: () => rejected(99991663) });
    await expect(clientOf(server.url).botInfo()).rejects.toMatchObject({
      code: 'platform-rejected',
      feishuCode: 99991663,
    });
    expect(server.to(BOT_PATH)).toHaveLength(2);
    expect(server.to(TOKEN_PATH)).toHaveLength(2);
  });

  it('reaches the others when one of those who wait gives up', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const tokens = tokenAnswers();
    const server = await startStandIn(async (call) => {
      await held;
      return tokens(call);
    });
    const client = clientOf(server.url);
    const impatient = new AbortController();
    const first = client.tenantAccessToken({ signal: impatient.signal });
    const second = client.tenantAccessToken();
    impatient.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled', exitCode: 130 });
    release();
    expect((await second).reveal()).toBe('t-number-1');
    expect(server.to(TOKEN_PATH).length).toBeLessThanOrEqual(1);
  });
});

describe('answers', () => {
  it('bot info stands at the top level, and may lack fields', async () => {
    let bot: object = botAnswer.json.bot;
    const server = await withTokens({ [BOT_PATH]: () => ({ json: { code: 0, bot } }) });
    const client = clientOf(server.url);
    expect(await client.botInfo()).toEqual({
      name: '小助手',
      openId: 'ou_bot',
      activateStatus: 2,
      ipWhiteList: ['1.2.3.4'],
    });
    bot = { open_id: 'ou_bot' };
    expect(await client.botInfo()).toEqual({
      name: '',
      openId: 'ou_bot',
      activateStatus: -1,
      ipWhiteList: [],
    });
  });

  it('counts connections, and reads scopes of the app apart from those of users', async () => {
    const server = await withTokens({
      '/open-apis/event/v1/connection': () => envelope({ online_instance_cnt: 3 }),
      '/open-apis/application/v6/scopes': () =>
        envelope({
          scopes: [
            { scope_name: 'im:message', grant_status: 1, scope_type: 'tenant' },
            { scope_name: 'im:resource', grant_status: 2 },
            { scope_name: 'im:resource', grant_status: 1, scope_type: 'user' },
          ],
        }),
    });
    const client = clientOf(server.url);
    expect(await client.onlineConnections()).toBe(3);
    expect([...(await client.grantedScopes())]).toEqual([
      ['im:message', true],
      ['im:resource', false],
    ]);
  });

  it('sends and replies, with the id encoded and only what was given', async () => {
    const server = await withTokens({
      '/open-apis/im/v1/messages': () => envelope({ message_id: 'om_1', chat_id: 'oc_1' }),
      '/open-apis/im/v1/messages/..%2Fom_1%3F/reply': () =>
        envelope({ message_id: 'om_2', chat_id: 'oc_1', thread_id: 'omt_1' }),
    });
    const client = clientOf(server.url);
    const sent = await client.createMessage({
      receiveIdType: 'chat_id',
      receiveId: 'oc_1',
      msgType: 'text',
      content: '{"text":"hi"}',
      uuid: 'u-1',
    });
    expect(sent).toEqual({ messageId: 'om_1', chatId: 'oc_1' });
    expect(server.to('/open-apis/im/v1/messages')[0]).toMatchObject({
      method: 'POST',
      query: { receive_id_type: 'chat_id' },
      body: { receive_id: 'oc_1', msg_type: 'text', content: '{"text":"hi"}', uuid: 'u-1' },
    });
    expect(
      await client.replyMessage({ messageId: '../om_1?', msgType: 'text', content: '{}' }),
    ).toEqual({ messageId: 'om_2', chatId: 'oc_1', threadId: 'omt_1' });
    expect(server.calls.at(-1)?.body).toEqual({ msg_type: 'text', content: '{}' });
  });

  it('of any other call are parsed by its schema, the data or the whole', async () => {
    const path = '/open-apis/x/v1/y';
    const server = await withTokens({ [path]: () => envelope({ n: 7 }) });
    const client = clientOf(server.url);
    const request = { method: 'GET', path, family: 'general', safeToRepeat: true } as const;
    expect(
      await client.call({ ...request, query: { a: 'b c' }, schema: z.object({ n: z.number() }) }),
    ).toEqual({ n: 7 });
    expect(server.calls.at(-1)?.query).toEqual({ a: 'b c' });
    expect(
      await client.call({ ...request, schema: z.object({ msg: z.string() }), envelope: true }),
    ).toEqual({ msg: 'ok' });
    await expect(
      client.call({ ...request, schema: z.object({ n: z.string() }) }),
    ).rejects.toMatchObject({ code: 'platform-error', message: expect.stringContaining('data.n') });
  });

  it('the endpoint of the long connection, with and without the platform’s wishes', async () => {
    const path = '/callback/ws/endpoint';
    const url = 'wss://x.example/ws?device_id=1&service_id=2';
    let data: object = {
      URL: url,
      ClientConfig: {
        ReconnectCount: 7,
        ReconnectInterval: 8,
        ReconnectNonce: 9,
        PingInterval: 10,
      },
    };
    const server = await withTokens({ [path]: () => envelope(data) });
    const client = clientOf(server.url);
    expect(await client.wsEndpoint()).toEqual({
      url,
      clientConfig: {
        reconnectCount: 7,
        reconnectIntervalS: 8,
        reconnectNonceS: 9,
        pingIntervalS: 10,
      },
    });
    expect(server.to(path)[0]).toMatchObject({ body: { AppID: APP_ID, AppSecret: SECRET } });
    expect(server.to(TOKEN_PATH)).toHaveLength(0);
    data = { URL: url };
    expect((await client.wsEndpoint()).clientConfig.reconnectCount).toBe(-1);
    for (const broken of [{}, { URL: 'https://x.example' }, { URL: 'nonsense' }, { URL: 7 }]) {
      data = broken;
      expect(await failureOf(client.wsEndpoint())).toMatchObject({ code: 'platform-error' });
    }
  });
});

it('a path parameter never leaves its segment', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
      const path = encodePath`/a/${id}/b`;
      expect(new URL(path, 'http://x').pathname.split('/')).toHaveLength(4);
      expect(new URL(path, 'http://x').pathname).toMatch(/^\/a\/[^/]+\/b$/);
    }),
    { examples: [['..'], ['\ud800'], ['.'], ['../..'], ['%2e%2e'], ['a/b?c#d']] },
  );
});
