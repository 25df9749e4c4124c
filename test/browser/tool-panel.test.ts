/** The panel of an agent's tools in the page: open while they work, folded below the finished answer. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useSandboxes } from '../sandbox/cleanup.ts';
import { temporaryHome } from '../support/home.ts';
import { startRunIn } from '../support/run-process.ts';
import { useBrowser } from './browser.ts';

const { start } = useSandboxes();
const open = useBrowser();

/** Uses two tools, and answers once the file `go` is there. */
const agent = `
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
const say = (answer) => console.log(JSON.stringify(answer));
say({ tool: { name: 'web_search <b>', id: '1' } });
say({ tool: { name: 'web_search <b>', id: '1', state: 'failed' } });
say({ tool: { name: 'read_file', id: '2' } });
while (!existsSync('go')) await delay(20);
say({ tool: { name: 'read_file', id: '2', state: 'done' } });
say({ text: 'It is **blue**.' });
`;

test.each([
  { name: 'wide', locale: 'en-US', title: 'Tools' },
  { name: 'narrow', locale: 'zh-CN', title: '工具调用' },
])('shows the tools ($name, $locale)', async ({ name, locale, title }) => {
  const home = await temporaryHome();
  const sandbox = await start();
  const { appId, appSecret, url: domain } = sandbox;
  const feishu = {
    appId,
    appSecret,
    domain,
    dmPolicy: 'open',
    allowFrom: ['*'],
    toolProgress: 'panel',
  };
  await mkdir(join(home, '.clawdbot'));
  await writeFile(
    join(home, '.clawdbot', 'moltbot.json'),
    JSON.stringify({ channels: { feishu } }),
  );
  await writeFile(join(home, 'agent.mjs'), agent);
  const command = ['--exec', `'${process.execPath}' agent.mjs`, '--exec-format', 'jsonl'];
  const runtime = startRunIn(home, home, ...command);
  await runtime.event('ready');
  const options =
    name === 'narrow' ? { locale, viewport: { width: 390, height: 800 } } : { locale };
  const { page, picture } = await open(sandbox.page, options);
  sandbox.say({ text: 'Which colour?' });
  const panel = page.locator('article:not(.own) details.panel');
  await panel.getByText('✗ web_search <b>').waitFor();
  await panel.getByText('… read_file').waitFor();
  expect(await panel.locator('summary').textContent()).toBe(title);
  await picture(`tools-${name}-open`);
  await writeFile(join(home, 'go'), '');
  await page.locator('article:not(.own) strong', { hasText: 'blue' }).waitFor();
  await expect.poll(() => panel.getAttribute('open')).toBeNull();
  await expect.poll(() => panel.getByText('✓ read_file').isVisible()).toBe(false);
  await panel.locator('summary').click();
  await panel.getByText('✓ read_file').waitFor();
  await panel.getByText('✗ web_search <b>').waitFor();
  await picture(`tools-${name}-unfolded`);
});
