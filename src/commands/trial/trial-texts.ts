import type { Text } from '../../shared/text/text.ts';

/** What `setup --sandbox` says besides setup itself. */
export const trialTexts = {
  begins: {
    en: 'Sandbox: a simulated Feishu on this machine ({url}). Your config, your hosts and Feishu itself are not touched.',
    zh: '沙箱：本机上的模拟飞书（{url}）。不会改动你的配置和宿主，也不会访问飞书。',
  },
  sandboxOnly: {
    en: 'cannot be combined with --sandbox, which brings its own app',
    zh: '不能与 --sandbox 同用：沙箱自带应用',
  },
  pageOpened: {
    en: 'The chat page is open in your browser: {page}',
    zh: '聊天页面已在浏览器中打开：{page}',
  },
  pageLink: {
    en: 'Open the chat page in a browser: {page}',
    zh: '请在浏览器中打开聊天页面：{page}',
  },
  chatNow: {
    en: 'Write a message to {bot} there, or type it here. /help lists more; /quit or Ctrl-C ends.',
    zh: '在那里给 {bot} 发一条消息，或直接在此输入。/help 查看更多，/quit 或 Ctrl-C 结束。',
  },
  person: { en: 'you', zh: '你' },
  hello: { en: 'Hello! What can you do?', zh: '你好，你能做什么？' },
  answered: {
    en: 'your message was answered in {s} s: the bot works',
    zh: '消息已在 {s} 秒内得到回复：机器人工作正常',
  },
  nothingLeft: {
    en: 'The sandbox has ended. Nothing was left behind: its config was in a temporary folder, which is removed.',
    zh: '沙箱已结束，未留下任何内容：其配置位于临时目录，现已删除。',
  },
  forReal: { en: 'For a bot in your Feishu: {command}', zh: '接入你的飞书：{command}' },
} as const satisfies Record<string, Text>;
