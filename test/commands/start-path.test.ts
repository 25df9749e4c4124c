import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { cliPath, runProgram } from '../support/program.ts';
import { openTerminal } from '../support/terminal.ts';

/** Everything that a module of the bundle imports before it runs; with `isEntry`, also when it does. */
async function imports(path: string, isEntry: boolean, seen = new Set<string>()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = await readFile(path, 'utf8');
  const pattern = isEntry
    ? /(?:import\(|import|from)\s*["'`](\.\/[^"'`]+)["'`]/g
    : /(?:import|from)\s*["'`](\.\/[^"'`]+)["'`]/g;
  for (const [, target = ''] of text.matchAll(pattern)) {
    await imports(join(dirname(path), target), isEntry && target.endsWith('/cli.js'), seen);
  }
  return seen;
}

it('loads neither the SDK nor the prompts to show help or the version', async () => {
  const loaded = await imports(cliPath, true);
  expect([...loaded].join()).toContain('main-');
  const text = (await Promise.all([...loaded].map((path) => readFile(path, 'utf8')))).join('\n');
  // What only these two packages say.
  expect(text).not.toContain('/callback/ws/endpoint');
  expect(text).not.toContain('◆');
  const home = await temporaryHome();
  const version = await runProgram(['--version'], { home });
  expect(version).toMatchObject({ code: 0, stdout: '1.0.0\n', stderr: '' });
  const help = await runProgram(['--help', '--lang', 'zh'], { home });
  expect(help.code).toBe(0);
  expect(help.stdout).toContain('接入飞书应用');
});

it.each([
  ['en', 'en_US.UTF-8'],
  ['zh', 'zh_CN.UTF-8'],
])('shows the same help at once and laid out anew: %s', async (lang, locale) => {
  const home = await temporaryHome();
  const env = { LANG: locale, LC_ALL: '', LC_MESSAGES: '' };
  const anew = await runProgram(['--lang', lang, '--help'], { home, env });
  expect(anew.stdout).toContain('moltbot-feishu');
  for (const flag of ['--help', '-h']) {
    expect(await runProgram([flag], { home, env })).toEqual(anew);
  }
});

it('lays help out for the terminal that it is shown in', async () => {
  const terminal = openTerminal(['--help'], { home: await temporaryHome(), columns: 70 });
  expect(await terminal.ended()).toBe(0);
  expect(terminal.screen).toContain('Usage: moltbot-feishu');
  const widths = terminal.screen.split(/\r?\n/).map((line) => line.length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(70);
});

it('names an unknown flag and exits 2', async () => {
  const home = await temporaryHome();
  const ended = await runProgram(['setup', '--nonsense'], { home });
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('--nonsense');
});
