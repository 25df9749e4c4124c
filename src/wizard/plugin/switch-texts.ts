/** Texts of setup about the switch from another plugin. */
import type { Text } from '../../shared/text/text.ts';

export const switchTexts = {
  title: { en: 'Another plugin', zh: '其他插件' },
  found: {
    en: '{host} answers in Feishu with another plugin: {names}. Two plugins cannot have the channel.',
    zh: '{host} 目前通过另一个插件接入飞书：{names}。同一渠道不能由两个插件提供。',
  },
  ask: { en: 'Switch to moltbot-feishu?', zh: '是否切换到 moltbot-feishu？' },
  yes: {
    en: 'Yes: people, pairings and settings stay, and one command leads back',
    zh: '是：已配对的用户和设置会保留，可用一条命令恢复',
  },
  no: { en: 'No, leave everything as it is', zh: '否，保持现状' },
  writtenFor: {
    en: 'This section was written for {plugins}.',
    zh: '该配置段是为 {plugins} 编写的。',
  },
  kept: { en: 'Kept as they are:', zh: '保持不变：' },
  translated: { en: 'Translated:', zh: '已转换：' },
  notSupported: { en: 'Without effect here:', zh: '在此不起作用：' },
  refused: {
    en: 'Cannot be honoured; the account does not start while they are there:',
    zh: '无法遵守；只要存在，账号就不会启动：',
  },
  key: { en: '  {path}', zh: '  {path}' },
  change: { en: '  {path} ({found}): {text}', zh: '  {path}（{found}）：{text}' },
  webhook: {
    en: 'The section used a webhook. Until the app is switched to the long connection, no message arrives; setup did not switch it.',
    zh: '该配置段使用 webhook 模式。应用切换为长连接之前收不到任何消息，setup 没有切换。',
  },
  webhookWhy: {
    en: 'The section used a webhook. Until the app is switched to the long connection, no message arrives. Setup could not switch it: {reason}',
    zh: '该配置段使用 webhook 模式。应用切换为长连接之前收不到任何消息。setup 无法切换：{reason}',
  },
  versionWaits: { en: 'version {version} is under review', zh: '版本 {version} 审核中' },
  webhookAdvice: {
    en: 'choose the long connection for the events and callbacks of the app while the gateway runs, save, and publish a version: {url}',
    zh: '请在网关运行时，于应用的事件与回调配置中选择长连接，保存并发布版本：{url}',
  },
  wayBack: {
    en: 'Way back to {names}, with the config as it was: {command}',
    zh: '恢复 {names} 及原配置的命令：{command}',
  },
  goingBack: { en: 'putting the former plugin back', zh: '正在恢复原插件' },
  keysRemoved: {
    en: 'Removed, since {plugin} does not have them: {keys}.',
    zh: '已移除 {plugin} 不支持的键：{keys}。',
  },
  installAgain: {
    en: 'The section of {path} fits {plugin} again. Put it in the place of moltbot-feishu, then restart the gateway: {command}',
    zh: '{path} 中的配置段已适用于 {plugin}。请用以下命令以它替换 moltbot-feishu，然后重启网关：{command}',
  },
  hasChannel: {
    en: '{plugin} has the channel again, with the section of {path} as it is now.',
    zh: '已恢复 {plugin}，使用 {path} 中现有的配置段。',
  },
  isBack: {
    en: '{names} has the channel again; {path} is as it was before the switch.',
    zh: '已恢复 {names}；{path} 已恢复为切换前的内容。',
  },
  isBackChanged: {
    en: '{names} has the channel again; {path} is as it was before the switch, except for what was changed since.',
    zh: '已恢复 {names}；{path} 已恢复为切换前的内容，切换后所做的修改仍保留。',
  },
  keptSince: {
    en: 'Changed since the switch, and kept: {keys}.',
    zh: '切换后修改过、现已保留：{keys}。',
  },
  changedTwice: {
    en: 'Changed by the switch and again since; the later value stays: {keys}.',
    zh: '切换时改过、之后又被修改，保留较新的值：{keys}。',
  },
} as const satisfies Record<string, Text>;
