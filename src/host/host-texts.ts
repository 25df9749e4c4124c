/** Texts of the plugin inside a host. */
import type { Text } from '../shared/text/text.ts';

export const hostTexts = {
  pairingIdLine: { en: 'Your Feishu open_id: {openId}', zh: '你的飞书 open_id：{openId}' },
  pairingFull: {
    en: 'Too many people are waiting to be paired with this bot. Try again in an hour, or ask its owner.',
    zh: '等待与此机器人配对的人过多，请一小时后再试，或联系机器人的管理员。',
  },
  pairingApproved: {
    en: 'You’re approved. Message me any time.',
    zh: '已通过配对，现在可以直接给我发消息了。',
  },
  newSession: { en: 'New session', zh: '新会话' },
  approvalNeeded: { en: 'Approval needed', zh: '需要批准' },
  notTaken: {
    en: 'The program was interrupted while your message was answered, and the answer is lost. Please send it again.',
    zh: '回复这条消息时程序中断，回复已丢失。请重新发送。',
  },
  targetUnknown: {
    en: '“{to}” is neither a person nor a chat.',
    zh: '“{to}” 不是用户，也不是群。',
  },
  targetUnknownAdvice: {
    en: 'Give user:ou_… or chat:oc_….',
    zh: '请使用 user:ou_… 或 chat:oc_…。',
  },
} as const satisfies Record<string, Text>;
