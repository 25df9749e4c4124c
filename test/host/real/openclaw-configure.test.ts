/** The wizard inside the real OpenClaw: `channels add` → Feishu, in a pseudo-terminal. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporarySandbox } from '../../support/sandbox.ts';
import { ENTER } from '../../support/terminal.ts';
import { installPlugin, makeHost } from './gateway.ts';
import { openHostTerminal, proveAndLetEverybodyIn, writtenBy } from './host-terminal.ts';
import { startMockModel } from './mock-model.ts';

it.each([
  ['from a file', /^● read it from a file/],
  ['in our own wizard, which hides it', /^● open our own wizard/],
])(
  'leads from channels add to Feishu, with the secret %s, to a config that the host writes',
  async (_, entry) => {
    const sandbox = await temporarySandbox();
    const model = await startMockModel(() => ({ text: 'pong' }));
    onTestFinished(() => model.close());
    const host = await makeHost('openclaw', model.baseUrl);
    onTestFinished(() => host.remove());
    await installPlugin(host);
    await host.edit((config) => {
      config.channels = { feishu: { domain: sandbox.url } };
    });
    await writeFile(join(host.home, 'secret.txt'), `${sandbox.appSecret}\n`, { mode: 0o600 });

    const terminal = openHostTerminal(host, 'channels', 'add');
    await terminal.see('Set up a chat channel now?');
    terminal.type(ENTER);
    await terminal.choose('Select a channel', /^● Feishu/);
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
  },
);
