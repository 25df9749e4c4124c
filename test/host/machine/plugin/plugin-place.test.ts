/** Our plugin put where hosts look, with real files. */
import { randomUUID } from 'node:crypto';
import { chmod, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { placePlugin } from '../../../../src/host/machine/plugin/plugin-place.ts';
import { startSandbox } from '../../../../src/sandbox/sandbox.ts';
import { version } from '../../../../src/shared/version.ts';
import { temporaryHome } from '../../../support/home.ts';
import { putHost } from '../../../support/host-program.ts';
import { runProgram } from '../../../support/program.ts';

const plugin = fileURLToPath(new URL('../../../../dist/plugin', import.meta.url));

async function workplace() {
  const home = await temporaryHome();
  const sandbox = await startSandbox();
  const setUp = async (...words: string[]) => {
    const ended = await runProgram(
      ['setup', '--app-id', sandbox.appId, '--domain', sandbox.url, '--json', ...words],
      {
        home,
        env: { FEISHU_APP_SECRET: sandbox.appSecret, PATH: join(home, 'bin') },
      },
    );
    return { ...ended, document: JSON.parse(ended.stdout) };
  };
  const extensions = join(home, '.clawdbot', 'extensions');
  return { home, sandbox, setUp, extensions, placed: join(extensions, 'feishu') };
}

const stepOf = (
  document: { steps: { id: string; status: string; detail: string }[] },
  id: string,
) => document.steps.find((step) => step.id === id);

it('goes in whole, before the config names its channel; again, nothing changes', async () => {
  const { setUp, placed, extensions, sandbox } = await workplace();
  const first = await setUp();
  expect(first.code, first.stderr).toBe(0);
  expect(stepOf(first.document, 'plugin')).toMatchObject({ status: 'ok' });
  expect(await readdir(placed)).toEqual((await readdir(plugin)).sort());
  expect(await readdir(extensions)).toEqual(['feishu']);
  const second = await setUp();
  expect(second.document.config.changed).toBe(false);
  expect(stepOf(second.document, 'plugin')?.detail).toContain('is in');
  await sandbox.close();
});

it('mends a config that names a channel nobody has', async () => {
  const { setUp, placed, sandbox } = await workplace();
  await setUp();
  await rm(placed, { recursive: true });
  const mended = await setUp();
  expect(mended.document).toMatchObject({ ok: true, config: { changed: false } });
  expect(await readdir(placed)).toContain('clawdbot.plugin.json');
  await sandbox.close();
});

it('takes the place of an older one, and leaves a newer one alone', async () => {
  const { setUp, placed, sandbox } = await workplace();
  await cp(plugin, placed, { recursive: true });
  const manifest = join(placed, 'package.json');
  const own = JSON.parse(await readFile(manifest, 'utf8'));
  await writeFile(manifest, JSON.stringify({ ...own, version: '0.9.9' }));
  await writeFile(join(placed, 'old-file.js'), '');
  const updated = await setUp();
  expect(stepOf(updated.document, 'plugin')?.detail).toContain(`0.9.9 → ${version}`);
  expect(await readdir(placed)).not.toContain('old-file.js');
  await writeFile(manifest, JSON.stringify({ ...own, version: '99.0.0' }));
  const left = await setUp();
  expect(stepOf(left.document, 'plugin')?.detail).toContain('99.0.0 is in');
  await sandbox.close();
});

it('is writable where the package is not, and clears away what a killed run left', async () => {
  const home = await temporaryHome();
  const source = join(home, 'package');
  await mkdir(join(source, 'within'), { recursive: true });
  for (const file of ['index.js', 'within/part.js']) {
    await writeFile(join(source, file), 'export {};\n');
    await chmod(join(source, file), 0o444);
  }
  await chmod(join(source, 'within'), 0o555);
  const stateDir = join(home, '.clawdbot');
  const leftover = join(stateDir, `.feishu-${randomUUID()}.new`);
  const strange = join(stateDir, '.feishu-notes');
  for (const folder of [leftover, strange]) await mkdir(folder, { recursive: true });
  const target = join(stateDir, 'extensions', 'feishu');
  const plan = { kind: 'place', source, target, version: '1.0.0' } as const;
  const anHourLater = Date.now() + 3_600_000;
  await (await placePlugin(plan, anHourLater)).keep();
  expect((await readdir(stateDir)).sort()).toEqual(['.feishu-notes', 'extensions']);
  const mode = async (path: string) => (await stat(join(target, path))).mode & 0o777;
  expect(await Promise.all(['.', 'within', 'index.js', 'within/part.js'].map(mode))).toEqual([
    0o755, 0o755, 0o644, 0o644,
  ]);
});

it('names another plugin that has the channel, and writes nothing without consent', async () => {
  const { home, setUp, placed, sandbox } = await workplace();
  await mkdir(placed, { recursive: true });
  await writeFile(join(placed, 'clawdbot.plugin.json'), JSON.stringify({ id: 'feishu' }));
  await writeFile(join(placed, 'package.json'), JSON.stringify({ name: 'somebody-elses' }));
  const refused = await setUp();
  expect(refused.code).toBe(7);
  expect(refused.document.error.fix).toContain('moltbot-feishu setup --yes');
  expect(refused.document.error).toMatchObject({ code: 'host-refused' });
  expect(refused.document.error.message).toContain('somebody-elses');
  expect(await readdir(join(home, '.clawdbot'))).toEqual(['extensions']);
  expect((await readdir(placed)).sort()).toEqual(['clawdbot.plugin.json', 'package.json']);
  await sandbox.close();
});

it('goes again when the config cannot be written, and is only named in a dry run', async () => {
  const { home, setUp, extensions, sandbox } = await workplace();
  const dry = await setUp('--dry-run');
  expect(stepOf(dry.document, 'plugin')).toMatchObject({ status: 'skipped' });
  expect(await readdir(home)).toEqual([]);
  // The config's name is taken by a folder: it can be neither read nor written.
  await mkdir(join(home, '.clawdbot', 'moltbot.json', 'x'), { recursive: true });
  const failed = await setUp();
  expect(failed.code).toBe(5);
  expect(await readdir(extensions).catch(() => [])).toEqual([]);
  await sandbox.close();
});

it('stays out where there shall be no host', async () => {
  const { home, setUp, sandbox } = await workplace();
  const alone = await setUp('--host', 'none');
  expect(stepOf(alone.document, 'plugin')).toMatchObject({ status: 'skipped' });
  expect(alone.document.next).toEqual(['moltbot-feishu run --host none']);
  expect(await readdir(join(home, '.clawdbot'))).toEqual(['moltbot.json']);
  await sandbox.close();
});

it('writes the config that the host on PATH reads, says a word for the plugin, and names its command', async () => {
  const { home, setUp, sandbox } = await workplace();
  await putHost(home, 'openclaw');
  const { document } = await setUp();
  const config = join(home, '.openclaw', 'openclaw.json');
  expect(document).toMatchObject({ config: { path: config }, next: ['openclaw onboard'] });
  const written = JSON.parse(await readFile(config, 'utf8'));
  expect(written.plugins).toEqual({ entries: { feishu: { enabled: true } } });
  expect(await readdir(join(home, '.openclaw', 'extensions'))).toEqual(['feishu']);
  await sandbox.close();
});

it('is there once when several put it there at the same time', async () => {
  const { setUp, placed, extensions, sandbox, home } = await workplace();
  const ends = await Promise.all(
    Array.from({ length: 8 }, (_, index) => setUp('--account', `account${index}`)),
  );
  expect(ends.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual(ends.map(() => 0));
  expect(await readdir(extensions)).toEqual(['feishu']);
  expect(await readdir(placed)).toHaveLength((await readdir(plugin)).length);
  expect((await readdir(join(home, '.clawdbot'))).filter((name) => /^\.feishu/.test(name))).toEqual(
    [],
  );
  await sandbox.close();
});
