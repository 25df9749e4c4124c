/** What several rows of the error table advise. */
import type { Text } from '../../../shared/text/text.ts';

// biome-ignore format: one text a line
export const publish: Text = { en: 'Create and publish a version.', zh: '请创建并发布版本。' };
export const report: Text = {
  en: 'Report this with the log id.',
  zh: '请附上 Log ID 反馈此问题。',
};
export const renewed: Text = {
  en: 'A new token is fetched automatically.',
  zh: '会自动重新获取凭证。',
};
export const slower: Text = {
  en: 'Wait a little; it is tried again automatically.',
  zh: '请稍候，会自动重试。',
};
export const addBot: Text = {
  en: 'Add the bot, then publish a version.',
  zh: '请添加机器人能力并发布版本。',
};
export const addToGroup: Text = { en: 'Add the bot to the group.', zh: '请把机器人拉回群。' };
export const noAnswer: Text = {
  en: 'Nothing to do: it gets no answer.',
  zh: '无需处理：不再回复该消息。',
};
export const retried: Text = { en: 'It is tried again automatically.', zh: '会自动重试。' };
export const askAdmin: Text = { en: 'Ask the company’s admin.', zh: '请联系企业管理员。' };
export const asText: Text = { en: 'Send it as text instead.', zh: '请改以文本发送。' };
export const newMessage: Text = { en: 'Send a new message.', zh: '请发送新消息。' };
export const nothing: Text = { en: 'Nothing to do.', zh: '无需处理。' };
export const withoutThread: Text = {
  en: 'Answer outside the thread; instead of an edit, send a new message.',
  zh: '请在话题外回复；如为编辑，请改发新消息。',
};
export const askSender: Text = {
  en: 'Ask the sender to send the content another way.',
  zh: '请发送者换一种方式发送。',
};
export const asFile: Text = { en: 'Send it as a file instead.', zh: '请改以文件发送。' };
export const reopen: Text = {
  en: 'Open the streaming mode again, or finish the card.',
  zh: '请重新开启流式模式，或直接完成卡片。',
};
export const newCard: Text = { en: 'Create a new card.', zh: '请创建新的卡片。' };
export const splitCard: Text = {
  en: 'Split it into several cards.',
  zh: '请拆分为多张卡片。',
};
export const newCode: Text = { en: 'Get a new code.', zh: '请获取新的二维码。' };
export const checkAppId: Text = { en: 'Check the App ID.', zh: '请核对 App ID。' };
export const checkAppAndDomain: Text = {
  en: 'Check the App ID and the domain.',
  zh: '请核对 App ID 和域名。',
};
export const customApp: Text = {
  en: 'Use a custom app of your company.',
  zh: '请使用企业自建应用。',
};
export const byHand: Text = {
  en: 'Set the app up in the console, step by step.',
  zh: '请在开发者后台按步骤手动配置。',
};
