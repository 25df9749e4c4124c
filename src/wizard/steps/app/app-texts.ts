import type { Text } from '../../../shared/text/text.ts';

/** The app as it is, what it lacks, and the ways to get there. */
export const appTexts = {
  titleApp: { en: 'the app', zh: '应用状态' },
  reading: { en: 'Reading the app', zh: '正在读取应用状态' },
  switchBrand: { en: 'continue with {other}', zh: '改用 {other} 继续' },
  overview: { en: 'The app against what Moltbot needs', zh: '应用现状与 Moltbot 所需' },
  rowBot: { en: 'bot', zh: '机器人' },
  rowPermissions: { en: 'permissions', zh: '权限' },
  rowEvents: { en: 'events', zh: '事件' },
  rowVersion: { en: 'version', zh: '版本' },
  planned: { en: 'To be done', zh: '将要进行' },
  modeBySection: {
    en: 'The section says that the events of this app went to a webhook. The platform does not report whether they still do, so the long connection has to be chosen, and a version published.',
    zh: '配置段表明该应用曾通过 webhook 接收事件。平台不提供当前的订阅方式，因此需要选择长连接并发布版本。',
  },
  inOrder: { en: 'everything that can be read is as it should be', zh: '可读取的各项均符合要求' },
  yesPlain: { en: 'yes, add and publish this now', zh: '可以，立即添加并发布' },
  yesWithLink: {
    en: 'yes: 1 link to confirm, then I do the rest',
    zh: '可以：打开一个链接确认，其余自动完成',
  },
  noConsole: { en: 'no, show me the console steps', zh: '不，我在开发者后台操作' },

  grantNow: {
    en: 'One permission lets the app configure itself. Open, confirm, come back:',
    zh: '需要一项权限，应用才能自动配置。请打开链接确认，然后返回：',
  },
  waitingGrant: { en: 'Waiting for the permission', zh: '等待权限生效' },
  keyConsole: { en: 'console steps instead', zh: '改为后台操作' },
  granted: { en: 'granted', zh: '已开通' },

  doing: { en: 'Setting up the app', zh: '正在配置应用' },
  doingAbility: { en: 'turning the bot on', zh: '正在开启机器人能力' },
  doingConfig: { en: 'adding permissions and events', zh: '正在添加权限和事件' },
  doingPublish: { en: 'publishing', zh: '正在发布' },
  doingVerify: { en: 'reading it again', zh: '正在核对' },
  doneAll: { en: 'done, and read again', zh: '已完成并核对' },
  donePublished: { en: 'version {version} is published', zh: '版本 {version} 已发布' },
  doneSubmitted: {
    en: 'version {version} is submitted; your administrator has to approve it',
    zh: '版本 {version} 已提交，需企业管理员审核',
  },
  doneRefused: {
    en: 'not taken by this platform: {names}',
    zh: '此平台不支持：{names}',
  },
  notInForce: { en: 'not in force yet: {steps}', zh: '尚未生效：{steps}' },
  wouldDo: { en: 'would do: {steps}', zh: '将执行：{steps}' },
  listed: { en: '{list}; {next}', zh: '{list}；{next}' },

  askByPage: {
    en: 'This app cannot change itself. Add what is missing on one page?',
    zh: '该应用不能自动修改，是否在一个页面上添加缺少的内容？',
  },
  askByConsole: {
    en: 'This app cannot change itself. Do it in the console?',
    zh: '该应用不能自动修改，是否在开发者后台操作？',
  },
  addByLink: {
    en: 'One page adds all that is missing. Open and confirm:',
    zh: '请打开以下页面，一次性确认添加：',
  },
  askAdded: { en: 'Confirmed there?', zh: '已在页面上确认？' },
  addedYes: { en: 'confirmed, check', zh: '已确认，检查' },

  titleApproval: { en: 'the approval', zh: '等待审核' },
  inReview: {
    en: 'Version {version} is submitted; your administrator has to approve it: {url}',
    zh: '版本 {version} 已提交，需企业管理员审核：{url}',
  },
  askWait: { en: 'Wait here, or leave and come back?', zh: '在此等待，还是先离开？' },
  waitHere: { en: 'wait here', zh: '在此等待' },
  leaveAndBack: {
    en: 'leave; `moltbot-feishu setup` continues from here',
    zh: '离开，下次运行 `moltbot-feishu setup` 从这里继续',
  },
  waitingApproval: { en: 'Waiting for the approval', zh: '等待审核通过' },
  keyStop: { en: 'stop waiting', zh: '停止等待' },
  approved: { en: 'approved', zh: '已通过审核' },
  rejected: {
    en: 'Version {version} was rejected.',
    zh: '版本 {version} 已被驳回。',
  },
  rejectedAdvice: {
    en: 'Ask your administrator why, then publish again: {url}',
    zh: '请向管理员了解原因后重新发布：{url}',
  },
  waitsForApproval: {
    en: 'Version {version} is submitted; your administrator has to approve it.',
    zh: '版本 {version} 已提交，需企业管理员审核。',
  },
  waitsAdvice: {
    en: 'Have it approved, then run setup again: {url}',
    zh: '请联系管理员审核，然后重新运行 setup：{url}',
  },

  forAdmin: {
    en: 'These permissions wait for your administrator: {scopes}',
    zh: '以下权限等待管理员审批：{scopes}',
  },
  askAskAdmin: { en: 'Ask them now?', zh: '现在向管理员申请吗？' },
  askAdminYes: { en: 'ask the administrator', zh: '向管理员申请' },
  askAdminNo: { en: 'go on without', zh: '暂不申请，继续' },
  askedAdmin: { en: 'the administrator has been asked', zh: '已向管理员提交申请' },
  askedBefore: { en: 'the administrator had been asked before', zh: '此前已提交过申请' },
  askByHand: { en: 'to be asked for by hand: {url}', zh: '需在后台手动申请：{url}' },

  titleConnection: { en: 'the long connection', zh: '长连接' },
  opening: { en: 'Opening the long connection', zh: '正在建立长连接' },
  connectionUp: { en: 'up, and held while setup goes on', zh: '已建立，配置期间保持' },
  connectionLater: {
    en: 'not before a version is published: {problem}',
    zh: '发布版本后才能建立：{problem}',
  },
  connectionLate: { en: 'No connection within {seconds} s.', zh: '{seconds} 秒内未能建立长连接。' },
  connectionLateAdvice: {
    en: 'Check network and proxy, then try again.',
    zh: '请检查网络与代理后重试。',
  },
  continueWithout: { en: 'continue without a connection', zh: '暂不建立长连接，继续' },
  publishFirst: { en: 'publish a version first', zh: '先发布版本' },

  titleMenus: { en: 'Slash commands and menu', zh: '斜杠命令和菜单' },
  doingMenus: { en: 'Registering the slash commands', zh: '正在注册斜杠命令' },
  menusInStep: { en: 'the slash commands are registered', zh: '斜杠命令已注册' },
  commandsDone: {
    en: 'slash commands registered; the menu needs an app that may change itself',
    zh: '斜杠命令已注册；设置菜单需要应用具备修改自身配置的权限',
  },
  menusDone: {
    en: 'slash commands registered; the menu shows with the next published version',
    zh: '斜杠命令已注册；菜单将在下次发布版本后生效',
  },
  menusDoneAdvice: {
    en: 'Create a version and publish it, so that people see the menu.',
    zh: '请创建并发布一个版本，之后成员才能看到菜单。',
  },
  titleChecks: { en: 'the checks', zh: '检查' },
  giveDomain: { en: 'give --domain {other}', zh: '请使用 --domain {other}' },
  switchToLark: { en: 'switch to Lark', zh: '改用 Lark' },
  switchToFeishu: { en: 'switch to Feishu', zh: '改用飞书' },
  inOrderAll: { en: '{names}: in order', zh: '{names}均正常' },
  checking: { en: 'Checking', zh: '正在检查' },
  fixApp: { en: 'fix it: look at the app again', zh: '修复：重新查看应用状态' },
  fixByHand: { en: 'fix it in the console, step by step', zh: '在开发者后台逐步修复' },
} as const satisfies Record<string, Text>;
