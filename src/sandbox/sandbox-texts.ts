import type { Text } from '../shared/text/text.ts';
import type { UndeliveredReason } from './connection/delivery.ts';

/** User texts of the sandbox in the terminal. */
export const sandboxTexts = {
  welcome: {
    en: 'An Open Platform on this machine: {url}\nYou are {user}; what you type goes to the bot as a direct message. /help lists the commands.',
    zh: '本机上的模拟开放平台：{url}\n你是 {user}，输入的内容会作为单聊消息发给机器人。输入 /help 查看命令。',
  },
  connect: {
    en: 'Connect a bot: moltbot-feishu setup --domain {url} --app-id {appId} (the secret is in the line above)',
    zh: '接入机器人：moltbot-feishu setup --domain {url} --app-id {appId}（App Secret 见上一行）',
  },
  help: {
    en: `  text            a direct message to the bot
  /group text     a group message that mentions the bot
  /group! text    a group message without a mention
  /edit text      change your last text
  /recall         recall your last text
  /react NAME     react to the bot's last message, such as THUMBSUP
  /click LABEL    use a button of the bot's last card
  /menu KEY       choose an entry of the bot's menu
  /open           open the chat with the bot
  /drop           cut the bot's connections
  /bot off|on     switch the bot capability
  /help           this list
  /quit           end the sandbox`,
    zh: `  文字            给机器人发单聊消息
  /group 文字     在群里 @机器人 发消息
  /group! 文字    在群里发消息，不 @机器人
  /edit 文字      修改你的上一条文本消息
  /recall         撤回你的上一条文本消息
  /react 名称     对机器人的上一条消息添加表情回复，例如 THUMBSUP
  /click 按钮     点击机器人上一张卡片中的按钮
  /menu KEY       选择机器人菜单项
  /open           打开与机器人的会话
  /drop           切断机器人的长连接
  /bot off|on     关闭或开启机器人能力
  /help           显示此列表
  /quit           结束沙箱`,
  },
  unknownCommand: { en: 'There is no command {command}.', zh: '没有 {command} 这个命令。' },
  nothingToSay: { en: 'Say something after {command}.', zh: '请在 {command} 后输入内容。' },
  nothingOwn: { en: 'You have no text that can be changed.', zh: '没有可以修改的文本消息。' },
  noAnswerYet: { en: 'The bot has no message yet.', zh: '机器人还没有发送消息。' },
  noSuchReaction: { en: 'There is no reaction {name}.', zh: '没有 {name} 这个表情回复。' },
  noCard: { en: 'The bot has sent no card.', zh: '机器人还没有发送卡片。' },
  noSuchButton: {
    en: 'The last card has no button {label} that can be used.',
    zh: '上一张卡片中没有可以点击的按钮“{label}”。',
  },
  clickFailed: {
    en: 'The client shows the error {code}: the bot did not answer the click properly.',
    zh: '客户端显示错误 {code}：机器人未正确响应点击。',
  },
  toast: { en: 'Notice: {text}', zh: '提示：{text}' },
  botIs: { en: 'The bot capability is {state}.', zh: '机器人能力：{state}。' },
  on: { en: 'on', zh: '开启' },
  off: { en: 'off', zh: '关闭' },
  dropped: { en: 'Connections cut: {count}.', zh: '已切断 {count} 条连接。' },
  notHeard: { en: 'The bot does not hear this: {reason}', zh: '机器人收不到这条消息：{reason}' },
  edited: { en: '(edited)', zh: '（已编辑）' },
  recalled: { en: '(recalled)', zh: '（已撤回）' },
  inGroup: { en: '[group]', zh: '[群聊]' },
  generating: { en: '[writing…]', zh: '[生成中...]' },
  portInUse: {
    en: 'Port {port} is already in use.',
    zh: '端口 {port} 已被占用。',
  },
  portInUseAdvice: {
    en: 'choose another with --port, or leave it out for any free one',
    zh: '请用 --port 指定其他端口，或不指定以自动选择空闲端口',
  },
  portForbidden: {
    en: 'This user may not listen on port {port}.',
    zh: '当前用户无权监听端口 {port}。',
  },
} as const satisfies Record<string, Text>;

export const undeliveredTexts: Readonly<Record<UndeliveredReason, Text>> = {
  'app-disabled': { en: 'the app is disabled.', zh: '应用已停用。' },
  'not-published': { en: 'the app has no published version.', zh: '应用没有已发布的版本。' },
  'bot-off': { en: 'the bot capability is off.', zh: '机器人能力未开启。' },
  'event-not-subscribed': {
    en: 'the event {eventType} is not subscribed.',
    zh: '未订阅事件 {eventType}。',
  },
  'webhook-mode': {
    en: 'events are not subscribed by long connection.',
    zh: '事件订阅方式不是长连接。',
  },
  'scope-missing': { en: 'a scope is missing.', zh: '缺少所需权限。' },
  'no-mention': {
    en: 'in groups it hears only messages that mention it.',
    zh: '在群里只有 @机器人 的消息才会推送。',
  },
  'bot-not-in-chat': { en: 'the bot is not in this chat.', zh: '机器人不在该会话中。' },
  'not-available': {
    en: 'you are outside the availability of the app.',
    zh: '你不在应用的可用范围内。',
  },
  'no-connection': {
    en: 'no bot is connected; it is sent again later.',
    zh: '没有已连接的机器人，稍后会重新推送。',
  },
  'gave-up': { en: 'delivery failed too many times.', zh: '多次推送失败，已放弃。' },
};
