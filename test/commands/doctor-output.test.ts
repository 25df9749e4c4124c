/** The doctor's report as people read it, from the real program. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asciiMarks, marks } from '../../src/doctor/report/marks.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { columnsOf } from '../support/columns.ts';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';
import { temporarySandbox } from '../support/sandbox.ts';
import { openTerminal } from '../support/terminal.ts';

async function homeWith(sandbox: Sandbox, more: object = {}): Promise<string> {
  const home = await temporaryHome();
  await mkdir(join(home, '.clawdbot'), { mode: 0o700 });
  const { appId, appSecret, url: domain } = sandbox;
  await writeFile(
    join(home, '.clawdbot', 'moltbot.json'),
    JSON.stringify({ channels: { feishu: { appId, appSecret, domain, ...more } } }),
    { mode: 0o600 },
  );
  return home;
}

/** What follows an escape character: the code of a colour, and text. */
const withoutColour = (piece: string, index: number) =>
  index === 0 ? piece : piece.replace(/^\[[\d;?]*[a-zA-Z]/, '');

it.each(['en', 'zh'])('is one short screen before any setup: %s', async (lang) => {
  const home = await temporaryHome();
  const { code, stdout } = await runProgram(['doctor', '--lang', lang], { home });
  expect(code).toBe(1);
  expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(6);
  expect(stdout.match(/moltbot-feishu setup/g)).toHaveLength(1);
  expect(stdout).not.toMatch(/skipped|跳过/);
  const json = await runProgram(['doctor', '--json'], { home });
  const [account] = JSON.parse(json.stdout).accounts;
  expect(account.checks.length).toBeGreaterThan(20);
});

it('counts what was skipped for one reason', async () => {
  const sandbox = await temporarySandbox();
  const home = await homeWith(sandbox, { appSecret: '0'.repeat(32) });
  const { stdout } = await runProgram(['doctor', '--host', 'none'], { home });
  expect(stdout).toMatch(/^· \d+ checks: skipped because credentials failed$/m);
  expect(stdout.match(/skipped because credentials failed/g)).toHaveLength(1);
});

it.skipIf(process.platform === 'win32')(
  '--fix shows what was fixed, then what remains',
  async () => {
    const sandbox = await temporarySandbox();
    const home = await homeWith(sandbox);
    await chmod(join(home, '.clawdbot', 'moltbot.json'), 0o644);
    const { stdout } = await runProgram(['doctor', '--fix', '--yes', '--host', 'none'], { home });
    const lines = stdout.split('\n');
    const fixed = lines.findIndex((line) => line.startsWith('✓'));
    const remains = lines.indexOf('What remains:');
    expect(fixed).toBeGreaterThan(0);
    expect(remains).toBeGreaterThan(fixed);
    // What does not apply here is nothing that remains.
    expect(lines.slice(remains).filter((line) => /^[✓·]/.test(line))).toEqual([]);
    const ids = [...stdout.matchAll(/^[✓!✗–·] ([a-z-]+) {2}/gm)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  },
);

it.each([
  ['en', 50],
  ['en', 80],
  ['zh', 60],
])('breaks between words on a terminal, aligned: %s, %d columns', async (lang, columns) => {
  const sandbox = await temporarySandbox();
  const home = await homeWith(sandbox, { appSecret: '0'.repeat(32) });
  const words = ['doctor', '--host', 'none', '--lang', lang];
  const terminal = openTerminal(words, { home, columns });
  expect(await terminal.ended()).toBe(1);
  // The line of progress is drawn over itself before.
  const report = terminal.raw.split('\u001b[K').at(-1) ?? '';
  const shown = report.replaceAll('\r', '').split('\u001b').map(withoutColour).join('');
  const lines = shown.split('\n');
  const isLink = (line: string) => /^\S*\/\S+$/.test(line.trim());
  expect(lines.filter((line) => columnsOf(line) > columns && !isLink(line))).toEqual([]);
  // A word is never broken: the words are those of the whole lines.
  const plain = await runProgram(words, { home });
  const wordsIn = (text: string) => new Set(text.match(/[A-Za-z]{3,}/g));
  const known = wordsIn(plain.stdout);
  expect([...wordsIn(shown)].filter((word) => !known.has(word))).toEqual([]);
  // Elsewhere a line stays whole, to be searched.
  expect(plain.stdout.split('\n').some((line) => columnsOf(line) > 80)).toBe(true);
});

it('has one mark for each meaning', () => {
  for (const table of [marks, asciiMarks]) {
    expect(new Set(Object.values(table)).size).toBe(Object.keys(table).length);
  }
});
