/** Setup's proof while a gateway runs with the same app: a message that the gateway answered counts. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLongConnection } from '../../src/channel/connection/connection.ts';
import { createPlatformClient } from '../../src/platform/client/client.ts';
import { Secret } from '../../src/shared/secret.ts';
import { proofTexts } from '../../src/wizard/steps/proof/proof-texts.ts';
import { putHost } from '../support/host-program.ts';
import { ENTER } from '../support/terminal.ts';
import { waitFor } from '../support/wait-for.ts';
import { opening, person, stage, texts } from '../wizard/stage.ts';

const DOWN = '\u001B[B';
const CTRL_C = '\u0003';

/** A host whose gateway is online with the app, and setup that waits for a message. */
async function waitingSetup(record: object) {
  const env: Record<string, string> = {};
  const scene = await stage({}, { env });
  const { sandbox, home } = scene;
  env.PATH = `${join(home, 'bin')}:/usr/bin:/bin`;
  const gateway = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void gateway.close());
  const { port } = gateway.address() as AddressInfo;
  const { appId, appSecret, url: domain } = sandbox;
  const client = createPlatformClient({ appId, appSecret: new Secret(appSecret), domain });
  const connection = openLongConnection({ client, onEvent: async () => undefined });
  onTestFinished(() => connection.close());
  await waitFor(() => expect(sandbox.connections(appId)).toBe(1), 20_000);

  const status = join(home, 'status.json');
  const records = async (account: object): Promise<void> => {
    const known = { accountId: 'default', running: true, connected: true, ...account };
    await writeFile(`${status}.new`, JSON.stringify({ channelAccounts: { feishu: [known] } }));
    await rename(`${status}.new`, status);
  };
  await records(record);
  const calls = join(home, 'calls');
  await writeFile(calls, '');
  const script = `#!/bin/sh
[ "$1 $2" = 'channels status' ] || exit 1
echo asked >> '${calls}'
exec cat '${status}'
`;
  await putHost(home, 'clawdbot', script);
  const config = join(home, '.clawdbot', 'clawdbot.json');
  await mkdir(dirname(config));
  const settings = { mode: 'local', port, auth: { token: 'gateway-token' } };
  const channels = { feishu: { enabled: true, appId, appSecret, domain } };
  await writeFile(config, JSON.stringify({ gateway: settings, channels }));

  const screen = scene.open();
  const tester = person(scene, screen);
  await tester.answer(texts.askTask, DOWN + ENTER);
  await tester.sees(proofTexts.gatewayCounts);
  await tester.sees(texts.waiting);
  const timesAsked = async () => (await readFile(calls, 'utf8')).split('\n').length - 1;
  return { screen, tester, records, timesAsked };
}

it('takes a message that the running gateway answered', async () => {
  const { screen, tester, records } = await waitingSetup({});
  const at = Date.now();
  await records({ lastInboundAt: at, lastOutboundAt: at });
  await tester.sees(proofTexts.doneByGateway);
  screen.type(CTRL_C);
  await screen.ended();
});

it('says that the agent failed where the gateway answered with its error', async () => {
  const { screen, records } = await waitingSetup({});
  const at = Date.now();
  const lastAgentFailure = { at, error: 'No API key found for provider "mock"' };
  await records({ lastInboundAt: at, lastOutboundAt: at + 1, lastAgentFailure });
  await screen.see(opening(proofTexts.gatewayFailed, 'en'));
  await screen.see('API key found for provider "mock"');
  screen.type(CTRL_C);
  await screen.ended();
});

it('does not take what was answered before, or has no answer yet', async () => {
  const { screen, tester, records, timesAsked } = await waitingSetup({
    lastInboundAt: 1_000,
    lastOutboundAt: 2_000,
    lastAgentFailure: { at: 2_000, error: 'an error of yesterday' },
  });
  const at = Date.now();
  await records({ lastInboundAt: at, lastOutboundAt: 2_000 });
  const before = await timesAsked();
  // The first of these may have been asked before the record changed.
  await waitFor(async () => expect(await timesAsked()).toBeGreaterThan(before + 1), 20_000);
  screen.type('d');
  // Looks at the causes: the wait has not ended by itself.
  await tester.sees(proofTexts.nothing);
  expect(screen.screen).not.toContain(opening(proofTexts.doneByGateway, 'en'));
  expect(screen.screen).not.toContain('an error of yesterday');
  screen.type(CTRL_C);
  await screen.ended();
});
