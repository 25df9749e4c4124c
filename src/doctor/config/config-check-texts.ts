/** Texts of the config checks. */
import type { Text } from '../../shared/text/text.ts';

export const configCheckTexts = {
  writtenForOther: {
    en: 'channels.feishu was written for {plugins}',
    zh: 'channels.feishu 是为 {plugins} 编写的',
  },
  writtenForOtherAdvice: {
    en: 'translate it: moltbot-feishu doctor --fix, or moltbot-feishu setup, which shows each key',
    zh: '请转换该配置段：moltbot-feishu doctor --fix，或运行 moltbot-feishu setup（会逐项显示）',
  },
  fixSection: {
    en: '{path}: translate channels.feishu from {plugins}, access stays as narrow as it was',
    zh: '{path}：将 channels.feishu 从 {plugins} 转换过来，不会放宽任何访问限制',
  },
  configRead: { en: '{path} ({because})', zh: '{path}（{because}）' },
  configManaged: {
    en: '{path} ({because}); managed from outside ({name}=1), never written',
    zh: '{path}（{because}）；由外部管理（{name}=1），不会写入',
  },
  configAbsent: {
    en: 'there is no config: {path} ({because}) does not exist',
    zh: '没有配置文件：{path}（{because}）不存在',
  },
  configEmpty: {
    en: 'no Feishu account in {path} ({because})',
    zh: '{path}（{because}）中没有飞书账号',
  },
  noAppId: {
    en: 'account {account} in {path} has no appId',
    zh: '{path} 中的账号 {account} 没有 appId',
  },
  setupAccount: {
    en: 'run: moltbot-feishu setup --account {account}',
    zh: '请运行：moltbot-feishu setup --account {account}',
  },
  runSetup: { en: 'run: moltbot-feishu setup', zh: '请运行：moltbot-feishu setup' },
  unknownKeyAdvice: { en: 'correct or remove it in {path}', zh: '请在 {path} 中修正或删除它' },
  fixKey: { en: '{path}: rename {key} to {near}', zh: '{path}：将 {key} 改名为 {near}' },

  variablesSet: { en: 'all set', zh: '均已设置' },
  variablesMissing: {
    en: 'not set in this environment: {names} (needed by {keys})',
    zh: '当前环境中未设置：{names}（{keys} 需要）',
  },
  variablesAdvice: {
    en: 'set {names} where the gateway starts (or under env in the config), or write the value itself',
    zh: '请在启动网关的环境中（或配置的 env 下）设置 {names}，或直接写入值',
  },

  noMode: { en: 'this system has no file modes', zh: '此系统没有文件权限位' },
  otherOwner: {
    en: '{path} belongs to user {owner}, this is user {uid}',
    zh: '{path} 属于用户 {owner}，当前为用户 {uid}',
  },
  otherOwnerAdvice: {
    en: 'run as the user who owns it, or: sudo chown {uid} {path}',
    zh: '请以其所有者身份运行，或执行：sudo chown {uid} {path}',
  },
  openMode: {
    en: '{path} can be read by others (mode {mode}) and holds the App Secret',
    zh: '{path} 可被他人读取（权限 {mode}），其中含 App Secret',
  },
  openModeAdvice: { en: 'chmod 600 {path}', zh: 'chmod 600 {path}' },
  fixMode: { en: '{path}: mode {mode} → 0600', zh: '{path}：权限 {mode} → 0600' },
  modeKept: {
    en: 'The mode of {path} could not be changed ({reason}).',
    zh: '无法修改 {path} 的权限（{reason}）。',
  },
  privateMode: { en: 'mode {mode}', zh: '权限 {mode}' },

  isEnabled: { en: 'enabled', zh: '已启用' },
  isDisabled: { en: '{key} is false: nothing is started', zh: '{key} 为 false：不会启动' },
  isDisabledAdvice: {
    en: 'if setup was left unfinished, continue it: moltbot-feishu setup; otherwise set {key} to true',
    zh: '如果 setup 尚未完成，请继续：moltbot-feishu setup；否则将 {key} 设为 true',
  },
  fixEnabled: { en: '{path}: set {key} to true', zh: '{path}：将 {key} 设为 true' },

  noAppIdYet: { en: 'the App ID is not known', zh: '尚不知道 App ID' },
  sameApp: {
    en: '{accounts} use the same app: each gets only part of the messages',
    zh: '{accounts} 使用同一应用：每个只能收到部分消息',
  },
  sameAppAdvice: {
    en: 'give each account its own app, or take one out',
    zh: '为每个账号使用独立应用，或移除其中一个',
  },
  sameAppElsewhere: {
    en: '{paths} has the same app: two gateways would share its messages',
    zh: '{paths} 中也配置了同一应用：两个网关会分走彼此的消息',
  },
  sameAppElsewhereAdvice: {
    en: 'take channels.feishu out of {paths}, or give it its own app',
    zh: '请移除 {paths} 中的 channels.feishu，或为其使用独立应用',
  },
  noDuplicates: { en: 'each account has its own app', zh: '各账号使用各自的应用' },

  noOthers: { en: 'none', zh: '没有' },
  ignoredConfigs: {
    en: '{paths} also has channels.feishu and is ignored: {path} is in use',
    zh: '{paths} 中也有 channels.feishu，但被忽略：正在使用的是 {path}',
  },
  ignoredConfigsAdvice: {
    en: 'change {path}, or use the other one: --config, --host; what is used lies in {directory}',
    zh: '请修改 {path}，或用 --config、--host 指定另一个；当前使用的目录为 {directory}',
  },

  noOneAllowed: {
    en: 'no one may write: dmPolicy is allowlist and allowFrom is empty, and no group is allowed',
    zh: '没有人可以发消息：dmPolicy 为 allowlist 而 allowFrom 为空，也没有放行任何群',
  },
  allDisabled: {
    en: 'no one may write: dmPolicy is disabled, and no group is allowed',
    zh: '没有人可以发消息：dmPolicy 为 disabled，也没有放行任何群',
  },
  allDisabledAdvice: {
    en: 'set channels.feishu.dmPolicy to pairing, or allow groups with groupPolicy',
    zh: '请将 channels.feishu.dmPolicy 设为 pairing，或用 groupPolicy 放行群',
  },
  noOneAllowedDirect: {
    en: 'direct messages are all dropped: dmPolicy is allowlist and allowFrom is empty',
    zh: '单聊消息全部被丢弃：dmPolicy 为 allowlist 而 allowFrom 为空',
  },
  noOneAllowedAdvice: {
    en: 'add an open_id to channels.feishu.allowFrom (moltbot-feishu doctor --live shows yours), or set dmPolicy to pairing',
    zh: '请在 channels.feishu.allowFrom 中加入 open_id（moltbot-feishu doctor --live 会显示你的），或将 dmPolicy 设为 pairing',
  },
  noGroup: {
    en: 'groups are all dropped: groupPolicy is allowlist and groupAllowFrom is empty',
    zh: '群消息全部被丢弃：groupPolicy 为 allowlist 而 groupAllowFrom 为空',
  },
  noGroupAdvice: {
    en: 'add a chat_id to channels.feishu.groupAllowFrom, or set groupPolicy to open or disabled',
    zh: '请在 channels.feishu.groupAllowFrom 中加入 chat_id，或将 groupPolicy 设为 open 或 disabled',
  },
  policyIs: {
    en: 'direct: {dmPolicy}, groups: {groupPolicy}',
    zh: '单聊：{dmPolicy}，群：{groupPolicy}',
  },
  secretRead: { en: 'found, not shown', zh: '已找到（不显示）' },
} as const satisfies Record<string, Text>;
