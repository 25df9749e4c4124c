/** Texts about the hosts' configs and the plugin installed in them. */
import type { Text } from '../../shared/text.ts';

export const machineTexts = {
  accountsElsewhere: {
    en: 'another config has a Feishu account: {paths}; to use it: {command}',
    zh: '另一个配置文件中有飞书账号：{paths}；如要使用它：{command}',
  },
  accountsElsewhereOrSetup: {
    en: 'another config has a Feishu account: {paths}; to use it: {command}; to set one up here: moltbot-feishu setup',
    zh: '另一个配置文件中有飞书账号：{paths}；如要使用它：{command}；如要在此配置：moltbot-feishu setup',
  },
  foreign: {
    en: 'Another plugin has the channel feishu: {name} in {path}.',
    zh: '渠道 feishu 已被另一个插件占用：{name}（{path}）。',
  },
  foreignAdvice: {
    en: 'Remove {path} (or its entry in plugins.load.paths) and run setup again; or set up without a host: --host none',
    zh: '请移除 {path}（或 plugins.load.paths 中的对应项）后重新运行 setup；或不使用宿主：--host none',
  },
  notPlaced: {
    en: 'The plugin could not be put into {target} ({reason}).',
    zh: '无法将插件放入 {target}（{reason}）。',
  },
  notPlacedAdvice: {
    en: 'Check that this user may write there, then run setup again.',
    zh: '请检查当前用户是否有写权限，然后重新运行 setup。',
  },
  installRefused: {
    en: '{host} refuses to install the plugin: {reason}',
    zh: '{host} 拒绝安装插件：{reason}',
  },
  installRefusedAdvice: {
    en: 'Correct what {host} names, then run setup again; or set up without a host: --host none',
    zh: '请先解决 {host} 指出的问题，再重新运行 setup；或不使用宿主：--host none',
  },
  notRemoved: {
    en: 'The plugin could not be removed from {target} ({reason}).',
    zh: '无法从 {target} 移除插件（{reason}）。',
  },
  notRemovedAdvice: {
    en: 'Check that this user may write there, or remove the folder {target}.',
    zh: '请检查当前用户是否有写权限，或自行删除目录 {target}。',
  },
} as const satisfies Record<string, Text>;
