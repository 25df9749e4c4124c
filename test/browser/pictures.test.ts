/**
 * The pictures of the README: made by `UPDATE_PICTURES=1 npm run test:browser`. Each has the structure of
 * what it shows beside it, as a screen reader gets it; that is what has to be current.
 */
import { File } from 'node:buffer';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { qrPng } from '../../src/wizard/link/qr-code.ts';
import { useSandboxes } from '../sandbox/cleanup.ts';
import { caller } from '../sandbox/http/http.ts';
import { useBrowser } from './browser.ts';

const { start } = useSandboxes();
const open = useBrowser();

const time = Date.UTC(2026, 0, 5, 9, 30);

const scenes = [
  {
    name: 'chat',
    options: { timezoneId: 'UTC' },
    asked: 'How were sales last week?',
    title: 'Sales, last week',
    markdown:
      '| city | orders | change |\n|---|---|---|\n| Shanghai | 1,204 | <font color="green">+12 %</font> |\n| Paris | 871 | <font color="red">-3 %</font> |\n\n**Shanghai** grew most. `orders.csv` has each day.',
    buttons: ['By day', 'Send the file'],
  },
  {
    name: 'chat.zh-CN',
    options: { timezoneId: 'UTC', locale: 'zh-CN' },
    asked: '上周销售情况如何？',
    title: '上周销售',
    markdown:
      '| 城市 | 订单 | 变化 |\n|---|---|---|\n| 上海 | 1,204 | <font color="green">+12%</font> |\n| 巴黎 | 871 | <font color="red">-3%</font> |\n\n**上海** 增长最多，每日明细见 `orders.csv`。',
    buttons: ['按天查看', '发送文件'],
  },
] as const;

test.each(scenes)('the picture $name is current', async (scene) => {
  const sandbox = await start({ now: () => time, app: { name: 'Moltbot' } });
  const { chatId } = sandbox.say({ text: scene.asked });
  const call = await caller(sandbox);
  const content = {
    schema: '2.0',
    header: { title: { tag: 'plain_text', content: scene.title }, template: 'blue' },
    body: {
      elements: [
        { tag: 'markdown', content: scene.markdown },
        {
          tag: 'column_set',
          columns: scene.buttons.map((label, index) => ({
            tag: 'column',
            width: 'auto',
            elements: [
              {
                tag: 'button',
                type: index === 0 ? 'primary' : 'default',
                text: { tag: 'plain_text', content: label },
                behaviors: [{ type: 'callback', value: { index } }],
              },
            ],
          })),
        },
      ],
    },
  };
  await send(call, chatId, 'interactive', content);
  await expectCurrent(sandbox, scene, scene.buttons[1]);
});

const streams = [
  {
    name: 'streaming',
    options: { timezoneId: 'UTC' },
    asked: 'Summarize the week, please.',
    status: 'Writing…',
    stop: 'Stop',
    text: '## The week\n\nOrders rose by **12 %** in Shanghai and fell by 3 % in Paris.\n\n- Monday was the best day, with 214 orders.\n- Two shops had no stock of',
  },
  {
    name: 'streaming.zh-CN',
    options: { timezoneId: 'UTC', locale: 'zh-CN' },
    asked: '请总结一下本周。',
    status: '正在回复…',
    stop: '停止',
    text: '## 本周\n\n上海订单增长 **12%**，巴黎下降 3%。\n\n- 周一最好，共 214 单。\n- 有两家门店缺少',
  },
] as const;

test.each(streams)('the picture $name is current', async (scene) => {
  const sandbox = await start({ now: () => time, app: { name: 'Moltbot' } });
  const { chatId } = sandbox.say({ text: scene.asked });
  const call = await caller(sandbox);
  const card = {
    schema: '2.0',
    config: { streaming_mode: true },
    body: {
      elements: [
        { tag: 'markdown', element_id: 'answer', content: scene.text },
        {
          tag: 'div',
          text: {
            tag: 'plain_text',
            content: scene.status,
            text_size: 'notation',
            text_color: 'grey',
          },
        },
        {
          tag: 'button',
          size: 'small',
          text: { tag: 'plain_text', content: scene.stop },
          behaviors: [{ type: 'callback', value: { command: '/stop' } }],
        },
      ],
    },
  };
  const made = await call('POST', 'cardkit/v1/cards', {
    type: 'card_json',
    data: JSON.stringify(card),
  });
  await send(call, chatId, 'interactive', {
    type: 'card',
    data: { card_id: made.body.data.card_id },
  });
  await expectCurrent(sandbox, scene, scene.stop);
});

const media = [
  {
    name: 'media',
    options: { timezoneId: 'UTC' },
    asked: 'Send me the code and the report.',
    text: 'Here they are:',
    file: 'report.txt',
  },
  {
    name: 'media.zh-CN',
    options: { timezoneId: 'UTC', locale: 'zh-CN' },
    asked: '请把二维码和报告发给我。',
    text: '都在这里：',
    file: '报告.txt',
  },
] as const;

test.each(media)('the picture $name is current', async (scene) => {
  const sandbox = await start({ now: () => time, app: { name: 'Moltbot' } });
  const { chatId } = sandbox.say({ text: scene.asked });
  const call = await caller(sandbox);
  const image = await upload(sandbox, 'images', {
    image_type: 'message',
    image: new File([Uint8Array.from(qrPng('npx moltbot-feishu setup', 5))], 'code.png'),
  });
  const file = await upload(sandbox, 'files', {
    file_type: 'stream',
    file_name: scene.file,
    file: new File(['Twelve in Shanghai.\n'], scene.file),
  });
  await send(call, chatId, 'text', { text: scene.text });
  await send(call, chatId, 'image', image);
  await send(call, chatId, 'file', file);
  await expectCurrent(sandbox, scene, scene.file);
});

/** What an app uploads is its own; resolves with the content of a message that shows it. */
async function upload(
  { url, appId, appSecret }: Sandbox,
  kind: 'images' | 'files',
  fields: Readonly<Record<string, string | File>>,
): Promise<object> {
  const post = async (path: string, init: RequestInit) =>
    (await (await fetch(`${url}/open-apis/${path}`, { method: 'POST', ...init })).json()) as {
      tenant_access_token: string;
      data: object;
    };
  const { tenant_access_token: token } = await post('auth/v3/tenant_access_token/internal', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
  });
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const headers = { authorization: `Bearer ${token}` };
  return (await post(`im/v1/${kind}`, { headers, body })).data;
}

async function send(
  call: Awaited<ReturnType<typeof caller>>,
  chatId: string,
  msgType: string,
  content: object,
): Promise<void> {
  const sent = await call('POST', 'im/v1/messages?receive_id_type=chat_id', {
    receive_id: chatId,
    msg_type: msgType,
    content: JSON.stringify(content),
  });
  expect(sent.body.code, JSON.stringify(sent.body)).toBe(0);
}

/** Draws the chat, once this button or link is there, and compares its structure with the kept one. */
async function expectCurrent(
  sandbox: Sandbox,
  { name, options }: { readonly name: string; readonly options: BrowserContextOptions },
  last: string,
): Promise<void> {
  const { page } = await open(sandbox.page, {
    ...options,
    reducedMotion: 'reduce',
    viewport: { width: 1100, height: 620 },
  });
  await page.getByText(last).first().waitFor();
  const snapshot = await page.getByRole('log').ariaSnapshot();
  // The key of a file is another one each time.
  const structure = `${snapshot.replaceAll(/(resource\/)\w+/g, '$1KEY')}\n`;
  const file = fileURLToPath(new URL(`../../docs/pictures/${name}`, import.meta.url));
  if (process.env.UPDATE_PICTURES === '1') {
    await page.screenshot({ path: `${file}.png`, animations: 'disabled' });
    await writeFile(`${file}.yaml`, structure);
  }
  expect(structure).toBe(await readFile(`${file}.yaml`, 'utf8'));
}
