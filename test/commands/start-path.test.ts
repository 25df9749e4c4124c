import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { cliPath, runProgram } from '../support/program.ts';

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

it('names an unknown flag and exits 2', async () => {
  const home = await temporaryHome();
  const ended = await runProgram(['setup', '--nonsense'], { home });
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('--nonsense');
});
