import type { Text } from '../shared/text.ts';

/** Taking an account out of the config again. */
export const removeTexts = {
  askWhich: { en: 'Which account shall go?', zh: '移除哪个账号？' },
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
  removed: { en: '{account} is out of {path}', zh: '已从 {path} 移除 {account}' },
  backup: { en: 'backup {backup}', zh: '备份 {backup}' },
  stays: { en: 'What stays:', zh: '仍会保留：' },
  staysApp: {
    en: 'the app {appId} with its secret and permissions; disable or delete it there: {url}',
    zh: '应用 {appId} 及其密钥和权限，可在此停用或删除：{url}',
  },
  staysSecretFile: { en: 'the secret file {path}', zh: '密钥文件 {path}' },
  staysPlugin: {
    en: 'the plugin in the host; take it out with: {host} plugins disable feishu',
    zh: '宿主中的插件，可用以下命令停用：{host} plugins disable feishu',
  },
  staysBackup: {
    en: 'the backup of the config, which holds the secret: {path}',
    zh: '配置文件的备份（其中含密钥）：{path}',
  },
  several: {
    en: 'There are several accounts: {accounts}.',
    zh: '有多个账号：{accounts}。',
  },
  severalFix: {
    en: 'give --account ID, or --all for the whole channel',
    zh: '请指定 --account ID，或用 --all 移除整个渠道',
  },
  dryRun: { en: 'dry run: {path} was not touched', zh: '试运行：未改动 {path}' },
} as const satisfies Record<string, Text>;
