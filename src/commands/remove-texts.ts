import type { Text } from '../shared/text.ts';

/** What `remove` says. */
export const removeTexts = {
  summary: { en: 'take an account out of the config again', zh: '从配置中移除账号' },
  optDryRun: { en: 'print the plan, change nothing', zh: '只打印计划，不做任何更改' },
  usesConfig: { en: 'config {path} ({because})', zh: '配置文件 {path}（{because}）' },
  askWhich: { en: 'Which account?', zh: '移除哪个账号？' },
  askRemove: { en: 'Remove this?', zh: '确定移除？' },
  planned: { en: 'The change', zh: '将要进行的更改' },
  nothing: {
    en: 'Nothing to remove: {path} has no Feishu account.',
    zh: '无需移除：{path} 中没有飞书账号。',
  },
  notThere: {
    en: 'Nothing to remove: {path} has no account "{account}"; there is: {known}.',
    zh: '无需移除：{path} 中没有账号“{account}”；现有：{known}。',
  },
  several: {
    en: 'There are several accounts in {path}: {known}.',
    zh: '{path} 中有多个账号：{known}。',
  },
  severalFix: { en: 'say which one: --account ID', zh: '请用 --account ID 指定一个' },
  dryRun: { en: 'dry run: {path} was not touched', zh: '试运行：未改动 {path}' },
  removedAccount: {
    en: '{path} (− account {account})',
    zh: '{path}（− 账号 {account}）',
  },
  removedSection: { en: '{path} (− channels.feishu)', zh: '{path}（− channels.feishu）' },
  backup: {
    en: '{done}, backup {backup}',
    zh: '{done}，备份 {backup}',
  },
  staysApp: {
    en: 'Stays on the platform: app {appId}, its versions and its secret. Disable or delete it: {url}',
    zh: '开放平台上仍保留应用 {appId}、其版本和密钥。如需停用或删除：{url}',
  },
  staysSecretFile: { en: 'Stays on this machine: {path}', zh: '本机仍保留密钥文件：{path}' },
  staysBackup: {
    en: 'The backup still holds what was removed, a secret too if it stood there.',
    zh: '备份中仍有被移除的内容，包括其中写明的密钥。',
  },
  staysPlugin: {
    en: 'The plugin stays in the host; without channels.feishu it does nothing.',
    zh: '插件仍保留在宿主中；没有 channels.feishu 时不会运行。',
  },
  staysPluginForOthers: {
    en: 'The plugin stays in the host, for: {known}.',
    zh: '插件仍保留在宿主中，供以下账号使用：{known}。',
  },
  next: { en: 'next: {command}', zh: '下一步：{command}' },
} as const satisfies Record<string, Text>;
