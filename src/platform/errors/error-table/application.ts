/** Codes of the application APIs (v6 reads, v7 writes). Source: docs/platform/app.md. */
import { family } from '../entry.ts';
import { byHand, checkAppAndDomain, checkAppId, customApp, publish } from './advice.ts';

// biome-ignore format: one row a line
export const applicationErrors = family('application', [
  [210503, { en: 'The App ID is invalid', zh: 'App ID 无效' }, checkAppId, { error: 'wrong-app' }],
  [[210504, 210506, 210032], { en: 'There is no such app in this company', zh: '当前企业中没有该应用' }, checkAppAndDomain, { error: 'wrong-app', page: 'home' }],
  [210505, { en: 'This is not a custom app', zh: '不是企业自建应用' }, customApp, { error: 'store-app', page: 'home' }],
  [[210508, 210036], { en: 'The app may only ask about itself', zh: '应用只能操作自身' }, checkAppId, { error: 'wrong-app' }],
  [[210001, 210035, 210043], { en: 'This app cannot be configured by API', zh: '该应用不支持通过接口配置' }, byHand, { error: 'not-console-made', page: 'app' }],
  [210031, { en: 'A parameter is invalid: {msg}', zh: '参数无效：{msg}' }, byHand, { error: 'change-refused', page: 'app' }],
  [210034, { en: 'Store apps cannot be configured by API', zh: '商店应用不支持通过接口配置' }, customApp, { error: 'store-app', page: 'home' }],
  [210037, { en: 'The person may not do this', zh: '当前用户无权执行该操作' }, { en: 'Ask the app’s owner to add you as a collaborator.', zh: '请应用所有者将你添加为协作者。' }, { error: 'not-permitted', page: 'app' }],
  [[210040, 210302], { en: 'A version of the app is under review', zh: '应用版本正在审核中' }, { en: 'Have the admin approve it, or withdraw it, then try again.', zh: '请等待管理员审核，或撤回后重试。' }, { error: 'under-review', page: 'versions' }],
  [210041, { en: 'The bot must be added first', zh: '请先添加机器人能力' }, { en: 'Add the bot, then try again.', zh: '请先添加机器人能力，再重试。' }, { error: 'bot-off', page: 'capability' }],
  [210303, { en: 'The version number is not X.Y.Z or not higher than the last one', zh: '版本号格式不是 X.Y.Z，或不高于上一版本' }, { en: 'Choose a higher version number.', zh: '请填写更高的版本号。' }, { error: 'version-refused', page: 'versions' }],
  [210304, { en: 'A field of the version is missing: {msg}', zh: '版本信息缺少字段：{msg}' }, { en: 'Fill it in on the version page.', zh: '请在版本页面补充。' }, { error: 'version-refused', page: 'createVersion' }],
  [212001, { en: 'Only highly sensitive scopes are left to ask for', zh: '仅剩超敏感权限，无法通过接口申请' }, { en: 'Ask for them in the console.', zh: '请在开发者后台申请。' }, { page: 'auth' }],
  [212002, { en: 'There is no scope to ask for', zh: '没有可申请的权限' }, { en: 'Nothing to do; add scopes first if some lack.', zh: '无需操作；如有缺少，请先添加权限。' }, { page: 'auth' }],
  [212003, { en: 'This version’s requests for scopes are used up (10)', zh: '当前版本的权限申请次数已达上限（10 次）' }, { en: 'Talk to the admin directly.', zh: '请直接联系管理员。' }, { error: 'rate-limited', page: 'admin' }],
  [212004, { en: 'The scopes were asked for already', zh: '权限已申请过' }, { en: 'Ask the admin to approve it.', zh: '请联系管理员审批。' }, { page: 'admin' }],
  [212100, { en: 'The app is not installed in this company', zh: '当前企业未安装该应用' }, publish, { error: 'app-not-ready', page: 'versions' }],
]);
