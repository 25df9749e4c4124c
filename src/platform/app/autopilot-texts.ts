/** User texts of the autopilot: the plan in words, and why it cannot be carried out. */
import type { Text } from '../../shared/text/text.ts';

export const autopilotTexts = {
  stepBot: { en: 'turn the bot on', zh: '开启机器人能力' },
  stepScopes: { en: 'add {count} permissions: {scopes}', zh: '开通 {count} 项权限：{scopes}' },
  stepScope: { en: 'add the permission {scopes}', zh: '开通权限 {scopes}' },
  stepEventMode: {
    en: 'receive events through persistent connection',
    zh: '将事件订阅方式设为“使用长连接接收事件”',
  },
  stepEvents: { en: 'add the events {names}', zh: '添加事件 {names}' },
  stepEvent: { en: 'add the event {names}', zh: '添加事件 {names}' },
  stepCallbackMode: {
    en: 'receive callbacks through persistent connection',
    zh: '将回调订阅方式设为“使用长连接接收回调”',
  },
  stepCallbacks: { en: 'add the callback {names}', zh: '添加回调 {names}' },
  stepPublish: { en: 'publish version {version}', zh: '发布版本 {version}' },
  stepPublishNext: { en: 'publish a new version', zh: '发布新版本' },
  stepSubmit: {
    en: 'submit version {version}, which was created and never submitted',
    zh: '提交已创建但未申请发布的版本 {version}',
  },

  rowBotOn: { en: 'on', zh: '已开启' },
  rowBotOff: { en: 'off, or never published', zh: '未开启，或从未发布' },
  rowNotReported: { en: 'unknown: {reason}', zh: '无法得知：{reason}' },
  rowScopes: { en: '{have} of {count}', zh: '{have}/{count} 项' },
  rowScopesLack: {
    en: '{have} of {count}; missing: {scopes}',
    zh: '{have}/{count} 项，缺少：{scopes}',
  },
  rowScopesLackMore: {
    en: '{have} of {count}; missing: {scopes} and {more} more',
    zh: '{have}/{count} 项，缺少：{scopes} 等，另有 {more} 个',
  },
  rowScopesWait: {
    en: '{have} of {count}; not in force yet: {scopes}',
    zh: '{have}/{count} 项，尚未生效：{scopes}',
  },
  rowEvents: { en: '{names}', zh: '{names}' },
  rowEventsLong: { en: '{names} · persistent connection', zh: '{names} · 长连接' },
  rowEventsWebhook: {
    en: '{names} · to a web address, not through persistent connection',
    zh: '{names} · 发送至服务器地址，未使用长连接',
  },
  rowEventsLackMore: {
    en: 'missing: {name} and {count} more',
    zh: '缺少：{name} 等，另有 {count} 个',
  },
  rowEventsLack: { en: 'missing: {names}', zh: '缺少：{names}' },
  rowLive: { en: '{version} published', zh: '{version} 已发布' },
  rowInReview: { en: '{version} under review', zh: '{version} 审核中' },
  rowRejected: { en: '{version} rejected', zh: '{version} 已驳回' },
  rowUnsubmitted: { en: '{version} not submitted', zh: '{version} 未提交' },
  rowNeverPublished: { en: 'never published', zh: '从未发布' },
  noVersionListed: {
    en: 'the platform lists no version of this app, though it works',
    zh: '平台未列出该应用的版本，但应用可用',
  },

  notReportedEventMode: {
    en: 'event mode (persistent connection): only a received message proves it',
    zh: '事件订阅方式是否为长连接：平台不提供查询，收到消息才能证明',
  },
  notReportedEvents: {
    en: 'whether {names} is subscribed: no published version is listed',
    zh: '是否已订阅 {names}：平台未列出该应用的已发布版本',
  },
  notReportedCallbacks: {
    en: 'whether card buttons work (callback mode, card.action.trigger)',
    zh: '卡片按钮是否可用（回调订阅方式、card.action.trigger）',
  },
  notReportedScopes: {
    en: 'which permissions are granted',
    zh: '已开通哪些权限',
  },
  notReportedReview: {
    en: 'whether a version is under review',
    zh: '是否有版本正在审核',
  },

  reviewNote: {
    en: 'Your administrator may have to approve the version.',
    zh: '该版本可能需要企业管理员审核。',
  },
  draftNote: {
    en: 'Unpublished changes in the console are published with it.',
    zh: '后台中尚未发布的其他修改也会一并发布。',
  },
  rejectedNote: {
    en: 'Version {version} was rejected; ask your administrator why first.',
    zh: '版本 {version} 已被驳回，再次发布前请先向管理员了解原因。',
  },
  webhookNote: {
    en: '{what} go to a web address of yours now; after this they come here instead.',
    zh: '{what}目前发送至你的服务器地址，修改后改由长连接接收，原地址不再收到。',
  },

  events: { en: 'Events', zh: '事件' },
  callbacks: { en: 'Callbacks', zh: '回调' },

  storeApp: {
    en: 'This is a store app: those cannot use a persistent connection.',
    zh: '该应用是商店应用，商店应用不支持使用长连接接收事件。',
  },
  storeAppAdvice: {
    en: 'Use a custom app of your organisation; scanning a code creates one.',
    zh: '请使用企业自建应用，扫码即可创建。',
  },
  underReview: {
    en: 'Version {version} is under review; nothing can be changed meanwhile.',
    zh: '版本 {version} 正在审核，期间不能修改应用。',
  },
  underReviewAdvice: {
    en: 'Have the administrator approve it, or withdraw it, then come back.',
    zh: '请等待管理员审核，或撤回后再继续。',
  },
  notConsoleMade: {
    en: 'Not created in the developer console ({source}): the app cannot set itself up.',
    zh: '该应用不是在开发者后台创建的（{source}），不能自动配置。',
  },
  notConsoleMadeAdvice: {
    en: 'Open the link, check what is added, and confirm.',
    zh: '请打开链接，核对新增内容并确认。',
  },
  autopilotScope: {
    en: 'The app may not configure itself yet: {scope} is missing.',
    zh: '应用尚不能自动配置：缺少权限 {scope}。',
  },
  autopilotScopeAdvice: {
    en: 'Open the link, confirm the permission, and come back.',
    zh: '请打开链接开通该权限，然后返回。',
  },
  autopilotScopeWaiting: {
    en: 'The app may not configure itself yet: {scope} is not in force.',
    zh: '应用尚不能自动配置：权限 {scope} 已申请，但尚未生效。',
  },
  autopilotScopeWaitingAdvice: {
    en: 'Publish a version, or have the administrator approve it, and come back.',
    zh: '请在开发者后台发布版本，或等待管理员审核，然后返回。',
  },
  disabled: {
    en: 'The app is disabled in this organisation.',
    zh: '该应用已在企业内停用。',
  },
  disabledAdvice: {
    en: 'Ask an administrator to enable it.',
    zh: '请联系企业管理员启用该应用。',
  },

  publishUnknown: {
    en: 'No answer came: whether the version was submitted is not known.',
    zh: '未收到应答，无法确定版本是否已提交。',
  },
  publishUnknownAdvice: {
    en: 'Look at the version page, then run setup again.',
    zh: '请查看版本页面，然后重新运行 setup。',
  },
  changelog: {
    en: 'Set up for Moltbot by moltbot-feishu',
    zh: '由 moltbot-feishu 完成 Moltbot 接入配置',
  },
} as const satisfies Record<string, Text>;
