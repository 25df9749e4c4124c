/** Codes of sending messages; changing and reacting lie beside. Source: shelf 5.2 and 5.3. */
import { type ErrorRow, family } from '../entry.ts';
import { messageChangeRows } from './message-changes.ts';

const notInChat: Omit<ErrorRow, 'code'> = {
  meaning: { en: 'The bot is not in this chat', zh: '机器人不在该会话中' },
  cause: { en: 'It was never added, or has been removed.', zh: '机器人未被加入群，或已被移出。' },
  fix: { en: 'Add the bot to the group.', zh: '请把机器人拉回群。' },
};

const botOff: Omit<ErrorRow, 'code'> = {
  error: 'bot-off',
  meaning: { en: 'The bot is not activated', zh: '机器人能力未启用' },
  cause: {
    en: 'The bot was not added, or the version with it is not published.',
    zh: '未添加机器人能力，或包含机器人的版本尚未发布。',
  },
  fix: { en: 'Add the bot, then publish a version.', zh: '请添加机器人能力并发布版本。' },
  link: (links) => links.capability,
};

const tooFast: Omit<ErrorRow, 'code'> = {
  error: 'rate-limited',
  outcome: 'backoff',
  meaning: { en: 'Too many messages in a short time', zh: '发送消息过于频繁' },
  cause: {
    en: 'The limit is 5 messages a second for one person or one group, shared by all bots in it.',
    zh: '同一用户或同一群每秒最多 5 条，群内所有机器人共享该限额。',
  },
  fix: { en: 'It is sent again by itself.', zh: '会自动重试。' },
};

const sensitive: Omit<ErrorRow, 'code'> = {
  meaning: { en: 'The message holds sensitive information', zh: '消息包含敏感信息' },
  cause: { en: 'The content check refused it.', zh: '内容审核未通过。' },
  fix: { en: 'Change the text.', zh: '请修改内容。' },
};

const sendingRows: readonly ErrorRow[] = [
  {
    code: 230001,
    meaning: { en: 'A parameter of the message is invalid: {msg}', zh: '消息参数无效：{msg}' },
    cause: { en: 'The text after “ext=” says which.', zh: '“ext=” 之后的内容说明了原因。' },
    fix: {
      en: 'Check the id of the receiver; otherwise report this with the log id.',
      zh: '请检查接收者 ID；否则请附上 Log ID 反馈此问题。',
    },
  },
  { ...notInChat, code: 230002 },
  { ...notInChat, code: 10002 },
  { ...notInChat, code: 10030 },
  { ...botOff, code: 230006 },
  { ...botOff, code: 232025 },
  {
    code: 230011,
    meaning: { en: 'The message was recalled', zh: '消息已被撤回' },
    cause: { en: 'Its sender withdrew it.', zh: '发送者撤回了消息。' },
    fix: { en: 'Nothing to do: it gets no answer.', zh: '无需处理：不再回复该消息。' },
  },
  {
    code: 230013,
    meaning: { en: 'The bot is not available to this person', zh: '机器人对该用户不可用' },
    cause: {
      en: 'The person is outside the availability, blocked by the admin, has left, or the id is the bot’s own.',
      zh: '该用户不在可用范围内、被管理员禁用、已离职，或该 ID 是机器人自己的。',
    },
    fix: {
      en: 'Add the person to the availability (可用范围) of a new version and publish it.',
      zh: '请在新版本的可用范围中加入该成员并发布。',
    },
    link: (links) => links.createVersion,
  },
  {
    code: 230017,
    meaning: { en: 'The image or file belongs to another app', zh: '图片或文件属于其他应用' },
    cause: { en: 'Its key was made by another app.', zh: '资源 key 由其他应用上传生成。' },
    fix: { en: 'Upload it again with this app.', zh: '请用本应用重新上传。' },
  },
  {
    code: 230018,
    meaning: { en: 'The group’s settings do not allow it', zh: '群设置不允许该操作' },
    cause: { en: 'The group restricts who may write.', zh: '群限制了发言。' },
    fix: { en: 'Ask the group’s admin.', zh: '请联系群管理员。' },
  },
  {
    code: 230019,
    meaning: { en: 'The topic does not exist', zh: '话题不存在' },
    cause: { en: 'It was deleted meanwhile.', zh: '话题已被删除。' },
    fix: { en: 'Answer outside the topic.', zh: '请在话题外回复。' },
  },
  { ...tooFast, code: 230020 },
  { ...sensitive, code: 230022 },
  { ...sensitive, code: 11248 },
  {
    code: 230025,
    meaning: { en: 'The message is too long', zh: '消息长度超限' },
    cause: {
      en: 'Text may have 150 KB, cards and posts 30 KB; style tags count more.',
      zh: '文本上限 150 KB，卡片和富文本 30 KB；样式标签会额外占用。',
    },
    fix: { en: 'Split it, or send a file.', zh: '请拆分，或改为发送文件。' },
  },
  {
    code: 230027,
    meaning: { en: 'A permission is lacking', zh: '缺少必要的权限' },
    cause: {
      en: 'A scope is missing, or the group is external and the app is not shared.',
      zh: '缺少权限，或群为外部群而应用未开启对外共享。',
    },
    fix: {
      en: 'Add the scope; for external groups allow external sharing (对外共享).',
      zh: '请开通权限；外部群请开启对外共享。',
    },
    link: (links) => links.auth(),
  },
  {
    code: 230028,
    meaning: {
      en: 'The company’s data protection refused the message',
      zh: '消息未通过企业安全审核',
    },
    cause: {
      en: 'It may hold phone numbers or e-mail addresses.',
      zh: '内容可能包含手机号或邮箱。',
    },
    fix: { en: 'Take phone numbers and e-mails out.', zh: '请去除手机号、邮箱等信息。' },
  },
  {
    code: 230029,
    meaning: { en: 'The person has left the company', zh: '用户已离职' },
    cause: { en: 'The account is gone.', zh: '该账号已停用。' },
    fix: { en: 'Take the id out of allowFrom.', zh: '请从 allowFrom 中移除该 ID。' },
  },
  {
    code: 230034,
    meaning: { en: 'The id of the receiver is invalid', zh: '接收者 ID 无效' },
    cause: { en: 'A wrong id, or one of another type.', zh: 'ID 有误或类型不符。' },
    fix: { en: 'Check the id.', zh: '请检查 ID。' },
  },
  {
    code: 230035,
    meaning: { en: 'The bot may not write here', zh: '机器人没有发言权限' },
    cause: {
      en: 'The group is muted, the person blocked the bot, or a rule of the company.',
      zh: '群被禁言、用户屏蔽了机器人，或企业限制沟通。',
    },
    fix: {
      en: 'Check mute, block and the company’s rules.',
      zh: '请检查禁言、屏蔽和企业沟通权限。',
    },
  },
  {
    code: 230036,
    meaning: { en: 'The company’s encryption key is deleted', zh: '企业密钥已被删除' },
    cause: { en: 'The company manages its own keys.', zh: '企业自行管理密钥。' },
    fix: { en: 'Ask the company’s admin.', zh: '请联系企业管理员。' },
  },
  {
    code: 230038,
    meaning: { en: 'Private chats across companies are not allowed', zh: '不支持跨企业单聊' },
    cause: { en: 'The person belongs to another company.', zh: '对方属于其他企业。' },
    fix: { en: 'Not possible; use a group.', zh: '无法发送，请改用群聊。' },
  },
  {
    code: 230049,
    outcome: 'retry',
    meaning: { en: 'This message is being sent right now', zh: '该消息正在发送中' },
    cause: { en: 'The same uuid is still in work.', zh: '相同 uuid 的请求仍在处理。' },
    fix: { en: 'It is tried again by itself.', zh: '会自动重试。' },
  },
  {
    code: 230053,
    meaning: { en: 'The person has stopped the bot’s messages', zh: '用户已停止接收机器人消息' },
    cause: { en: 'They switched it off in the chat.', zh: '用户在单聊中关闭了接收。' },
    fix: {
      en: 'Ask the person to allow it in the chat with the bot.',
      zh: '请对方在与机器人的单聊中恢复接收。',
    },
  },
  {
    code: 230055,
    meaning: { en: 'The file does not fit the message type', zh: '文件类型与消息类型不匹配' },
    cause: { en: 'A video must be sent as media.', zh: '视频需以 media 类型发送。' },
    fix: { en: 'Send it as a file.', zh: '请改以文件发送。' },
  },
  {
    code: 230099,
    meaning: { en: 'The card could not be made: {msg}', zh: '卡片创建失败：{msg}' },
    cause: { en: 'The ErrCode in the text says why.', zh: '文本中的 ErrCode 说明了原因。' },
    fix: { en: 'It is sent as text instead.', zh: '会改以文本发送。' },
  },
];

export const messageErrors = family('message', [
  ...sendingRows,
  ...messageChangeRows,
  { ...tooFast, code: 11232 },
  { ...tooFast, code: 11233 },
  { ...tooFast, code: 11247 },
]);
