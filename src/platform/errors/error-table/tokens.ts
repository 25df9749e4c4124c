/** The token endpoint’s codes: about App ID and App Secret. Source: docs/platform/credentials.md. */
import { family } from '../entry.ts';
import { publish } from './advice.ts';

// biome-ignore format: one row a line
export const tokenErrors = family('token', [
  [10003, { en: 'The App ID is malformed or empty', zh: 'App ID 格式错误或为空' }, { en: 'Check the App ID: it starts with cli_ and has 16 characters after it.', zh: '请检查 App ID：以 cli_ 开头，后面有 16 位字符。' }, { error: 'credentials-rejected', page: 'baseinfo' }],
  [10005, { en: 'The App ID is not authorised', zh: 'App ID 未获授权' }, { en: 'Check that the app belongs to this company.', zh: '请核对应用是否属于当前企业。' }, { error: 'credentials-rejected', page: 'baseinfo' }],
  [10012, { en: 'No app token could be issued', zh: '获取应用凭证失败' }, { en: 'Check the App ID and App Secret, then try again.', zh: '请检查 App ID 和 App Secret 后重试。' }, { error: 'app-not-ready', page: 'baseinfo' }],
  [10013, { en: 'No tenant token could be issued', zh: '获取企业凭证失败' }, { en: 'Make sure that a version of the app is published.', zh: '请确认应用已发布版本。' }, { error: 'app-not-ready', page: 'versions' }],
  [10014, { en: 'The App ID and App Secret do not match, or the app is disabled', zh: 'App ID 与 App Secret 不匹配，或应用已停用' }, { en: 'Copy App ID and App Secret again, check the domain (feishu or lark), and that the app is enabled.', zh: '请重新复制 App ID 和 App Secret，核对域名（feishu 或 lark），并确认应用未停用。' }, { error: 'credentials-rejected', page: 'baseinfo' }],
  [10015, { en: 'The App Secret is wrong', zh: 'App Secret 错误' }, { en: 'Copy the App Secret again from Credentials & Basic Info.', zh: '请在“凭证与基础信息”中重新复制 App Secret。' }, { error: 'credentials-rejected', page: 'baseinfo' }],
  [20009, { en: 'The app is not installed in this company', zh: '当前企业未安装该应用' }, publish, { error: 'app-not-ready', page: 'versions' }],
]);
