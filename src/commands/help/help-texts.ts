import type { Text } from '../../shared/text/text.ts';

/** Texts of `--help` beyond a command's summary: examples, flag groups, environment variables. */
export const helpTexts = {
  examples: { en: 'Examples:', zh: '示例：' },
  variables: { en: 'Environment variables:', zh: '环境变量：' },
  groupApp: { en: 'App:', zh: '应用：' },
  groupAccess: { en: 'Account and access:', zh: '账号与权限：' },
  groupConfig: { en: 'Config:', zh: '配置：' },
  groupHow: { en: 'How it runs:', zh: '运行方式：' },
  groupWhat: { en: 'What it does:', zh: '执行内容：' },
  groupGeneral: { en: 'General options:', zh: '通用选项：' },

  setupGuided: {
    en: 'guided: scan a QR code, or paste an App ID and App Secret',
    zh: '引导模式：扫码，或粘贴 App ID 与 App Secret',
  },
  setupUnattended: {
    en: 'unattended: the App Secret from standard input, the result as JSON',
    zh: '无人值守：从标准输入读取 App Secret，结果为 JSON',
  },
  setupPlan: { en: 'show what would be written', zh: '查看将写入的内容' },
  doctorAll: { en: 'check every configured account', zh: '检查所有已配置的账号' },
  doctorFix: { en: 'fix what can be fixed automatically', zh: '修复可以自动修复的问题' },
  doctorLive: { en: 'wait for one message and answer it', zh: '等待一条消息并回复' },
  runEcho: { en: 'answer each message with its own text', zh: '原样回复每条消息' },
  runExec: {
    en: 'answer with the output of a command',
    zh: '以命令的输出作答',
  },
  removeAccount: { en: 'remove one account', zh: '移除一个账号' },
  removePlan: {
    en: 'show what removing the channel would change',
    zh: '查看移除整个渠道会更改什么',
  },
  sandboxPort: { en: 'a local mock of the Open Platform', zh: '本机上的模拟开放平台' },
  sandboxSetup: {
    en: 'try it without an app: setup, then a chat with the bot, all on this machine',
    zh: '无需应用即可试用：在本机完成配置，并与机器人聊天',
  },
  completionNow: { en: 'completion in this shell', zh: '在当前 shell 启用补全' },
  completionZsh: { en: 'completion in each zsh', zh: '在每个 zsh 中启用补全' },
  completionFish: { en: 'completion in each fish', zh: '在每个 fish 中启用补全' },

  accountDoctor: { en: 'check this account only', zh: '仅检查该账号' },
  accountRun: { en: 'run this account only', zh: '仅运行该账号' },
  accountRemove: { en: 'the account to remove', zh: '要移除的账号' },
  hostDoctor: { en: 'check the config file of this host', zh: '检查该宿主的配置文件' },
  hostRun: { en: 'read the config file of this host', zh: '读取该宿主的配置文件' },
  hostRemove: { en: 'change the config file of this host', zh: '更改该宿主的配置文件' },
  yesDoctor: {
    en: 'with --fix: apply all fixes without asking',
    zh: '与 --fix 同用：不询问，全部修复',
  },
  yesRemove: { en: 'remove without asking', zh: '不询问，直接移除' },
  jsonRun: { en: 'one JSON document a line on stdout', zh: '在标准输出每行打印一个 JSON 文档' },
  verboseRun: {
    en: 'also show the text of messages; more on stderr',
    zh: '同时显示消息文本；在标准错误输出更多信息',
  },

  varAppId: { en: 'App ID, instead of --app-id', zh: 'App ID，代替 --app-id' },
  varAppSecret: {
    en: 'App Secret, instead of the --app-secret flags',
    zh: 'App Secret，代替 --app-secret 系列选项',
  },
  varConfig: {
    en: 'the config file, as the host reads it',
    zh: '配置文件路径，与宿主一致',
  },
  varState: {
    en: 'the state directory, as the host reads it',
    zh: '状态目录，与宿主一致',
  },
  varOpenclawHome: {
    en: 'the home directory of OpenClaw, as it reads it',
    zh: 'OpenClaw 的主目录，与其一致',
  },
  varProxy: {
    en: 'proxy for Feishu, and hosts without it',
    zh: '访问飞书的代理，及不使用代理的主机',
  },
  exits: { en: 'Exit codes:', zh: '退出码：' },
  exitOk: { en: 'done', zh: '完成' },
  exitFindings: { en: 'a check failed', zh: '有检查未通过' },
  exitUsage: { en: 'wrong or missing flag', zh: '选项错误或缺失' },
  exitCredentials: {
    en: 'Feishu rejected the App ID or App Secret',
    zh: '飞书拒绝了 App ID 或 App Secret',
  },
  exitUnavailable: { en: 'Feishu cannot be reached', zh: '无法访问飞书' },
  exitConfig: {
    en: 'the config cannot be read or written',
    zh: '配置文件无法读取或写入',
  },
  exitNotReady: { en: 'written, but the app is not ready', zh: '已写入，但应用尚未就绪' },
  exitHost: { en: 'the host refused', zh: '宿主拒绝' },
  exitCancelled: { en: 'cancelled', zh: '已取消' },
  exitAtOnce: { en: 'stopped at once, by a second Ctrl-C', zh: '再次按 Ctrl-C，立即停止' },
  exitNoAccount: { en: 'the config has no such account', zh: '配置中没有该账号' },
  varHome: { en: 'the home directory, an absolute path', zh: '主目录（绝对路径）' },
  varLang: { en: 'language, unless --lang is given', zh: '界面语言（未指定 --lang 时）' },
  varColor: { en: 'set: no colour', zh: '设置后不使用颜色' },
  varAccessible: {
    en: 'set: plain lines for screen readers',
    zh: '设置后使用纯文本行，适合屏幕阅读器',
  },
  varCi: { en: 'true: never prompt', zh: '为 true 时从不提问' },
} as const satisfies Record<string, Text>;
