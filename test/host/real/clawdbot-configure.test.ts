/** The wizard inside the real Clawdbot: `configure` → channels → Feishu, in a pseudo-terminal. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { expect, it, onTestFinished } from 'vitest';
import { runProgram } from '../../support/program.ts';
import { temporarySandbox } from '../../support/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { makeHost, patience } from './gateway.ts';
import { startMockModel } from './mock-model.ts';

const ENTER = '\r';
const DOWN = '\x1b[B';

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

  const words = [host.entry, 'configure', '--section', 'channels'];
  const pty = spawn(host.node, words, { cols: 120, rows: 60, env: host.env, cwd: host.home });
  let screen = '';
  let exitCode: number | undefined;
  pty.onData((data) => {
    screen += data;
  });
  pty.onExit((exit) => {
    exitCode = exit.exitCode;
  });
  onTestFinished(() => {
    if (exitCode === undefined) pty.kill('SIGKILL');
  });
  let read = 0;
  const see = async (text: string): Promise<void> => {
    await waitFor(() => expect(screen.slice(read)).toContain(text), patience);
    read = screen.indexOf(text, read) + text.length;
  };
  /** Goes down a list until the wanted entry is the marked one. */
  const choose = async (list: string, entry: RegExp): Promise<void> => {
    await see(list);
    for (let step = 0; step < 40; step++) {
      await waitFor(() => expect(screen.slice(read)).toMatch(/●/), patience);
      if (entry.test(screen.slice(screen.lastIndexOf('●')))) break;
      const length = screen.length;
      pty.write(DOWN);
      await waitFor(() => expect(screen.length).toBeGreaterThan(length), patience);
    }
    pty.write(ENTER);
  };

  await choose('Where will the Gateway run?', /^● Local/);
  await choose('Channels', /^● Configure/);
  await choose('Select a channel', /^● Feishu/);
  // The host does not look whether it is there already.
  await choose('Install Feishu plugin?', /^● Use local/);
  // The App ID is the one that the config names already.
  await see('is shown');
  await choose('How do you want to give', /^● type or paste/);
  await see('◆  App Secret');
  pty.write(sandbox.appSecret + ENTER);
  await see('any message');
  await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
  sandbox.say({ text: 'hi there' });
  await choose('Who may talk', /^● anyone/);
  await choose('Select a channel', /^● Finished/);
  await see('Configure DM access policies');
  pty.write(ENTER);
  await waitFor(async () => {
    const { feishu } = JSON.parse(await readFile(host.configPath, 'utf8')).channels;
    expect(feishu).toMatchObject({
      appId: sandbox.appId,
      appSecret: sandbox.appSecret,
      domain: sandbox.url,
      dmPolicy: 'open',
    });
  }, patience);
});
