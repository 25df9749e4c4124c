/** Everyone can use the pages: axe finds no serious fault, and the keyboard alone is enough. */
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { useSandboxes } from '../sandbox/cleanup.ts';
import { caller } from '../sandbox/http/http.ts';
import { useBrowser } from './browser.ts';
import { everyCard, everyMessage } from './samples.ts';

const { start } = useSandboxes();
const open = useBrowser();

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** The page's policy allows no script of others; a test's own world is apart from it. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
  )) as Violation[];
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' · ')}`);
}

/** A chat with everything in it: messages of people, and cards of a bot. */
async function fullSandbox(): Promise<Sandbox> {
  const sandbox = await start({ app: { name: 'Moltbot' } });
  const chatId = await everyMessage(sandbox);
  await everyCard(await caller(sandbox), sandbox, chatId);
  return sandbox;
}

const looks: readonly [string, BrowserContextOptions][] = [
  ['light, English', {}],
  ['dark, Chinese', { locale: 'zh-CN', colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 390, height: 800 } }],
  ['narrow, dark', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' }],
];

describe('axe finds no serious fault', () => {
  it.each(looks)('on the chat page (%s)', async (name, options) => {
    const sandbox = await fullSandbox();
    const { page, picture } = await open(sandbox.page, options);
    await page.getByRole('button', { name: 'Approve' }).first().waitFor();
    await picture(`axe-${name.replaceAll(/\W+/g, '-')}`);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('article').first().hover();
    await page
      .getByText(/^(?:React|表情回复)$/)
      .first()
      .click();
    expect(await violations(page)).toEqual([]);
  });

  it.each(looks)('on the pages of the console and of a scan (%s)', async (name, options) => {
    const sandbox = await start({ app: { bot: false, published: false, eventMode: 'webhook' } });
    const { url, appId } = sandbox;
    const { page, picture } = await open(`${url}/app`, options);
    const paths = [
      '',
      '/bot',
      '/auth',
      '/auth?q=im:message',
      '/event?tab=event',
      '/version',
      '/safe',
    ];
    const pages = [`${url}/app`, ...paths.map((path) => `${url}/app/${appId}${path}`)];
    const found: Record<string, string[]> = {};
    for (const link of [...pages, `${url}/client/bot/open?appId=${appId}`]) {
      await page.goto(link);
      found[link] = await violations(page);
    }
    await page.goto(`${url}/app/${appId}/event?tab=event`);
    await picture(`console-${name.replaceAll(/\W+/g, '-')}`);
    expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
  });
});

describe('the keyboard alone', () => {
  it('sends a message, presses a button, and opens a topic', async () => {
    const sandbox = await fullSandbox();
    const { page } = await open(sandbox.page);
    await page.getByRole('button', { name: 'Approve' }).first().waitFor();
    const reach = async (name: string): Promise<void> => {
      for (let steps = 0; steps < 200; steps += 1) {
        await page.keyboard.press('Tab');
        const label = await page.evaluate(
          '(document.activeElement?.ariaLabel || document.activeElement?.textContent || "").trim()',
        );
        if (label === name) return;
      }
      throw new Error(`no Tab leads to ${name}`);
    };
    await page.getByRole('textbox', { name: 'Message' }).focus();
    await page.keyboard.type('by keyboard');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('by keyboard').first().waitFor();

    await page.locator('h1').click();
    await reach('Approve');
    const click = sandbox.watch(() => undefined);
    await page.keyboard.press('Enter');
    // No bot is connected: the client says so.
    await page
      .getByRole('status')
      .getByText(/\d{6}|not/)
      .first()
      .waitFor();
    click();

    await page.locator('h1').click();
    await reach('New topic group');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sandbox group' }).waitFor();
    await page.getByRole('textbox', { name: 'Message' }).focus();
    await page.keyboard.type('a topic');
    await page.keyboard.press('Enter');
    await page.getByRole('article').first().waitFor();
    await page.locator('h1').click();
    await reach('Reply');
    await page.keyboard.press('Enter');
    await page.keyboard.type('in the topic');
    await page.keyboard.press('Enter');
    await page.getByText('Topic: 1 replies').waitFor();
  });
});
