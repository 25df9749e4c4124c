import type { Text } from '../../../shared/text/text.ts';

/** The pages of the developer console, in the order that works; labels in both languages. */
export const consoleTexts = {
  pageOf: { en: 'Step {at} of {count} · {title}', zh: '第 {at} 步，共 {count} 步 · {title}' },
  open: { en: 'Open {url}', zh: '打开 {url}' },
  askDone: { en: 'Done there?', zh: '完成了吗？' },
  doneCheck: { en: 'done, check', zh: '已完成，检查' },
  notSaved: {
    en: 'saving says: no connection (应用未建立长连接)',
    zh: '保存时提示“应用未建立长连接”',
  },
  skipPage: { en: 'leave this for later', zh: '稍后再做' },

  titleCreate: { en: 'create the app', zh: '创建应用' },
  create1: {
    en: 'Create Custom App (创建企业自建应用): name, description, icon → Create (创建)',
    zh: '创建企业自建应用（Create Custom App）：名称、描述、图标 → 创建',
  },
  create2: {
    en: 'then Credentials & Basic Info (凭证与基础信息): App ID, App Secret',
    zh: '然后在“凭证与基础信息”（Credentials & Basic Info）找到 App ID 和 App Secret',
  },

  titleBot: { en: 'the bot', zh: '机器人能力' },
  bot1: {
    en: 'Features (应用能力) → Add features (添加应用能力) → Bot (机器人) → Add (添加)',
    zh: '应用能力（Features）→ 添加应用能力（Add features）→ 机器人（Bot）→ 添加',
  },

  titleScopes: { en: 'permissions', zh: '权限' },
  scopes1: {
    en: 'Permissions & Scopes (权限管理) → Batch import/export scopes (批量导入/导出权限)',
    zh: '权限管理（Permissions & Scopes）→ 批量导入/导出权限（Batch import/export）',
  },
  scopes2: {
    en: 'Paste this JSON, then Next, Review New Scopes (下一步) → Add (确认新增权限)',
    zh: '粘贴以下 JSON → 下一步（Next, Review New Scopes）→ 确认新增权限（Add）',
  },
  scopesJson: { en: 'The JSON to paste:', zh: '待粘贴的 JSON：' },
  scopesCopied: {
    en: 'The JSON to paste, also sent to the clipboard of this terminal:',
    zh: '待粘贴的 JSON（已同时发送到此终端的剪贴板）：',
  },

  titleEvents: { en: 'events', zh: '事件订阅' },
  connectionIsUp: {
    en: 'The long connection is up: keep this window open ●',
    zh: '长连接已建立，请保持本窗口开启 ●',
  },
  connectionIsDown: {
    en: 'The long connection is not up yet: the page refuses to save until it is',
    zh: '长连接尚未建立，建立之前页面无法保存',
  },
  events1: {
    en: 'Event configuration (事件配置) → subscription mode (订阅方式)',
    zh: '事件与回调（Events & Callbacks）→ 事件配置 → 订阅方式',
  },
  events2: {
    en: '→ Receive events through persistent connection (使用长连接接收事件) → Save (保存)',
    zh: '→ 使用长连接接收事件（Receive events through persistent connection）→ 保存',
  },
  events3: {
    en: 'Add event (添加事件) → {label} {event}',
    zh: '添加事件（Add event）→ {label} {event}',
  },
  events4: { en: '→ also {label} {event}', zh: '→ 以及 {label} {event}' },

  titleCallbacks: { en: 'callbacks', zh: '回调订阅' },
  callbacks1: {
    en: 'Callback configuration (回调配置) → subscription mode (订阅方式)',
    zh: '事件与回调（Events & Callbacks）→ 回调配置 → 订阅方式',
  },
  callbacks2: {
    en: '→ Receive callbacks through persistent connection (使用长连接接收回调) → Save',
    zh: '→ 使用长连接接收回调（Receive callbacks through persistent connection）→ 保存',
  },
  callbacks3: {
    en: 'Add callback (添加回调) → {label} {event}',
    zh: '添加回调（Add callback）→ {label} {event}',
  },

  titleFirstVersion: { en: 'first version', zh: '首个版本' },
  firstVersionWhy: {
    en: 'This app was never published, so the console cannot save its modes yet: publish it once now.',
    zh: '该应用从未发布，开发者后台暂时无法保存订阅方式，请先发布一次。',
  },
  submitted: {
    en: 'submitted, an administrator has to approve it',
    zh: '已提交，需企业管理员审核',
  },
  submittedSaid: {
    en: 'you say it is submitted; not readable by API',
    zh: '你已确认提交；平台不提供查询',
  },
  titleVersion: { en: 'version', zh: '版本发布' },
  version1: {
    en: 'Version Management & Release (版本管理与发布) → Create a version (创建版本)',
    zh: '版本管理与发布（Version Management & Release）→ 创建版本（Create a version）',
  },
  version2: {
    en: 'Version number, notes, default ability Bot (机器人), availability (可用范围) → Save',
    zh: '填写应用版本号、更新说明，默认能力选“机器人”，设置可用范围 → 保存',
  },
  version3: {
    en: 'Submit for release (申请线上发布)',
    zh: '申请线上发布（Submit for release）',
  },
  versionNote: {
    en: 'An administrator may have to approve it.',
    zh: '可能需要企业管理员审核。',
  },

  checking: { en: 'Checking', zh: '正在检查' },
  personSaid: { en: 'you say it is done; not readable by API', zh: '你已确认完成；平台不提供查询' },
  botAfterVersion: {
    en: 'you say it is on; it can be read once a version is published',
    zh: '你已确认开启；发布版本后才能读取',
  },
  botOn: { en: 'on', zh: '已开启' },
  scopesThere: { en: 'all are there', zh: '均已添加' },
  scopesLack: { en: 'still missing: {scopes}', zh: '仍缺少：{scopes}' },
  scopesNotReported: { en: 'cannot be read: {problem}', zh: '无法读取：{problem}' },
  eventThere: { en: '{event} is in the published version', zh: '{event} 已在发布的版本中' },
  eventLater: {
    en: 'not in a published version yet: {event}; the next version brings it',
    zh: '已发布版本中还没有 {event}：发布新版本后生效，下一步就做',
  },
  connectionsOnline: {
    en: 'connections of this app that the platform counts: {count}',
    zh: '平台显示 {count} 个在线连接',
  },
  versionLive: { en: 'version {version} is published', zh: '版本 {version} 已发布' },
  versionBot: { en: 'the bot is published', zh: '机器人已发布' },
  versionNone: { en: 'no version is published yet', zh: '尚未发布版本' },
  versionReview: { en: 'version {version} is under review', zh: '版本 {version} 审核中' },
  versionWithout: {
    en: 'version {version} is published, but still lacks: {steps}',
    zh: '版本 {version} 已发布，但仍缺少：{steps}',
  },
  askDoneAgain: { en: 'Not there yet. Done now?', zh: '尚未完成，现在完成了吗？' },
} as const satisfies Record<string, Text>;
