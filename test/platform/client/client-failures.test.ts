import { describe, expect, it } from 'vitest';
import type { MoltbotFeishuError } from '../../../src/shared/errors.ts';
import { render } from '../../../src/shared/text/text.ts';
import { waitFor } from '../../support/wait-for.ts';
import {
  type Answer,
  APP_ID,
  type Call,
  clientOf,
  failureOf,
  startStandIn,
  TOKEN_PATH,
  tokenAnswers,
} from '../stand-in.ts';

const BOT_PATH = '/open-apis/bot/v3/info';
const WS_PATH = '/callback/ws/endpoint';
const SEND_PATH = '/open-apis/im/v1/messages';
const bot = { json: { code: 0, bot: { app_name: 'b', open_id: 'ou_b' } } };
const rejected = (code: number, msg = 'no', more: object = {}): Answer => ({
  status: 400,
  json: { code, msg, ...more },
});
const message = {
  receiveIdType: 'open_id',
  receiveId: 'ou_1',
  msgType: 'text',
  content: '{}',
} as const;

function withTokens(answers: Record<string, (call: Call) => Answer>) {
  const tokens = tokenAnswers();
  return startStandIn((call) => answers[call.path]?.(call) ?? tokens(call));
}

/** Gives the answers one after another, the last one for ever. */
function inTurn(...answers: readonly Answer[]): () => Answer {
  let count = 0;
  return () => answers[Math.min(count++, answers.length - 1)] ?? 'drop';
}

describe('credentials', () => {
  it.each([
    [10003, 'invalid param', 'app-id'],
    [10014, 'app id not exists', 'app-id'],
    [10014, 'app secret invalid', 'app-secret'],
    [10014, 'app unauthorized', 'unknown'],
    [10015, 'wrong app secret', 'app-secret'],
    [99991543, 'app_id or app_secret does not exist', 'unknown'],
    [10099, 'something new', 'unknown'],
  ])('rejected with %d %s: wrong is %s', async (code, msg, which) => {
    const server = await withTokens({ [TOKEN_PATH]: () => ({ json: { code, msg } }) });
    expect(await failureOf(clientOf(server.url).botInfo())).toMatchObject({
      code: 'credentials-rejected',
      exitCode: 3,
      feishuCode: code,
      url: `${server.url}/app/${APP_ID}/baseinfo`,
      details: { which, retryable: false },
    });
    expect(server.calls).toHaveLength(1);
  });
});

describe('the app', () => {
  it('without a bot', async () => {
    const server = await withTokens({ [BOT_PATH]: () => rejected(11205, 'app do not have bot') });
    const error = (await failureOf(clientOf(server.url).botInfo())) as MoltbotFeishuError;
    expect(error).toMatchObject({
      code: 'bot-off',
      exitCode: 6,
      feishuCode: 11205,
      url: `${server.url}/app/${APP_ID}/capability`,
    });
    expect(render(error.what, 'zh')).toBe(
      '应用没有机器人能力（错误码 11205：app do not have bot）',
    );
    expect(error.message).toContain('app do not have bot');
  });

  it('without a scope: names them, gives the platform’s own link and log id', async () => {
    const link = `https://open.feishu.cn/app/${APP_ID}/auth?q=im:message&op_from=openapi`;
    const server = await withTokens({
      [SEND_PATH]: () =>
        rejected(99991672, 'Access denied', {
          error: {
            log_id: '2026-log',
            permission_violations: [
              { type: 'action_scope_required', subject: 'im:message' },
              { type: 'action_scope_required', subject: 'im:message:send_as_bot' },
            ],
            helps: [{ url: link, description: 'x' }],
          },
        }),
    });
    expect(await failureOf(clientOf(server.url).createMessage(message))).toMatchObject({
      code: 'scope-missing',
      exitCode: 6,
      url: link,
      logId: '2026-log',
      details: { scopes: ['im:message', 'im:message:send_as_bot'] },
    });
  });

  it('without a scope: reads scopes and link out of the text, where they stand only there', async () => {
    const link =
      'https://open.feishu.cn/app/cli_x/auth?q=im:chat,im:chat:readonly&token_type=tenant';
    const server = await withTokens({
      [SEND_PATH]: () =>
        rejected(
          99991672,
          `应用尚未开通所需的应用身份权限：[im:chat,im:chat:readonly]，点击链接申请并开通任一权限即可：${link}`,
        ),
    });
    expect(await failureOf(clientOf(server.url).createMessage(message))).toMatchObject({
      code: 'scope-missing',
      url: link,
      details: { scopes: ['im:chat', 'im:chat:readonly'] },
    });
  });

  it('without a scope and without a link: ours, with the scope that our manifest wants', async () => {
    const server = await withTokens({
      [SEND_PATH]: () => rejected(99991672, 'One of the following: [im:chat, im:chat:readonly]'),
    });
    expect(await failureOf(clientOf(server.url).createMessage(message))).toMatchObject({
      url: `${server.url}/app/${APP_ID}/auth?q=im:chat:readonly&op_from=moltbot-feishu&token_type=tenant`,
    });
  });

  it.each([
    [99991401, 'ip-denied', 6],
    [99991662, 'app-not-ready', 6],
    [230013, 'platform-rejected', 6],
    [424242, 'platform-rejected', 6],
  ])('code %d is %s', async (code, expected, exitCode) => {
    const server = await withTokens({ [SEND_PATH]: () => rejected(code, 'the words') });
    const error = (await failureOf(
      clientOf(server.url).createMessage(message),
    )) as MoltbotFeishuError;
    expect(error).toMatchObject({ code: expected, exitCode, feishuCode: code });
    expect(render(error.what, 'en')).toContain('the words');
    expect(render(error.what, 'en')).toContain(String(code));
  });
});

describe('what is repeated', () => {
  it.each([
    ['a 500', { status: 500, raw: 'oops' }],
    ['a cut connection', 'drop'],
    [
      'a rate limit that is over',
      { status: 429, json: { code: 99991400 }, headers: { 'x-ogw-ratelimit-reset': '0' } },
    ],
  ] as const)('reads, tokens and the endpoint after %s', async (_, failure) => {
    const server = await withTokens({
      [TOKEN_PATH]: inTurn(failure, {
        json: { code: 0, tenant_access_token: 't-1', expire: 7200 },
      }),
      [BOT_PATH]: inTurn(failure, failure, bot),
      [WS_PATH]: inTurn(failure, { json: { code: 0, data: { URL: 'ws://x' } } }),
    });
    const client = clientOf(server.url);
    expect((await client.botInfo()).openId).toBe('ou_b');
    expect((await client.wsEndpoint()).url).toBe('ws://x');
    expect(server.to(BOT_PATH)).toHaveLength(3);
  });

  it('a send with a uuid, never one without', async () => {
    const sent = { json: { code: 0, data: { message_id: 'om_1', chat_id: 'oc_1' } } };
    const server = await withTokens({ [SEND_PATH]: inTurn('drop', sent, 'drop', sent) });
    const client = clientOf(server.url);
    await expect(client.createMessage({ ...message, uuid: 'u' })).resolves.toBeDefined();
    await expect(client.createMessage(message)).rejects.toMatchObject({
      code: 'platform-unreachable',
      details: { reason: 'reset', retryable: true },
    });
    expect(server.to(SEND_PATH)).toHaveLength(3);
  });

  it('no more often than told, and never a rejection', async () => {
    const server = await withTokens({
      [BOT_PATH]: () => ({ status: 502, raw: '<html>' }),
      [SEND_PATH]: () => rejected(230013),
    });
    const client = clientOf(server.url, { retry: { attempts: 2, baseMs: 1 } });
    await expect(client.botInfo()).rejects.toMatchObject({ code: 'platform-error', exitCode: 4 });
    await expect(client.createMessage({ ...message, uuid: 'u' })).rejects.toBeDefined();
    expect(server.to(BOT_PATH)).toHaveLength(2);
    expect(server.to(SEND_PATH)).toHaveLength(1);
  });

  it('not after a wait that is too long: the caller is told how long', async () => {
    const server = await withTokens({
      [SEND_PATH]: () => ({ status: 429, raw: '', headers: { 'retry-after': '31' } }),
      [BOT_PATH]: () => rejected(99991403),
    });
    const client = clientOf(server.url);
    await expect(client.createMessage({ ...message, uuid: 'u' })).rejects.toMatchObject({
      code: 'rate-limited',
      exitCode: 4,
      retryAfterMs: 31_000,
    });
    await expect(client.botInfo()).rejects.toMatchObject({
      code: 'rate-limited',
      details: { retryable: false },
    });
    expect(server.to(SEND_PATH)).toHaveLength(1);
    expect(server.to(BOT_PATH)).toHaveLength(1);
  });

  it('ends at once when the caller gives up', async () => {
    const server = await withTokens({
      [BOT_PATH]: () => ({ status: 429, raw: '', headers: { 'retry-after': '29' } }),
    });
    const abort = new AbortController();
    const call = failureOf(clientOf(server.url).botInfo({ signal: abort.signal }));
    await waitFor(() => expect(server.to(BOT_PATH).length).toBe(1));
    abort.abort();
    expect(await call).toMatchObject({ code: 'cancelled' });
  });
});

describe('the long-connection endpoint', () => {
  it.each([514, 1000040344, 1000040345])(
    '%d with credentials that the token endpoint takes: the app is not ready',
    async (code) => {
      const server = await withTokens({ [WS_PATH]: () => rejected(code, 'system busy') });
      expect(await failureOf(clientOf(server.url).wsEndpoint())).toMatchObject({
        code: 'app-not-ready',
        exitCode: 6,
        feishuCode: code,
        url: `${server.url}/app/${APP_ID}/version`,
      });
      expect(server.to(TOKEN_PATH)).toHaveLength(1);
    },
  );

  it('514 with credentials that the token endpoint refuses: they are wrong', async () => {
    const server = await withTokens({
      [WS_PATH]: () => rejected(514, 'auth failed'),
      [TOKEN_PATH]: () => ({ json: { code: 10015, msg: 'wrong app secret' } }),
    });
    expect(await failureOf(clientOf(server.url).wsEndpoint())).toMatchObject({
      code: 'credentials-rejected',
      feishuCode: 10015,
      details: { which: 'app-secret' },
    });
  });

  it('514 where the token endpoint cannot be asked: the endpoint’s word stands', async () => {
    const server = await withTokens({
      [WS_PATH]: () => rejected(514, 'auth failed'),
      [TOKEN_PATH]: () => ({ status: 500, raw: '' }),
    });
    expect(await failureOf(clientOf(server.url).wsEndpoint())).toMatchObject({
      code: 'credentials-rejected',
      feishuCode: 514,
    });
  });

  it('1000040345 that passes is no failure', async () => {
    const server = await withTokens({
      [WS_PATH]: inTurn(rejected(1000040345), { json: { code: 0, data: { URL: 'ws://x' } } }),
    });
    expect((await clientOf(server.url).wsEndpoint()).url).toBe('ws://x');
  });

  it.each([
    [1, 'platform-error', 4, 3],
    [1000040343, 'platform-error', 4, 3],
    [403, 'app-not-ready', 6, 1],
    [1000040350, 'too-many-connections', 6, 1],
  ])('%d is %s (exit %d), asked %d times', async (code, expected, exitCode, times) => {
    const server = await withTokens({ [WS_PATH]: () => rejected(code) });
    expect(await failureOf(clientOf(server.url).wsEndpoint())).toMatchObject({
      code: expected,
      exitCode,
      feishuCode: code,
    });
    expect(server.to(WS_PATH)).toHaveLength(times);
  });

  it('a bare HTTP 400 with right credentials: the app is not ready', async () => {
    const server = await withTokens({ [WS_PATH]: () => ({ status: 400, raw: '' }) });
    expect(await failureOf(clientOf(server.url).wsEndpoint())).toMatchObject({
      code: 'app-not-ready',
    });
  });
});

describe('what is no answer of the platform', () => {
  it.each([
    ['HTML', { status: 200, raw: '<html>login</html>' }],
    ['HTML with 403', { status: 403, raw: '<html>no</html>' }],
    ['nothing', { status: 200, raw: '' }],
    ['JSON without a code', { json: { ok: true } }],
    ['a JSON list', { json: [1] }],
    ['JSON null', { json: null }],
    ['half of a JSON', { raw: '{"code":0,', headers: { 'content-type': 'application/json' } }],
    ['a redirect', { status: 302, raw: '', headers: { location: 'http://127.0.0.1:1/' } }],
    [
      'an encoding that does not decode',
      { raw: 'nonsense', headers: { 'content-encoding': 'gzip' } },
    ],
    ['success without a token', { json: { code: 0, msg: 'ok' } }],
    ['a token that is no text', { json: { code: 0, tenant_access_token: 7, expire: 7200 } }],
  ] as [string, Answer][])('%s: platform-error, exit 4', async (_, answer) => {
    const server = await withTokens({ [TOKEN_PATH]: () => answer });
    expect(await failureOf(clientOf(server.url).tenantAccessToken())).toMatchObject({
      code: 'platform-error',
      exitCode: 4,
      details: { retryable: true },
    });
  });
});
