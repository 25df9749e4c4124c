import type { Text } from '../../../shared/text/text.ts';

/** The proof by a message, and what may be wrong when none comes. */
export const proofTexts = {
  title: { en: 'the proof by a message', zh: '消息验证' },
  ask: {
    en: 'Now send “{bot}” any message in {brand}',
    zh: '现在请在 {brand} 中给“{bot}”发送任意消息',
  },
  askAnswer: {
    en: 'I have written to you in {brand}: answer it with any message',
    zh: '我已在 {brand} 中给你发了消息，请回复任意消息',
  },
  othersOnline: {
    en: 'Online with this app besides setup: {count}. Each message goes to one of them at random, so a gateway may answer instead. Send several messages, or stop the gateway first.',
    zh: '除本次配置外，还有 {count} 个连接在使用该应用。每条消息随机到达其中一个，可能由网关回复。请多发几条，或先停止网关。',
  },
  askProved: {
    en: 'A message has proved this app. Keep that?',
    zh: '已有消息验证该应用，保留结果吗？',
  },
  keepProof: { en: 'keep it', zh: '保留' },
  proveAgain: { en: 'test it again', zh: '重新测试' },
  openChat: { en: 'or open the chat: {url}', zh: '或打开会话：{url}' },
  waiting: { en: 'Waiting for your message', zh: '等待你的消息' },
  first: {
    en: 'Hello from Moltbot. Reply with anything so I know this works.',
    zh: '你好，我是 Moltbot。请回复我，确认我能收到你的消息。',
  },
  hello: { en: 'I can hear you. Everything works.', zh: '已收到你的消息，一切正常。' },
  greeted: { en: 'sent to you', zh: '已发送给你' },
  notGreeted: { en: 'could not write to you: {problem}', zh: '无法给你发消息：{problem}' },
  done: {
    en: 'a message from {openId}, answered in {ms} ms',
    zh: '收到 {openId} 的消息，{ms} 毫秒内已回复',
  },
  gatewayCounts: {
    en: 'The record of the gateway here is read meanwhile: a message that it answers counts, too.',
    zh: '等待期间会读取本机网关的记录：由它答复的消息同样算数。',
  },
  doneByGateway: {
    en: 'the gateway here received a message and answered it, by its own record',
    zh: '根据本机网关自身的记录，它收到了一条消息并已答复',
  },
  gatewayFailed: {
    en: 'the gateway here received a message, and its agent failed: {error}',
    zh: '本机网关收到了一条消息，但其智能体失败：{error}',
  },
  unanswered: {
    en: 'A message came, but it could not be answered: {problem}',
    zh: '收到了消息，但无法回复：{problem}',
  },
  keyWhy: { en: 'nothing comes: why?', zh: '没有反应？查原因' },
  keySkip: { en: 'skip', zh: '跳过' },
  nothing: {
    en: 'No message has arrived. Likely causes, in this order:',
    zh: '尚未收到消息。可能原因依次为：',
  },
  causeMode: {
    en: '1. the event mode is not “persistent connection” (cannot be read): {url}',
    zh: '1. 订阅方式不是“使用长连接接收事件”（无法读取）：{url}',
  },
  causeEvent: {
    en: '2. im.message.receive_v1 is in no published version: {verdict}',
    zh: '2. 已发布版本未包含 im.message.receive_v1：{verdict}',
  },
  causeRange: {
    en: '3. you are outside the availability of the app: {url}',
    zh: '3. 你不在应用的可用范围内：{url}',
  },
  causeOther: {
    en: '4. another gateway with this app took it: {verdict}',
    zh: '4. 使用同一应用的其他网关收走了消息：{verdict}',
  },
  causeConnection: {
    en: '5. this line is down: {verdict}',
    zh: '5. 长连接已断开：{verdict}',
  },
  verdictYes: { en: 'checked, this is it', zh: '已检查，正是此原因' },
  verdictNo: { en: 'checked, no', zh: '已检查，并非此原因' },
  verdictNotReported: { en: 'unknown', zh: '无法得知' },
  verdictOthers: {
    en: '{count} lines are open, one is ours',
    zh: '共 {count} 个连接在线，其中一个是本机',
  },
  wait: { en: 'wait longer', zh: '继续等待' },
  openEvents: { en: 'open the page of the events', zh: '打开事件配置页面' },
  insist: {
    en: 'set mode and events once more through the API',
    zh: '通过 API 重新设置订阅方式和事件',
  },
  skip: { en: 'go on without this proof', zh: '跳过此项验证' },
  skipped: { en: 'no test message arrived', zh: '未收到测试消息' },
} as const satisfies Record<string, Text>;
