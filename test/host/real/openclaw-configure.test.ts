/** The wizard inside the real OpenClaw: `channels add` → Feishu, in a pseudo-terminal. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { temporarySandbox } from '../../support/sandbox.ts';
import { ENTER } from '../../support/terminal.ts';
import { type Host, installPlugin, makeHost } from './gateway.ts';
import {
  type HostTerminal,
  openHostTerminal,
  proveAndLetEverybodyIn,
  writtenBy,
} from './host-terminal.ts';
import { startMockModel } from './mock-model.ts';

/** Answers the host's questions up to our wizard's first. */
async function openFeishu(sandbox: Sandbox): Promise<{ host: Host; terminal: HostTerminal }> {
  const model = await startMockModel(() => ({ text: 'pong' }));
  onTestFinished(() => model.close());
  const host = await makeHost('openclaw', model.baseUrl);
  onTestFinished(() => host.remove());
  await installPlugin(host);
  await host.edit((config) => {
    config.channels = { feishu: { domain: sandbox.url } };
  });
  const terminal = openHostTerminal(host, 'channels', 'add');
  await terminal.see('Set up a chat channel now?');
  terminal.type(ENTER);
  await terminal.choose('Select a channel', /^● Feishu/);
  return { host, terminal };
}

/** Lets the host end, and waits for what it writes. */
async function finish(host: Host, terminal: HostTerminal, sandbox: Sandbox): Promise<void> {
  for (const question of [
    'Configure DM access policies',
    'Set up administration',
    'Name these channel accounts',
    'Route these channel accounts',
    'messages to agent',
  ]) {
    await terminal.see(question);
    terminal.type(ENTER);
  }
  await writtenBy(host, sandbox);
  expect(terminal.written()).not.toContain(sandbox.appSecret);
}

it.each([
  ['from a file', /^● read it from a file/],
  ['in our own wizard, which hides it', /^● open our own wizard/],
])(
  'leads from channels add to Feishu, with the secret %s, to a config that the host writes',
  async (_, entry) => {
    const sandbox = await temporarySandbox();
    const { host, terminal } = await openFeishu(sandbox);
    await writeFile(join(host.home, 'secret.txt'), `${sandbox.appSecret}\n`, { mode: 0o600 });
    await terminal.choose('How do you want to connect?', /^● I have an App ID/);
    await terminal.see('◆  App ID');
    terminal.type(sandbox.appId + ENTER);
    await terminal.choose('How do you want to give', entry);
    if (entry.test('● read it from a file')) {
      await terminal.see('Path of a file');
      terminal.type(`~/secret.txt${ENTER}`);
    } else {
      await terminal.see('◆  App Secret');
      terminal.type(sandbox.appSecret + ENTER);
    }
    await proveAndLetEverybodyIn(terminal, sandbox);
    await finish(host, terminal, sandbox);
  },
);

it('draws the code of a scan outside the boxes of the host, and its link in one piece', async () => {
  const sandbox = await temporarySandbox({ registration: { takesFirstApp: true } });
  const { host, terminal } = await openFeishu(sandbox);
  await terminal.choose('How do you want to connect?', /^● Scan/);
  await terminal.see('Name of the bot');
  terminal.type(ENTER);
  await terminal.see('Waiting for the scan');
  const lines = stripVTControlCharacters(terminal.written()).split(/\r?\n|\r/);
  const code = lines.filter((line) => /[▀▄█]{6}/.test(line));
  expect(code.length).toBeGreaterThan(10);
  expect(code.filter((line) => line.includes('│'))).toEqual([]);
  const url = lines.find(
    (line) => line.startsWith(`${sandbox.url}/`) && line.includes('user_code'),
  );
  expect(url, lines.join('\n')).toBeDefined();
  sandbox.registration.approve({ url: url?.trim() ?? '' });
  await proveAndLetEverybodyIn(terminal, sandbox);
  await finish(host, terminal, sandbox);
});
