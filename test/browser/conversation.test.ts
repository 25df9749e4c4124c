/** What a person does and sees in the chat page, against a bot that the test plays. */
import { describe, expect, it } from 'vitest';
import { appManifest } from '../../src/platform/manifest/app-manifest.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { useSandboxes } from '../sandbox/cleanup.ts';
import { caller } from '../sandbox/http/http.ts';
import { useBrowser } from './browser.ts';

const { start } = useSandboxes();
const open = useBrowser();

/** A bot in the direct chat with the person. */
async function botIn(sandbox: Sandbox) {
  const { chatId } = sandbox.say({ text: 'hi' });
  const call = await caller(sandbox);
  const send = async (msgType: string, content: object): Promise<string> => {
    const { body } = await call('POST', 'im/v1/messages?receive_id_type=chat_id', {
      receive_id: chatId,
      msg_type: msgType,
      content: JSON.stringify(content),
    });
    expect(body.code, JSON.stringify(body)).toBe(0);
    return body.data.message_id as string;
  };
  return { call, send, chatId };
}

describe('a card that streams', () => {
  it('is typed out at its pace, and is whole when it is closed', async () => {
    const sandbox = await start();
    const { call, send } = await botIn(sandbox);
    const { page, picture } = await open(sandbox.page);
    const card = {
      schema: '2.0',
      config: {
        update_multi: true,
        streaming_mode: true,
        streaming_config: {
          print_frequency_ms: { default: 100 },
          print_step: { default: 1 },
          print_strategy: 'fast',
        },
      },
      body: { elements: [{ tag: 'markdown', element_id: 'answer', content: 'A' }] },
    };
    const made = await call('POST', 'cardkit/v1/cards', {
      type: 'card_json',
      data: JSON.stringify(card),
    });
    const id: string = made.body.data.card_id;
    await send('interactive', { type: 'card', data: { card_id: id } });
    const answer = page.locator('.card .text');
    await answer.waitFor();
    const shown = async (): Promise<string> => ((await answer.textContent()) ?? '').trim();
    const whole = `A${' word'.repeat(30)}`;
    const before = await call('PUT', `cardkit/v1/cards/${id}/elements/answer/content`, {
      content: whole,
      sequence: 1,
    });
    expect(before.body.code).toBe(0);
    await expect.poll(async () => (await shown()).length).toBeGreaterThan(5);
    const part = await shown();
    expect(part.length).toBeLessThan(whole.length);
    expect(whole.startsWith(part.trimEnd())).toBe(true);
    expect(await page.locator('.card').getAttribute('aria-busy')).toBe('true');
    await picture('streaming');
    await call('PATCH', `cardkit/v1/cards/${id}/settings`, {
      settings: JSON.stringify({ config: { streaming_mode: false } }),
      sequence: 2,
    });
    await expect.poll(() => shown()).toBe(whole);
    expect(await page.locator('.card').getAttribute('aria-busy')).toBe('false');
  });
});

describe('what a person does', () => {
  it('is a message, a reply, an edit, a reaction, a recall, several merged, a file, a topic', async () => {
    const sandbox = await start();
    const { page, picture } = await open(sandbox.page);
    const box = page.getByRole('textbox', { name: 'Message' });
    const say = async (text: string): Promise<void> => {
      await box.fill(text);
      await box.press('Enter');
      await page.getByRole('log').getByText(text).first().waitFor();
    };
    await say('first');
    const first = page.getByRole('article').first();
    await first.hover();
    await first.getByRole('button', { name: 'Edit' }).click();
    await box.fill('changed');
    await box.press('Enter');
    await first.getByText('changed').waitFor();
    await first.getByRole('button', { name: 'Reply', exact: true }).click();
    await say('a reply');
    await first.getByText('React', { exact: true }).click();
    await first.getByRole('button', { name: 'React with THUMBSUP' }).click();
    await first
      .getByRole('button', { name: /^👍 1|THUMBSUP by/ })
      .first()
      .waitFor();
    await first.getByRole('button', { name: 'Select' }).click();
    await page.getByRole('button', { name: 'Send 1 as one message' }).click();
    await page.getByText('Merged messages', { exact: true }).waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: '报告.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('report'),
    });
    await page.getByRole('link', { name: '报告.txt' }).waitFor();
    await page.getByRole('button', { name: 'Send as voice' }).click();
    await page.locator('audio').waitFor();
    await page.getByRole('button', { name: 'Send a sticker' }).click();
    await page.locator('.bubble > .sticker').waitFor();
    await page.getByRole('button', { name: 'Recall' }).first().click();
    await page.getByText('recalled a message').first().waitFor();
    await picture('messages');

    await page.getByRole('textbox', { name: 'New person' }).fill('Li Hua');
    await page.getByRole('textbox', { name: 'New person' }).press('Enter');
    await page.getByRole('button', { name: 'New topic group' }).click();
    await page.getByRole('heading', { name: 'Sandbox group' }).waitFor();
    await say('a topic');
    await page
      .getByRole('article')
      .first()
      .getByRole('button', { name: 'Reply', exact: true })
      .click();
    await say('in the topic');
    await page.getByText('Topic: 1 replies').waitFor();
    await picture('topics');
    const said = sandbox.messages().filter(({ chatType }) => chatType === 'group');
    expect(said).toHaveLength(2);
    expect(said[1]?.rootId).toBe(said[0]?.messageId);
    const types = sandbox.messages({ fromBot: false }).map(({ msgType }) => msgType);
    expect(types).toEqual(
      expect.arrayContaining(['text', 'merge_forward', 'file', 'audio', 'sticker']),
    );
  });
});

describe('hostile messages', () => {
  const script = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
  const texts = [
    script,
    `[x](javascript:window.hacked=1)`,
    `<svg onload=window.hacked=1>`,
    `<a href="javascript:window.hacked=1">x</a>`,
    `[![x](https://evil.example/x.png)`,
    `<font color='"><img src=x onerror=window.hacked=1>'>x</font>`,
    `<at id="'><script>window.hacked=1</script>"></at>`,
    `<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>`,
    `<style>@import "https://evil.example/x.css";</style>`,
    '```"><script>window.hacked=1</script>',
  ];

  it('neither script the page nor make it load anything', async () => {
    const sandbox = await start();
    const { send } = await botIn(sandbox);
    const { page } = await open(sandbox.page);
    for (const text of texts) {
      sandbox.say({ text, from: { openId: sandbox.user.openId, name: text } });
      sandbox.say({ content: { title: text, content: [[{ tag: 'text', text }]] } });
      sandbox.say({
        content: { content: [[{ tag: 'a', text, href: 'javascript:window.hacked=1' }]] },
      });
      await send('text', { text });
      await send('post', { zh_cn: { title: text, content: [[{ tag: 'md', text }]] } });
      const escaped = text.replaceAll('](https', '] (https');
      await send('interactive', {
        schema: '2.0',
        header: { title: { tag: 'plain_text', content: text }, template: 'blue' },
        body: {
          elements: [
            { tag: 'markdown', content: escaped },
            { tag: 'div', text: { tag: 'plain_text', content: text } },
            {
              tag: 'button',
              text: { tag: 'plain_text', content: text },
              behaviors: [{ type: 'open_url', default_url: 'javascript:window.hacked=1' }],
            },
          ],
        },
      });
    }
    await expect.poll(() => page.getByRole('article').count()).toBe(1 + texts.length * 6);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    // An expression for the browser, whose types the tests do not have.
    const attributes = await page.evaluate(`
      [...document.querySelectorAll('*')].flatMap((element) =>
        [...element.attributes]
          .filter(({ name, value }) => name.startsWith('on') || /^\\s*javascript:/i.test(value))
          .map(({ name, value }) => element.tagName + ' ' + name + '=' + value))`);
    expect(attributes).toEqual([]);
    expect(await page.locator('iframe, object, embed, svg, style').count()).toBe(0);
  });
});

describe('a message without a view of its own', () => {
  it('says what it is, and what it holds', async () => {
    const scopes = appManifest.scopes.map(({ scope }) => scope);
    const sandbox = await start({ app: { scopes } });
    const { send } = await botIn(sandbox);
    const place = { name: 'West Lake', longitude: '120.14', latitude: '30.24' };
    sandbox.say({ messageType: 'location', content: place });
    sandbox.say({ messageType: 'vote', content: { topic: 'Lunch?', options: ['rice'] } });
    const text = { text: '新会话', i18n_text: { zh_CN: '新会话', en_US: 'New session' } };
    const params = { divider_text: text };
    await send('system', { type: 'divider', params, options: { need_rollup: true } });
    const { page, picture } = await open(sandbox.page);
    const notice = page.locator('.notice');
    await notice.waitFor();
    expect(await notice.textContent()).toBe('New session');
    expect(await page.locator('.plain').allInnerTexts()).toEqual([
      'Location\nWest Lake\n30.24, 120.14',
      'Poll\nLunch?\n○ rice',
    ]);
    await picture('plain-content');
    await page.getByRole('button', { name: '中文' }).click();
    await expect.poll(() => notice.textContent()).toBe('新会话');
  });
});

describe('the log', () => {
  it.each([
    ['beside the chat', 1280, true],
    ['below the chat on a phone, where it is asked for', 390, false],
  ])('is shown at mobile width, too: %s', async (_, width, isShownFirst) => {
    const sandbox = await start();
    const { page } = await open(sandbox.page, { viewport: { width, height: 800 } });
    const log = page.getByRole('complementary', { name: 'API calls and events' });
    const narrow = page.getByRole('button', { name: 'Mobile width' });
    const toggle = page.getByRole('button', { name: 'Log', exact: true });
    await narrow.click();
    expect(await log.isVisible()).toBe(isShownFirst);
    if (!isShownFirst) await toggle.click();
    const shown = await log.boundingBox();
    const box = await page.getByRole('textbox', { name: 'Message', exact: true }).boundingBox();
    expect(shown?.height).toBeGreaterThan(100);
    expect(shown?.width).toBeGreaterThan(300);
    expect((shown?.x ?? 0) + (shown?.width ?? 0)).toBeLessThanOrEqual(width);
    // Neither covers the other.
    const isBeside = (box?.x ?? 0) + (box?.width ?? 0) <= (shown?.x ?? 0);
    const isAbove = (box?.y ?? 0) + (box?.height ?? 0) <= (shown?.y ?? 0);
    expect(isBeside || isAbove).toBe(true);
    await toggle.click();
    expect(await log.isVisible()).toBe(false);
  });
});
