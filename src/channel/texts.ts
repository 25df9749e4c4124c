import type { Text } from '../shared/text.ts';

export const channelTexts = {
  eventMalformed: { en: 'an event could not be read', zh: '收到无法解析的事件' },
  image: { en: 'image', zh: '图片' },
  file: { en: 'file', zh: '文件' },
  audio: { en: 'voice message', zh: '语音' },
  video: { en: 'video', zh: '视频' },
  sticker: { en: 'sticker', zh: '表情包' },
  card: { en: 'card', zh: '卡片' },
  sharedChat: { en: 'shared group', zh: '群名片' },
  sharedUser: { en: 'shared contact', zh: '个人名片' },
  location: { en: 'location', zh: '位置' },
  forwarded: { en: 'forwarded messages', zh: '合并转发的消息' },
  system: { en: 'system message', zh: '系统消息' },
  videoChat: { en: 'video call', zh: '视频通话' },
  todo: { en: 'task', zh: '任务' },
  vote: { en: 'poll', zh: '投票' },
  redPacket: { en: 'red packet', zh: '红包' },
  folder: { en: 'folder', zh: '文件夹' },
  unknownType: { en: 'message of type {type}', zh: '{type} 类型的消息' },

  pairingRefused: {
    en: 'This bot lets in only people who are paired, and pairing needs a host. Ask its owner to add {openId} to allowFrom.',
    zh: '此机器人仅允许已配对的用户使用，而配对需要宿主支持。请联系机器人的主人，将 {openId} 加入 allowFrom。',
  },
  stopped: { en: 'Stopped.', zh: '已停止。' },
  nothingRuns: { en: 'Nothing is running.', zh: '当前没有正在处理的任务。' },
  status: {
    en: 'Connected as “{bot}”. Waiting in this chat: {waiting}.',
    zh: '已连接，机器人“{bot}”。本会话等待中：{waiting} 条。',
  },
  commandFailed: {
    en: 'The command behind this bot failed ({reason}).',
    zh: '机器人背后的命令执行失败（{reason}）。',
  },
  emptyAnswer: { en: '(no answer)', zh: '（没有回答）' },
  agentFailed: {
    en: 'Something went wrong here; nothing more will come.',
    zh: '处理出错，不会再有后续回复。',
  },

  badAppId: {
    en: '"{appId}" is not an App ID: it is cli_ and 16 characters of 0-9 and a-f',
    zh: '“{appId}”不是 App ID：应为 cli_ 加 16 位 0-9、a-f 字符',
  },
  runSetup: { en: 'run: moltbot-feishu setup', zh: '请运行：moltbot-feishu setup' },
  sameApp: {
    en: 'accounts {first} and {second} use the same app; {second} is not started',
    zh: '账号 {first} 与 {second} 使用同一应用；{second} 未启动',
  },
  sameAppFix: { en: 'give each account its own app', zh: '请为每个账号使用独立应用' },
  handshakeFailed: {
    en: 'the long connection to {host} could not be opened',
    zh: '无法建立到 {host} 的长连接',
  },
  handshakeFix: {
    en: 'check that a proxy or firewall lets WebSocket through',
    zh: '请检查代理或防火墙是否放行 WebSocket',
  },
  notCounted: {
    en: 'the platform no longer counts this connection',
    zh: '平台已不再计入此连接',
  },

  lineReady: { en: '{account}: listening as “{bot}”', zh: '{account}：已就绪，机器人“{bot}”' },
  lineState: { en: '{account}: {state}', zh: '{account}：{state}' },
  lineError: { en: '{account}: {problem}', zh: '{account}：{problem}' },
  lineReceived: {
    en: '{account}: message {messageId} in {chatId}',
    zh: '{account}：{chatId} 收到消息 {messageId}',
  },
  lineAnswered: {
    en: '{account}: answered {messageId} in {ms} ms',
    zh: '{account}：{messageId} 已在 {ms} 毫秒内回复',
  },
  lineIgnored: {
    en: '{account}: {messageId} ignored ({reason})',
    zh: '{account}：{messageId} 已忽略（{reason}）',
  },
  lineStopped: { en: 'stopped', zh: '已停止' },
  lineFix: { en: '  fix: {fix}', zh: '  解决：{fix}' },
} as const satisfies Record<string, Text>;
