import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';

const script = fileURLToPath(new URL('../../scripts/check-regex.mjs', import.meta.url));

async function checkRegex(
  files: Readonly<Record<string, string>>,
): Promise<{ code: number; stderr: string }> {
  const sources = await temporaryHome();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(sources, name, '..'), { recursive: true });
    await writeFile(join(sources, name), text);
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [script, sources], (error, _stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stderr }),
    );
  });
}

it('names each expression that may backtrack, however it is written', async () => {
  const { code, stderr } = await checkRegex({
    'safe.ts': 'export const safe = [/^a+b$/, /[\\r\\n]/g, new RegExp("^x*$")];\n',
    'literal.ts': '// A comment: /(a*)*b/\nexport const tail = /\\s+$/u;\n',
    'room/built.ts': 'export const built = new RegExp("^(a|a)*$");\n',
    'room/template.ts': 'export const t = (w: string) => RegExp(`${w}(?:b+)+$`);\n',
    'room/unknown.ts': 'export const u = (source: string) => new RegExp(source);\n',
  });
  expect(code).toBe(1);
  const named = stderr.split('\n').filter((line) => /^\S/.test(line));
  expect(named.map((line) => line.split(': ')[0])).toEqual([
    'literal.ts:2',
    'room/built.ts:1',
    'room/template.ts:1',
    'room/unknown.ts:1',
  ]);
});

it('accepts safe expressions', async () => {
  const { code } = await checkRegex({ 'safe.ts': 'export const safe = /^[a-z]+\\d$/;\n' });
  expect(code).toBe(0);
});
