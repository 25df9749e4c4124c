import { createServer } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { runSandboxCommand } from '../../src/commands/sandbox/sandbox.ts';
import type { Lang } from '../../src/shared/text/text.ts';
import { waitFor } from '../support/wait-for.ts';
import { caller, post } from './http/http.ts';
import { listen } from './sdk.ts';

const controllers: AbortController[] = [];
const running: Promise<number>[] = [];
afterEach(async () => {
  for (const controller of controllers.splice(0)) controller.abort();
  await Promise.allSettled(running.splice(0));
});

interface Started {
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly controlUrl: string;
}

async function run(options: { isTTY?: boolean; json?: boolean; lang?: Lang; port?: number } = {}) {
  const controller = new AbortController();
  controllers.push(controller);
  const stdin = Object.assign(new PassThrough(), { isTTY: options.isTTY ?? false });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let out = '';
  let shown = '';
  stdout.on('data', (chunk) => {
    out += chunk;
  });
  stderr.on('data', (chunk) => {
    shown += chunk;
  });
  const ended = runSandboxCommand({
    json: options.json ?? false,
    lang: options.lang ?? 'en',
    stdin,
    stdout,
    stderr,
    signal: controller.signal,
    ...(options.port !== undefined && { port: options.port }),
  });
  running.push(ended);
  await Promise.race([ended, waitFor(() => expect(out).toMatch(/\n/))]);
  return {
    ended,
    stop: () => controller.abort(),
    type: (line: string) => stdin.write(`${line}\n`),
    endInput: () => stdin.end(),
    out: () => out,
    text: () => shown,
    shown: (text: string | RegExp) => waitFor(() => expect(shown).toMatch(text)),
    info: JSON.parse(out || '{}') as Started,
  };
}

describe('moltbot-feishu sandbox', () => {
  it('prints one JSON line, serves, and ends with the signal', async () => {
    const { info, ended, stop, out } = await run();
    expect(Object.keys(info)).toEqual(['url', 'appId', 'appSecret', 'controlUrl', 'page']);
    const token = await post(`${info.url}/open-apis/auth/v3/tenant_access_token/internal`, {
      app_id: info.appId,
      app_secret: info.appSecret,
    });
    expect(token.body.code).toBe(0);
    stop();
    expect(await ended).toBe(0);
    expect(out().trim().split('\n')).toHaveLength(1);
    await expect(fetch(info.url)).rejects.toThrow();
  });

  it('ends with a control call', async () => {
    const { info, ended } = await run({ json: true, isTTY: true });
    await post(`${info.controlUrl}/close`, {});
    expect(await ended).toBe(0);
  });

  it('says that the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    await expect(run({ port })).rejects.toMatchObject({ code: 'port-in-use', exitCode: 2 });
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('the chat in the terminal', () => {
  it('says what is typed and shows what the bot answers', async () => {
    const { info, type, shown, ended } = await run({ isTTY: true });
    await shown(/what you type goes to the bot/);
    type('hello bot');
    await shown(/does not hear this: no bot is connected/);
    const call = await caller(info);
    const messages = await fetch(`${info.controlUrl}/messages`).then(
      (response) =>
        response.json() as Promise<{ messages: { messageId: string; content: string }[] }>,
    );
    expect(messages.messages).toMatchObject([{ content: '{"text":"hello bot"}' }]);
    const reply = (msg_type: string, content: object) =>
      call('POST', `im/v1/messages/${messages.messages[0]?.messageId}/reply`, {
        msg_type,
        content: JSON.stringify(content),
      });
    const sent = await reply('text', { text: 'hello person' });
    await shown(/Sandbox Bot: hello person/);
    await reply('post', {
      zh_cn: {
        title: 'T',
        content: [
          [
            { tag: 'text', text: 'a ' },
            { tag: 'text', text: 'b' },
          ],
        ],
      },
    });
    await shown(/a b/);
    await call('PUT', `im/v1/messages/${sent.body.data.message_id}`, {
      msg_type: 'text',
      content: '{"text":"hello again"}',
    });
    await shown(/\(edited\) hello again/);
    type('/quit');
    expect(await ended).toBe(0);
  });

  it('plays everything that a person does with messages and cards', async () => {
    const { info, type, shown } = await run({ isTTY: true });
    await shown(/what you type goes to the bot/);
    type('/edit no text yet');
    await shown(/You have no text that can be changed/);
    type('/react OK');
    await shown(/The bot has no message yet/);
    type('/click Yes');
    await shown(/The bot has sent no card/);
    const app = { events: ['im.message.receive_v1'], callbacks: ['card.action.trigger'] };
    await post(`${info.controlUrl}/app`, app);
    const listener = listen(info, {
      types: ['card.action.trigger'],
      answer: () => ({ toast: { content: 'noted' } }),
    });
    onTestFinished(() => listener.close());
    await listener.ready;
    type('frist');
    await waitFor(() => expect(listener.events).toHaveLength(1));
    type('/edit first');
    await shown(/does not hear this: the event im.message.updated_v1 is not subscribed/);
    const { message } = listener.events[0] ?? {};
    const call = await caller(info);
    const button = {
      tag: 'button',
      text: { tag: 'plain_text', content: 'Yes please' },
      behaviors: [{ type: 'callback', value: { answer: 'yes' } }],
    };
    await call('POST', `im/v1/messages/${message?.message_id}/reply`, {
      msg_type: 'interactive',
      content: JSON.stringify({ schema: '2.0', body: { elements: [button] } }),
    });
    await shown(/Sandbox Bot: /);
    type('/click Yes please');
    await shown(/Notice: noted/);
    expect(listener.others).toMatchObject([{ action: { value: { answer: 'yes' } } }]);
    type('/click No');
    await shown(/no button No that can be used/);
    type('/react THUMBSUP');
    await shown(/im.message.reaction.created_v1 is not subscribed/);
    type('/react Nothing');
    await shown(/no reaction Nothing/);
    type('/menu help');
    await shown(/application.bot.menu_v6 is not subscribed/);
    type('/open');
    await shown(/bot_p2p_chat_entered_v1 is not subscribed/);
    type('/recall');
    await shown(/im.message.recalled_v1 is not subscribed/);
    await post(`${info.controlUrl}/app`, { callbacks: [] });
    type('/click Yes please');
    await shown(/error 200340/);
    const { messages } = await fetch(`${info.controlUrl}/messages?fromBot=false`).then(
      (response) => response.json() as Promise<{ messages: object[] }>,
    );
    expect(messages).toMatchObject([{ content: '{"text":"first"}', edits: 1, deleted: true }]);
  });

  it('shows a card line by line while it streams, and the rest when it is closed', async () => {
    const { type, shown, info, text } = await run({ isTTY: true });
    type('hello');
    await shown(/does not hear this: no bot is connected/);
    const call = await caller(info);
    const [{ chatId }] = (
      await fetch(`${info.controlUrl}/messages`).then(
        (response) => response.json() as Promise<{ messages: [{ chatId: string }] }>,
      )
    ).messages;
    const made = await call('POST', 'cardkit/v1/cards', {
      type: 'card_json',
      data: JSON.stringify({
        schema: '2.0',
        config: { streaming_mode: true },
        body: { elements: [{ tag: 'markdown', element_id: 'a', content: '' }] },
      }),
    });
    const { card_id } = made.body.data;
    await call('POST', 'im/v1/messages?receive_id_type=chat_id', {
      receive_id: chatId,
      msg_type: 'interactive',
      content: JSON.stringify({ type: 'card', data: { card_id } }),
    });
    const path = `cardkit/v1/cards/${card_id}`;
    const write = (content: string, sequence: number) =>
      call('PUT', `${path}/elements/a/content`, { content, sequence });
    await write('one', 1);
    await write('one\ntw', 2);
    await write('one\ntwo\nthr', 3);
    const settings = JSON.stringify({ config: { streaming_mode: false } });
    await call('PATCH', `${path}/settings`, { settings, sequence: 4 });
    await shown(/Sandbox Bot: thr/);
    const printed = [...text().matchAll(/Sandbox Bot: (.*)/g)].map(([, line]) => line?.trim());
    expect(printed).toEqual(['[writing…]', 'one', 'two', 'thr']);
  });

  it('obeys its commands, in both languages', async () => {
    const { type, shown, endInput, ended } = await run({ isTTY: true, lang: 'zh' });
    await shown(/本机上的模拟开放平台/);
    type('/group! 大家好');
    await shown(/只有 @机器人 的消息才会推送/);
    type('/group 在吗');
    await shown(/没有已连接的机器人/);
    type('/bot off');
    await shown(/机器人能力：关闭/);
    type('还在吗');
    await shown(/机器人能力未开启/);
    type('/drop');
    await shown(/已切断 0 条连接/);
    type('/group');
    await shown(/请在 \/group 后输入内容/);
    type('/dance');
    await shown(/没有 \/dance 这个命令/);
    type('/help');
    await shown(/结束沙箱/);
    endInput();
    expect(await ended).toBe(0);
  });
});
