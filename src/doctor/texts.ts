import type { Text } from '../shared/text.ts';

export const doctorTexts = {
  needsFailed: { en: 'skipped because {needed} failed', zh: '因 {needed} 未通过而跳过' },
  deadline: { en: 'no answer within the time allowed', zh: '在限定时间内没有得到答复' },

  askConfig: { en: 'Can the config file be read?', zh: '配置文件能读取吗？' },
  askFileMode: { en: 'Is the config file private?', zh: '配置文件是否仅本人可读？' },
  askDuplicates: { en: 'Does one app serve two accounts?', zh: '是否有两个账号使用同一应用？' },
  askSecret: { en: 'Is the App Secret readable?', zh: '能否取得 App Secret？' },
  askNetwork: { en: 'Is the platform reachable?', zh: '能否连上开放平台？' },
  askCredentials: { en: 'Does Feishu accept the credentials?', zh: '飞书是否接受该凭证？' },
  askBot: { en: 'Is the bot on?', zh: '机器人能力是否已开启？' },
  askConnection: { en: 'Does the long connection open?', zh: '长连接能否建立？' },
  askPermissions: { en: 'Are the needed permissions granted?', zh: '所需权限是否已开通？' },
  askEvents: { en: 'Is the message event subscribed?', zh: '是否已订阅接收消息事件？' },
  askPublish: { en: 'Is a version published?', zh: '应用版本是否已发布？' },

  configRead: { en: '{path}, mode {mode}', zh: '{path}，权限 {mode}' },
  configEmpty: { en: 'no Feishu account in {path}', zh: '{path} 中没有飞书账号' },
  runSetup: { en: 'run: moltbot-feishu setup', zh: '请运行：moltbot-feishu setup' },
  noMode: { en: 'this system has no file modes', zh: '此系统没有文件权限位' },
  openMode: {
    en: '{path} can be read by others (mode {mode}) and holds the App Secret',
    zh: '{path} 可被他人读取（权限 {mode}），其中含 App Secret',
  },
  openModeFix: { en: 'chmod 600 {path}', zh: 'chmod 600 {path}' },
  privateMode: { en: 'mode {mode}', zh: '权限 {mode}' },
  sameApp: {
    en: '{accounts} use the same app: each gets only part of the messages',
    zh: '{accounts} 使用同一应用：每个只能收到部分消息',
  },
  sameAppFix: {
    en: 'give each account its own app, or take one out',
    zh: '为每个账号使用独立应用，或移除其中一个',
  },
  noDuplicates: { en: 'each account has its own app', zh: '各账号使用各自的应用' },
  secretRead: { en: 'found, not shown', zh: '已找到（不显示）' },
  reached: { en: '{host} answered in {ms} ms', zh: '{host} 在 {ms} 毫秒内应答' },
  accepted: { en: 'accepted', zh: '已通过' },
  botOn: { en: 'on: “{name}”', zh: '已开启：“{name}”' },
  botStatus: {
    en: 'the platform reports the bot as {meaning}',
    zh: '平台显示机器人状态为：{meaning}',
  },
  botStatusFix: {
    en: 'publish a version, or ask your administrator to enable the app',
    zh: '请发布版本，或请管理员启用该应用',
  },
  status0: { en: 'waiting to be installed', zh: '待安装' },
  status1: { en: 'disabled by your organisation', zh: '已被企业停用' },
  status3: { en: 'installed, not yet enabled', zh: '已安装，待启用' },
  status4: { en: 'upgraded, not yet enabled', zh: '已升级，待启用' },
  status5: { en: 'licence expired', zh: '许可已过期' },
  status6: { en: 'plan expired', zh: '套餐已过期' },
  connected: { en: 'opened in {ms} ms', zh: '{ms} 毫秒内建立' },
  othersOnline: {
    en: '{count} other clients are online for this app: each takes part of the messages',
    zh: '该应用另有 {count} 个客户端在线：每个都会分走部分消息',
  },
  othersOnlineFix: {
    en: 'stop the other gateway, or give it its own app',
    zh: '停掉其他网关，或让它使用独立应用',
  },
  scopesGranted: { en: '{count} needed ones granted', zh: '所需的 {count} 项均已开通' },
  scopesMissing: { en: 'missing: {scopes}', zh: '缺少：{scopes}' },
  scopesMissingFix: {
    en: 'grant them at {url}, then publish a version',
    zh: '在 {url} 开通，然后发布版本',
  },
  eventInVersion: {
    en: '{event} in published version {version}',
    zh: '{event} 在已发布版本 {version} 中',
  },
  eventMissing: {
    en: '{event} is not in published version {version}',
    zh: '已发布版本 {version} 未包含 {event}',
  },
  eventMissingFix: {
    en: 'add it at {url}, then publish a version',
    zh: '在 {url} 添加，然后发布版本',
  },
  versionLive: { en: 'version {version} is published', zh: '版本 {version} 已发布' },
  versionInReview: {
    en: 'version {version} waits for your administrator',
    zh: '版本 {version} 等待管理员审核',
  },
  versionInReviewFix: { en: 'ask your administrator to approve it', zh: '请联系管理员审核通过' },
  versionUntold: {
    en: 'the platform lists no published version (it lists none for scanned apps)',
    zh: '平台未列出已发布版本（扫码创建的应用也不会列出）',
  },
  versionUntoldFix: { en: 'look at {url}', zh: '请查看 {url}' },
  modeUntold: {
    en: 'whether the event mode is “long connection” cannot be read by API: only a message proves it',
    zh: '事件订阅方式是否为“长连接”无法通过 API 读取，只有收到消息才能证明',
  },

  fix: { en: 'fix: {fix}', zh: '解决：{fix}' },
  heading: { en: 'Feishu · account {account} · {appId}', zh: '飞书 · 账号 {account} · {appId}' },
  summary: {
    en: '{fail} failing, {warn} warnings, {notChecked} not checked',
    zh: '{fail} 项失败，{warn} 项警告，{notChecked} 项未检查',
  },
  allWell: { en: 'everything that can be checked is well', zh: '可检查的项目均正常' },
} as const satisfies Record<string, Text>;
