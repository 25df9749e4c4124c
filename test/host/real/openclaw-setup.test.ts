/** `setup` and the real OpenClaw: the host installs the plugin itself, and can take it out again. */
import { readFile, writeFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { sentText } from '../../channel/harness.ts';
import { runProgram } from '../../support/program.ts';
import { temporarySandbox } from '../../support/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { type Host, makeHost, patience } from './gateway.ts';
import { startMockModel } from './mock-model.ts';

async function workplace() {
  const sandbox = await temporarySandbox({ redeliveryMs: [3000, 20_000, 60_000] });
  const model = await startMockModel(() => ({ text: 'pong' }));
  onTestFinished(() => model.close());
  const host = await makeHost('openclaw', model.baseUrl);
  onTestFinished(() => host.remove());
  const path = await host.putOnPath();
  const commented = `// kept by hand\n${JSON.stringify(host.base, null, 2)}\n`;
  await writeFile(host.configPath, commented, { mode: 0o600 });
  const program = (...words: string[]) =>
    runProgram(words, {
      home: host.home,
      env: { ...host.env, PATH: path, FEISHU_APP_SECRET: sandbox.appSecret },
    });
  const setUp = async () => {
    const app = ['--app-id', sandbox.appId, '--domain', sandbox.url];
    const { code, stdout, stderr } = await program('setup', ...app, '--yes', '--json');
    expect(code, stderr + stdout).toBe(0);
    const { steps } = JSON.parse(stdout) as { steps: { id: string; detail: string }[] };
    return steps.find(({ id }) => id === 'plugin');
  };
  return { sandbox, host, program, setUp };
}

async function answers(sandbox: Sandbox): Promise<void> {
  await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
  const { chatId } = sandbox.say({ text: 'ping' });
  const sent = () =>
    sandbox.messages({ chatId, fromBot: true }).map(({ content }) => sentText(content));
  await waitFor(() => expect(sent()).toEqual(['pong']), patience);
}

async function canBeUninstalled(host: Host): Promise<void> {
  const updated = await host.cli('plugins', 'update', 'feishu');
  expect(updated, updated.stderr + updated.stdout).toMatchObject({ code: 0 });
  const removed = await host.cli('plugins', 'uninstall', 'feishu', '--force');
  expect(removed, removed.stderr + removed.stdout).toMatchObject({ code: 0 });
}

it('installs by the host while its gateway is down: no comment is lost, update and uninstall work', async () => {
  const { sandbox, host, setUp } = await workplace();
  const step = await setUp();
  expect(step?.detail).toContain('installed by openclaw');
  expect(await readFile(host.configPath, 'utf8')).toContain('// kept by hand');
  await host.startGateway();
  await answers(sandbox);
  await host.stopGateway();
  await canBeUninstalled(host);
});

it('installs by the host while its gateway runs: no comment is lost, and it answers', async () => {
  const { sandbox, host, setUp } = await workplace();
  await host.startGateway();
  const step = await setUp();
  expect(step?.detail).toContain('installed by openclaw');
  expect(await readFile(host.configPath, 'utf8')).toContain('// kept by hand');
  await answers(sandbox);
});
