/** What each key of `channels.feishu` means: for the documents and the JSON Schema. */
import type { Text } from '../../shared/text/text.ts';

export const keyTexts = {
  enabled: { en: 'Whether the channel, or the account, runs.', zh: '是否启用该渠道或账号。' },
  appId: { en: 'App ID of the app (`cli_…`).', zh: '应用的 App ID（`cli_…`）。' },
  appSecret: {
    en: 'App Secret: itself, a variable like `\u0024{FEISHU_APP_SECRET}`, or a reference as OpenClaw has them: `{source, provider, id}`, the source being `env`, `file` or `exec`.',
    zh: 'App Secret：直接填写，或引用环境变量，如 `\u0024{FEISHU_APP_SECRET}`，或使用 OpenClaw 的密钥引用 `{source, provider, id}`，其中 source 为 `env`、`file` 或 `exec`。',
  },
  appSecretFile: {
    en: 'A file that holds the App Secret; relative to the config, `~` is the home directory.',
    zh: '保存 App Secret 的文件；相对路径以配置文件所在目录为准，`~` 为用户主目录。',
  },
  domain: {
    en: '`feishu`, `lark`, or one base URL for everything.',
    zh: '`feishu`、`lark`，或统一的基础网址。',
  },
  dmPolicy: { en: 'Who may send it direct messages.', zh: '谁可以私聊机器人。' },
  allowFrom: {
    en: 'open_ids of the people whom `allowlist` lets in.',
    zh: '`allowlist` 策略允许的用户 open_id。',
  },
  groupPolicy: { en: 'In which groups it answers.', zh: '机器人在哪些群里回复。' },
  groupAllowFrom: {
    en: 'chat_ids of the groups that `allowlist` lets in.',
    zh: '`allowlist` 策略允许的群 chat_id。',
  },
  dms: {
    en: 'Per open_id, or `*` for everyone else: `enabled` (`false`: this person gets no answer in direct messages), `systemPrompt`.',
    zh: '按 open_id（其余用户用 `*`）单独设置：`enabled`（`false` 表示不回复此人的私聊）、`systemPrompt`。',
  },
  groupSenderAllowFrom: {
    en: 'open_ids of the people whom it answers in groups; empty: everyone. The `allowFrom` of a group comes before it.',
    zh: '群聊中允许的用户 open_id；留空表示所有人。单个群的 `allowFrom` 优先。',
  },
  requireMention: { en: 'In groups, answer only when mentioned.', zh: '群聊中仅在被 @ 时回复。' },
  groups: {
    en: 'Per chat_id, or `*`: `enabled`, `requireMention`, `allowFrom`, `allowBots`, `systemPrompt`, `skills`, `replyInThread`, `groupSessionScope`.',
    zh: '按 chat_id（其余群用 `*`）单独设置：`enabled`、`requireMention`、`allowFrom`、`allowBots`、`systemPrompt`、`skills`、`replyInThread`、`groupSessionScope`。',
  },
  allowBots: {
    en: 'Whether it answers other bots in groups: never (`false`), where they mention it (`"mentions"`), or as it answers people (`true`). At most ten times in a row in a group: a message of a person, or ten minutes without an answer to a bot, start the count again.',
    zh: '是否在群聊中回复其他机器人：不回复（`false`）、被其 @ 时回复（`"mentions"`），或与回复用户相同（`true`）。同一群内最多连续回复十次；有用户发言或十分钟后重新计数。',
  },
  replyInThread: {
    en: 'Answer in a topic, in groups and in direct chats. A message in a topic is always answered there.',
    zh: '在群聊和私聊中以话题形式回复。话题内的消息始终在该话题内回复。',
  },
  streaming: {
    en: 'How an answer arrives while it is written: in a card that grows (`card`), in blocks (`block`), or at its end (`off`). `auto` uses a card where the app may write cards, otherwise blocks.',
    zh: '回答生成时的显示方式：在逐字更新的卡片中（`card`）、分段发送（`block`），或完成后一次发送（`off`）。`auto`：应用有卡片权限时用卡片，否则分段发送。',
  },
  toolProgress: {
    en: 'What the card shows of the agent’s tools while it works: nothing (`off`), the tool at work (`line`), or the last ones in a panel, which is folded when the answer is complete (`panel`).',
    zh: '智能体工作时卡片显示的工具信息：不显示（`off`）、当前工具（`line`），或用折叠面板列出最近使用的工具，回答完成后自动收起（`panel`）。',
  },
  renderMode: {
    en: 'The form of answers: a card for headings, tables, inline code and images, else a post, or text without Markdown (`auto`); or one form for all Markdown. `post` also suits clients before 7.20, `text` removes the marks.',
    zh: '回答的展示形式：`auto` 表示含标题、表格、行内代码或图片时用卡片，其他 Markdown 用富文本，纯文字用文本；也可统一为一种形式。7.20 以前的客户端可用 `post`；`text` 会去除 Markdown 标记。',
  },
  allowMentionAll: {
    en: 'Whether `@all` in an answer calls everyone in the group; otherwise it is plain text.',
    zh: '回答中的 `@all` 是否真正 @ 所有人；否则仅作为普通文字。',
  },
  maxMessages: {
    en: 'Messages of one answer (at most 50); the rest of a longer one is sent as a file.',
    zh: '一次回答最多的消息数（上限 50），其余部分以文件发送。',
  },
  textChunkLimit: {
    en: 'The longest text of one message, in characters (100 to 10,000); a longer answer becomes several messages. Unset: 4,000, and 8,000 in a card. A card that grows is not bound by it.',
    zh: '单条消息的最大字符数（100 到 10,000），超出时分为多条。未设置时为 4,000，卡片为 8,000。逐步生成的卡片不受此限制。',
  },
  mediaMaxMb: {
    en: 'The largest image or file that is taken from a message (MB).',
    zh: '接收图片和文件的大小上限（MB）。',
  },
  reactionNotifications: {
    en: 'Which reactions the agent learns of at its next turn: none (`off`), those on the bot’s messages (`own`), or all.',
    zh: '下一轮对话时告知智能体哪些表情回应：不告知（`off`）、仅对机器人消息的（`own`）、全部（`all`）。',
  },
  groupSessionScope: {
    en: 'What is a conversation of its own in groups: the group, each person in it (`group_sender`), each topic (`group_topic`), or each person in each topic.',
    zh: '群聊中以什么为独立会话：整个群（`group`）、群内每个人（`group_sender`）、每个话题（`group_topic`）、每个话题内的每个人（`group_topic_sender`）。',
  },
  welcome: {
    en: 'Sent when the bot joins a group or a person first opens its chat; a text, or `{"en": …, "zh": …}`.',
    zh: '机器人进群或用户首次打开私聊时发送的欢迎语；可为文本，或 `{"en": …, "zh": …}`。',
  },
  typingReaction: { en: 'Mark a message while it is worked on.', zh: '处理消息期间添加表情回应。' },
  actions: {
    en: 'What the host’s agent may do with its message tool beside sending; each is on unless it is `false`: `messages` (read, edit and delete its own), `reactions`, `pins`, `memberInfo`, `channelInfo`, `stickers`.',
    zh: '宿主的智能体可用消息工具执行的操作（发送除外），设为 `false` 可关闭：`messages`（读取消息、编辑和删除自己的消息）、`reactions`、`pins`、`memberInfo`、`channelInfo`、`stickers`。',
  },
  menus: {
    en: 'Setup and `doctor --fix` register the bot’s menu and its slash commands.',
    zh: '由 setup 和 `doctor --fix` 注册机器人菜单和斜杠命令。',
  },
  accounts: {
    en: 'Further accounts by id, each with the keys above; what one lacks, it inherits from here.',
    zh: '按 id 列出的更多账号，键同上；未设置的键继承顶层的值。',
  },
  defaultAccount: { en: 'The account meant where none is named.', zh: '未指明账号时使用的账号。' },
  inbox: {
    en: 'Where messages are kept until they are answered: a directory (relative to the config, `~` is the home directory), or `redis://…` for gateways on several machines.',
    zh: '消息在回复前的保存位置：目录（相对路径以配置文件所在目录为准，`~` 为用户主目录），或多台机器上的网关共用的 `redis://…`。',
  },
  translatedFrom: {
    en: 'The plugin whose section setup translated; its defaults and rules no longer count.',
    zh: 'setup 转换前该配置所属的插件；其默认值和规则不再生效。',
  },
  dmEnabled: {
    en: 'Whether it answers this person in direct messages.',
    zh: '是否回复此人的私聊。',
  },
  groupEnabled: { en: 'Whether it answers in this group.', zh: '是否在该群回复。' },
  groupRequireMention: { en: 'As above, for this group.', zh: '同上，仅针对该群。' },
  groupPrompt: {
    en: 'Added to the agent’s instructions in this group.',
    zh: '在该群中附加给智能体的提示词。',
  },
  groupSkills: {
    en: 'Names of the skills that the host’s agent may use in this group; empty: none.',
    zh: '宿主的智能体在该群中可用的技能名称；留空列表表示都不可用。',
  },
  groupBots: { en: 'As `allowBots`, for this group.', zh: '同 `allowBots`，仅针对该群。' },
  groupReplyInThread: { en: 'As above, for this group.', zh: '同上，仅针对该群。' },
  groupScope: { en: 'As above, for this group.', zh: '同上，仅针对该群。' },
  dmPrompt: {
    en: 'Added to the agent’s instructions in the chat with this person.',
    zh: '在与此人的私聊中附加给智能体的提示词。',
  },
  groupPeople: {
    en: 'open_ids of the people it answers in this group.',
    zh: '该群中允许的用户 open_id。',
  },
} as const satisfies Record<string, Text>;
