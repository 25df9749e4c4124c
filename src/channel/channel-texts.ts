import type { Text } from '../shared/text/text.ts';

export const channelTexts = {
  eventMalformed: {
    en: 'An event could not be read: {place} is missing or of another type.',
    zh: '收到无法解析的事件：{place} 缺失或类型不符。',
  },

  pairingRefused: {
    en: 'This bot talks only to people who are paired with it, and pairing needs a host. Ask its owner to add {openId} to allowFrom.',
    zh: '此机器人仅与已配对的用户对话，而配对需要宿主支持。请联系机器人的管理员，将 {openId} 加入 allowFrom。',
  },
  stopped: { en: 'Stopped.', zh: '已停止。' },
  nothingRuns: { en: 'Nothing is running here.', zh: '当前没有正在处理的任务。' },
  status: {
    en: 'Connected as “{bot}” for {minutes} min. In this chat: {running} running, {waiting} waiting.',
    zh: '机器人“{bot}”已连接 {minutes} 分钟。本会话：处理中 {running} 条，等待中 {waiting} 条。',
  },
  statusOffline: {
    en: '“{bot}” is reconnecting. In this chat: {running} running, {waiting} waiting.',
    zh: '机器人“{bot}”正在重新连接。本会话：处理中 {running} 条，等待中 {waiting} 条。',
  },
  commandFailed: {
    en: 'The command behind this bot failed ({reason}).',
    zh: '机器人调用的命令执行失败（{reason}）。',
  },
  commandTooSlow: {
    en: 'The command behind this bot took longer than {s} s and was ended.',
    zh: '机器人调用的命令超过 {s} 秒未完成，已被终止。',
  },
  commandFailedShown: {
    en: 'The command failed ({reason}): {command}',
    zh: '命令执行失败（{reason}）：{command}',
  },
  commandTooSlowShown: {
    en: 'The command took longer than {s} s and was ended: {command}',
    zh: '命令超过 {s} 秒未完成，已被终止：{command}',
  },
  emptyAnswer: { en: '(no answer)', zh: '（没有回答）' },
  restInFile: {
    en: 'The rest of this answer is in the file.',
    zh: '其余内容请见文件。',
  },
  restName: { en: 'answer-continued.md', zh: '回答续.md' },
  leftOut: {
    en: 'This answer is too long: the rest was left out.',
    zh: '回答过长，其余部分已省略。',
  },
  agentFailed: {
    en: 'Something went wrong. This answer stops here.',
    zh: '处理出错，不会再有后续回复。',
  },

  parkedNotice: {
    en: 'Your message could not be answered: the program was interrupted three times while working on it. Please send it again.',
    zh: '这条消息未能回复：处理期间程序三次中断。请重新发送。',
  },
  cutShort: {
    en: 'The program was interrupted while this answer was written; the rest is lost. Please ask again if something is missing.',
    zh: '回复过程中程序中断，后续内容已丢失。如有缺失，请重新提问。',
  },
  turnParked: {
    en: 'A message was set aside: the program was interrupted three times while working on it.',
    zh: '一条消息已搁置：处理期间程序三次中断。',
  },
  turnParkedAdvice: {
    en: 'The person got a notice. See what ends the program, then let them send it again.',
    zh: '已告知发送者。请查明程序中断的原因，然后让对方重新发送。',
  },
  inboxFull: {
    en: 'The inbox is full ({most} messages wait). New ones are not acknowledged, so that the platform sends them again.',
    zh: '收件箱已满（{most} 条消息等待处理）。新消息暂不确认，由平台稍后重新推送。',
  },
  inboxChatFull: {
    en: 'One chat has filled its share of the inbox ({waiting} of its messages wait). Its new messages are not acknowledged, so that the platform sends them again; other chats are not affected.',
    zh: '某个会话已占满其收件箱份额（{waiting} 条消息等待处理）。该会话的新消息暂不确认，由平台稍后重新推送；其他会话不受影响。',
  },
  inboxFullAdvice: {
    en: 'Nothing is lost yet; see why answers take so long.',
    zh: '消息尚未丢失；请检查回复缓慢的原因。',
  },
  inboxNoSpace: {
    en: 'No space is left for the inbox ({place}, {reason}). Messages are not acknowledged until there is.',
    zh: '收件箱所在磁盘已满（{place}，{reason}）。释放空间前，消息不会被确认。',
  },
  inboxNoSpaceAdvice: {
    en: 'Free some space where {place} is; it goes on by itself.',
    zh: '请在 {place} 所在磁盘释放空间，随后会自动恢复。',
  },
  inboxUnwritable: {
    en: 'The inbox cannot be written ({place}, {reason}). Messages are not acknowledged until it can.',
    zh: '收件箱无法写入（{place}，{reason}）。恢复前，消息不会被确认。',
  },
  inboxUnwritableAdvice: {
    en: 'Let this user write to {place}, or set channels.feishu.inbox to another directory; it goes on by itself.',
    zh: '请授予当前用户对 {place} 的写权限，或将 channels.feishu.inbox 设为其他目录；随后会自动恢复。',
  },
  inboxGone: {
    en: 'The inbox {place} was deleted or replaced while it was in use. It is made again; what was waiting is written again.',
    zh: '收件箱 {place} 在使用中被删除或替换，正在重新创建；等待处理的消息会重新写入。',
  },
  inboxGoneAdvice: {
    en: 'Stop the gateway before you delete or move its inbox.',
    zh: '删除或移动收件箱前，请先停止网关。',
  },
  inboxRedisAdvice: {
    en: 'See that Redis runs, that it can be reached from here, and that channels.feishu.inbox has its address, user and password; it goes on by itself.',
    zh: '请确认 Redis 正在运行、可从本机访问，且 channels.feishu.inbox 中的地址、用户名和密码正确；随后会自动恢复。',
  },
  inboxDamaged: {
    en: '{place} was damaged: {damaged} entries could not be read. All others were kept.',
    zh: '{place} 已损坏：{damaged} 条记录无法读取，其余记录均已保留。',
  },
  inboxDamagedAdvice: {
    en: 'Check the disk. The damaged file was set aside as {kept}.',
    zh: '请检查磁盘。损坏的文件已另存为 {kept}。',
  },
  claimLost: {
    en: 'Another gateway has taken this message over.',
    zh: '此消息已由其他网关接管。',
  },
  inboxClosed: {
    en: 'The inbox is closed here, or being taken over by another process.',
    zh: '收件箱已在此处关闭，或正由其他进程接管。',
  },

  badAppId: {
    en: '“{appId}” is not an App ID: it is cli_ and 16 characters of 0-9 and a-f.',
    zh: '“{appId}” 不是 App ID：应为 cli_ 加 16 位 0-9、a-f 字符。',
  },
  badAppIdAdvice: {
    en: 'Copy the App ID from the developer console (“Credentials & Basic Info”), then run: moltbot-feishu setup',
    zh: '请从开发者后台“凭证与基础信息”页复制 App ID，然后运行：moltbot-feishu setup',
  },
  secretMissing: {
    en: 'Account {account} has no App Secret.',
    zh: '账号 {account} 没有 App Secret。',
  },
  secretMissingAdvice: {
    en: 'Run: moltbot-feishu setup --account {account}',
    zh: '请运行：moltbot-feishu setup --account {account}',
  },
  sameApp: {
    en: 'Accounts {first} and {second} use the same app; {second} is not started.',
    zh: '账号 {first} 与 {second} 使用同一应用；{second} 未启动。',
  },
  sameAppAdvice: {
    en: 'Give each account its own app, or remove one of the two.',
    zh: '请为每个账号使用独立的应用，或删除其中一个。',
  },
  handshakeFailed: {
    en: 'The long connection to {host} could not be opened in time.',
    zh: '未能及时建立到 {host} 的长连接。',
  },
  handshakeRefused: {
    en: '{host} refused the long connection (code {code}: {msg}).',
    zh: '{host} 拒绝了长连接（代码 {code}：{msg}）。',
  },
  handshakeAdvice: {
    en: 'It is retried by itself; check that a proxy or firewall lets WebSocket through.',
    zh: '会自动重试；请检查代理或防火墙是否放行 WebSocket。',
  },
  connectionFault: {
    en: 'The long connection could not be started here.',
    zh: '本机无法启动长连接。',
  },
  notCounted: {
    en: 'The platform no longer counts this connection; it is opened again.',
    zh: '平台已不再计入此连接，正在重新建立。',
  },
  notCountedAdvice: { en: 'Nothing to do.', zh: '无需处理。' },

  lineReady: { en: '{account}: listening as “{bot}”', zh: '{account}：已就绪，机器人“{bot}”' },
  lineState: { en: '{account}: {state}', zh: '{account}：{state}' },
  stateConnecting: { en: 'connecting', zh: '正在连接' },
  stateConnected: { en: 'connected', zh: '已连接' },
  stateReconnecting: { en: 'reconnecting', zh: '正在重新连接' },
  stateFailed: { en: 'cannot connect', zh: '无法连接' },
  stateStopped: { en: 'disconnected', zh: '已断开' },
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
  lineText: { en: '  “{text}”', zh: '  “{text}”' },
  lineLeftOver: {
    en: '{account}: answering {waiting} message(s) that an earlier run left',
    zh: '{account}：正在处理上次运行遗留的 {waiting} 条消息',
  },
  lineShared: {
    en: '{account}: another process works on this inbox; this one passes its messages to it',
    zh: '{account}：另一个进程正在处理此收件箱，本进程收到的消息会转交给它',
  },
  lineTakenOver: {
    en: '{account}: the other process has stopped; this one works on the inbox now',
    zh: '{account}：另一个进程已停止，现由本进程处理此收件箱',
  },
  lineWellAgain: {
    en: '{account}: the inbox keeps messages again',
    zh: '{account}：收件箱已恢复，可继续保存消息',
  },
  lineStderr: { en: '  stderr: {line}', zh: '  标准错误：{line}' },
  lineStopping: {
    en: 'Waiting up to {s} s for {running} running answer(s); press Ctrl-C again to stop now.',
    zh: '最多等待 {s} 秒，让 {running} 个正在进行的回复完成；再按一次 Ctrl-C 立即停止。',
  },
  lineStopped: { en: 'stopped', zh: '已停止' },
  lineAdvice: { en: '  fix: {fix}', zh: '  解决：{fix}' },
  noAccounts: {
    en: 'No enabled Feishu account to run.',
    zh: '没有可运行的已启用飞书账号。',
  },
  noAccountsAdvice: { en: 'Run: moltbot-feishu setup', zh: '请运行：moltbot-feishu setup' },
} as const satisfies Record<string, Text>;
