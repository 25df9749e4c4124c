/** How unattended setup ends: one error on standard error, a closing line, and no step after a plan. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { plainApp, plainPlatform } from '../support/plain-platform.ts';
import { runProgram } from '../support/program.ts';

const words = (url: string, ...more: string[]) => [
  'setup',
  '--yes',
  '--host',
  'none',
  '--app-id',
  plainApp.appId,
  '--domain',
  url,
  ...more,
];
const env = { FEISHU_APP_SECRET: plainApp.appSecret };

it('prints a failure once, on standard error', async () => {
  const { url } = await plainPlatform();
  const wrong = { FEISHU_APP_SECRET: 'f'.repeat(32) };
  const { code, stdout, stderr } = await runProgram(words(url), {
    home: await temporaryHome(),
    env: wrong,
  });
  expect(code).toBe(3);
  expect(stdout).not.toContain('✗');
  expect(stderr.match(/10014/g)).toHaveLength(1);
  expect(stderr.match(/^ +fix: /gm)).toHaveLength(1);
  expect(stderr).toContain('nothing was written · exit 3');
});

it('prints an unavailable platform once', async () => {
  const { url } = await plainPlatform(true);
  const { code, stdout, stderr } = await runProgram(words(url), {
    home: await temporaryHome(),
    env,
  });
  expect(code).toBe(4);
  expect(stdout).not.toContain('✗');
  expect(stderr.match(/✗/g)).toHaveLength(1);
});

it('says how long it took and what was not checked', async () => {
  const { url } = await plainPlatform();
  const home = await temporaryHome();
  const { stdout } = await runProgram(words(url), { home, env });
  expect(stdout).toMatch(/^Done in \d+\.\d s\. Not checked: .*permissions/m);
  const zh = await runProgram(words(url, '--lang', 'zh'), { home, env });
  expect(zh.stdout).toMatch(/^完成，用时 \d+\.\d 秒。未检查：/m);
});

it('names no next step after a plan', async () => {
  const { url } = await plainPlatform();
  const home = await temporaryHome();
  const { stdout } = await runProgram(words(url, '--dry-run'), { home, env });
  expect(stdout).not.toContain('next:');
  expect(stdout).toMatch(/^Planned in \d+\.\d s; nothing was changed\./m);
  const json = await runProgram(words(url, '--dry-run', '--json'), { home, env });
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, dryRun: true, next: [] });
});

it.each([
  ['nothing of a gateway', {}, 'openclaw onboard'],
  ['another mode', { gateway: { mode: 'remote' } }, 'openclaw onboard'],
  ['all that it needs', { gateway: { mode: 'local' } }, 'openclaw gateway run'],
])('inside a host that is not on PATH, whose config has %s', async (_what, config, next) => {
  const { url } = await plainPlatform();
  const home = await temporaryHome();
  await mkdir(join(home, '.openclaw'), { mode: 0o700 });
  const path = join(home, '.openclaw', 'openclaw.json');
  await writeFile(path, JSON.stringify(config), { mode: 0o600 });
  const app = ['--app-id', plainApp.appId, '--domain', url];
  const within = { ...env, MOLTBOT_FEISHU_WITHIN: 'openclaw command', PATH: '/usr/bin:/bin' };
  const { stdout } = await runProgram(['setup', '--yes', '--host', 'openclaw', ...app], {
    home,
    env: within,
  });
  expect(stdout).toContain(`next: ${next}\n`);
});
