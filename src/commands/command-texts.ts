import type { Text } from '../shared/text/text.ts';

/** Texts of the commands. */
export const commandTexts = {
  program: {
    en: 'Feishu / Lark for Moltbot: set up a bot, run it, find out why it is silent.',
    zh: '飞书 / Lark 接入 Moltbot：配置机器人、运行它、查明它为何不回应。',
  },
  setup: {
    en: 'connect a Feishu app: verify it, write the config',
    zh: '接入飞书应用：校验并写入配置',
  },
  doctor: { en: 'find out why the bot does not answer', zh: '诊断机器人为何不回应' },
  run: { en: 'run the bundled channel without a host', zh: '不依赖宿主，直接运行内置渠道' },
  remove: { en: 'take an account out of the config again', zh: '从配置中移除账号' },
  completion: { en: 'completion for your shell', zh: '生成 shell 补全脚本' },
  argShell: { en: 'your shell', zh: '使用的 shell' },
  optAll: { en: 'all accounts: the whole channel', zh: '全部账号：整个渠道' },
  optPurge: {
    en: 'delete its inbox, too, with what waits in it',
    zh: '同时删除其收件箱，包括其中待处理的消息',
  },
  optPlugin: {
    en: 'remove the plugin from the host, too, with the last account',
    zh: '移除最后一个账号时，同时从宿主中移除插件',
  },
  optDryRun: { en: 'print the plan, change nothing', zh: '只打印计划，不做任何更改' },
  sandbox: {
    en: 'run a local mock of the Open Platform',
    zh: '本机上的模拟开放平台，供试用与测试',
  },
  optLang: { en: 'language of the texts', zh: '界面语言' },
  optConfig: { en: 'the config file to use', zh: '使用的配置文件' },
  optJson: { en: 'one JSON document on stdout', zh: '在标准输出打印一个 JSON 文档' },
  optVerbose: { en: 'say more on stderr', zh: '在标准错误输出更多信息' },
  optNoColor: { en: 'no colour (also NO_COLOR)', zh: '不使用颜色（也可设 NO_COLOR）' },
  optNoInput: { en: 'never prompt', zh: '从不提问' },
  optHelp: { en: 'show help', zh: '显示帮助' },
  optVersion: { en: 'show the version', zh: '显示版本号' },
  optEcho: { en: 'answer with the same text (default)', zh: '原样回复（默认）' },
  optExec: {
    en: 'answer with what this command prints',
    zh: '以该命令的输出作答',
  },
  optExecVersion: {
    en: 'form of the JSON document that --exec gets: 2, or 1 as in release 1.0',
    zh: '--exec 所得 JSON 文档的版本：2，或 1（同 1.0 版）',
  },
  optExecFormat: {
    en: 'what --exec prints: text, or one JSON object a line (default: text)',
    zh: '--exec 输出的格式：text，或每行一个 JSON 对象的 jsonl（默认 text）',
  },
  optMediaRoot: {
    en: 'answers may also send files of this directory; may be repeated',
    zh: '回答还可发送该目录下的文件；可重复指定',
  },
  optPort: { en: 'port (default: any free one)', zh: '端口（默认任选空闲端口）' },
  advice: { en: 'fix: {fix}', zh: '解决：{fix}' },
  nothingWritten: { en: 'nothing was written', zh: '未写入任何内容' },
  cancelled: { en: 'Cancelled.', zh: '已取消。' },
  internal: {
    en: 'This is a fault of moltbot-feishu: {problem}',
    zh: '这是 moltbot-feishu 自身的故障：{problem}',
  },
  internalAdvice: {
    en: 'run again with --verbose and report what it prints',
    zh: '请加 --verbose 重试，并反馈输出内容',
  },
  tooManyFiles: {
    en: 'Too many files are open ({reason}).',
    zh: '打开的文件过多（{reason}）。',
  },
  tooManyFilesAdvice: {
    en: 'raise the limit and try again: ulimit -n 1024',
    zh: '请提高上限后重试：ulimit -n 1024',
  },
  done: { en: 'Done in {seconds} s.', zh: '完成，用时 {seconds} 秒。' },
  took: { en: 'Took {seconds} s.', zh: '用时 {seconds} 秒。' },
  planned: {
    en: 'Planned in {seconds} s; nothing was changed.',
    zh: '计划完成，用时 {seconds} 秒；未做任何更改。',
  },
  closing: { en: '{done} {open}', zh: '{done}{open}' },
  noAccounts: {
    en: 'No Feishu account is configured in {path}.',
    zh: '{path} 中没有配置飞书账号。',
  },
  noAccountsAdvice: { en: 'run: moltbot-feishu setup', zh: '请运行：moltbot-feishu setup' },
  unknownAccount: {
    en: 'There is no account "{account}" in {path}; there is: {known}.',
    zh: '{path} 中没有账号“{account}”；现有：{known}。',
  },
  optFix: { en: 'fix what can be fixed automatically', zh: '修复可以自动修复的问题' },
  optWatch: { en: 'keep checking, and refresh on change', zh: '持续检查，有变化时刷新' },
  optLive: {
    en: 'prove it by a message: wait for one, or send one to this open_id',
    zh: '用一条消息验证：等待来信，或发给该 open_id',
  },
  optReport: {
    en: 'write a report without secrets, fit for a public issue',
    zh: '写出不含密钥的报告，可用于公开的 issue',
  },
  reportWritten: {
    en: 'report: {path} (no secrets, ids shortened; read it before you post it)',
    zh: '报告：{path}（不含密钥，ID 已缩短；发布前请先看一遍）',
  },
  reportUnwritable: {
    en: 'The report {path} cannot be written ({reason}).',
    zh: '无法写入报告 {path}（{reason}）。',
  },
  reportUnwritableAdvice: {
    en: 'name another file: --report FILE',
    zh: '请指定其他文件：--report FILE',
  },
  nothingToFix: {
    en: 'Nothing can be fixed automatically.',
    zh: '没有可以自动修复的问题。',
  },
  fixPlan: { en: 'Can be fixed automatically:', zh: '可在此修复：' },
  fixNeedsYes: {
    en: 'Nothing was changed: not an interactive terminal. Pass --yes to apply all fixes.',
    zh: '未做任何更改：此处无法询问。加 --yes 表示全部允许。',
  },
} as const satisfies Record<string, Text>;
