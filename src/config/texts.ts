import type { Text } from '../shared/text.ts';

export const configTexts = {
  enabled: { en: 'whether the channel or account runs', zh: '是否启用该通道或账号' },
  appId: { en: 'App ID of the app', zh: '应用的 App ID' },
  appSecret: { en: 'App Secret, or `${VARIABLE}`', zh: 'App Secret，或 `${变量}`' },
  appSecretFile: { en: 'a file that holds the App Secret', zh: '保存 App Secret 的文件' },
  domain: { en: '`feishu`, `lark` or a base URL', zh: '`feishu`、`lark` 或基础 URL' },
  dmPolicy: { en: 'who may send direct messages', zh: '谁可以发送私聊消息' },
  allowFrom: { en: 'open_ids that are let in', zh: '允许的 open_id' },
  groupPolicy: { en: 'in which groups the bot answers', zh: '机器人在哪些群中回复' },
  groupAllowFrom: { en: 'chat_ids for `groupPolicy: allowlist`', zh: '`groupPolicy: allowlist` 允许的 chat_id' },
  requireMention: { en: 'in groups, answer only when mentioned', zh: '群聊中仅在被 @ 时回复' },
  groups: { en: 'per chat_id: enabled, requireMention, allowFrom', zh: '按 chat_id 设置 enabled、requireMention、allowFrom' },
  replyInThread: { en: 'answer in a topic', zh: '以话题形式回复' },
  streaming: { en: 'how an answer arrives while it is written', zh: '回答生成时的发送方式' },
  mediaMaxMb: { en: 'largest file taken (MB)', zh: '接收文件的大小上限（MB）' },
  typingReaction: { en: 'mark a message while it is worked on', zh: '处理消息时添加表情标记' },
  accounts: { en: 'further accounts, each with the same keys', zh: '更多账号，键同上' },
  defaultAccount: { en: 'the account meant when none is named', zh: '未指明时使用的账号' },

  becauseFlag: { en: '--config', zh: '--config' },
  becauseVariable: { en: '{name}', zh: '{name}' },
  becauseHost: { en: 'the file that {host} reads', zh: '{host} 读取的文件' },
  becauseFound: { en: 'found', zh: '已存在' },
  becauseDefault: { en: 'default', zh: '默认位置' },

  unparsable: { en: '{path}:{line}:{column}: {problem}', zh: '{path}:{line}:{column}：{problem}' },
  unparsableFix: { en: 'mend this line: {source}', zh: '请修正此行：{source}' },
  unreadable: { en: '{path} cannot be read ({reason})', zh: '无法读取 {path}（{reason}）' },
  unreadableFix: { en: 'check the path and its permissions', zh: '请检查路径及其权限' },
  invalid: {
    en: '{path}: {key} is {found}; allowed: {allowed}',
    zh: '{path}：{key} 的值为 {found}；可用：{allowed}',
  },
  invalidFix: { en: 'correct {key} in {path}', zh: '请在 {path} 中修正 {key}' },
  notObject: { en: '{path}: {key} is not an object', zh: '{path}：{key} 不是对象' },
  unknownKey: { en: 'unknown key {key} is ignored', zh: '未知的键 {key} 已忽略' },
  unknownKeyNear: {
    en: 'unknown key {key} is ignored; did you mean {near}?',
    zh: '未知的键 {key} 已忽略；是否想写 {near}？',
  },
  missingVariable: {
    en: '{path}: the environment variable {name} is not set',
    zh: '{path}：环境变量 {name} 未设置',
  },
  missingVariableFix: { en: 'set {name}, or write the value', zh: '请设置 {name}，或直接写入值' },
  includeCycle: { en: '{path} includes itself', zh: '{path} 循环包含自身' },
  includeOwner: {
    en: 'channels.feishu comes from more than one place in {path}; it is not edited',
    zh: '{path} 中的 channels.feishu 来自多处包含，未作修改',
  },
  includeOwnerFix: { en: 'put this in by hand:\n{snippet}', zh: '请手动写入：\n{snippet}' },
  managed: {
    en: '{path} is managed by Nix and is not written',
    zh: '{path} 由 Nix 管理，不会写入',
  },
  unwritable: { en: '{path} cannot be written ({reason})', zh: '无法写入 {path}（{reason}）' },
  unwritableFix: {
    en: 'check free space and permissions; the file is as it was',
    zh: '请检查磁盘空间与权限；文件保持原样',
  },
  locked: { en: '{path} is locked by another run', zh: '{path} 正被其他进程锁定' },
  lockedFix: { en: 'wait for it to end, then run again', zh: '请等待其结束后重试' },
  contended: {
    en: '{path} kept changing while it was being edited',
    zh: '编辑期间 {path} 不断被修改',
  },
  secretMissing: { en: 'account {account} has no App Secret', zh: '账号 {account} 没有 App Secret' },
  secretMissingFix: {
    en: 'run: moltbot-feishu setup --account {account}',
    zh: '请运行：moltbot-feishu setup --account {account}',
  },
  secretUnreadable: {
    en: 'the secret file {path} of account {account} cannot be read ({reason})',
    zh: '无法读取账号 {account} 的密钥文件 {path}（{reason}）',
  },
  editFault: {
    en: 'the edit of {path} would not have given what was asked; nothing was written',
    zh: '对 {path} 的编辑结果与预期不符，未写入任何内容',
  },
} as const satisfies Record<string, Text>;
