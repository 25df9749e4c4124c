/**
 * What a person does who only wants to see it: the packed package in a terminal, and the pages that it
 * opens. At most four actions, and less than a minute, to a streamed answer.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { openTerminal } from '../support/terminal.ts';
import { useBrowser } from './browser.ts';

const open = useBrowser();
const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

let program = '';
let installed = '';
beforeAll(async () => {
  installed = await mkdtemp(join(tmpdir(), 'moltbot-feishu-packed-'));
  const packed = await run('npm', ['pack', '--json', '--pack-destination', installed], {
    cwd: root,
  });
  const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('['))) as [
    { filename: string },
  ];
  // The package has no dependencies, so that npm asks no registry.
  const flags = ['--no-audit', '--no-fund', '--offline', '--prefix', installed];
  await run('npm', ['install', ...flags, join(installed, filename)]);
  program = join(installed, 'node_modules', 'moltbot-feishu', 'dist', 'cli.js');
});

afterAll(() => rm(installed, { recursive: true, force: true }));

const cases = [
  { lang: 'en', locale: 'en-US', grows: 'An answer that grows', table: 'A table' },
  { lang: 'zh', locale: 'zh-CN', grows: '逐步生成的回复', table: '一个表格' },
] as const;

test.each(cases)('setup --sandbox ends in a streamed answer ($lang)', async (given) => {
  const home = await temporaryHome();
  const { env, opened } = await recordingBrowser(home);
  const startedAt = performance.now();
  let actions = 1;
  const terminal = openTerminal(['setup', '--sandbox', '--lang', given.lang], {
    home,
    program,
    env: { ...env, TMPDIR: home },
  });
  const { page, picture } = await open(await opened(1), { locale: given.locale });
  await picture(`${given.lang}-sandbox-scan`);
  actions += 1;
  await page.getByRole('button', { name: 'Confirm' }).click();

  await page.goto(await opened(2));
  const box = page.getByRole('textbox').last();
  actions += 1;
  await box.fill(given.lang === 'zh' ? '你好' : 'hello');
  await box.press('Enter');
  const answer = page.locator('article:not(.own) .card').first();
  await expect.poll(() => answer.getAttribute('aria-busy')).toBe('true');
  const lengths = new Set<number>();
  await expect
    .poll(async () => {
      lengths.add(((await answer.textContent()) ?? '').length);
      return lengths.size;
    })
    .toBeGreaterThan(3);
  await page.getByText(given.grows).first().waitFor();
  expect(actions).toBeLessThanOrEqual(4);
  expect(performance.now() - startedAt).toBeLessThan(60_000);
  await picture(`${given.lang}-sandbox-streams`);

  await page.getByRole('button', { name: given.table }).click();
  await page.locator('article:not(.own) table').first().waitFor();
  await picture(`${given.lang}-sandbox-answer`);
  await page.close();
  terminal.type('/quit\r');
  await terminal.see('npx moltbot-feishu setup');
  expect(await terminal.ended()).toBe(0);
  // Only what this test put there.
  expect(await readdir(home)).toEqual(['browser.sh', 'opened']);
});

/** A browser that writes down what it is asked to open. */
async function recordingBrowser(home: string) {
  const list = join(home, 'opened');
  await writeFile(list, '');
  const browser = join(home, 'browser.sh');
  await writeFile(browser, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${list}'\n`);
  await chmod(browser, 0o755);
  const links = async () => (await readFile(list, 'utf8')).split('\n').filter(Boolean);
  return {
    env: { BROWSER: browser },
    async opened(count: number): Promise<string> {
      await expect.poll(async () => (await links()).length, { timeout: 30_000 }).toBe(count);
      return (await links()).at(-1) ?? '';
    },
  };
}
