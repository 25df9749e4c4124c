/** Errors of the scan that creates an app (device flow, by name). Source: docs/platform/registration.md#protocol. */
import { family } from '../entry.ts';
import { newCode } from './advice.ts';

// biome-ignore format: one row a line
export const registrationErrors = family('registration', [
  ['authorization_pending', { en: 'The code is not confirmed yet', zh: '尚未扫码确认' }, { en: 'Scan the code and confirm in the app.', zh: '请扫码并在手机上确认。' }, { outcome: 'retry' }],
  ['slow_down', { en: 'The platform asks for longer pauses', zh: '平台要求降低轮询频率' }, { en: 'It continues automatically, 5 s slower.', zh: '会自动放慢 5 秒后继续。' }, { outcome: 'backoff' }],
  ['access_denied', { en: 'The request was refused', zh: '请求被拒绝' }, { en: 'Scan again and confirm, or paste the credentials of an existing app.', zh: '请重新扫码并确认，或粘贴已有应用的凭证。' }, { error: 'scan-denied' }],
  ['expired_token', { en: 'The code has expired', zh: '二维码已过期' }, newCode, { error: 'scan-expired' }],
  ['invalid_grant', { en: 'The code is no longer valid', zh: '二维码已失效' }, newCode, { error: 'scan-expired' }],
  ['abort', { en: 'The scan was cancelled', zh: '扫码已取消' }, { en: 'Start again when you are ready.', zh: '准备好后请重新开始。' }],
]);
