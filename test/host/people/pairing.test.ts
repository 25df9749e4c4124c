/** Who is let in is told so, whatever happens between their asking and the approval. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { PAIRING_REQUESTS_FILE } from '../../../src/channel/message/pairing.ts';
import { createHostPairing } from '../../../src/host/people/pairing.ts';
import { createPairingRequestStore } from '../../../src/host/people/pairing-requests.ts';
import { createPlatformClient } from '../../../src/platform/client/client.ts';
import { type LogFields, type Logger, silentLogger } from '../../../src/shared/log.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { sandboxWith, sentText } from '../../channel/harness.ts';
import { inbound } from '../../channel/messages.ts';
import { temporaryHome } from '../../support/home.ts';
import { waitFor } from '../../support/wait-for.ts';

const stranger = 'ou_stranger';

/** A gateway that starts and stops the channel; its store is the host's. */
async function stage() {
  const sandbox = await sandboxWith();
  sandbox.say({ text: 'hello', from: { openId: stranger, name: 'Stranger' } });
  const directory = join(await temporaryHome(), 'feishu-inbox', sandbox.appId);
  const store = new Set<string>();
  const warnings: LogFields[] = [];
  const log: Logger = { ...silentLogger, warn: (_, fields) => warnings.push(fields ?? {}) };
  let now = Date.now();
  const client = createPlatformClient({
    appId: sandbox.appId,
    appSecret: new Secret(sandbox.appSecret),
    domain: sandbox.url,
    retry: { attempts: 1, baseMs: 1 },
  });
  const told = () => sandbox.messages({ fromBot: true }).map(({ content }) => sentText(content));

  function start() {
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    const pairing = createHostPairing({
      accountId: 'default',
      host: {
        pairing: {
          readAllowFromStore: async () => [...store],
          upsertPairingRequest: async () => ({ code: 'ABCD2345', created: true }),
          buildPairingReply: ({ code }) => code,
        },
      },
      client,
      names: { user: async () => undefined, chat: async () => undefined },
      pairingRequests: createPairingRequestStore({ directory, log }),
      lang: 'en',
      log,
      now: () => now,
      signal: stop.signal,
      pollMs: 10,
    });
    const ask = () => pairing.request(inbound({ senderOpenId: stranger }));
    return { ask, stop: () => stop.abort() };
  }
  const advance = (ms: number) => {
    now += ms;
  };
  const kept = async () =>
    JSON.parse(await readFile(join(directory, PAIRING_REQUESTS_FILE), 'utf8'));
  return { sandbox, directory, store, warnings, start, told, advance, kept };
}

it('tells once who was approved while the channel started anew', async () => {
  const { store, start, told, kept } = await stage();
  const before = start();
  expect(await before.ask()).toBe('ABCD2345');
  before.stop();
  store.add(stranger);
  start();
  await waitFor(() => expect(told()).toEqual([expect.stringContaining('approved')]));
  await waitFor(async () => expect(await kept()).toEqual({}));
  const after = start();
  await after.ask();
  await waitFor(async () => expect(await kept()).toEqual({}));
  expect(told()).toHaveLength(1);
});

it('tries again where the platform was away, and not where it refuses', async () => {
  const { sandbox, store, warnings, start, told, kept } = await stage();
  const away = { match: { path: '/im/v1/messages' }, times: 2 } as const;
  sandbox.fault({ ...away, do: { kind: 'status', status: 502 } });
  store.add(stranger);
  const { ask } = start();
  await ask();
  await waitFor(() => expect(told()).toHaveLength(1));
  expect(warnings).toHaveLength(2);

  sandbox.fault({ ...away, do: { kind: 'code', code: 230013, msg: 'no availability' } });
  await ask();
  await waitFor(() => expect(warnings).toHaveLength(3));
  await waitFor(async () => expect(await kept()).toEqual({}));
  expect(told()).toHaveLength(1);
});

it('waits no longer than a code lives', async () => {
  const { start, told, advance, kept } = await stage();
  const { ask } = start();
  await ask();
  expect(await kept()).toEqual({ [stranger]: expect.any(Number) });
  advance(60 * 60_000 + 1);
  await waitFor(async () => expect(await kept()).toEqual({}));
  expect(told()).toEqual([]);
});

it('pairs all the same where it cannot keep who waits, and says so', async () => {
  const { directory, store, warnings, start, told } = await stage();
  await mkdir(join(directory, PAIRING_REQUESTS_FILE), { recursive: true });
  const { ask } = start();
  expect(await ask()).toBe('ABCD2345');
  expect(warnings).toMatchObject([{ error: expect.any(String) }]);
  store.add(stranger);
  await waitFor(() => expect(told()).toHaveLength(1));
});

it('takes a damaged file for an empty one', async () => {
  const { directory, start, store, told } = await stage();
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, PAIRING_REQUESTS_FILE), '{"ou_stranger":');
  const { ask } = start();
  await ask();
  store.add(stranger);
  await waitFor(() => expect(told()).toHaveLength(1));
});

it('tells nobody again where it cannot be written down that they were told', async () => {
  const directory = await temporaryHome();
  const waiting = createPairingRequestStore({ directory, log: silentLogger });
  await waiting.add(stranger, 1);
  const inTheWay = join(directory, `${PAIRING_REQUESTS_FILE}.new`);
  await mkdir(inTheWay);
  await waiting.remove(stranger);
  expect(await waiting.all()).toEqual(new Map());

  await rm(inTheWay, { recursive: true });
  await waiting.add('ou_other', 2);
  const kept = JSON.parse(await readFile(join(directory, PAIRING_REQUESTS_FILE), 'utf8'));
  expect(kept).toEqual({ ou_other: 2 });
});
