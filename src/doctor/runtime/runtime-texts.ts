/** Texts of the runtime checks, including the proof by a message. */
import type { Text } from '../../shared/text/text.ts';

export const runtimeTexts = {
  onlineNotReported: { en: 'the platform did not report it', zh: '平台未返回该信息' },
  clientsOnline: { en: '{count} online before this check', zh: '检查前有 {count} 个客户端在线' },
  noClientOnline: {
    en: 'no client is online for this app: messages are not received',
    zh: '该应用没有客户端在线：消息无人接收',
  },
  noClientOnlineAdvice: {
    en: 'start the channel: moltbot-feishu run, or the gateway of a host',
    zh: '请启动渠道：moltbot-feishu run，或启动宿主的网关',
  },
  noClientOnlineHostAdvice: {
    en: 'start the gateway ({command}), or: moltbot-feishu run',
    zh: '请启动网关（{command}），或运行：moltbot-feishu run',
  },
  inboxNotReported: { en: 'the App ID is not known', zh: '尚不知道 App ID' },
  inboxUnreachable: {
    en: 'the inbox in {place} cannot be reached ({reason}): no message is acknowledged',
    zh: '无法访问 {place} 中的收件箱（{reason}）：消息不会被确认',
  },
  inboxUnreachableAdvice: {
    en: 'see that Redis runs and can be reached from here, and that channels.feishu.inbox has its address, user and password',
    zh: '请确认 Redis 正在运行、可从本机访问，且 channels.feishu.inbox 中的地址、用户名和密码正确',
  },
  inboxEvicts: {
    en: '{waits}; {place} drops what it has no room for (maxmemory-policy {maxmemoryPolicy})',
    zh: '{waits}；{place} 内存不足时会丢弃数据（maxmemory-policy {maxmemoryPolicy}）',
  },
  inboxEvictsAdvice: {
    en: 'set maxmemory-policy noeviction in that Redis: otherwise messages may be lost, or answered twice',
    zh: '请在该 Redis 中设置“maxmemory-policy noeviction”，否则消息可能丢失或被重复回答',
  },
  inboxInMemory: {
    en: '{waits}; {place} does not write to disk what it acknowledges (appendonly {appendonly})',
    zh: '{waits}；{place} 不会将已确认的数据写入磁盘（appendonly {appendonly}）',
  },
  inboxInMemoryAdvice: {
    en: 'set appendonly yes and appendfsync always in that Redis: otherwise its restart loses messages that wait',
    zh: '请在该 Redis 中设置“appendonly yes”和“appendfsync always”，否则其重启会丢失待处理的消息',
  },
  inboxUnsynced: {
    en: '{waits}; a loss of power at {place} may cost what is not on its disk yet (appendfsync {appendfsync})',
    zh: '{waits}；{place} 断电时可能丢失尚未落盘的数据（appendfsync {appendfsync}）',
  },
  inboxUnreadable: { en: 'the inbox {directory} cannot be read', zh: '无法读取收件箱 {directory}' },
  inboxUnreadableAdvice: {
    en: 'let this user, and the one who runs the gateway, read and write {directory}',
    zh: '请让当前用户和运行网关的用户能读写 {directory}',
  },
  inboxDamaged: {
    en: 'a damaged file was set aside: {path}',
    zh: '发现损坏的文件，已移至：{path}',
  },
  inboxDamagedAdvice: {
    en: 'check the disk; what could be read was kept, the rest is in {path}; remove it when done',
    zh: '请检查磁盘；可读的内容已保留，其余在 {path} 中，处理完可删除',
  },
  inboxParked: {
    en: '{count} messages were given up after three attempts: {ids}',
    zh: '有 {count} 条消息在三次尝试后被放弃：{ids}',
  },
  inboxParkedAdvice: {
    en: 'the people got a notice; see the log at those message ids, and ask them to write again',
    zh: '对方已收到通知；请按这些 message_id 查日志，并请对方重新发送',
  },
  inboxStuck: {
    en: '{waiting} messages wait, the oldest for {minutes} min: no process works on them',
    zh: '有 {waiting} 条消息积压，最早的已等待 {minutes} 分钟：没有进程在处理',
  },
  inboxStuckAdvice: {
    en: 'start the gateway, or: moltbot-feishu run; they are answered then',
    zh: '请启动网关或运行 moltbot-feishu run，之后会依次回答',
  },
  inboxEmpty: { en: 'empty', zh: '为空' },
  inboxWaits: {
    en: '{waiting} waiting, the oldest for {minutes} min',
    zh: '{waiting} 条待处理，最早的已等待 {minutes} 分钟',
  },

  trafficNotReported: {
    en: 'no runtime has left a record of it here',
    zh: '本机暂无运行记录',
  },
  traffic: {
    en: 'last message {received}, last answer {answered}',
    zh: '最近收到消息：{received}；最近答复：{answered}',
  },
  trafficEnded: {
    en: 'last message {received}, last answer {answered}; nothing runs here now',
    zh: '最近收到消息：{received}；最近答复：{answered}；目前本机没有运行中的机器人',
  },
  connectionDown: {
    en: 'the bot is running but has been disconnected for {minutes} min ({state}); last message {received}',
    zh: '本机机器人进程正在运行，但长连接已断开 {minutes} 分钟（{state}）；最近收到消息：{received}',
  },
  connectionDownAdvice: {
    en: 'check its log (moltbot-feishu run --verbose, or the gateway’s log); the checks network and connection test the same route from this machine',
    zh: '请查看它的日志（moltbot-feishu run --verbose 或网关日志）；network 与 connection 检查会从本机检查同一网络链路',
  },
  trafficDropped: {
    en: 'the newest message was dropped {ago}: {reason}',
    zh: '最新的消息在{ago}被丢弃：{reason}',
  },
  trafficDroppedAdvice: {
    en: 'if it should have been answered, change dmPolicy, allowFrom, groupPolicy or requireMention',
    zh: '如本应回答，请修改 dmPolicy、allowFrom、groupPolicy 或 requireMention',
  },
  provedByMessage: {
    en: 'proved by the message of this run',
    zh: '已由本次运行收到的消息证实',
  },
  provedByTraffic: {
    en: 'proved by a message that arrived {ago}',
    zh: '已由{ago}收到的消息证实',
  },
  never: { en: 'none yet', zh: '尚无' },

  liveOthers: {
    en: 'Online with this app besides the doctor: {count}. Each message goes to one of them at random: send several, or stop the gateway first.',
    zh: '除诊断外，还有 {count} 个连接在使用该应用。每条消息随机到达其中一个，请多发几条，或先停止网关。',
  },
  liveHostCounts: {
    en: 'The record of the gateway of {name} is read meanwhile: a message that it answers counts, too.',
    zh: '等待期间会读取 {name} 网关自身的记录：由它答复的消息同样算数。',
  },
  liveByHost: {
    en: 'the gateway of {name} received a message and answered it, by its own record',
    zh: '根据 {name} 网关自身的记录，它收到了一条消息并已答复',
  },
  liveByHostFailed: {
    en: 'the gateway of {name} received a message, and its agent failed: {error}',
    zh: '{name} 的网关收到了一条消息，但其智能体失败：{error}',
  },
  liveAsk: {
    en: 'Send “{bot}” a direct message now; I wait {seconds} s.',
    zh: '请现在给“{bot}”发一条单聊消息，等待 {seconds} 秒。',
  },
  liveHello: {
    en: 'moltbot-feishu doctor got your message and answers: the line works both ways.',
    zh: 'moltbot-feishu doctor 已收到你的消息并作答：收发均正常。',
  },
  liveSentText: {
    en: 'moltbot-feishu doctor: a test message. The bot can reach you.',
    zh: 'moltbot-feishu doctor：测试消息，机器人可以联系到你。',
  },
  liveDone: {
    en: 'from {openId}: arrived {inMs} ms after sending, answered in {outMs} ms',
    zh: '来自 {openId}：发送后 {inMs} 毫秒到达，{outMs} 毫秒答复',
  },
  liveSent: { en: 'sent to {openId} in {ms} ms', zh: '已发给 {openId}，用时 {ms} 毫秒' },
  liveNothing: {
    en: 'no message came within {seconds} s',
    zh: '{seconds} 秒内没有收到消息',
  },
  liveNothingAdvice: {
    en: 'in this order: is another client online (it may have taken it); event mode “long connection” at {url}; is the person in the availability; in groups, was the bot mentioned',
    zh: '请依次确认：是否有其他客户端在线（可能被它取走）；{url} 的订阅方式是否为长连接；对方是否在可用范围内；群聊中是否 @ 了机器人',
  },
  liveStopped: {
    en: 'stopped before a message was answered',
    zh: '在答复消息之前已停止',
  },
  liveUnanswered: {
    en: 'a message came, and could not be answered: {reason}',
    zh: '收到了消息，但无法答复：{reason}',
  },

  fixApp: { en: '{appId}: {steps}', zh: '{appId}：{steps}' },
  appUnsettled: {
    en: 'the app was changed, and something waits: {what}',
    zh: '应用已修改，但仍有未完成项：{what}',
  },
  appWaits: { en: 'the administrator has to approve it', zh: '等待管理员审核' },
} as const satisfies Record<string, Text>;
