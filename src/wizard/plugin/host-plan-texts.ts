/** Texts of setup about the host and its plugin. */
import type { Text } from '../../shared/text/text.ts';

export const hostPlanTexts = {
  pluginNotInstalled: {
    en: 'left alone: no host uses this config here',
    zh: '未改动：本机没有使用此配置的宿主',
  },
  pluginUnchanged: { en: 'feishu {version} is in {path}', zh: 'feishu {version} 已在 {path}' },
  pluginPlanned: {
    en: 'feishu {version} would be put into {target}',
    zh: '将把 feishu {version} 放入 {target}',
  },
  pluginPlannedByHost: {
    en: 'feishu {version} would be installed into {target} by {host} plugins install; the record that {host} makes of it goes into the config with this change',
    zh: '将由 {host} plugins install 把 feishu {version} 安装到 {target}；{host} 的安装记录会随本次更改写入配置',
  },
  pluginInstalled: {
    en: 'feishu {version} → {target}, installed by {host}',
    zh: 'feishu {version} → {target}，由 {host} 安装',
  },
  placing: { en: 'putting the plugin in place', zh: '正在安装插件' },
  pluginPlaced: { en: 'feishu {version} → {target}', zh: 'feishu {version} → {target}' },
  pluginUpdated: {
    en: 'feishu {replaces} → {version} in {target}',
    zh: 'feishu {replaces} → {version}（{target}）',
  },
  noHost: {
    en: 'no host on PATH uses this config: use moltbot-feishu run, or name the host that you will install with --host',
    zh: 'PATH 中没有读取此配置的宿主：可直接用 moltbot-feishu run 运行渠道；若稍后才安装宿主，请用 --host 指明',
  },
  notOnPath: {
    en: '{host} is not on PATH, so its gateway was not asked about the account',
    zh: '{host} 不在 PATH 中，未向其网关询问此账号',
  },
  gatewayDown: {
    en: '{host} {version}, its gateway is not running',
    zh: '{host} {version}，网关未运行',
  },
  gatewayBlocked: {
    en: '{host} {version}, its gateway does not start: {problem}',
    zh: '{host} {version}，其网关无法启动：{problem}',
  },
  gatewayBlockedAdvice: {
    en: 'run {command}, or: {commands}',
    zh: '请运行 {command}，或：{commands}',
  },
  wrongNode: {
    en: '{host} {version} needs Node {range}, and would run with {node}',
    zh: '{host} {version} 需要 Node {range}，当前为 {node}',
  },
  wrongNodeAdvice: {
    en: 'put a Node {range} first on PATH before the gateway is started',
    zh: '启动网关前，请将 Node {range} 放在 PATH 最前面',
  },
  runsBefore: {
    en: '{host} {version} runs the account with the settings from before',
    zh: '{host} {version} 仍按更改前的配置运行此账号',
  },
  probeFailed: {
    en: '{host} {version} runs the account, but its own check says: {error}',
    zh: '{host} {version} 已在运行此账号，但其自检提示：{error}',
  },
  notProbed: {
    en: '{host} {version} runs the account, and gave no result of its own check',
    zh: '{host} {version} 已在运行此账号，但没有给出自检结果',
  },
  probeAdvice: {
    en: 'see {host} channels status --probe, and moltbot-feishu doctor',
    zh: '请查看 {host} channels status --probe，并运行 moltbot-feishu doctor',
  },
  running: {
    en: '{host} {version} runs the account',
    zh: '{host} {version} 已在运行此账号',
  },
  notReported: {
    en: '{host} {version} did not report this account’s status',
    zh: '{host} {version} 未报告此账号的状态',
  },
  notRunning: {
    en: '{host} {version} does not run the account: {error}',
    zh: '{host} {version} 未运行此账号：{error}',
  },
  restartAdvice: {
    en: 'restart its gateway ({host} gateway restart, or stop and start it), then: moltbot-feishu doctor',
    zh: '请重启网关（{host} gateway restart，或停止后再启动），然后运行：moltbot-feishu doctor',
  },
} as const satisfies Record<string, Text>;
