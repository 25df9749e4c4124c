/** Codes of `/callback/ws/endpoint` and of the handshake. Source: shelf 5.6. */
import { type ErrorRow, family } from '../entry.ts';

/** Seen for wrong credentials and for an app that was never published: the client proves which. */
const doubtful: Omit<ErrorRow, 'code'> = {
  error: 'credentials-rejected',
  meaning: {
    en: 'The long-connection endpoint does not take the App ID and App Secret',
    zh: '长连接服务不接受该 App ID 与 App Secret',
  },
  cause: {
    en: 'A wrong App ID or App Secret, the other platform (Feishu/Lark), or an app that was never published.',
    zh: 'App ID 或 App Secret 有误、平台选错（飞书/Lark），或应用从未发布。',
  },
  fix: {
    en: 'Check App ID, App Secret and domain; then see that a version is published.',
    zh: '请核对 App ID、App Secret 和域名，并确认应用已发布版本。',
  },
  link: (links) => links.baseinfo,
};

export const longConnectionErrors = family('ws-endpoint', [
  {
    code: 1,
    error: 'platform-error',
    outcome: 'retry',
    meaning: { en: 'The long-connection endpoint is busy', zh: '长连接服务繁忙' },
    cause: { en: 'A passing state of the platform.', zh: '平台的暂时状态。' },
    fix: { en: 'It is retried by itself.', zh: '会自动重试。' },
  },
  {
    code: 403,
    error: 'app-not-ready',
    meaning: { en: 'The app may not open a long connection', zh: '应用不允许建立长连接' },
    cause: {
      en: 'The app is disabled, not published, or a store app (only custom apps may).',
      zh: '应用已停用、未发布，或是商店应用（仅企业自建应用支持长连接）。',
    },
    fix: {
      en: 'Use a custom app; publish a version and see that the app is enabled.',
      zh: '请使用企业自建应用，发布版本并确认应用已启用。',
    },
    link: (links) => links.versions,
  },
  { ...doubtful, code: 514 },
  {
    code: 1000040343,
    error: 'platform-error',
    outcome: 'retry',
    meaning: { en: 'The long-connection endpoint failed', zh: '长连接服务内部错误' },
    cause: { en: 'A passing fault of the platform.', zh: '平台的暂时故障。' },
    fix: { en: 'It is retried by itself.', zh: '会自动重试。' },
  },
  { ...doubtful, code: 1000040344 },
  { ...doubtful, code: 1000040345 },
  {
    code: 1000040351,
    error: 'wrong-brand',
    meaning: {
      en: 'The app belongs to the other platform (Feishu or Lark)',
      zh: '该应用属于另一个平台（飞书或 Lark）',
    },
    cause: {
      en: 'A Lark app behind the address of Feishu, or the other way round.',
      zh: 'Lark 应用使用了飞书的地址，或相反。',
    },
    fix: {
      en: 'Set the domain of the app: --domain lark for a Lark app, --domain feishu for a Feishu app.',
      zh: '请设置应用的域名：Lark 应用使用 --domain lark，飞书应用使用 --domain feishu。',
    },
  },
  {
    code: 1000040350,
    error: 'too-many-connections',
    outcome: 'backoff',
    meaning: { en: 'Too many long connections of this app', zh: '该应用的长连接数超限' },
    cause: {
      en: 'More than 50 clients are connected with this app.',
      zh: '已有超过 50 个客户端使用该应用连接。',
    },
    fix: {
      en: 'Stop the other programs that use this app, or use another app.',
      zh: '请停止使用该应用的其他程序，或换用另一个应用。',
    },
    link: (links) => links.app,
  },
]);
