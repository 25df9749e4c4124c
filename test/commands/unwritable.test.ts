/** A config that must not be replaced, one that others can open, and what is written beside it. */
import { chmod, chown, lstat, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { progressStore } from '../../src/wizard/progress.ts';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';
import { temporarySandbox } from '../support/sandbox.ts';

const APP_ID = 'cli_a1b2c3d4e5f60718';
const isRoot = process.getuid?.() === 0;

async function place(text = '{"a": 1}\n', mode = 0o600) {
  const home = await temporaryHome();
  const path = join(home, '.clawdbot', 'moltbot.json');
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, text);
  await chmod(path, mode);
  const env = { FEISHU_APP_SECRET: 'q7GeT4vKx93mZpLw8RtYb2NcHs5JdFu1' };
  const run = (...words: string[]) =>
    runProgram([...words, '--json', '--config', path, '--host', 'none'], { home, env });
  return { home, path, run };
}

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

it('exits with 5 before the platform is asked, and leaves the file as it is', async () => {
  const sandbox = await temporarySandbox();
  const wrong: string[] = [];
  for (const [name, spoil] of [
    ['mode 0444', (path: string) => chmod(path, 0o444)],
    ['directory 0555', (path: string) => chmod(dirname(path), 0o555)],
    ...(isRoot ? ([['other owner', (path: string) => chown(path, 4711, 4711)]] as const) : []),
  ] as const) {
    const { path, run } = await place();
    await spoil(path);
    const setup = await run('setup', '--app-id', APP_ID, '--domain', sandbox.url, '--yes');
    const isNamed = JSON.parse(setup.stdout).error?.code === 'config-unwritable';
    if (setup.code !== 5 || !isNamed) wrong.push(`${name}: ${setup.code} ${setup.stdout}`);
    if ((await readFile(path, 'utf8')) !== '{"a": 1}\n') wrong.push(`${name}: written`);
    await chmod(dirname(path), 0o700);
  }
  expect(wrong).toStrictEqual([]);
  expect(sandbox.calls()).toStrictEqual([]);
  const { path, run } = await place(
    '{"channels": {"feishu": {"appId": "cli_a1b2c3d4e5f60718"}}}',
    0o444,
  );
  expect((await run('remove', '--all', '--yes')).code).toBe(5);
  expect(await readFile(path, 'utf8')).toContain('appId');
});

it('exits with 5 where a file is in the place of a directory', async () => {
  const wrong: string[] = [];
  for (const [file, config] of [
    ['.clawdbot', '.clawdbot/moltbot.json'],
    ['dotfiles', 'dotfiles/far/below/moltbot.json'],
  ] as const) {
    const home = await temporaryHome();
    await writeFile(join(home, file), 'a file\n');
    const env = { FEISHU_APP_SECRET: 'q7GeT4vKx93mZpLw8RtYb2NcHs5JdFu1' };
    const place = ['--config', join(home, config), '--host', 'none', '--json'];
    const words = ['setup', '--app-id', APP_ID, '--no-verify', '--yes', ...place];
    const setup = await runProgram(words, { home, env });
    if (setup.code !== 5 || JSON.parse(setup.stdout).error?.code !== 'config-unwritable')
      wrong.push(`${file}: ${setup.code} ${setup.stdout}`);
    expect(await readFile(join(home, file), 'utf8')).toBe('a file\n');
  }
  expect(wrong).toStrictEqual([]);
});

it.each(['MOLTBOT_NIX_MODE', 'CLAWDBOT_NIX_MODE', 'OPENCLAW_NIX_MODE'])(
  'exits with 5 where %s=1, before a scan creates an app or a secret is sent',
  async (name) => {
    const sandbox = await temporarySandbox();
    const { home, path } = await place();
    const env = { [name]: '1', FEISHU_APP_SECRET: 'q7GeT4vKx93mZpLw8RtYb2NcHs5JdFu1' };
    for (const way of [['--scan'], ['--app-id', APP_ID]]) {
      const words = ['setup', ...way, '--domain', sandbox.url, '--config', path, '--host', 'none'];
      const { code, stdout, stderr } = await runProgram([...words, '--yes'], { home, env });
      expect([code, stdout + stderr]).toEqual([5, expect.stringContaining(`${name}=1`)]);
      expect(stdout + stderr).not.toContain('cli_0000');
    }
    expect(sandbox.calls()).toEqual([]);
    expect(await readFile(path, 'utf8')).toBe('{"a": 1}\n');
  },
);

it('closes a config that others can open with --yes, and says so without it', async () => {
  const setup = ['setup', '--app-id', APP_ID, '--no-verify'];
  const open = await place(undefined, 0o666);
  const kept = await open.run(...setup);
  expect(kept).toMatchObject({ code: 0, stderr: expect.stringContaining('chmod 600') });
  expect(await modeOf(open.path)).toBe(0o666);
  const closed = await place(undefined, 0o644);
  expect((await closed.run(...setup, '--yes')).code).toBe(0);
  expect([await modeOf(closed.path), await modeOf(`${closed.path}.bak`)]).toEqual([0o600, 0o600]);
  const include = await place('{"channels": {"feishu": {"$include": "./feishu.json"}}}');
  const part = join(dirname(include.path), 'feishu.json');
  await writeFile(part, '{}');
  await chmod(part, 0o644);
  expect((await include.run(...setup, '--yes')).code).toBe(0);
  expect(await modeOf(part)).toBe(0o600);
});

it('warns of a reference to what is not here', async () => {
  const words = ['setup', '--app-id', APP_ID, '--no-verify', '--secret-ref'];
  const [env, file] = [await place(), await place()];
  expect((await env.run(...words, 'env:NOT_SET_HERE')).stderr).toContain('NOT_SET_HERE is not set');
  expect((await file.run(...words, 'file:/nowhere/secret')).stderr).toContain('/nowhere/secret');
});

it('follows no symlink with a report or a backup', async () => {
  const { home, path, run } = await place(undefined, 0o600);
  const victim = join(home, 'victim');
  await writeFile(victim, 'mine');
  await chmod(victim, 0o644);
  const report = join(home, 'report.md');
  await symlink(victim, report);
  for (const end of ['.bak', '.bak.1']) await symlink(victim, `${path}${end}`);
  await run('setup', '--app-id', APP_ID, '--no-verify');
  await run('doctor', '--report', report);
  expect([await readFile(victim, 'utf8'), await modeOf(victim)]).toEqual(['mine', 0o644]);
  expect((await lstat(report)).isFile()).toBe(true);
  expect((await lstat(`${path}.bak`)).isFile()).toBe(true);
  expect(await readFile(`${path}.bak`, 'utf8')).toBe('{"a": 1}\n');
  const refused = await run('doctor', '--report', '/dev/null');
  expect(refused.code).toBe(2);
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
});

it('keeps the progress in a private directory, or goes on without it', async () => {
  const home = await temporaryHome();
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  const wide = join(home, '.config', 'moltbot-feishu');
  const store = await progressStore({}, home);
  store.saveLang('zh');
  expect(await modeOf(wide)).toBe(0o700);
  await chmod(wide, 0o777);
  expect((await progressStore({}, home)).lang).toBe('zh');
  expect(await modeOf(wide)).toBe(0o700);
  const file = join(home, 'file');
  await writeFile(file, '');
  const none = await progressStore({ XDG_CONFIG_HOME: file }, home);
  none.saveLang('zh');
  expect(none).toMatchObject({ isKept: false, lang: undefined });
  await chmod(wide, 0o500);
  expect((await progressStore({}, home)).isKept).toBe(false);
});
