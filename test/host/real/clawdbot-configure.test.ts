/** The wizard inside the real Clawdbot: `configure` → channels → Feishu, in a pseudo-terminal. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runProgram } from '../../support/program.ts';
import { temporarySandbox } from '../../support/sandbox.ts';
import { ENTER } from '../../support/terminal.ts';
import { makeHost } from './gateway.ts';
import { openHostTerminal, proveAndLetEverybodyIn, writtenBy } from './host-terminal.ts';
import { startMockModel } from './mock-model.ts';

it('leads from channels to Feishu, through the wizard, to a config that the host writes', async () => {
  const sandbox = await temporarySandbox();
  const model = await startMockModel(() => ({ text: 'pong' }));
  onTestFinished(() => model.close());
  const host = await makeHost('clawdbot', model.baseUrl);
  onTestFinished(() => host.remove());
  // A host's workspace is a git repository; from this one no relative path leads to the plugin.
  const workspace = join(host.home, 'some', 'where', 'workspace');
  await mkdir(join(workspace, '.git'), { recursive: true });
  await host.edit((config) => {
    config.agents.defaults.workspace = workspace;
  });
  const app = ['--app-id', sandbox.appId, '--domain', sandbox.url];
  const setup = await runProgram(['setup', ...app, '--yes', '--json'], {
    home: host.home,
    env: {
      ...host.env,
      PATH: await host.putOnPath(),
      FEISHU_APP_SECRET: sandbox.appSecret,
    },
  });
  expect(setup.code, setup.stderr + setup.stdout).toBe(0);
  // The secret is missing again, so that it is asked.
  await host.edit((config) => {
    delete config.channels.feishu.appSecret;
  });

  const terminal = openHostTerminal(host, 'configure', '--section', 'channels');
  const { choose, see, type } = terminal;
  await choose('Where will the Gateway run?', /^● Local/);
  await choose('Channels', /^● Configure/);
  await choose('Select a channel', /^● Feishu/);
  // The host does not look whether it is there already.
  await choose('Install Feishu plugin?', /^● Use local/);
  // The App ID is the one that the config names already.
  await see('is shown');
  await choose('How do you want to give', /^● type or paste/);
  await see('◆  App Secret');
  type(sandbox.appSecret + ENTER);
  await proveAndLetEverybodyIn(terminal, sandbox);
  await see('Configure DM access policies');
  type(ENTER);
  await writtenBy(host, sandbox);
});
