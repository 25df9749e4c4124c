import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { plainApp, plainPlatform } from '../support/plain-platform.ts';
import { runProgram } from '../support/program.ts';

const secretEnv = { FEISHU_APP_SECRET: plainApp.appSecret };
const setup = (url: string, ...more: string[]) => [
  'setup',
  '--app-id',
  plainApp.appId,
  '--domain',
  url,
  '--json',
  ...more,
];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('setup, unattended, against a platform that is not ours', () => {
  it('writes the config once, and leaves it alone the second time', async () => {
    const home = await temporaryHome();
    const { url } = await plainPlatform();
    const first = await runProgram(setup(url), { home, env: secretEnv });
    expect(first.code, first.stderr).toBe(0);
    const document = JSON.parse(first.stdout);
    expect(document).toMatchObject({
      ok: true,
      appId: plainApp.appId,
      bot: { name: 'Plain', openId: 'ou_plain' },
    });
    expect(document.steps.find((step: { id: string }) => step.id === 'permissions').status).toBe(
      'not-checked',
    );

    const path = join(home, '.clawdbot', 'moltbot.json');
    expect(document.config).toMatchObject({ path, changed: true });
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      channels: { feishu: { enabled: true, ...plainApp, domain: url } },
    });
    const before = await stat(path);
    expect(before.mode & 0o777).toBe(0o600);

    const second = await runProgram(setup(url), { home, env: secretEnv });
    expect(JSON.parse(second.stdout).config.changed).toBe(false);
    const after = await stat(path);
    expect([after.mtimeMs, after.ino]).toEqual([before.mtimeMs, before.ino]);
    for (const text of [first.stdout, first.stderr, second.stdout, second.stderr]) {
      expect(text).not.toContain(plainApp.appSecret);
    }
  });

  it.each([
    ['a wrong secret', { FEISHU_APP_SECRET: 'wrong-secret-value' }, 3, 'credentials-rejected'],
    ['no secret at all', {}, 2, 'missing-value'],
  ])('with %s exits as the contract says and writes nothing', async (_name, env, code, error) => {
    const home = await temporaryHome();
    const { url } = await plainPlatform();
    const ended = await runProgram(setup(url), { home, env: env as Record<string, string> });
    expect(ended.code).toBe(code);
    const document = JSON.parse(ended.stdout);
    expect(document.error.code).toBe(error);
    expect(document.error.fix).toBeTruthy();
    if (error === 'missing-value') {
      expect(document.error.fix).toContain('--app-secret-stdin');
      expect(document.error.fix).toContain('FEISHU_APP_SECRET');
    }
    expect(ended.stdout + ended.stderr).not.toContain('wrong-secret-value');
    await expect(stat(join(home, '.clawdbot'))).rejects.toThrow('ENOENT');
  });

  it('exits 4 on a dead port and on a platform that only answers 500', async () => {
    const home = await temporaryHome();
    const dead = await runProgram(setup(`http://127.0.0.1:${await freePort()}`), {
      home,
      env: secretEnv,
    });
    expect([dead.code, JSON.parse(dead.stdout).error.code]).toEqual([4, 'platform-unreachable']);
    const { url } = await plainPlatform(true);
    const broken = await runProgram(setup(url), { home, env: secretEnv });
    expect([broken.code, JSON.parse(broken.stdout).error.code]).toEqual([4, 'platform-error']);
    await expect(stat(join(home, '.clawdbot'))).rejects.toThrow('ENOENT');
  });

  it('refuses an unparsable config with line and column, and leaves it as it is', async () => {
    const home = await temporaryHome();
    await mkdir(join(home, '.clawdbot'));
    const path = join(home, '.clawdbot', 'moltbot.json');
    const text = '{\n  // mine\n  "gateway": { port 1 },\n}\n';
    await writeFile(path, text);
    const { url, calls } = await plainPlatform();
    const ended = await runProgram(setup(url), { home, env: secretEnv });
    expect(ended.code).toBe(5);
    expect(JSON.parse(ended.stdout).error.message).toMatch(/line 3, column 21.*\n.*port \*\*\*/);
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(calls).toEqual([]);
  });

  it('takes the secret from stdin and from a file, and stores a reference when told to', async () => {
    const home = await temporaryHome();
    const { url } = await plainPlatform();
    const stdin = await runProgram(setup(url, '--app-secret-stdin', '--account', 'work'), {
      home,
      input: `${plainApp.appSecret}\n`,
    });
    expect(stdin.code, stdin.stdout).toBe(0);
    const file = join(home, 'secret');
    await writeFile(file, plainApp.appSecret, { mode: 0o600 });
    const reference = await runProgram(
      setup(
        url,
        '--secret-ref',
        `file:${file}`,
        '--dm-policy',
        'allowlist',
        '--allow-from',
        'ou_a,ou_b',
      ),
      { home },
    );
    expect(reference.code, reference.stdout).toBe(0);
    const { feishu } = JSON.parse(
      await readFile(join(home, '.clawdbot', 'moltbot.json'), 'utf8'),
    ).channels;
    expect(feishu).toMatchObject({
      appSecretFile: file,
      dmPolicy: 'allowlist',
      allowFrom: ['ou_a', 'ou_b'],
      accounts: { work: { appId: plainApp.appId, appSecret: plainApp.appSecret } },
    });
    expect(feishu.appSecret).toBeUndefined();
  });

  it.each([
    ['direct messages', {}, ['--dm-policy', 'allowlist'], 'dmPolicy is allowlist'],
    ['anybody', { groupPolicy: 'disabled' }, ['--dm-policy', 'allowlist'], 'no one may write'],
    ['groups', { groupPolicy: 'allowlist', groups: { '*': {} } }, [], 'groupPolicy is allowlist'],
    ['direct messages, as before', { dmPolicy: 'allowlist' }, ['--dry-run'], 'allowFrom is empty'],
  ])(
    'warns at the end, as text and as JSON, where nobody is let in: %s',
    async (_, section, flags, words) => {
      const home = await temporaryHome();
      const { url } = await plainPlatform();
      await mkdir(join(home, '.clawdbot'), { mode: 0o700 });
      const config = join(home, '.clawdbot', 'moltbot.json');
      await writeFile(config, JSON.stringify({ channels: { feishu: section } }), { mode: 0o600 });
      const wanted = setup(url, '--no-verify', ...flags);
      const json = await runProgram(wanted, { home, env: secretEnv });
      expect(json.code, json.stdout).toBe(0);
      const { steps, warnings } = JSON.parse(json.stdout);
      expect(warnings).toEqual([expect.stringContaining(words)]);
      expect(steps.at(-1)).toMatchObject({ id: 'policy', status: 'warn' });
      const text = await runProgram(
        wanted.filter((word) => word !== '--json'),
        { home, env: secretEnv },
      );
      expect(text.stdout).toContain(words);
    },
  );

  it('does not warn where somebody is let in', async () => {
    const home = await temporaryHome();
    const { url } = await plainPlatform();
    const flags = ['--no-verify', '--dm-policy', 'allowlist', '--allow-from', 'ou_a'];
    const ended = await runProgram(setup(url, ...flags), { home, env: secretEnv });
    expect(JSON.parse(ended.stdout).warnings).toBeUndefined();
  });

  it('writes nothing in a dry run, and calls nothing without verification', async () => {
    const home = await temporaryHome();
    const { url, calls } = await plainPlatform();
    const ended = await runProgram(setup(url, '--dry-run', '--no-verify'), {
      home,
      env: secretEnv,
    });
    expect(ended.code).toBe(0);
    const document = JSON.parse(ended.stdout);
    expect(document.config.diff).toContain('+');
    expect(document.config.diff).not.toContain(plainApp.appSecret);
    expect(
      document.steps.every((step: { status: string }) => /not-checked|skipped/.test(step.status)),
    ).toBe(true);
    expect(calls).toEqual([]);
    await expect(stat(join(home, '.clawdbot'))).rejects.toThrow('ENOENT');
  });

  it('keeps every account when twenty run at once', async () => {
    const home = await temporaryHome();
    const { url } = await plainPlatform();
    const ids = Array.from({ length: 20 }, (_, index) => `team-${index}`);
    const ended = await Promise.all(
      ids.map((id) =>
        runProgram(setup(url, '--no-verify', '--account', id), { home, env: secretEnv }),
      ),
    );
    expect(ended.map(({ code, stdout }) => (code === 0 ? 'ok' : stdout))).toEqual(
      ids.map(() => 'ok'),
    );
    const { feishu } = JSON.parse(
      await readFile(join(home, '.clawdbot', 'moltbot.json'), 'utf8'),
    ).channels;
    expect(Object.keys(feishu.accounts).sort()).toEqual([...ids].sort());
  });

  it('says in Chinese what it says in English', async () => {
    const home = await temporaryHome();
    const ended = await runProgram(['setup', '--lang', 'zh', '--json'], { home });
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout).error.fix).toBe(
      '请提供 --app-id，或设置环境变量 FEISHU_APP_ID',
    );
  });
});
