import type { Text } from '../../shared/text/text.ts';

/** What people read on cards with buttons, and when they press one. */
export const choiceTexts = {
  chose: { en: '{name} chose “{label}”.', zh: '{name} 选择了“{label}”。' },
  chosen: { en: 'Chosen: “{label}”.', zh: '已选择“{label}”。' },
  expired: { en: 'Expired: no choice was made.', zh: '已过期，未作选择。' },
  youChose: { en: 'You chose “{label}”.', zh: '你选择了“{label}”。' },
  alreadyDecided: { en: 'This is already decided. {decision}', zh: '此项已有结果。{decision}' },
  decidedBefore: { en: 'This is already decided.', zh: '此项已有结果。' },
  tooLate: { en: 'Too late: this card has expired.', zh: '此卡片已过期，无法再选择。' },
  notAsked: {
    en: 'This question is not for you. The person who was asked can answer it, or a person who may give commands to this bot.',
    zh: '此问题并非向你提出。请由被询问者或可向此机器人下达命令的人作答。',
  },
  notCommander: {
    en: 'You cannot decide this. Only a person who may give commands to this bot can.',
    zh: '你无权决定此项，仅可向此机器人下达命令的人可以决定。',
  },
  notAllowed: {
    en: 'This bot does not answer you here.',
    zh: '此机器人在此处不接受你的操作。',
  },
  forged: {
    en: 'This button has no effect: it was not made by this bot for this chat.',
    zh: '此按钮无效：它不是由本机器人为此会话创建的。',
  },
  notStored: {
    en: 'This bot is overloaded. Please press the button again later.',
    zh: '机器人繁忙，请稍后再次点击按钮。',
  },
  stopping: { en: 'Stopping…', zh: '正在停止…' },
  received: { en: 'Received.', zh: '已收到。' },
  sendsCommand: { en: 'Send this command?', zh: '发送此命令？' },
  replyWith: { en: 'Reply with one of:', zh: '请回复以下任一内容：' },
} as const satisfies Record<string, Text>;
