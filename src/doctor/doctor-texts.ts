import type { Text } from '../shared/text/text.ts';

export const doctorTexts = {
  needsFailed: { en: 'skipped because {needed} failed', zh: '因 {needed} 未通过而跳过' },
  needsNotReported: {
    en: 'not looked at: {needed} got no usable answer',
    zh: '未检查：{needed} 未得到有效答复',
  },
  deadline: { en: 'no answer within the time allowed', zh: '在限定时间内没有得到答复' },

  accepted: { en: 'accepted', zh: '已通过' },
  botOn: { en: 'on: “{name}”', zh: '已开启：“{name}”' },
  botStatus: {
    en: 'the platform reports the bot as {meaning}',
    zh: '平台显示机器人状态为：{meaning}',
  },
  botStatusAdvice: {
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
  leftAlone: {
    en: 'one is up; no second one was opened beside it',
    zh: '已有一个长连接在线，未另行建立',
  },
  othersOnline: {
    en: '{count} other clients are online for this app: each takes part of the messages',
    zh: '该应用另有 {count} 个客户端在线：每个都会分走部分消息',
  },
  othersOnlineAdvice: {
    en: 'stop the other gateway, or give it its own app',
    zh: '停掉其他网关，或让它使用独立应用',
  },
  scopesGranted: { en: '{count} needed ones granted', zh: '所需的 {count} 项均已开通' },
  scopesMissing: {
    en: 'missing: {scopes}\nso these do not work: {features}',
    zh: '缺少：{scopes}\n因此不可用：{features}',
  },
  scopesWaiting: {
    en: 'asked for, not granted yet: {scopes}\nso these do not work: {features}',
    zh: '已申请，尚未生效：{scopes}\n因此不可用：{features}',
  },
  scopesWaitingAdvice: {
    en: 'publish a version, or ask your administrator to approve them: {url}',
    zh: '请发布版本，或请管理员审核通过：{url}',
  },
  listed: { en: '{list}; {next}', zh: '{list}；{next}' },
  nothing: { en: '–', zh: '–' },
  scopesMissingAdvice: {
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
  eventMissingAdvice: {
    en: 'add it at {url}, then publish a version',
    zh: '在 {url} 添加，然后发布版本',
  },
  eventsMissing: {
    en: 'not in published version {version}: {events}\nso these do not work: {features}',
    zh: '已发布版本 {version} 未包含：{events}\n因此不可用：{features}',
  },
  eventsMissingAdvice: {
    en: 'add them at {url}, then publish a version',
    zh: '在 {url} 添加这些事件，然后发布版本',
  },
  versionLive: { en: 'version {version} is published', zh: '版本 {version} 已发布' },
  versionInReview: {
    en: 'version {version} is submitted; your administrator has to approve it',
    zh: '版本 {version} 已提交，需企业管理员审核',
  },
  versionInReviewAdvice: {
    en: 'wait, or ask your administrator to approve it',
    zh: '请等待，或联系管理员审核通过',
  },
  waitsForReview: {
    en: 'waits for the approval of version {version}',
    zh: '等待版本 {version} 审核通过',
  },
  versionRejected: {
    en: 'version {version} was rejected by your administrator',
    zh: '版本 {version} 被管理员驳回',
  },
  versionRejectedAdvice: {
    en: 'read the reason there, correct it, submit a new version',
    zh: '请查看驳回原因，修改后重新提交版本',
  },
  versionUnsubmitted: {
    en: 'version {version} was created and never submitted: what changed is not in force',
    zh: '版本 {version} 已创建但未提交发布，修改尚未生效',
  },
  versionUnsubmittedAdvice: { en: 'submit it for release', zh: '请申请线上发布' },
  versionNotReported: {
    en: 'the platform lists no published version (it lists none for scanned apps)',
    zh: '平台未列出已发布版本（扫码创建的应用也不会列出）',
  },
  versionNotReportedAdvice: { en: 'look at {url}', zh: '请查看 {url}' },
  menusOff: { en: 'not asked for (channels.feishu.menus)', zh: '未启用（channels.feishu.menus）' },
  menusRegistered: { en: 'the slash commands are registered', zh: '斜杠命令已注册' },
  menusMissing: {
    en: '{count} slash command(s) are missing or differ',
    zh: '{count} 个斜杠命令缺失或不一致',
  },
  menusLeft: {
    en: '{count} slash command(s) are still registered, although channels.feishu.menus is off',
    zh: 'channels.feishu.menus 未启用，但仍注册着 {count} 个斜杠命令',
  },
  menusAdvice: {
    en: 'run moltbot-feishu doctor --fix, or moltbot-feishu setup',
    zh: '请运行 moltbot-feishu doctor --fix 或 moltbot-feishu setup',
  },
  fixMenusLeft: {
    en: 'remove the slash commands and the menu of {appId}',
    zh: '移除应用 {appId} 的斜杠命令和菜单',
  },
  fixMenus: {
    en: 'register the slash commands and the menu of {appId} (the menu shows with the next published version)',
    zh: '注册应用 {appId} 的斜杠命令和菜单（菜单在下次发布版本后生效）',
  },
  modeLong: { en: 'long connection', zh: '使用长连接接收事件' },
  modeWebhook: {
    en: 'events go to a request URL (webhook), not to the long connection: nothing arrives here',
    zh: '事件订阅方式为“将事件发送至开发者服务器”，而非长连接：这里收不到任何消息',
  },
  modeWebhookAdvice: {
    en: 'choose “Receive events through persistent connection” at {url} while the gateway runs, then publish a version',
    zh: '请在网关运行时于 {url} 选择“使用长连接接收事件”并保存，然后发布版本',
  },
  modeBySection: {
    en: 'the section says webhook (connectionMode), and the mode of the app cannot be read by API: until it is the long connection, nothing arrives here',
    zh: '配置段写明 webhook（connectionMode），而应用的订阅方式无法通过 API 读取：切换为长连接之前，这里收不到任何消息',
  },
  modeNotReportedAdvice: {
    en: 'prove it by a message: moltbot-feishu doctor --live',
    zh: '用一条消息验证：moltbot-feishu doctor --live',
  },
  modeNotReported: {
    en: 'whether the event mode is “long connection” cannot be read by API: only a message proves it',
    zh: '事件订阅方式是否为“长连接”无法通过 API 读取，只有收到消息才能证明',
  },

  callbacksLong: { en: '{names}, long connection', zh: '{names}，长连接' },
  callbacksWebhook: {
    en: 'card callbacks go to a request URL (webhook): buttons do nothing',
    zh: '回调订阅方式不是长连接：卡片按钮不起作用',
  },
  callbacksMissing: {
    en: '{names} is missing: buttons on cards do nothing',
    zh: '缺少 {names}：卡片按钮不起作用',
  },
  callbacksAdvice: {
    en: 'choose the persistent connection and add {names} at {url}, then publish a version',
    zh: '请在 {url} 选择“使用长连接接收回调”并添加 {names}，然后发布版本',
  },
  callbacksNotReported: {
    en: 'callback mode and list cannot be read by API; buttons on cards need them',
    zh: '回调订阅方式和列表无法通过 API 读取，卡片按钮需要它们',
  },
  callbacksNotReportedAdvice: {
    en: 'look at {url}: persistent connection, and {names} in the list',
    zh: '请查看 {url}：应为长连接，且列表中有 {names}',
  },
  availableToAll: {
    en: 'everybody in the organisation, as version {version} asks for',
    zh: '版本 {version} 申请的可用范围为全部成员',
  },
  availableToSome: {
    en: 'version {version} is only for some people: for the others the bot does not exist',
    zh: '版本 {version} 仅对部分成员可用：其他人看不到机器人',
  },
  availableToSomeAdvice: {
    en: 'see that the person is in the availability (可用范围) at {url}; moltbot-feishu doctor --live OPEN_ID tries one',
    zh: '请在 {url} 确认该成员在可用范围内；moltbot-feishu doctor --live OPEN_ID 可验证某个人',
  },
  availabilityNotReported: {
    en: 'who may use the bot cannot be read by API',
    zh: '机器人的可用范围无法通过 API 读取',
  },
  availabilityNotReportedAdvice: {
    en: 'look at {url}, or try one person: moltbot-feishu doctor --live OPEN_ID',
    zh: '请查看 {url}，或验证某个人：moltbot-feishu doctor --live OPEN_ID',
  },
  otherBrand: {
    en: 'this app belongs to {other}, the domain says {brand}',
    zh: '该应用属于 {other}，而 domain 配置为 {brand}',
  },
  otherBrandAdvice: { en: 'set domain to "{other}"', zh: '请将 domain 设为 “{other}”' },
  fixDomain: { en: '{path}: set {key} to "{other}"', zh: '{path}：将 {key} 设为 “{other}”' },
  wrongSecret: {
    en: 'the App ID exists, the App Secret is wrong ({code})',
    zh: 'App ID 存在，App Secret 不正确（{code}）',
  },
  wrongSecretAdvice: {
    en: 'copy the App Secret again from {url}',
    zh: '请从 {url} 重新复制 App Secret',
  },
  wrongAppId: {
    en: 'there is no app {appId} on this platform ({code})',
    zh: '该平台上没有应用 {appId}（{code}）',
  },
  wrongAppIdAdvice: {
    en: 'copy the App ID again from the console, and check the domain (feishu or lark)',
    zh: '请从开发者后台重新复制 App ID，并检查 domain（feishu 或 lark）',
  },
  noPong: {
    en: 'the connection opens, but a ping is not answered',
    zh: '长连接可以建立，但心跳没有应答',
  },
  noPongAdvice: {
    en: 'a firewall or proxy that cuts WebSockets? Try another network, then run again',
    zh: '可能是防火墙或代理拦截了 WebSocket，请换一个网络后重试',
  },

  advice: { en: 'fix: {fix}', zh: '解决：{fix}' },
  heading: { en: 'Feishu · account {account} · {appId}', zh: '飞书 · 账号 {account} · {appId}' },
  headingBot: {
    en: 'Feishu · account {account} · {appId} “{bot}”',
    zh: '飞书 · 账号 {account} · {appId} “{bot}”',
  },
  problem: { en: '1 problem', zh: '1 项失败' },
  problems: { en: '{count} problems', zh: '{count} 项失败' },
  warning: { en: '1 warning', zh: '1 项警告' },
  warnings: { en: '{count} warnings', zh: '{count} 项警告' },
  unchecked: { en: '{count} not checked', zh: '{count} 项未检查' },
  ending: { en: 'exit {code} · {seconds} s', zh: '退出码 {code} · {seconds} 秒' },
  firstProblem: { en: 'First broken link: {id} – {detail}', zh: '首个断点：{id} – {detail}' },
  firstWarning: {
    en: 'Nothing fails. First to look at: {id} – {detail}',
    zh: '没有失败项。首先留意：{id} – {detail}',
  },
  allWell: { en: 'everything that can be checked is well', zh: '可检查的项目均正常' },
  remains: { en: 'What remains:', zh: '剩余问题：' },
  skippedSeveral: { en: '{count} checks: {reason}', zh: '{count} 项检查：{reason}' },
  progress: { en: 'checking {id} ({done}/{all})', zh: '正在检查 {id}（{done}/{all}）' },
  ago: { en: '{minutes} min ago', zh: '{minutes} 分钟前' },
} as const satisfies Record<string, Text>;
