import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MoltbotFeishuError } from '../../src/shared/errors.ts';
import { type Answer, clientOf, SECRET, startStandIn, TOKEN_PATH } from './stand-in.ts';

const TOKEN = 't-0123456789-very-secret';

function everythingThatShows(error: Error): string {
  return [
    error.message,
    error.stack,
    inspect(error, { depth: 10, showHidden: true }),
    JSON.stringify(error),
    String(error),
  ].join('\n');
}

/** Texts of a server that knows the secret and says it wherever it can. */
const said = fc.oneof(
  fc.string(),
  fc.constantFrom(SECRET, `bad ${SECRET}!`, TOKEN, encodeURIComponent(SECRET), `[im:x:${SECRET}]`),
  fc.constantFrom(`https://x.example/?s=${SECRET}`, `https://x.example/${TOKEN}`, 'im:message'),
);

const code = fc.oneof(
  fc.integer(),
  fc.constantFrom(0, 10003, 10014, 10015, 514, 99991672, 99991663, 99991400, 230001, 11205),
);

const envelope = fc.record(
  {
    code: fc.oneof(
      { weight: 9, arbitrary: code as fc.Arbitrary<unknown> },
      { weight: 1, arbitrary: fc.jsonValue() },
    ),
    msg: fc.oneof(said, fc.jsonValue()),
    data: fc.oneof(fc.jsonValue(), fc.record({ URL: said }), fc.dictionary(said, said)),
    bot: fc.jsonValue(),
    error: fc.oneof(
      fc.jsonValue(),
      fc.record({
        log_id: said,
        permission_violations: fc.array(fc.oneof(fc.record({ subject: said }), fc.jsonValue())),
        helps: fc.array(fc.oneof(fc.record({ url: said }), fc.jsonValue())),
      }),
    ),
  },
  { requiredKeys: ['code'] },
);

const headerText = fc.constantFrom('text/html', `text/${SECRET}`, 'application/json', '');
const answers: fc.Arbitrary<Answer> = fc.record({
  status: fc.constantFrom(200, 200, 200, 400, 401, 403, 404, 500, 503),
  headers: fc.record({ 'content-type': headerText, 'x-tt-logid': fc.constantFrom(SECRET, 'log') }),
  raw: fc.oneof(
    { weight: 4, arbitrary: envelope.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.uint8Array() },
  ),
});

it('whatever the platform answers, only our own error comes out, and no secret with it', async () => {
  let tokenAnswer: Answer = 'drop';
  let otherAnswer: Answer = 'drop';
  const server = await startStandIn(({ path }) =>
    path === TOKEN_PATH ? tokenAnswer : otherAnswer,
  );
  const good: Answer = { json: { code: 0, tenant_access_token: TOKEN, expire: 7200 } };
  await fc.assert(
    fc.asyncProperty(fc.boolean(), answers, answers, async (hasToken, first, second) => {
      tokenAnswer = hasToken ? good : first;
      otherAnswer = second;
      const client = clientOf(server.url, { retry: { attempts: 1, baseMs: 1 } });
      const results = await Promise.allSettled([
        client.botInfo(),
        client.wsEndpoint(),
        client.grantedScopes(),
        client.onlineConnections(),
        client.createMessage({
          receiveIdType: 'open_id',
          receiveId: 'o',
          msgType: 'text',
          content: '{}',
        }),
        client.replyMessage({ messageId: 'om', msgType: 'text', content: '{}', uuid: 'u' }),
      ]);
      for (const result of results) {
        if (result.status === 'fulfilled') continue;
        expect(result.reason).toBeInstanceOf(MoltbotFeishuError);
        const shown = everythingThatShows(result.reason as Error);
        expect(shown).not.toContain(SECRET);
        if (hasToken) expect(shown).not.toContain(TOKEN);
      }
    }),
    { numRuns: 150 },
  );
});

it('log lines hold no secret, and no query', async () => {
  const server = await startStandIn(({ path }) =>
    path === TOKEN_PATH
      ? { json: { code: 0, tenant_access_token: TOKEN, expire: 7200 } }
      : { status: 400, json: { code: 230001, msg: `bad ${SECRET} ${TOKEN}` } },
  );
  const lines: string[] = [];
  const write = (text: string, fields?: object) => {
    lines.push(`${text} ${JSON.stringify(fields)}`);
  };
  const log = { debug: write, info: write, warn: write, error: write };
  const client = clientOf(server.url, { log });
  await client
    .createMessage({
      receiveIdType: 'open_id',
      receiveId: 'ou_x',
      msgType: 'text',
      content: 'hello',
    })
    .catch(() => undefined);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.join('\n')).toContain('/open-apis/im/v1/messages');
  expect(lines.join('\n')).not.toMatch(/hunter2|very-secret|hello|receive_id_type/);
});
