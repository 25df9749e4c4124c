/** Codes of uploading and downloading images and files. Source: docs/platform/media-and-cards.md#uploads. */
import { family } from '../entry.ts';
import { addBot, addToGroup, asFile, askAdmin, askSender, report, retried } from './advice.ts';

// biome-ignore format: one row a line
export const mediaErrors = family('media', [
  [234001, { en: 'A parameter of the request is invalid', zh: '请求参数无效' }, report],
  [234002, { en: 'The bot has no access to this resource', zh: '机器人无权访问该资源' }, { en: 'Check that the bot is in the chat.', zh: '请确认机器人在该会话中。' }],
  [234003, { en: 'The file is not in this message', zh: '文件不属于该消息' }, report],
  [234004, { en: 'The app is not in this chat', zh: '应用不在该会话中' }, addToGroup],
  [234005, { en: 'The file was deleted', zh: '文件已被删除' }, askSender],
  [234006, { en: 'The file is too large', zh: '文件大小超限' }, { en: 'Send a link instead.', zh: '请改为发送链接。' }],
  [234007, { en: 'The app has no bot', zh: '应用未启用机器人' }, addBot, { error: 'bot-off', page: 'capability' }],
  [234008, { en: 'The resource was not sent by this app', zh: '资源不是由本应用发送的' }, report],
  [234009, { en: 'External groups are not supported', zh: '不支持外部群' }, askSender],
  [234010, { en: 'The file is empty', zh: '文件为空' }, { en: 'There is nothing to send.', zh: '没有可发送的内容。' }],
  [234011, { en: 'The image’s format is not known', zh: '无法识别图片格式' }, asFile],
  [234019, { en: 'The company of the app could not be checked', zh: '应用所属企业校验失败' }, retried, { outcome: 'retry' }],
  [234037, { en: 'The file is larger than 100 MB', zh: '文件超过 100 MB' }, askSender],
  [234038, { en: 'The chat does not allow downloads', zh: '会话禁止下载' }, askSender],
  [234039, { en: 'The image has too many pixels', zh: '图片分辨率超限' }, asFile],
  [234040, { en: 'The message is not visible to the bot', zh: '消息对机器人不可见' }, askSender],
  [234041, { en: 'The company’s encryption key is deleted', zh: '企业密钥已被删除' }, askAdmin],
  [234042, { en: 'The company’s storage failed', zh: '企业存储异常' }, askAdmin],
  [234043, { en: 'This type of message has no resources', zh: '该消息类型不支持下载资源' }, askSender],
]);
