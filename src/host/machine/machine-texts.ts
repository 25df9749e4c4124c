/** Texts about the hosts' configs and the plugin installed in them. */
import type { Text } from '../../shared/text/text.ts';

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
    en: 'Its folder is listed or kept by hand, so only you can switch it off: take {path} out of plugins.load.paths, or move it out of the workspace, then run setup again. Do not delete an installed plugin: the host downloads it again. Or set up without a host: --host none',
    zh: '该插件由您手动放置或列出，只能由您停用：请将 {path} 从 plugins.load.paths 中去掉，或移出工作区，然后重新运行 setup。请不要删除已安装的插件，宿主会重新下载它。也可以不使用宿主：--host none',
  },
  consentAdvice: {
    en: 'To switch from it to moltbot-feishu, with everything kept for the way back: moltbot-feishu setup --yes; or set up without a host: --host none',
    zh: '如要从该插件切换到 moltbot-feishu（原状态会保留，可随时恢复）：moltbot-feishu setup --yes；或不使用宿主：--host none',
  },
  noFormer: {
    en: '{path} has no channels.feishu section, and no switch from another plugin was recorded: there is nothing to go back to.',
    zh: '{path} 中没有 channels.feishu 配置段，也没有从其他插件切换过来的记录，无可恢复。',
  },
  formerUnnamed: {
    en: 'No switch from another plugin was recorded, and channels.feishu in {path} has no translatedFrom, the key that names the former plugin. Nothing has changed.',
    zh: '没有从其他插件切换过来的记录，{path} 的 channels.feishu 中也没有注明原插件的 translatedFrom。未做任何更改。',
  },
  formerUnclear: {
    en: 'No switch from another plugin was recorded, and translatedFrom of channels.feishu in {path} names no known plugin. Nothing has changed.',
    zh: '没有从其他插件切换过来的记录，{path} 的 channels.feishu 中的 translatedFrom 也不是已知插件。未做任何更改。',
  },
  formerUnnamedAdvice: {
    en: 'If this section came from another plugin, set translatedFrom to its name and repeat the command: {plugins}. If the switch was made for another config, name it with --host or --config.',
    zh: '若该配置段来自其他插件，请将 translatedFrom 设为该插件的名称后重新执行：{plugins}。若切换的是另一份配置，请用 --host 或 --config 指明。',
  },
  noFormerAdvice: {
    en: 'Name the host or the config of the switch with --host or --config.',
    zh: '请用 --host 或 --config 指明切换时的宿主或配置文件。',
  },
  widerInFormer: {
    en: '{plugin} would answer more people than this section allows: {keys}. Nothing has changed.',
    zh: '{plugin} 会回复超出该配置段允许范围的用户：{keys}。未做任何更改。',
  },
  widerInFormerAdvice: {
    en: 'Say in keys of that plugin who may use the bot, then repeat the command.',
    zh: '请用该插件的键写明谁可以使用机器人，然后重新执行该命令。',
  },
  noHostForFormer: {
    en: 'The host that would install {source} again is not on PATH.',
    zh: 'PATH 中没有可重新安装 {source} 的宿主。',
  },
  noHostForFormerAdvice: {
    en: 'Put the host on PATH, then run the command again.',
    zh: '请将宿主加入 PATH，然后重新运行该命令。',
  },
  notMoved: {
    en: 'The plugin in {path} could not be moved aside ({reason}).',
    zh: '无法移开 {path} 中的插件（{reason}）。',
  },
  notSwitched: {
    en: '{host} does not run the new plugin: {reason}. {former} and the config were put back.',
    zh: '{host} 未运行新插件：{reason}。已恢复 {former} 和配置文件。',
  },
  accountDown: {
    en: '{host} channels status shows it as stopped',
    zh: '{host} channels status 显示其已停止',
  },
  notListed: { en: 'its list does not show it as loaded', zh: '插件列表未显示其已加载' },
  stillLoaded: { en: 'it still loads {path}', zh: '它仍在加载 {path}' },
  notSwitchedAdvice: {
    en: 'See {host} plugins list and the log of its gateway, then run setup again.',
    zh: '请查看 {host} plugins list 和网关日志，然后重新运行 setup。',
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
  noReason: { en: 'no reason given', zh: '未说明原因' },
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
