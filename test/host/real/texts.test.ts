/** What the real hosts show of the channel in their own texts; no gateway is started. */
import { afterEach, expect, it } from 'vitest';
import { type Host, installPlugin, makeHost } from './gateway.ts';
import type { HostKind } from './install.ts';

const hosts: Host[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.remove();
});

/** The plugin installed as README says, with the minimal config of the documentation. */
async function hostWith(kind: HostKind): Promise<Host> {
  const host = await makeHost(kind, 'http://127.0.0.1:9');
  hosts.push(host);
  await installPlugin(host);
  await host.edit((config) => {
    config.plugins.entries = { ...config.plugins.entries, feishu: { enabled: true } };
    config.channels = {
      feishu: { enabled: true, appId: 'cli_0123456789abcdef', appSecret: 'the-secret-of-the-app' },
    };
  });
  return host;
}

// OpenClaw 2026.9.6 says nothing of it in `status`.
it.each([
  ['clawdbot', 1],
  ['openclaw', 0],
] as const)(
  '%s says in its status at most once that direct messages are open',
  async (kind, times) => {
    const host = await hostWith(kind);
    const { code, stdout, stderr } = await host.cli('status');
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/Feishu/);
    expect(stdout.match(/DMs are open/g) ?? []).toHaveLength(times);
    expect(stdout).not.toMatch(/requires[^\n]*\*/);
  },
);

it('OpenClaw shows how `channels add` takes the credentials, unmasked', async () => {
  const host = await hostWith('openclaw');
  const wrong = await host.cli('channels', 'add', '--channel', 'feishu', '--token', 'wrong');
  expect(wrong.code).not.toBe(0);
  const shown = wrong.stdout + wrong.stderr;
  for (const words of [
    'cli_0123456789abcdef:AppSecret',
    '--token-file',
    '--user-id',
    '--use-env',
  ]) {
    expect(shown).toContain(words);
  }
  expect(shown).not.toMatch(/\*\*\*|…/);
  expect(shown).toContain('openclaw feishu setup');
});

it('OpenClaw’s own command names commands as it has them', async () => {
  const host = await hostWith('openclaw');
  await host.edit((config) => {
    config.channels = {};
  });
  const doctor = await host.cli('feishu', 'doctor', '--json');
  expect(doctor.stdout).toContain('openclaw feishu setup');
  expect(doctor.stdout).not.toContain('moltbot-feishu setup');
});
