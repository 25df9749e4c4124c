/** What the doctor advises and mends, tried in the real hosts: afterwards the host starts and works. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runProgram } from '../../support/program.ts';
import { temporarySandbox } from '../../support/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { makeHost, patience } from './gateway.ts';
import type { HostKind } from './install.ts';

interface Check {
  readonly id: string;
  readonly status: string;
  readonly detail: string;
  readonly fix?: string;
}

async function workplace(kind: HostKind) {
  const sandbox = await temporarySandbox();
  const host = await makeHost(kind, 'http://127.0.0.1:9');
  onTestFinished(() => host.remove());
  const path = await host.putOnPath();
  const feishu = { appId: sandbox.appId, appSecret: sandbox.appSecret, domain: sandbox.url };
  const program = async (...words: string[]) => {
    const env = { ...host.env, PATH: path, FEISHU_APP_SECRET: sandbox.appSecret };
    const { stdout, stderr } = await runProgram([...words, '--json'], { home: host.home, env });
    expect(stdout, stderr).toMatch(/^\{/);
    return JSON.parse(stdout);
  };
  const check = async (id: string, ...words: string[]): Promise<Check | undefined> =>
    (await program('doctor', ...words)).accounts[0].checks.find((one: Check) => one.id === id);
  const config = async () => JSON.parse(await readFile(host.configPath, 'utf8'));
  return { sandbox, host, feishu, program, check, config };
}

it('OpenClaw starts again beside a ~/.clawdbot, with the section in the file that it reads', async () => {
  const { sandbox, host, feishu, program, check, config } = await workplace('openclaw');
  const old = join(host.home, '.clawdbot');
  await mkdir(old, { mode: 0o700 });
  await writeFile(join(old, 'moltbot.json'), JSON.stringify({ channels: { feishu } }));
  await expect(host.startGateway()).rejects.toThrow(/State directory migration remains pending/);
  const { first } = await program('doctor');
  expect(first).toMatchObject({ id: 'state-directory', status: 'fail' });
  expect(await check('state-directory', '--fix', '--yes')).toMatchObject({ status: 'ok' });
  expect((await config()).channels.feishu).toEqual(feishu);
  // The config that is read from now on names a channel that needs the plugin.
  expect(await check('plugin', '--fix', '--yes')).toMatchObject({ status: 'ok' });
  await host.startGateway();
  await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
  expect(await check('state-directory')).toMatchObject({ status: 'ok' });
});

it.each(['clawdbot', 'openclaw'] as const)(
  '%s: a missing plugin that the doctor places is enabled as setup does it',
  async (kind) => {
    const { sandbox, host, feishu, check, config } = await workplace(kind);
    await host.edit((whole) => {
      whole.channels = { feishu };
    });
    expect(await check('plugin')).toMatchObject({ status: 'fail' });
    expect(await check('plugin', '--fix', '--yes')).toMatchObject({ status: 'ok' });
    expect((await config()).plugins.entries.feishu).toMatchObject({ enabled: true });
    const status = await host.cli('channels', 'status');
    expect(status).toMatchObject({ code: 0 });
    expect(status.stdout + status.stderr).not.toMatch(/not enabled yet|unknown channel/i);
    await host.startGateway();
    await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
  },
);

it.each(['clawdbot', 'openclaw'] as const)(
  '%s: a gateway without gateway.mode starts once the advice is followed',
  async (kind) => {
    const { sandbox, host, program, check } = await workplace(kind);
    await host.edit((whole) => {
      delete whole.gateway.mode;
    });
    const app = ['--app-id', sandbox.appId, '--domain', sandbox.url, '--yes'];
    expect((await program('setup', ...app)).next).toEqual([`${kind} onboard`]);
    await expect(host.startGateway()).rejects.toThrow(/gateway\.mode/);
    const advice = await check('gateway-settings');
    expect(advice).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('gateway.mode'),
    });
    const command = /config set gateway\.mode local/.exec(advice?.fix ?? '')?.[0] ?? '';
    const followed = await host.cli(...command.split(' '));
    expect(followed, followed.stderr).toMatchObject({ code: 0 });
    await host.startGateway();
    expect(await check('gateway-settings')).toMatchObject({ status: 'ok' });
  },
);
