import { credentialTexts } from '../config/source/credential-texts.ts';
import type { Text } from '../shared/text/text.ts';

export const wizardTexts = {
  intro: {
    en: 'moltbot-feishu {version} · Feishu / Lark for Moltbot',
    zh: 'moltbot-feishu {version} · 飞书 / Lark 接入 Moltbot',
  },
  usesProxy: { en: 'proxy {proxy}', zh: '代理 {proxy}' },

  askAppId: { en: 'App ID', zh: 'App ID' },
  askAppSecret: { en: 'App Secret', zh: 'App Secret' },
  askAppSecretAgain: {
    en: 'App Secret (Enter keeps the accepted one)',
    zh: 'App Secret（按回车沿用已通过的）',
  },
  askDmPolicy: { en: 'Who may talk to the bot?', zh: '谁可以与机器人对话？' },
  policyOpen: { en: 'anyone in the organisation', zh: '企业内任何人' },
  policyAllowlist: { en: 'only people I list', zh: '仅限名单中的人' },
  policyDisabled: { en: 'no one; the bot answers in groups only', zh: '不允许私聊，仅在群里回复' },
  policyPairing: { en: 'people I approve in the host', zh: '需在宿主中批准配对的人' },
  askAllowFrom: { en: 'Their open_ids (comma between)', zh: '他们的 open_id（逗号分隔）' },
  askRetry: { en: 'What now?', zh: '接下来？' },

  emptySecret: credentialTexts.emptySecret,
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
  missingAdvice: {
    en: 'give {flag}, or set {variable}',
    zh: '请提供 {flag}，或设置环境变量 {variable}',
  },
  configureAdvice: {
    en: 'run it in a terminal, where it asks; or without questions: moltbot-feishu setup --app-id APP_ID --app-secret-stdin --yes, with the App Secret on its standard input; or set FEISHU_APP_ID and FEISHU_APP_SECRET',
    zh: '请在终端中运行，以便应答；或不经提问：moltbot-feishu setup --app-id APP_ID --app-secret-stdin --yes，并通过标准输入提供 App Secret；或设置 FEISHU_APP_ID 和 FEISHU_APP_SECRET',
  },
  missingFlagAdvice: { en: 'give {flag}', zh: '请提供 {flag}' },
  twoSecrets: {
    en: 'The App Secret is given in more than one way: {flags}.',
    zh: 'App Secret 以多种方式给出：{flags}。',
  },
  twoSecretsAdvice: { en: 'give one of them', zh: '请只保留一种' },
  secretFileUnreadable: {
    en: 'The App Secret file {path} cannot be read ({reason}).',
    zh: '无法读取 App Secret 文件 {path}（{reason}）。',
  },
  secretFileAdvice: { en: 'check the path and its permissions', zh: '请检查路径及其权限' },
  secretVisible: {
    en: '--app-secret can be seen by other users of this machine; --app-secret-stdin cannot',
    zh: '--app-secret 会被本机其他用户看到；建议使用 --app-secret-stdin',
  },

  verifying: { en: 'Asking Feishu', zh: '正在向飞书校验' },
  notVerified: { en: 'not verified (--no-verify)', zh: '未校验（--no-verify）' },

  progressNotKept: {
    en: 'The progress of this setup cannot be saved here: the next run begins at the start.',
    zh: '此处无法保存进度：下次 setup 将从头开始。',
  },
  refUnset: {
    en: '{name} is not set here: it must be set where the bot runs',
    zh: '此处未设置 {name}：运行机器人的环境中必须设置它',
  },
  refNoFile: {
    en: '{path} cannot be read here: it must be there where the bot runs',
    zh: '此处无法读取 {path}：运行机器人的环境中必须有该文件',
  },
  configOpen: {
    en: 'other users of this machine can open {path}, which gets the App Secret; close it with: chmod 600 {path}',
    zh: '本机其他用户可以打开 {path}，而 App Secret 将写入其中；请执行：chmod 600 {path}',
  },
  askClose: {
    en: 'Close the config to other users (mode 0600)?',
    zh: '是否将配置文件的权限改为 0600？',
  },
  closeYes: { en: 'yes, only for me', zh: '是，仅本人可读写' },
  closeNo: { en: 'no, keep its mode', zh: '否，保持原权限' },
  closed: {
    en: '{path} had been open to other users: mode 0600 now',
    zh: '{path} 原先对其他用户开放，现权限为 0600',
  },
  managedScanAdvice: {
    en: 'Create the app in the developer console, and add channels.feishu where the config is managed.',
    zh: '请在开发者后台创建应用，并在管理该配置的地方添加 channels.feishu。',
  },
  planned: { en: 'The change', zh: '将要进行的更改' },
  nothingToWrite: {
    en: '{path} already has this content; nothing to change',
    zh: '{path} 内容已一致，无需更改',
  },
  wrote: { en: '{path} (+ channels.feishu)', zh: '{path}（+ channels.feishu）' },
  wroteBackup: {
    en: '{path} (+ channels.feishu), backup {backup}',
    zh: '{path}（+ channels.feishu），备份 {backup}',
  },
  dryRun: { en: 'dry run: {path} was not touched', zh: '试运行：未改动 {path}' },
  askingHost: { en: 'Asking the host', zh: '正在询问宿主' },
  done: { en: 'Done.', zh: '完成。' },
  doneIn: { en: 'Done in {time}.', zh: '完成，用时 {time}。' },
  seconds: { en: '{seconds} s', zh: '{seconds} 秒' },
  minutes: { en: '{minutes} min {seconds} s', zh: '{minutes} 分 {seconds} 秒' },
  doneNotReady: { en: 'Written, but the app is not ready yet.', zh: '已写入，但应用尚未就绪。' },
  notChecked: { en: 'Not checked: {steps}', zh: '未检查：{steps}' },
  next: { en: 'next: {command}', zh: '下一步：{command}' },
  later: {
    en: 'If the bot stops answering, run: moltbot-feishu doctor',
    zh: '日后没有回应？moltbot-feishu doctor',
  },
  advice: { en: 'fix: {fix}', zh: '解决：{fix}' },
  exitCode: { en: 'exit {code}', zh: '退出码 {code}' },
  nothingWritten: { en: 'nothing was written', zh: '未写入任何内容' },
  cancelled: { en: 'Cancelled. Nothing was written.', zh: '已取消，未写入任何内容。' },
  appNotReady: { en: 'The app is not ready: {problem}', zh: '应用尚未就绪：{problem}' },

  existing: {
    en: 'account {account} is set up with {appId}',
    zh: '账号 {account} 已配置 {appId}',
  },
  existingPolicy: { en: 'who may talk to it: {policy}', zh: '可对话的人：{policy}' },
  askLanguage: { en: 'Language · 语言', zh: '语言 · Language' },
  langZh: { en: '中文', zh: '中文' },
  langEn: { en: 'English', zh: 'English' },
  askTask: { en: 'What would you like to do?', zh: '你想做什么？' },
  taskRepair: { en: 'check it, and repair what is wrong', zh: '检查并修复' },
  taskTest: { en: 'prove it by a message', zh: '用一条消息验证' },
  taskRotate: { en: 'enter a new App Secret', zh: '更换 App Secret' },
  taskPolicy: { en: 'change who may talk to it', zh: '更改谁可以与它对话' },
  taskReplace: { en: 'connect another app instead', zh: '改用另一个应用' },
  taskMove: { en: 'move it to another host', zh: '迁移到另一个宿主' },
  taskAdd: { en: 'add another bot', zh: '再添加一个机器人' },
  taskLeave: { en: 'leave it as it is', zh: '保持不变，退出' },
  left: { en: 'Nothing was changed.', zh: '未做任何更改。' },
  titleTask: { en: 'what to do', zh: '选择操作' },

  askResume: {
    en: 'An earlier run stopped at “{step}”. Continue there?',
    zh: '上次在“{step}”处中断，是否从那里继续？',
  },
  earlierRun: {
    en: 'an earlier run is unfinished: {path}, account {account}, {domain}',
    zh: '有未完成的进度：{path}，账号 {account}，{domain}',
  },
  resumeYes: { en: 'continue', zh: '继续' },
  resumeNo: { en: 'start over', zh: '重新开始' },
  resumeApp: { en: 'app {appId} is kept', zh: '沿用应用 {appId}' },
  titleResume: { en: 'the earlier run', zh: '上次的进度' },

  askAccount: { en: 'A name for this account in the config', zh: '此账号在配置中的 ID' },
  accountTaken: { en: '"{id}" is there already', zh: '“{id}”已存在' },

  askMethod: { en: 'How do you want to connect?', zh: '选择接入方式' },
  methodScan: {
    en: 'Scan a QR code with Feishu or Lark',
    zh: '用飞书或 Lark 扫描二维码',
  },
  methodScanHint: { en: 'creates the bot for you, ~1 minute', zh: '自动创建机器人，约 1 分钟' },
  methodPaste: { en: 'I have an App ID and App Secret', zh: '已有 App ID 和 App Secret' },
  methodConsole: { en: 'Show me the console steps', zh: '在开发者后台逐步操作' },
  guidedNeedsTerminal: {
    en: 'it needs an interactive terminal',
    zh: '需要有人应答，请在终端中运行',
  },
  twoMethods: { en: '{flags} exclude each other', zh: '{flags} 不能同时使用' },
  titleMethod: { en: 'how to connect', zh: '接入方式' },

  whereAppId: {
    en: 'App ID and App Secret: {url} → your app → Credentials & Basic Info',
    zh: 'App ID 与 App Secret：{url} → 你的应用 → 凭证与基础信息',
  },
  whereSecret: { en: 'App Secret: {url}', zh: 'App Secret：{url}' },
  titleAppId: { en: 'App ID', zh: 'App ID' },
  titleAppSecret: { en: 'App Secret', zh: 'App Secret' },
  titleCredentials: { en: 'credentials', zh: '凭证' },
  accepted: { en: 'accepted', zh: '已通过' },
  brandSwitched: {
    en: 'This app belongs to {other}, not to {brand}: continuing with {other}.',
    zh: '该应用属于 {other}，而非 {brand}，将改用 {other}。',
  },
  wrongSecret: {
    en: 'The App Secret is wrong ({code}). The App ID {appId} exists.',
    zh: 'App Secret 错误（{code}），App ID {appId} 存在。',
  },
  wrongSecretAdvice: { en: 'Copy it again: {url}', zh: '请重新复制：{url}' },
  wrongAppId: {
    en: 'There is no app {appId} here ({code}).',
    zh: '此处没有应用 {appId}（{code}）。',
  },
  wrongAppIdAdvice: {
    en: 'Check the App ID and the domain (feishu, lark): {url}',
    zh: '请核对 App ID 与域名（feishu、lark）：{url}',
  },
  otherMethod: { en: 'connect another way', zh: '换一种接入方式' },

  shared: {
    en: '{path} uses the app {appId}, too: each message would go to one of the two gateways.',
    zh: '{path} 也在使用应用 {appId}：每条消息只会到达两个网关中的一个。',
  },
  sharedHere: {
    en: 'The account {account} uses the app {appId}, too: only one of the two would get its messages.',
    zh: '账号 {account} 也在使用应用 {appId}：两个账号中只有一个会收到消息。',
  },
  sharedAdvice: {
    en: 'Use an app of its own here, or remove it there: {command}',
    zh: '请在此使用另一个应用，或在那里移除：{command}',
  },
  askShared: { en: 'Use this app here all the same?', zh: '仍在此使用该应用？' },
  sharedOther: { en: 'use another app', zh: '使用另一个应用' },
  sharedAnyway: { en: 'yes, use it in both places', zh: '是，两处都使用' },
  titleShared: { en: 'an app used twice', zh: '应用共用' },
  askHost: { en: 'Move it to which host?', zh: '迁移到哪个宿主？' },
  hostMoltbot: { en: 'Moltbot', zh: 'Moltbot' },
  hostClawdbot: { en: 'Clawdbot', zh: 'Clawdbot' },
  hostOpenclaw: { en: 'OpenClaw', zh: 'OpenClaw' },
  movedFrom: {
    en: '{path} still contains this account. Remove it with: {command}',
    zh: '{path} 中仍保留此账号，请在那里移除：{command}',
  },
  titleMove: { en: 'another host', zh: '迁移宿主' },

  askWrite: { en: 'Write this?', zh: '写入以上更改？' },
  moreLines: { en: '… {count} more lines', zh: '……还有 {count} 行' },
  showWhole: { en: 'show the whole change', zh: '查看完整更改' },
  writeOnly: { en: 'write it', zh: '写入' },
  writeAndRun: {
    en: 'write it, and start the bot here: it echoes until Ctrl-C',
    zh: '写入，并在此启动机器人（原样回复，按 Ctrl-C 结束）',
  },
  writeAndGateway: {
    en: 'write it, and start the gateway here, until Ctrl-C',
    zh: '写入，并在此启动网关（按 Ctrl-C 结束）',
  },
  askWhichHost: {
    en: 'No host is on PATH: which one is this for?',
    zh: 'PATH 中没有宿主：用于哪一个？',
  },
  hostIsOpen: {
    en: 'no host is on PATH; {path} is the file that {host} reads; for another host: --host openclaw, --host clawdbot or --host moltbot',
    zh: 'PATH 中没有宿主；{path} 是 {host} 读取的文件；若使用其他宿主：--host openclaw、--host clawdbot 或 --host moltbot',
  },
  writePolicy: {
    en: 'change who may talk to it (now: {policy})',
    zh: '更改谁可以与它对话（当前：{policy}）',
  },
  titleWrite: { en: 'the config', zh: '写入配置' },
  titlePolicy: { en: 'who may talk', zh: '谁可以对话' },
  titlePlugin: { en: 'the host', zh: '宿主' },
  policyOnly: { en: 'only {people}', zh: '仅限 {people}' },

  choiceRetry: { en: 'try again', zh: '重试' },
  choiceBack: { en: 'back', zh: '返回' },
  choiceLeave: { en: 'leave; nothing is written', zh: '退出，不写入任何内容' },
  choiceLeaveKept: {
    en: 'leave; the next setup continues from here',
    zh: '退出，下次 setup 从这里继续',
  },
  continueAnyway: {
    en: 'go on: write the config, finish the app later',
    zh: '继续：先写入配置，稍后再完善应用',
  },
  escBack: { en: '[esc] back', zh: '[esc] 返回' },
  cancelledKept: {
    en: 'Cancelled. The next setup continues from here.',
    zh: '已取消，下次 setup 从这里继续。',
  },
  cancelledProgress: {
    en: 'Cancelled. Nothing was written. The next setup continues from here.',
    zh: '已取消，未写入任何内容，下次 setup 从这里继续。',
  },
  yes: { en: 'yes', zh: '是' },

  keptPending: {
    en: '{path} keeps the app, disabled until you are done',
    zh: '{path} 已保存该应用，完成前保持停用',
  },
  keptInHost: {
    en: 'The app {appId} is kept in the host’s config, disabled. Setting it up again continues with it.',
    zh: '应用 {appId} 已保存在宿主配置中（停用），再次配置时将沿用它。',
  },
  keptForLater: {
    en: 'kept for the next run, disabled: {appId} in {path}',
    zh: '已保留供下次使用（停用）：{appId}，见 {path}',
  },
  notKept: {
    en: 'The app {appId} could not be kept ({problem}); you will have to enter its secret again.',
    zh: '无法保存应用 {appId}（{problem}），下次需重新输入密钥。',
  },

  askEmptyList: {
    en: 'The list is empty: the bot would answer no one.',
    zh: '名单为空：机器人不会回复任何人。',
  },
  emptyListPeople: { en: 'enter open_ids', zh: '输入 open_id' },
  emptyListPolicy: { en: 'choose another rule', zh: '选择其他规则' },
  emptyListKeep: { en: 'leave it empty for now', zh: '暂时留空' },
  openLink: { en: 'open the page', zh: '打开页面' },
  noBrowser: {
    en: 'No browser here; open it elsewhere: {url}',
    zh: '此处没有浏览器，请在其他设备打开：{url}',
  },
  link: { en: 'Link', zh: '链接' },
  byLink: { en: 'yes: one page to confirm', zh: '可以：打开一个页面确认' },
  byHand: { en: 'walk through the console pages', zh: '在开发者后台逐页检查' },
  lookAgain: { en: 'look at the app again', zh: '重新查看应用状态' },
  listed: { en: '{list}; {next}', zh: '{list}；{next}' },
  nothing: { en: 'nothing', zh: '无' },
  brandFeishu: { en: 'Feishu', zh: '飞书' },
  brandLark: { en: 'Lark', zh: 'Lark' },
  askAutopilot: {
    en: 'Set this up automatically through the API?',
    zh: '是否允许通过 API 自动配置应用？',
  },
  autopilotYes: { en: 'yes', zh: '可以' },
  autopilotConsole: { en: 'no, show me the console steps', zh: '不，我在开发者后台操作' },
  autopilotLeaveIt: { en: 'leave the app as it is', zh: '保持应用现状' },
  askBotName: { en: 'Name of the bot', zh: '机器人名称' },
  badBotName: { en: 'a name has 1 to {max} characters', zh: '名称应为 1 至 {max} 个字符' },
} as const satisfies Record<string, Text>;
