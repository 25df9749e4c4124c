/** From a scan to an answer, as a person sees it: setup and runtime are the real program. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { useSandboxes } from '../sandbox/cleanup.ts';
import { temporaryHome } from '../support/home.ts';
import { cliPath } from '../support/program.ts';
import { startRunIn } from '../support/run-process.ts';
import { useBrowser } from './browser.ts';

const { start } = useSandboxes();
const open = useBrowser();

/** Answers with a table and buttons, with a file where the person asks for one, or says what was chosen. */
const agent = `
let input = '';
for await (const chunk of process.stdin) input += chunk;
const { text } = JSON.parse(input);
const say = (answer) => console.log(JSON.stringify(answer));
if (text.includes('file')) say({ file: 'report.txt' });
else if (text.includes('choice-')) say({ text: 'You chose **' + text + '**.' });
else {
  say({ text: '## Sales\\n\\n| city | sum |\\n|---|---|\\n| 上海 | 12 |\\n| Paris | 7 |\\n\\n' });
  say({ text: 'Which one?', buttons: [[{ text: 'Shanghai', value: 'choice-1' }, { text: 'Paris', value: 'choice-2' }]] });
}
`;

/** Runs setup by a scan; resolves with its link, and with its end. */
async function scan(sandbox: Sandbox, home: string) {
  const args = ['setup', '--scan', '--domain', sandbox.url, '--yes', '--json'];
  const child = spawn(process.execPath, [cliPath, ...args], {
    env: { PATH: process.env.PATH, HOME: home, LANG: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close').then(([code]) => Number(code));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { url: String((JSON.parse(line) as { url: string }).url), ended };
}

const cases = [
  { lang: 'en', name: 'wide', options: {}, words: { send: 'Send', narrow: 'Mobile width' } },
  {
    lang: 'zh',
    name: 'narrow',
    options: { locale: 'zh-CN', colorScheme: 'dark' },
    words: { send: '发送', narrow: '手机宽度' },
  },
] as const;

test.each(cases)('scan, chat, answer, button, file ($lang, $name)', async (given) => {
  const home = await temporaryHome();
  const sandbox = await start({ registration: { intervalS: 0.05 } });
  const scanned = await scan(sandbox, home);
  const { page, picture } = await open(scanned.url, given.options);
  await picture(`${given.lang}-scan`);
  await page.getByRole('button', { name: 'Confirm', exact: false }).click();
  await page.getByText('Created', { exact: false }).waitFor();
  expect(await scanned.ended).toBeLessThanOrEqual(0);

  await writeFile(join(home, 'agent.mjs'), agent);
  await writeFile(join(home, 'report.txt'), 'Twelve in Shanghai.\n');
  const runtime = startRunIn(home, home, '--exec', 'node agent.mjs', '--exec-format', 'jsonl');
  const { bot } = (await runtime.event('ready')) as { bot: { name: string } };

  await page.goto(sandbox.page);
  expect(await page.locator('html').getAttribute('lang')).toMatch(new RegExp(`^${given.lang}`));
  if (given.name === 'narrow') await page.getByRole('button', { name: given.words.narrow }).click();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${bot.name}`) })
    .click();
  const box = page.getByRole('textbox').last();
  const answers = page.locator('article:not(.own)');
  await box.fill('how were sales?');
  await box.press('Enter');
  await answers.getByRole('cell', { name: '上海' }).waitFor();
  await answers.getByRole('button', { name: 'Paris' }).waitFor();
  await picture(`${given.lang}-answer`);

  await answers.getByRole('button', { name: 'Paris' }).click();
  await answers.getByText('choice-2', { exact: false }).last().waitFor();
  await box.fill('a file, please');
  await page.getByRole('button', { name: given.words.send, exact: true }).click();
  const file = answers.getByRole('link', { name: 'report.txt' });
  await file.waitFor();
  const saved = page.waitForEvent('download');
  await file.click();
  expect((await saved).suggestedFilename()).toBe('report.txt');
  await picture(`${given.lang}-file`);
});
