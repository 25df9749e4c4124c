/** What each key of `channels.feishu` means: for the documents and the JSON Schema. */
import type { Text } from '../../shared/text.ts';

export const keyTexts = {
  enabled: { en: 'Whether the channel, or the account, runs.', zh: '是否启用该渠道或账号。' },
  appId: { en: 'App ID of the app (`cli_…`).', zh: '应用的 App ID（`cli_…`）。' },
  appSecret: {
    en: 'App Secret: itself, or a reference like `\u0024{FEISHU_APP_SECRET}`.',
    zh: 'App Secret：直接填写，或引用环境变量，如 `\u0024{FEISHU_APP_SECRET}`。',
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
    en: 'Per chat_id, or `*`: `enabled`, `requireMention`, `allowFrom`, `systemPrompt`, `skills`, `replyInThread`, `groupSessionScope`.',
    zh: '按 chat_id（其余群用 `*`）单独设置：`enabled`、`requireMention`、`allowFrom`、`systemPrompt`、`skills`、`replyInThread`、`groupSessionScope`。',
  },
  replyInThread: {
    en: 'Answer in a topic, in groups and in direct chats. A message in a topic is always answered there.',
    zh: '在群聊和私聊中以话题形式回复。话题内的消息始终在该话题内回复。',
  },
  streaming: {
    en: 'How an answer arrives while it is written: at its end (`off`), or in blocks.',
    zh: '回答生成时的发送方式：完成后一次发送（`off`），或分段发送。',
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
  accounts: {
    en: 'Further accounts by id, each with the keys above; what one lacks, it inherits from here.',
    zh: '按 id 列出的更多账号，键同上；未设置的键继承顶层的值。',
  },
  defaultAccount: { en: 'The account meant where none is named.', zh: '未指明账号时使用的账号。' },
  inbox: {
    en: 'Where messages are kept until they are answered: a directory (relative to the config, `~` is the home directory), or `redis://…` for gateways on several machines.',
    zh: '消息在回复前的保存位置：目录（相对路径以配置文件所在目录为准，`~` 为用户主目录），或多台机器上的网关共用的 `redis://…`。',
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
