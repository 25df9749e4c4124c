/** Errors of the scan that creates an app (device flow, by name). Source: shelf 3.1. */
import { family } from '../entry.ts';

export const registrationErrors = family('registration', [
  {
    code: 'authorization_pending',
    outcome: 'retry',
    meaning: { en: 'The code is not confirmed yet', zh: '尚未扫码确认' },
    cause: { en: 'Nobody has confirmed it so far.', zh: '还没有人确认。' },
    fix: { en: 'Scan the code and confirm in the app.', zh: '请扫码并在手机上确认。' },
  },
  {
    code: 'slow_down',
    outcome: 'backoff',
    meaning: { en: 'The platform asks for longer pauses', zh: '平台要求降低轮询频率' },
    cause: { en: 'It was asked too often.', zh: '查询过于频繁。' },
    fix: { en: 'It goes on by itself, 5 s slower.', zh: '会自动放慢 5 秒后继续。' },
  },
  {
    code: 'access_denied',
    error: 'scan-denied',
    meaning: { en: 'The request was refused', zh: '请求被拒绝' },
    cause: { en: 'The person chose to refuse on the phone.', zh: '扫码人在手机上选择了拒绝。' },
    fix: {
      en: 'Scan again and confirm, or paste the credentials of an existing app.',
      zh: '请重新扫码并确认，或粘贴已有应用的凭证。',
    },
  },
  {
    code: 'expired_token',
    error: 'scan-expired',
    meaning: { en: 'The code has expired', zh: '二维码已过期' },
    cause: { en: 'A code lives 10 minutes.', zh: '二维码有效期为 10 分钟。' },
    fix: { en: 'Get a new code.', zh: '请获取新的二维码。' },
  },
  {
    code: 'invalid_grant',
    error: 'scan-expired',
    meaning: { en: 'The code is no longer valid', zh: '二维码已失效' },
    cause: {
      en: 'It was used already, or its 10 minutes are over.',
      zh: '已被使用，或已超过 10 分钟。',
    },
    fix: { en: 'Get a new code.', zh: '请获取新的二维码。' },
  },
  {
    code: 'abort',
    meaning: { en: 'The scan was cancelled', zh: '扫码已取消' },
    cause: { en: 'It was cancelled here.', zh: '已在本机取消。' },
    fix: { en: 'Start again when you are ready.', zh: '准备好后请重新开始。' },
  },
]);
