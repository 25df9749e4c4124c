/** What becomes of the keys of other plugins: for the plan, the doctor and the documents. */
import type { Text } from '../../../shared/text/text.ts';

export const peerKeyTexts = {
  same: { en: 'Honoured under this name.', zh: '以此名称生效。' },
  host: { en: 'Honoured under this name, by the host.', zh: '以此名称生效，由宿主处理。' },
  secret: {
    en: 'Honoured under this name, references to secrets too, but for those of the source `store`.',
    zh: '以此名称生效，包括密钥引用（source 为 `store` 的除外）。',
  },
  people: {
    en: 'Honoured; `ou_…`, `feishu:ou_…`, `user:ou_…` and `*`. Other ids than open_ids are refused.',
    zh: '生效；支持 `ou_…`、`feishu:ou_…`、`user:ou_…` 和 `*`。不接受 open_id 以外的 ID。',
  },
  dmPolicy: {
    en: 'Honoured. Without it the other plugin’s default counts, and the plan writes it out.',
    zh: '生效。未设置时采用原插件的默认值，方案会将其写出。',
  },
  groupPolicy: {
    en: '`allowall` is `open`. Without it the other plugin’s default counts, and the plan writes it out.',
    zh: '`allowall` 即 `open`。未设置时采用原插件的默认值，方案会将其写出。',
  },
  groupAllowFrom: {
    en: '`oc_…` are groups. `ou_…` are the people whom it answers in groups: `groupSenderAllowFrom`.',
    zh: '`oc_…` 为群；`ou_…` 为群聊中允许的用户，即 `groupSenderAllowFrom`。',
  },
  requireMention: {
    en: 'Honoured. @openclaw/feishu needs no mention in open groups by default; the plan writes that out.',
    zh: '生效。@openclaw/feishu 在开放的群里默认无需 @；方案会将其写出。',
  },
  respondToMentionAll: {
    en: 'No counterpart: `@all` is never taken for a mention of the bot.',
    zh: '无对应项：`@所有人` 不视为 @ 机器人。',
  },
  mentionless: {
    en: '`false` needs a mention in groups with several bots. Bots are not counted here, so a mention is needed in every group.',
    zh: '`false` 表示在有多个机器人的群里需要 @。本插件不统计机器人数量，因此所有群都需要 @。',
  },
  commandBypass: {
    en: 'No counterpart: in a group that needs a mention, commands need it too.',
    zh: '无对应项：需要 @ 的群里，命令也需要 @。',
  },
  allowBots: {
    en: 'Honoured under this name, with at most ten answers to bots in a row in a group.',
    zh: '以此名称生效；同一群内最多连续回复机器人十次。',
  },
  contextVisibility: {
    en: '`all` is what happens here. The other values hide quoted messages from the agent; that cannot be honoured, so the account does not start.',
    zh: '`all` 与本插件行为一致。其他值会对智能体隐藏被引用的消息；无法实现，因此账号不会启动。',
  },
  groupPeople: {
    en: 'Honoured. Most other plugins read an empty list as everyone, this one as no one; the plan writes out the former meaning.',
    zh: '生效。空列表在多数其他插件中表示所有人，在本插件中表示无人；方案会按原含义写出。',
  },
  groupsPolicy: {
    en: '`disabled` is `enabled: false`, `open` is `allowFrom: ["*"]`, `allowlist` admits the people of `allowFrom` and `groupAllowFrom`.',
    zh: '`disabled` 即 `enabled: false`，`open` 即 `allowFrom: ["*"]`，`allowlist` 允许 `allowFrom` 和 `groupAllowFrom` 中的用户。',
  },
  topicSessionMode: {
    en: '`enabled` is `groupSessionScope: "group_topic"`, `disabled` is `"group"`.',
    zh: '`enabled` 即 `groupSessionScope: "group_topic"`，`disabled` 即 `"group"`。',
  },
  threadSession: {
    en: '`true` is `groupSessionScope: "group_topic"`, `false` is `"group"`.',
    zh: '`true` 即 `groupSessionScope: "group_topic"`，`false` 即 `"group"`。',
  },
  dmsHistory: { en: 'Is `dmHistoryLimit`.', zh: '即 `dmHistoryLimit`。' },
  webhookOnly: {
    en: 'No counterpart: only webhooks need it, and the long connection has none.',
    zh: '无对应项：仅 webhook 模式需要，长连接不使用。',
  },
  connectionMode: {
    en: '`websocket` is the long connection. `webhook` becomes that; the app’s mode is switched by setup, or in the console.',
    zh: '`websocket` 即长连接。`webhook` 会改为长连接；应用的模式由 setup 切换，或在开发者后台切换。',
  },
  timeout: {
    en: 'No counterpart: each request has its own time limit.',
    zh: '无对应项：每个请求有各自的时限。',
  },
  messageAge: {
    en: 'No counterpart: a message that arrived is answered, however late.',
    zh: '无对应项：收到的消息无论多晚都会回复。',
  },
  dedup: {
    en: 'No counterpart: what was taken is remembered on disk.',
    zh: '无对应项：已处理的消息记录在磁盘上。',
  },
  replyToMode: {
    en: 'No counterpart: an answer is a reply to its question.',
    zh: '无对应项：回答总是回复其问题。',
  },
  typingIndicator: { en: 'Is `typingReaction`.', zh: '即 `typingReaction`。' },
  senderNames: {
    en: 'No counterpart: names are looked up where the app may read them.',
    zh: '无对应项：应用有权限时会查询姓名。',
  },
  dynamicAgents: {
    en: 'No counterpart. With `enabled: true` each person has an agent of its own; without it all share one, so the account does not start.',
    zh: '无对应项。`enabled: true` 时每个人使用独立的智能体；缺少它时所有人共用一个，因此账号不会启动。',
  },
  heartbeat: {
    en: 'No counterpart: when a heartbeat comes is set in `agents.defaults.heartbeat`. Of a channel’s own, hosts read `showOk`, `showAlerts` and `useIndicator`.',
    zh: '无对应项：心跳的时间由 `agents.defaults.heartbeat` 设置。宿主只读取渠道中的 `showOk`、`showAlerts` 和 `useIndicator`。',
  },
  responsePrefix: {
    en: 'No counterpart: answers have no prefix.',
    zh: '无对应项：回答没有前缀。',
  },
  streaming: {
    en: '`true` and `{mode: "partial"}` are `"auto"`, `false` and `{mode: "off"}` are `"off"`; with `block: {enabled: true}`, `"block"`.',
    zh: '`true` 和 `{mode: "partial"}` 即 `"auto"`，`false` 和 `{mode: "off"}` 即 `"off"`；有 `block: {enabled: true}` 时为 `"block"`。',
  },
  blockStreaming: {
    en: '`true` is `streaming: "block"`, where `streaming` is not on.',
    zh: '`streaming` 未开启时，`true` 即 `streaming: "block"`。',
  },
  coalesce: {
    en: 'No counterpart: blocks follow the pace of the answer.',
    zh: '无对应项：分段随回答的速度而定。',
  },
  replyMode: {
    en: '`static` is `streaming: "off"`. One mode for groups and direct chats: where they differ, the answer is not streamed.',
    zh: '`static` 即 `streaming: "off"`。群聊和私聊使用同一模式；两者不同时不使用流式。',
  },
  renderMode: { en: '`raw` is `text`.', zh: '`raw` 即 `text`。' },
  sendMarkdownAsCard: {
    en: '`true` is `renderMode: "card"`, `false` is `"text"`.',
    zh: '`true` 即 `renderMode: "card"`，`false` 即 `"text"`。',
  },
  chunks: {
    en: 'No counterpart: long answers are cut where Markdown allows.',
    zh: '无对应项：长回答在 Markdown 允许处分段。',
  },
  markdown: {
    en: 'No counterpart: tables and marks are shown as `renderMode` says.',
    zh: '无对应项：表格和标记按 `renderMode` 展示。',
  },
  footer: { en: 'No counterpart: answers have no footer.', zh: '无对应项：回答没有页脚。' },
  toolUse: { en: 'No counterpart; see `toolProgress`.', zh: '无对应项；参见 `toolProgress`。' },
  mediaMaxMb: {
    en: 'Honoured; above 100 it is 100, the platform’s own limit.',
    zh: '生效；大于 100 时按 100（平台上限）。',
  },
  mediaRoots: {
    en: 'No counterpart: files are taken from the directories that the host allows.',
    zh: '无对应项：仅使用宿主允许的目录中的文件。',
  },
  tts: {
    en: 'No counterpart: the host’s own `tts` counts.',
    zh: '无对应项：以宿主的 `tts` 为准。',
  },
  stickerSets: { en: 'No counterpart.', zh: '无对应项。' },
  sticker: { en: 'Is `actions.stickers`.', zh: '即 `actions.stickers`。' },
  tools: {
    en: 'No counterpart: this plugin has no tools for documents and the like.',
    zh: '无对应项：本插件没有文档等工具。',
  },
  vcAutoJoin: { en: 'No counterpart: no meeting is joined.', zh: '无对应项：不加入会议。' },
  uat: {
    en: 'No counterpart: no token of a person is used.',
    zh: '无对应项：不使用用户令牌。',
  },
} as const satisfies Record<string, Text>;
