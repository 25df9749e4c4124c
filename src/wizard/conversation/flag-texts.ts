import type { Text } from '../../shared/text/text.ts';

/** Texts of `setup --help` for each flag. */
export const flagTexts = {
  lang: { en: 'language of the texts', zh: '界面语言' },
  appId: { en: 'App ID (or FEISHU_APP_ID)', zh: 'App ID（或 FEISHU_APP_ID）' },
  appSecret: {
    en: 'App Secret; visible to other users of this machine',
    zh: 'App Secret；本机其他用户可见',
  },
  appSecretFile: { en: 'read the App Secret from a file', zh: '从文件读取 App Secret' },
  appSecretStdin: { en: 'read the App Secret from stdin', zh: '从标准输入读取 App Secret' },
  secretRef: { en: 'store a reference instead of the secret', zh: '配置中只存引用，不存密钥' },
  scan: { en: 'create the app by scanning a QR code', zh: '扫描二维码创建应用' },
  guided: { en: 'through the console, step by step', zh: '在开发者后台逐步完成' },
  botName: { en: 'name of the bot that a scan creates', zh: '扫码创建的机器人名称' },
  autopilot: { en: 'let the app configure and publish itself', zh: '允许应用自动配置并发布' },
  noAutopilot: { en: 'change nothing on the platform', zh: '不更改平台上的任何配置' },
  account: { en: 'account id', zh: '账号 ID' },
  domain: {
    en: 'feishu, lark, or the base URL of a private deployment',
    zh: 'feishu、lark，或私有化部署的基础 URL',
  },
  dmPolicy: { en: 'who may write to the bot', zh: '谁可以与机器人私聊' },
  allowFrom: {
    en: 'open_ids that may (repeat or comma)',
    zh: '允许的 open_id（可重复或用逗号分隔）',
  },
  host: { en: 'write the config file of this host', zh: '写入该宿主的配置文件' },
  noVerify: { en: 'write without asking Feishu', zh: '不向飞书校验，直接写入' },
  noStart: { en: 'do not start anything afterwards', zh: '完成后不启动任何程序' },
  dryRun: { en: 'print the plan, change nothing', zh: '只打印计划，不做任何更改' },
  restore: {
    en: 'undo the switch from another plugin',
    zh: '撤销从其他插件的切换',
  },
  sandbox: {
    en: 'against an embedded sandbox; leaves nothing behind',
    zh: '使用内置沙箱，不留下任何痕迹',
  },
  yes: { en: 'ask nothing, take defaults', zh: '不提问，采用默认值' },
  noInput: { en: 'never prompt', zh: '从不提问' },
} as const satisfies Record<string, Text>;
