/** Codes of editing, reacting to and reading messages, and of chats. Source: shelf 5.3. */
import type { Text } from '../../../shared/text.ts';
import type { ErrorRow } from '../entry.ts';

const gone: Omit<ErrorRow, 'code'> = {
  meaning: { en: 'The message was deleted', zh: '消息已被删除' },
  cause: { en: 'Somebody deleted it meanwhile.', zh: '消息在此期间被删除。' },
  fix: { en: 'Nothing to do: it gets no answer.', zh: '无需处理：不再回复该消息。' },
};

const withoutThread: Text = {
  en: 'Answer outside the thread; instead of an edit, send a new message.',
  zh: '请在话题外回复；如为编辑，请改发新消息。',
};

export const messageChangeRows: readonly ErrorRow[] = [
  {
    code: 230031,
    meaning: { en: 'The message is older than 14 days', zh: '消息已超过 14 天' },
    cause: { en: 'Cards can be changed for 14 days.', zh: '卡片仅可在 14 天内更新。' },
    fix: { en: 'Send a new message.', zh: '请发送新消息。' },
  },
  {
    code: 230050,
    meaning: { en: 'The bot cannot see this message', zh: '消息对机器人不可见' },
    cause: { en: 'It is not visible to the bot.', zh: '机器人无权查看该消息。' },
    fix: { en: 'Nothing to do.', zh: '无需处理。' },
  },
  {
    code: 230054,
    meaning: { en: 'Not supported for this type of message', zh: '该消息类型不支持此操作' },
    cause: { en: 'Cards are changed by another call.', zh: '卡片需使用其他接口更新。' },
    fix: { en: 'Report this with the log id.', zh: '请附上 Log ID 反馈此问题。' },
  },
  {
    code: 230071,
    meaning: {
      en: 'The group has no threads, or the message is not the bot’s own',
      zh: '该群不支持话题，或消息不是机器人发送的',
    },
    cause: {
      en: 'The first applies to a reply, the second to an edit.',
      zh: '回复操作对应前一原因，编辑操作对应后一原因。',
    },
    fix: withoutThread,
  },
  {
    code: 230072,
    meaning: {
      en: 'The message is a bundle, or its 20 edits are used up',
      zh: '消息为合并转发，或 20 次编辑已用完',
    },
    cause: {
      en: 'The first applies to a reply, the second to an edit.',
      zh: '回复操作对应前一原因，编辑操作对应后一原因。',
    },
    fix: withoutThread,
  },
  {
    code: 230073,
    meaning: { en: 'Messages of a secret group cannot be edited', zh: '保密群消息不支持编辑' },
    cause: { en: 'The group is secret.', zh: '该群为保密群。' },
    fix: { en: 'Send a new message.', zh: '请发送新消息。' },
  },
  {
    code: 230074,
    meaning: { en: 'Encrypted messages cannot be edited', zh: '第三方加密消息不支持编辑' },
    cause: { en: 'The company encrypts its messages.', zh: '企业启用了第三方加密。' },
    fix: { en: 'Send a new message.', zh: '请发送新消息。' },
  },
  {
    code: 230075,
    meaning: {
      en: 'The chat is encrypted, or the time for edits is over',
      zh: '会话已加密，或已超过可编辑时间',
    },
    cause: {
      en: 'The first applies to a reply, the second to an edit.',
      zh: '回复操作对应前一原因，编辑操作对应后一原因。',
    },
    fix: withoutThread,
  },
  { ...gone, code: 230110 },
  { ...gone, code: 231003 },
  {
    code: 230111,
    meaning: { en: 'The message destroys itself', zh: '消息设置了自动销毁' },
    cause: { en: 'Such messages take no reply.', zh: '此类消息不支持回复。' },
    fix: { en: 'Nothing to do.', zh: '无需处理。' },
  },
  {
    code: 231001,
    meaning: { en: 'The reaction is unknown', zh: '表情类型无效' },
    cause: { en: 'The platform has no such emoji_type.', zh: '平台不支持该 emoji_type。' },
    fix: { en: 'Use another reaction.', zh: '请使用其他表情。' },
  },
  {
    code: 232009,
    meaning: { en: 'The group was dissolved', zh: '群已解散' },
    cause: { en: 'The chat does not exist any more.', zh: '该会话已不存在。' },
    fix: { en: 'Take it out of the settings.', zh: '请从配置中移除该群。' },
  },
  {
    code: 11310,
    meaning: { en: 'The card was refused: {msg}', zh: '卡片被拒绝：{msg}' },
    cause: { en: 'The text says why.', zh: '具体原因见文本。' },
    fix: { en: 'It is sent as text instead.', zh: '会改以文本发送。' },
  },
];
