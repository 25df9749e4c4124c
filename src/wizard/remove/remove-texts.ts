import type { Text } from '../../shared/text/text.ts';

/** Taking an account out of the config again. */
export const removeTexts = {
  askWhich: { en: 'Which account do you want to remove?', zh: '移除哪个账号？' },
  all: { en: 'all of them: the whole channel', zh: '全部：整个渠道' },
  planned: { en: 'The change', zh: '将要进行的更改' },
  askSure: { en: 'Take it out?', zh: '确认移除？' },
  yes: { en: 'take it out', zh: '移除' },
  no: { en: 'leave it', zh: '保留' },
  nothing: { en: 'nothing to take out of {path}', zh: '{path} 中没有可移除的内容' },
  notThere: {
    en: 'nothing to take out: {path} has no account "{account}"; there is: {known}',
    zh: '无需移除：{path} 中没有账号“{account}”；现有：{known}',
  },
  removed: { en: 'Removed {account} from {path}', zh: '已从 {path} 移除 {account}' },
  backup: { en: 'backup {backup}', zh: '备份 {backup}' },
  remaining: { en: 'Left in place:', zh: '仍会保留：' },
  remainingApp: {
    en: 'the app {appId} with its secret and permissions; disable or delete it there: {url}',
    zh: '应用 {appId} 及其密钥和权限，可在此停用或删除：{url}',
  },
  remainingSecretFile: { en: 'the secret file {path}', zh: '密钥文件 {path}' },
  remainingInbox: {
    en: 'the inbox {directory}, which holds ids of messages and {waiting} unanswered ones; delete it there, or with --purge when you remove an account',
    zh: '收件箱 {directory}，其中有消息 ID 和 {waiting} 条未回复的消息；可直接删除该目录，或在移除账号时加 --purge',
  },
  remainingInRedis: {
    en: 'what Redis holds of its messages, under the keys {keys}*; delete them there',
    zh: 'Redis 中键名以 {keys} 开头的消息记录，请在 Redis 中删除',
  },
  purgePlanned: {
    en: 'will be deleted: {directory}, with {waiting} unanswered messages',
    zh: '将被删除：{directory}，其中有 {waiting} 条未回复的消息',
  },
  purging: { en: 'deleting the inbox', zh: '正在删除收件箱' },
  purged: {
    en: 'deleted: {directory}, with {waiting} unanswered messages',
    zh: '已删除：{directory}，其中有 {waiting} 条未回复的消息',
  },
  purgeAbsent: { en: 'there is none', zh: '没有收件箱' },
  purgeOwned: {
    en: 'not deleted: a process works on {directory}',
    zh: '未删除：有进程正在使用 {directory}',
  },
  purgeOwnedAdvice: {
    en: 'stop it (the gateway, or moltbot-feishu run), then delete {directory}',
    zh: '请先停止它（网关或 moltbot-feishu run），再删除 {directory}',
  },
  purgeShared: {
    en: 'deleted in {directory}; left there, since it is not ours: {strangers}',
    zh: '已删除 {directory} 中的收件箱；以下文件并非本程序创建，已保留：{strangers}',
  },
  purgeStuck: {
    en: '{directory} could not be deleted ({reason})',
    zh: '无法删除 {directory}（{reason}）',
  },
  purgeStuckAdvice: {
    en: 'delete it as the user who owns it',
    zh: '请以其所有者身份删除',
  },
  removedChannels: {
    en: 'channels held nothing else in that file, and is gone, too',
    zh: '该文件的 channels 中没有其他内容，已一并移除',
  },
  askPlugin: { en: 'Remove the plugin from the host, too?', zh: '是否同时从宿主中移除插件？' },
  pluginYes: { en: 'yes: undo what setup did', zh: '是：撤销 setup 所做的安装' },
  pluginNo: { en: 'no: keep the plugin', zh: '否：保留插件' },
  pluginPlanned: { en: 'will be removed: {path}', zh: '将移除：{path}' },
  pluginRemoving: { en: 'removing the plugin', zh: '正在移除插件' },
  pluginRemoved: { en: 'removed: {path}', zh: '已移除：{path}' },
  remainingOwnPlugin: {
    en: 'the plugin {path}; to remove it, too: moltbot-feishu remove --plugin',
    zh: '插件 {path}；如要一并移除：moltbot-feishu remove --plugin',
  },
  remainingPlugin: {
    en: 'the plugin in the host; turn it off with: {host} plugins disable feishu',
    zh: '宿主中的插件，可用以下命令停用：{host} plugins disable feishu',
  },
  remainingBackup: {
    en: 'a backup of the config that holds the secret: {path}',
    zh: '配置文件的备份（其中含密钥）：{path}',
  },
  several: {
    en: 'There are several accounts: {accounts}.',
    zh: '有多个账号：{accounts}。',
  },
  severalAdvice: {
    en: 'give --account ID, or --all for the whole channel',
    zh: '请指定 --account ID，或用 --all 移除整个渠道',
  },
  dryRun: { en: 'dry run: {path} was not touched', zh: '试运行：未改动 {path}' },
} as const satisfies Record<string, Text>;
