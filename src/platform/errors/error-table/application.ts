/** Codes of the application APIs (v6 reads, v7 writes). Sources: shelf 5.7, feishu-wire "Autopilot". */
import type { Text } from '../../../shared/text.ts';
import { type ErrorRow, family } from '../entry.ts';

const unknownApp: Omit<ErrorRow, 'code'> = {
  error: 'wrong-app',
  meaning: { en: 'There is no such app in this company', zh: '当前企业中没有该应用' },
  cause: { en: 'A wrong App ID, or a store app.', zh: 'App ID 有误，或为商店应用。' },
  fix: { en: 'Check the App ID and the domain.', zh: '请核对 App ID 和域名。' },
  link: (links) => links.home,
};

const foreignApp: Omit<ErrorRow, 'code'> = {
  error: 'wrong-app',
  meaning: { en: 'The app may only ask about itself', zh: '应用只能操作自身' },
  cause: { en: 'Another app’s id was used.', zh: '使用了其他应用的 ID。' },
  fix: { en: 'Check the App ID.', zh: '请核对 App ID。' },
};

const consoleByHand: Text = {
  en: 'Set the app up in the console, step by step.',
  zh: '请在开发者后台按步骤手动配置。',
};

const notFromConsole: Omit<ErrorRow, 'code'> = {
  error: 'not-console-made',
  meaning: {
    en: 'This app cannot be configured by API',
    zh: '该应用不支持通过接口配置',
  },
  cause: {
    en: 'It was not created in the developer console.',
    zh: '该应用不是在开发者后台创建的。',
  },
  fix: consoleByHand,
  link: (links) => links.app,
};

const underReview: Omit<ErrorRow, 'code'> = {
  error: 'under-review',
  meaning: { en: 'A version of the app is under review', zh: '应用版本正在审核中' },
  cause: {
    en: 'Nothing can be changed while a version is in progress.',
    zh: '版本审核期间不能修改或创建新版本。',
  },
  fix: {
    en: 'Have the admin approve it, or withdraw it, then try again.',
    zh: '请等待管理员审核，或撤回后重试。',
  },
  link: (links) => links.versions,
};

export const applicationErrors = family('application', [
  {
    code: 210503,
    error: 'wrong-app',
    meaning: { en: 'The App ID is invalid', zh: 'App ID 无效' },
    cause: { en: 'A malformed id was sent.', zh: 'ID 格式错误。' },
    fix: { en: 'Check the App ID.', zh: '请核对 App ID。' },
  },
  { ...unknownApp, code: 210504 },
  {
    code: 210505,
    error: 'store-app',
    meaning: { en: 'This is not a custom app', zh: '不是企业自建应用' },
    cause: { en: 'Store apps cannot do this.', zh: '商店应用不支持该操作。' },
    fix: { en: 'Use a custom app of your company.', zh: '请使用企业自建应用。' },
    link: (links) => links.home,
  },
  { ...unknownApp, code: 210506 },
  { ...foreignApp, code: 210508 },
  { ...notFromConsole, code: 210001 },
  {
    code: 210031,
    error: 'change-refused',
    meaning: { en: 'A parameter is invalid: {msg}', zh: '参数无效：{msg}' },
    cause: {
      en: 'The platform does not take the change asked for.',
      zh: '平台不接受所请求的修改。',
    },
    fix: consoleByHand,
    link: (links) => links.app,
  },
  { ...unknownApp, code: 210032 },
  {
    code: 210034,
    error: 'store-app',
    meaning: { en: 'Store apps cannot be configured by API', zh: '商店应用不支持通过接口配置' },
    cause: { en: 'The app is a store app.', zh: '该应用是商店应用。' },
    fix: { en: 'Use a custom app of your company.', zh: '请使用企业自建应用。' },
    link: (links) => links.home,
  },
  { ...notFromConsole, code: 210035 },
  { ...foreignApp, code: 210036 },
  {
    code: 210037,
    error: 'not-permitted',
    meaning: { en: 'The person may not do this', zh: '当前用户无权执行该操作' },
    cause: { en: 'They are no collaborator of the app.', zh: '该用户不是应用的协作者。' },
    fix: {
      en: 'Ask the app’s owner to add you as a collaborator.',
      zh: '请应用所有者将你添加为协作者。',
    },
    link: (links) => links.app,
  },
  { ...underReview, code: 210040 },
  {
    code: 210041,
    error: 'bot-off',
    meaning: { en: 'The bot must be added first', zh: '请先添加机器人能力' },
    cause: {
      en: 'Bot scopes and events need the bot capability.',
      zh: '机器人相关权限和事件依赖机器人能力。',
    },
    fix: { en: 'Add the bot, then try again.', zh: '请先添加机器人能力，再重试。' },
    link: (links) => links.capability,
  },
  { ...notFromConsole, code: 210043 },
  { ...underReview, code: 210302 },
  {
    code: 210303,
    error: 'version-refused',
    meaning: {
      en: 'The version number is not X.Y.Z or not higher than the last one',
      zh: '版本号格式不是 X.Y.Z，或不高于上一版本',
    },
    cause: { en: 'Versions only go up.', zh: '版本号必须递增。' },
    fix: { en: 'Choose a higher version number.', zh: '请填写更高的版本号。' },
    link: (links) => links.versions,
  },
  {
    code: 210304,
    error: 'version-refused',
    meaning: { en: 'A field of the version is missing: {msg}', zh: '版本信息缺少字段：{msg}' },
    cause: { en: 'Name, icon or description may be missing.', zh: '可能缺少名称、图标或描述。' },
    fix: { en: 'Fill it in on the version page.', zh: '请在版本页面补充。' },
    link: (links) => links.createVersion,
  },
  {
    code: 212001,
    meaning: {
      en: 'Only highly sensitive scopes are left to ask for',
      zh: '仅剩超敏感权限，无法通过接口申请',
    },
    cause: { en: 'Those cannot be asked for by API.', zh: '超敏感权限不支持接口申请。' },
    fix: { en: 'Ask for them in the console.', zh: '请在开发者后台申请。' },
    link: (links) => links.auth(),
  },
  {
    code: 212002,
    meaning: { en: 'There is no scope to ask for', zh: '没有可申请的权限' },
    cause: { en: 'All are granted or not configured.', zh: '权限均已开通，或尚未配置。' },
    fix: {
      en: 'Nothing to do; add scopes first if some lack.',
      zh: '无需操作；如有缺少，请先添加权限。',
    },
    link: (links) => links.auth(),
  },
  {
    code: 212003,
    error: 'rate-limited',
    meaning: {
      en: 'This version’s requests for scopes are used up (10)',
      zh: '当前版本的权限申请次数已达上限（10 次）',
    },
    cause: { en: 'The platform counts them by version.', zh: '平台按版本计数。' },
    fix: { en: 'Talk to the admin directly.', zh: '请直接联系管理员。' },
    link: (links) => links.admin,
  },
  {
    code: 212004,
    meaning: { en: 'The scopes were asked for already', zh: '权限已申请过' },
    cause: { en: 'The request waits for the admin.', zh: '申请正在等待管理员处理。' },
    fix: { en: 'Ask the admin to approve it.', zh: '请联系管理员审批。' },
    link: (links) => links.admin,
  },
  {
    code: 212100,
    error: 'app-not-ready',
    meaning: { en: 'The app is not installed in this company', zh: '当前企业未安装该应用' },
    cause: { en: 'No version is published.', zh: '应用尚未发布版本。' },
    fix: { en: 'Create and publish a version.', zh: '请创建并发布版本。' },
    link: (links) => links.versions,
  },
]);
