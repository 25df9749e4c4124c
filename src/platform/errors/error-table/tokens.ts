/** The token endpoint's codes: about App ID and App Secret. Source: shelf 5.1. */
import { family } from '../entry.ts';

export const tokenErrors = family('token', [
  {
    code: 10003,
    error: 'credentials-rejected',
    meaning: { en: 'The App ID is malformed or empty', zh: 'App ID 格式错误或为空' },
    cause: { en: 'A parameter of the token request is invalid.', zh: '获取凭证的请求参数无效。' },
    fix: {
      en: 'Check the App ID: it starts with cli_ and has 16 characters after it.',
      zh: '请检查 App ID：以 cli_ 开头，后面有 16 位字符。',
    },
    link: (links) => links.baseinfo,
  },
  {
    code: 10005,
    error: 'credentials-rejected',
    meaning: { en: 'The App ID is not authorised', zh: 'App ID 未获授权' },
    cause: { en: 'App and tenant do not belong together.', zh: '应用与企业信息不匹配。' },
    fix: {
      en: 'Check that the app belongs to this company.',
      zh: '请核对应用是否属于当前企业。',
    },
    link: (links) => links.baseinfo,
  },
  {
    code: 10012,
    error: 'app-not-ready',
    meaning: { en: 'No app token could be issued', zh: '获取应用凭证失败' },
    cause: {
      en: 'The platform could not make a token for this app.',
      zh: '平台无法为该应用签发凭证。',
    },
    fix: {
      en: 'Check the App ID and App Secret, then try again.',
      zh: '请检查 App ID 和 App Secret 后重试。',
    },
    link: (links) => links.baseinfo,
  },
  {
    code: 10013,
    error: 'app-not-ready',
    meaning: { en: 'No tenant token could be issued', zh: '获取企业凭证失败' },
    cause: {
      en: 'The app is probably not installed in this company yet.',
      zh: '应用可能尚未在当前企业安装。',
    },
    fix: {
      en: 'Make sure that a version of the app is published.',
      zh: '请确认应用已发布版本。',
    },
    link: (links) => links.versions,
  },
  {
    code: 10014,
    error: 'credentials-rejected',
    meaning: {
      en: 'The App ID and App Secret do not match, or the app is disabled',
      zh: 'App ID 与 App Secret 不匹配，或应用已停用',
    },
    cause: {
      en: 'An unknown App ID, a wrong App Secret, the other platform (Feishu/Lark), or a disabled app.',
      zh: 'App ID 不存在、App Secret 错误、平台选错（飞书/Lark），或应用已停用。',
    },
    fix: {
      en: 'Copy App ID and App Secret again, check the domain (feishu or lark), and that the app is enabled.',
      zh: '请重新复制 App ID 和 App Secret，核对域名（feishu 或 lark），并确认应用未停用。',
    },
    link: (links) => links.baseinfo,
  },
  {
    code: 10015,
    error: 'credentials-rejected',
    meaning: { en: 'The App Secret is wrong', zh: 'App Secret 错误' },
    cause: { en: 'It was mistyped, or has been reset.', zh: '填写有误，或已被重置。' },
    fix: {
      en: 'Copy the App Secret again from Credentials & Basic Info.',
      zh: '请在“凭证与基础信息”中重新复制 App Secret。',
    },
    link: (links) => links.baseinfo,
  },
  {
    code: 20009,
    error: 'app-not-ready',
    meaning: { en: 'The app is not installed in this company', zh: '当前企业未安装该应用' },
    cause: { en: 'No version was ever published.', zh: '应用从未发布过版本。' },
    fix: { en: 'Create and publish a version.', zh: '请创建并发布版本。' },
    link: (links) => links.versions,
  },
]);
