/**
 * What `channels add` takes. OpenClaw masks the word after a flag whose name sounds like a secret's, in
 * all its output. So these texts put each flag after its value, and a punctuation mark after the flag.
 */
import type { Text } from '../../shared/text/text.ts';

export const setupTexts = {
  usage: {
    en: [
      'Feishu needs an App ID (cli_ and 16 characters) and its App Secret. Give them in one of these ways:',
      '- both joined by a colon, as in cli_0123456789abcdef:AppSecret, by --token.',
      '- the App ID by --user-id, and the App Secret by --token, or the path of a file with it by --token-file.',
      '- both from the environment (FEISHU_APP_ID and FEISHU_APP_SECRET), by --use-env.',
      'Guided, or by scanning a code: moltbot-feishu setup',
    ].join('\n'),
    zh: [
      '接入飞书需要 App ID（cli_ 加 16 个字符）及其 App Secret，可用以下任一方式提供：',
      '- 两者用冒号连接，例如 cli_0123456789abcdef:AppSecret，使用 --token。',
      '- App ID 使用 --user-id，App Secret 使用 --token，或将存放它的文件路径传给 --token-file。',
      '- 两者均来自环境变量（FEISHU_APP_ID 和 FEISHU_APP_SECRET），使用 --use-env。',
      '分步引导或扫码接入：moltbot-feishu setup',
    ].join('\n'),
  },
  notAnAddress: {
    en: '--url takes an address that begins with https:// or http://',
    zh: '--url 的值须是以 https:// 或 http:// 开头的地址',
  },
} as const satisfies Record<string, Text>;
