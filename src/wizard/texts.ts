import type { Text } from '../shared/text.ts';

export const wizardTexts = {
  intro: {
    en: 'moltbot-feishu {version} · Feishu / Lark for Moltbot',
    zh: 'moltbot-feishu {version} · 飞书 / Lark 接入 Moltbot',
  },
  usesConfig: { en: 'config {path} ({because})', zh: '配置文件 {path}（{because}）' },
  usesProxy: { en: 'proxy {proxy}', zh: '代理 {proxy}' },
  existing: { en: 'account {account} is set up with {appId}', zh: '账号 {account} 已配置 {appId}' },
  resumed: { en: 'going on from an earlier run', zh: '从上次中断处继续' },
  whereCredentials: {
    en: 'App ID and App Secret: {url} → your app → Credentials & Basic Info',
    zh: 'App ID 与 App Secret：{url} → 你的应用 → 凭证与基础信息',
  },

  askAppId: { en: 'App ID', zh: 'App ID' },
  askAppSecret: { en: 'App Secret', zh: 'App Secret' },
  askDmPolicy: { en: 'Who may talk to the bot?', zh: '谁可以与机器人对话？' },
  policyOpen: { en: 'anyone in the organisation', zh: '企业内任何人' },
  policyAllowlist: { en: 'only people I list', zh: '仅限名单中的人' },
  policyPairing: { en: 'people I approve in the host', zh: '需在宿主中批准配对的人' },
  askAllowFrom: { en: 'Their open_ids (comma between)', zh: '他们的 open_id（逗号分隔）' },
  askWrite: { en: 'Write this?', zh: '写入以上更改？' },
  askStart: { en: 'Start the bot here now?', zh: '现在就在此启动机器人吗？' },
  askRetry: { en: 'What now?', zh: '接下来？' },
  choiceRetry: { en: 'try again', zh: '重试' },
  choiceAgain: { en: 'enter the credentials again', zh: '重新输入凭证' },
  choiceLeave: { en: 'leave, nothing is written', zh: '退出，不写入任何内容' },
  choiceWait: { en: 'wait longer', zh: '继续等待' },
  choiceSkip: { en: 'go on without this proof', zh: '跳过此项验证' },

  badAppId: {
    en: '"{found}" is not an App ID: it is cli_ and 16 characters of 0-9 and a-f',
    zh: '“{found}”不是 App ID：应为 cli_ 加 16 位 0-9、a-f 字符',
  },
  emptySecret: { en: 'the App Secret is empty', zh: 'App Secret 为空' },
  badAllowFrom: {
    en: '"{found}" is not an open_id: it begins with ou_',
    zh: '“{found}”不是 open_id：应以 ou_ 开头',
  },
  badAccountId: {
    en: '"{found}" cannot be an account id: use letters, digits, _ . -',
    zh: '“{found}”不能作为账号 ID：请使用字母、数字、_ . -',
  },
  badSecretRef: {
    en: '"{found}" is neither env:NAME nor file:PATH',
    zh: '“{found}”既不是 env:NAME 也不是 file:PATH',
  },
  invalidAnswer: { en: '{flag}: {problem}', zh: '{flag}：{problem}' },
  missingAnswer: { en: '{what} is missing.', zh: '缺少 {what}。' },
  missingFix: {
    en: 'give {flag}, or set {variable}',
    zh: '请提供 {flag}，或设置环境变量 {variable}',
  },
  missingFixFlag: { en: 'give {flag}', zh: '请提供 {flag}' },
  twoSecrets: {
    en: 'The App Secret is given in more than one way: {flags}.',
    zh: 'App Secret 以多种方式给出：{flags}。',
  },
  twoSecretsFix: { en: 'give one of them', zh: '请只保留一种' },
  secretFileUnreadable: {
    en: 'The App Secret file {path} cannot be read ({reason}).',
    zh: '无法读取 App Secret 文件 {path}（{reason}）。',
  },
  secretFileFix: { en: 'check the path and its permissions', zh: '请检查路径及其权限' },
  secretVisible: {
    en: '--app-secret can be seen by other users of this machine; --app-secret-stdin cannot',
    zh: '--app-secret 会被本机其他用户看到；建议使用 --app-secret-stdin',
  },

  verifying: { en: 'Asking Feishu', zh: '正在向飞书校验' },
  notVerified: { en: 'not verified (--no-verify)', zh: '未校验（--no-verify）' },
  credentialsRejected: {
    en: 'Feishu rejected these credentials.',
    zh: '飞书拒绝了该凭证。',
  },

  proofAsk: {
    en: 'Now send “{bot}” any message in Feishu',
    zh: '现在请在飞书中给“{bot}”发送任意消息',
  },
  proofHello: {
    en: 'Hello from Moltbot. I can hear you.',
    zh: '你好，我是 Moltbot，已收到你的消息。',
  },
  proofDone: {
    en: 'a message from {openId}, answered in {ms} ms',
    zh: '收到 {openId} 的消息，{ms} 毫秒内已回复',
  },
  proofNothing: {
    en: 'No message has arrived. Likely causes, in this order:',
    zh: '尚未收到消息。可能原因依次为：',
  },
  proofCause1: {
    en: '1. the event mode is not “long connection”: {url}',
    zh: '1. 事件订阅方式不是“长连接”：{url}',
  },
  proofCause2: {
    en: '2. im.message.receive_v1 is not in a published version',
    zh: '2. 已发布版本未包含 im.message.receive_v1',
  },
  proofCause3: {
    en: '3. you are outside the availability of the app',
    zh: '3. 你不在应用的可用范围内',
  },
  proofCause4: {
    en: '4. another gateway with this app took the message',
    zh: '4. 使用同一应用的其他网关收走了消息',
  },
  proofSkipped: { en: 'no live message was seen', zh: '未见到真实消息' },
  proofUnattended: { en: 'only a live message proves it', zh: '只有真实消息才能证明' },

  planned: { en: 'The change', zh: '将要进行的更改' },
  nothingToWrite: { en: '{path} already says this', zh: '{path} 已是如此，无需更改' },
  wrote: { en: '{path} (+ channels.feishu)', zh: '{path}（+ channels.feishu）' },
  wroteBackup: {
    en: '{path} (+ channels.feishu), backup {backup}',
    zh: '{path}（+ channels.feishu），备份 {backup}',
  },
  dryRun: { en: 'dry run: {path} was not touched', zh: '试运行：未改动 {path}' },
  askingHost: { en: 'Asking the host', zh: '正在询问宿主' },
  done: { en: 'Done.', zh: '完成。' },
  doneNotReady: { en: 'Written, but the app is not ready yet.', zh: '已写入，但应用尚未就绪。' },
  notChecked: { en: 'Not checked: {steps}', zh: '未检查：{steps}' },
  next: { en: 'next: {command}', zh: '下一步：{command}' },
  later: {
    en: 'Silent some day? moltbot-feishu doctor',
    zh: '日后没有回应？moltbot-feishu doctor',
  },
  fix: { en: 'fix: {fix}', zh: '解决：{fix}' },
  exitCode: { en: 'exit {code}', zh: '退出码 {code}' },
  nothingWritten: { en: 'nothing was written', zh: '未写入任何内容' },
  cancelled: { en: 'Cancelled. Nothing was written.', zh: '已取消，未写入任何内容。' },
  appNotReady: { en: 'The app is not ready: {problem}', zh: '应用尚未就绪：{problem}' },
  sandboxOnly: {
    en: 'cannot be combined with --sandbox, which brings its own app',
    zh: '不能与 --sandbox 同用：沙箱自带应用',
  },
  sandboxOn: { en: 'embedded sandbox at {url}', zh: '内置沙箱：{url}' },
} as const satisfies Record<string, Text>;
