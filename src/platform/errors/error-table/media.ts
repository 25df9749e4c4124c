/** Codes of uploading and downloading images and files. Source: shelf 5.4. */
import { family } from '../entry.ts';

const asFile = { en: 'It is sent as a file instead.', zh: '会改以文件发送。' };
const report = { en: 'Report this with the log id.', zh: '请附上 Log ID 反馈此问题。' };
const askSender = {
  en: 'Ask the sender to send the content another way.',
  zh: '请发送者换一种方式发送。',
};

export const mediaErrors = family('media', [
  {
    code: 234001,
    meaning: { en: 'A parameter of the request is invalid', zh: '请求参数无效' },
    cause: { en: 'The wrong call for this resource.', zh: '使用了不适用于该资源的接口。' },
    fix: report,
  },
  {
    code: 234002,
    meaning: { en: 'The bot has no access to this resource', zh: '机器人无权访问该资源' },
    cause: {
      en: 'No access to the chat or file; not a missing scope.',
      zh: '无权访问该会话或文件，并非缺少权限。',
    },
    fix: { en: 'Check that the bot is in the chat.', zh: '请确认机器人在该会话中。' },
  },
  {
    code: 234003,
    meaning: { en: 'The file is not in this message', zh: '文件不属于该消息' },
    cause: { en: 'Message id and key do not match.', zh: '消息 ID 与文件 key 不匹配。' },
    fix: report,
  },
  {
    code: 234004,
    meaning: { en: 'The app is not in this chat', zh: '应用不在该会话中' },
    cause: { en: 'The bot has left the group.', zh: '机器人已离开群。' },
    fix: { en: 'Add the bot to the group.', zh: '请把机器人拉回群。' },
  },
  {
    code: 234005,
    meaning: { en: 'The file was deleted', zh: '文件已被删除' },
    cause: { en: 'It was deleted meanwhile.', zh: '文件在此期间被删除。' },
    fix: askSender,
  },
  {
    code: 234006,
    meaning: { en: 'The file is too large', zh: '文件大小超限' },
    cause: { en: 'Files may have 30 MB, images 10 MB.', zh: '文件上限 30 MB，图片上限 10 MB。' },
    fix: { en: 'Send a link instead.', zh: '请改为发送链接。' },
  },
  {
    code: 234007,
    error: 'bot-off',
    meaning: { en: 'The app has no bot', zh: '应用未启用机器人' },
    cause: { en: 'The bot was not added or not published.', zh: '机器人能力未添加或未发布。' },
    fix: { en: 'Add the bot, then publish a version.', zh: '请添加机器人能力并发布版本。' },
    link: (links) => links.capability,
  },
  {
    code: 234008,
    meaning: { en: 'The resource was sent by somebody else', zh: '资源不是由本应用发送的' },
    cause: { en: 'The wrong call for a person’s file.', zh: '读取用户文件时使用了错误的接口。' },
    fix: report,
  },
  {
    code: 234009,
    meaning: { en: 'External groups are not supported', zh: '不支持外部群' },
    cause: { en: 'The group has people of other companies.', zh: '群内有其他企业的成员。' },
    fix: askSender,
  },
  {
    code: 234010,
    meaning: { en: 'The file is empty', zh: '文件为空' },
    cause: { en: 'It has 0 bytes.', zh: '文件大小为 0 字节。' },
    fix: { en: 'Nothing to send.', zh: '没有可发送的内容。' },
  },
  {
    code: 234011,
    meaning: { en: 'The image’s format is not known', zh: '无法识别图片格式' },
    cause: {
      en: 'JPEG, PNG, WEBP, GIF, TIFF, BMP and ICO are.',
      zh: '支持 JPEG、PNG、WEBP、GIF、TIFF、BMP、ICO。',
    },
    fix: asFile,
  },
  {
    code: 234019,
    outcome: 'retry',
    meaning: { en: 'The company of the app could not be checked', zh: '应用所属企业校验失败' },
    cause: { en: 'A passing fault of the platform.', zh: '平台的暂时故障。' },
    fix: { en: 'It is tried again by itself.', zh: '会自动重试。' },
  },
  {
    code: 234037,
    meaning: { en: 'The file is larger than 100 MB', zh: '文件超过 100 MB' },
    cause: { en: 'Larger files cannot be downloaded.', zh: '超过上限的文件无法下载。' },
    fix: askSender,
  },
  {
    code: 234038,
    meaning: { en: 'The chat does not allow downloads', zh: '会话禁止下载' },
    cause: { en: 'It is in restricted mode.', zh: '该会话开启了防泄密模式。' },
    fix: askSender,
  },
  {
    code: 234039,
    meaning: { en: 'The image has too many pixels', zh: '图片分辨率超限' },
    cause: {
      en: 'At most 12000×12000, GIF 2000×2000.',
      zh: '上限 12000×12000，GIF 为 2000×2000。',
    },
    fix: asFile,
  },
  {
    code: 234040,
    meaning: { en: 'The message is not visible to the bot', zh: '消息对机器人不可见' },
    cause: { en: 'The history is closed to new members.', zh: '群历史消息对新成员不可见。' },
    fix: askSender,
  },
  {
    code: 234041,
    meaning: { en: 'The company’s encryption key is deleted', zh: '企业密钥已被删除' },
    cause: { en: 'The company manages its own keys.', zh: '企业自行管理密钥。' },
    fix: { en: 'Ask the company’s admin.', zh: '请联系企业管理员。' },
  },
  {
    code: 234042,
    meaning: { en: 'The company’s storage failed', zh: '企业存储异常' },
    cause: { en: 'The storage is full or not reachable.', zh: '存储已满或不可用。' },
    fix: { en: 'Ask the company’s admin.', zh: '请联系企业管理员。' },
  },
  {
    code: 234043,
    meaning: { en: 'This type of message has no resources', zh: '该消息类型不支持下载资源' },
    cause: {
      en: 'Cards, merged messages and stickers have none.',
      zh: '卡片、合并转发和表情包不支持。',
    },
    fix: askSender,
  },
]);
