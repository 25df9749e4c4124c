/**
 * Codes of `/callback/ws/endpoint` and of the handshake. Source: docs/platform/connection.md#endpoint.
 *
 * 514 and its kin are seen for wrong credentials and for an app that was never published: the client
 * proves which.
 */
import { family } from '../entry.ts';
import { retried } from './advice.ts';

// biome-ignore format: one row a line
export const longConnectionErrors = family('ws-endpoint', [
  [1, { en: 'The long-connection endpoint is busy', zh: '长连接服务繁忙' }, retried, { error: 'platform-error', outcome: 'retry' }],
  [403, { en: 'The app may not open a long connection', zh: '应用不允许建立长连接' }, { en: 'Use a custom app; publish a version and see that the app is enabled.', zh: '请使用企业自建应用，发布版本并确认应用已启用。' }, { error: 'app-not-ready', page: 'versions' }],
  [[514, 1000040344, 1000040345], { en: 'The long-connection endpoint does not take the App ID and App Secret', zh: '长连接服务不接受该 App ID 与 App Secret' }, { en: 'Check App ID, App Secret and domain; then see that a version is published.', zh: '请核对 App ID、App Secret 和域名，并确认应用已发布版本。' }, { error: 'credentials-rejected', page: 'baseinfo' }],
  [1000040343, { en: 'The long-connection endpoint failed', zh: '长连接服务内部错误' }, retried, { error: 'platform-error', outcome: 'retry' }],
  [1000040351, { en: 'The app belongs to the other platform (Feishu or Lark)', zh: '该应用属于另一个平台（飞书或 Lark）' }, { en: 'Set domain to "lark" for a Lark app, "feishu" for a Feishu app; in setup: --domain lark or --domain feishu.', zh: '请设置 domain：Lark 应用为 “lark”，飞书应用为 “feishu”；在 setup 中使用 --domain lark 或 --domain feishu。' }, { error: 'wrong-brand' }],
  [1000040350, { en: 'Too many long connections of this app', zh: '该应用的长连接数超限' }, { en: 'Stop the other programs that use this app, or use another app.', zh: '请停止使用该应用的其他程序，或换用另一个应用。' }, { error: 'too-many-connections', outcome: 'backoff', page: 'app' }],
]);
