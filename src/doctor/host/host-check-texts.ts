/** Texts of the host checks. */
import type { Text } from '../../shared/text/text.ts';

export const hostTexts = {
  noOpenClaw: { en: 'OpenClaw is not on PATH', zh: 'PATH 中没有 OpenClaw' },
  stateDirectoryClear: { en: 'none', zh: '没有' },
  migrationPending: {
    en: 'OpenClaw does not start beside {source} (“State directory migration remains pending”): it reads {target} only',
    zh: '存在 {source} 时 OpenClaw 不会启动（“State directory migration remains pending”）：它只读取 {target}',
  },
  migrationAdvice: {
    en: 'move channels.feishu to the file that OpenClaw reads, and {source} out of its way: moltbot-feishu doctor --fix',
    zh: '将 channels.feishu 移到 OpenClaw 读取的文件，并移开 {source}：moltbot-feishu doctor --fix',
  },
  migrationByHandAdvice: {
    en: 'move channels.feishu, with the files that it names, from {source} to {target}, then rename {source}',
    zh: '请将 channels.feishu 及其引用的文件从 {source} 移到 {target}，再重命名 {source}',
  },
  migrationSharedAdvice: {
    en: '{others} uses {source}, too: set OPENCLAW_STATE_DIR={target} wherever OpenClaw is started',
    zh: '{others} 也在使用 {source}：请在启动 OpenClaw 的环境中设置 OPENCLAW_STATE_DIR={target}',
  },
  migrationFailed: {
    en: '{source} could not be moved ({reason}).',
    zh: '无法移动 {source}（{reason}）。',
  },
  fixMigration: {
    en: 'move channels.feishu from {from} to {path} and rename {source} to {source}.before-openclaw',
    zh: '将 channels.feishu 从 {from} 移到 {path} 并将 {source} 重命名为 {source}.before-openclaw',
  },
  fixDirectory: {
    en: 'rename {source} to {source}.before-openclaw',
    zh: '将 {source} 重命名为 {source}.before-openclaw',
  },
  gatewayMayStart: { en: 'gateway.mode is local', zh: 'gateway.mode 为 local' },
  gatewayBlocked: {
    en: 'the gateway of {name} does not start: {problem} in {path}',
    zh: '{name} 的网关无法启动：{problem}（{path}）',
  },
  gatewayBlockedAdvice: {
    en: 'run {command}, or: {commands}',
    zh: '请运行 {command}，或：{commands}',
  },

  noHost: {
    en: 'no host on this machine’s PATH, so none is checked',
    zh: 'PATH 中没有宿主，未检查宿主',
  },
  hostIs: { en: '{name} {version}', zh: '{name} {version}' },
  readsAnother: {
    en: '{name} is installed, but does not read {path}',
    zh: '已安装 {name}，但它不读取 {path}',
  },
  readsAnotherAdvice: {
    en: 'write its own config: moltbot-feishu setup --host {name}',
    zh: '请写入它自己的配置：moltbot-feishu setup --host {name}',
  },
  nodeNotReported: {
    en: 'the host or its Node does not tell its version',
    zh: '无法得知宿主或其 Node 的版本要求',
  },
  nodeFits: { en: '{version} ({name} needs {range})', zh: '{version}（{name} 需要 {range}）' },
  nodeOld: {
    en: 'Node {version}: {name} needs {range} and does not start',
    zh: 'Node {version}：{name} 需要 {range}，无法启动',
  },
  nodeOldAdvice: { en: 'install a Node that is {range}', zh: '请安装符合 {range} 的 Node' },

  pluginMissingLocked: {
    en: 'the config has channels.feishu, and no plugin provides it: {name} refuses the whole config',
    zh: '配置中有 channels.feishu，但没有插件提供该渠道：{name} 会拒绝整个配置',
  },
  pluginMissing: {
    en: 'the config has channels.feishu, and no plugin provides it',
    zh: '配置中有 channels.feishu，但没有插件提供该渠道',
  },
  pluginMissingAdvice: {
    en: 'put the plugin in place: moltbot-feishu doctor --fix, or moltbot-feishu setup --host {name}',
    zh: '请安装插件：moltbot-feishu doctor --fix，或 moltbot-feishu setup --host {name}',
  },
  fixPlugin: {
    en: 'install the plugin into {target} and enable it in {path}',
    zh: '将插件安装到 {target}，并在 {path} 中启用',
  },
  pluginsTwo: {
    en: 'two plugins claim the channel feishu: {paths}',
    zh: '有两个插件都声明了 feishu 渠道：{paths}',
  },
  pluginsTwoAdvice: {
    en: 'switch the other one off: moltbot-feishu doctor --fix, or moltbot-feishu setup --host {name}',
    zh: '请停用另一个插件：moltbot-feishu doctor --fix，或 moltbot-feishu setup --host {name}',
  },
  pluginsTwoByHandAdvice: {
    en: 'keep one of them: {name} plugins list shows them; take the other out of plugins.load.paths, or set plugins.entries.<id>.enabled to false',
    zh: '只保留一个：{name} plugins list 可查看；请将另一个从 plugins.load.paths 中去掉，或将 plugins.entries.<id>.enabled 设为 false',
  },
  pluginForeign: {
    en: 'the channel feishu comes from another plugin: {plugin}',
    zh: 'feishu 渠道由另一个插件提供：{plugin}',
  },
  pluginForeignAdvice: {
    en: 'to switch to moltbot-feishu, with a way back: moltbot-feishu doctor --fix, or moltbot-feishu setup --host {name}',
    zh: '如要切换到 moltbot-feishu（可恢复）：moltbot-feishu doctor --fix，或 moltbot-feishu setup --host {name}',
  },
  pluginByHandAdvice: {
    en: 'to switch to moltbot-feishu, take {path} out of plugins.load.paths or out of the workspace, then run: moltbot-feishu setup --host {name}',
    zh: '如要切换到 moltbot-feishu，请将 {path} 从 plugins.load.paths 或工作区中移出，再运行：moltbot-feishu setup --host {name}',
  },
  fixSwitch: {
    en: 'switch {host} from {names} to moltbot-feishu; back again: moltbot-feishu setup --restore',
    zh: '将 {host} 从 {names} 切换到 moltbot-feishu；恢复命令：moltbot-feishu setup --restore',
  },
  pluginOther: {
    en: 'plugin {version} is installed, this is {own}',
    zh: '已安装的插件版本为 {version}，当前程序为 {own}',
  },
  pluginOtherAdvice: {
    en: 'bring both to one version: moltbot-feishu setup --host {name}',
    zh: '请统一版本：moltbot-feishu setup --host {name}',
  },
  pluginIs: { en: '{version} in {path}', zh: '{version}，位于 {path}' },
  pluginOn: { en: 'enabled', zh: '已启用' },
  pluginOff: {
    en: '{name} does not load the plugin: {key} is {value}',
    zh: '{name} 不会加载插件：{key} 为 {value}',
  },
  pluginOffAdvice: {
    en: 'allow feishu in {keys} ({path})',
    zh: '请在 {path} 的 {keys} 中放行 feishu',
  },
  fixPluginSettings: {
    en: '{path}: let the plugin feishu in by {key}',
    zh: '{path}：在 {key} 中放行插件 feishu',
  },

  gatewayUp: { en: 'answers on port {port}', zh: '端口 {port} 有应答' },
  gatewayDown: {
    en: 'the gateway is not running (nothing listens on port {port})',
    zh: '网关未运行（端口 {port} 无监听）',
  },
  gatewayDownAdvice: { en: 'start it: {name} gateway run', zh: '请启动：{name} gateway run' },
  channelRunning: { en: 'running', zh: '运行中' },
  channelNotReported: { en: '{name} did not report it', zh: '{name} 未给出状态' },
  channelNotReportedAdvice: { en: 'look yourself: {command}', zh: '请自行查看：{command}' },
  channelStopped: {
    en: 'the host says: not running ({error})',
    zh: '宿主报告：未运行（{error}）',
  },
  channelError: {
    en: 'running, the last error was: {error}',
    zh: '运行中，最近的错误：{error}',
  },
  channelOffline: {
    en: 'running, its long connection is down',
    zh: '运行中，但长连接未建立',
  },
  channelStoppedAdvice: {
    en: 'restart it: {name} gateway restart',
    zh: '请重启：{name} gateway restart',
  },
  noAgentFailure: { en: 'no failure since its last answer', zh: '最近一次作答以来没有失败' },
  agentFailed: {
    en: 'the agent of {name} failed {ago}, the host says: {error}',
    zh: '{name} 的智能体在{ago}失败，宿主给出的原因：{error}',
  },
  agentFailedAdvice: {
    en: 'see the models and their keys: {name} models status; add a key: {name} models auth add; the whole error: {name} logs --follow',
    zh: '查看模型及其密钥：{name} models status；添加密钥：{name} models auth add；完整错误：{name} logs --follow',
  },
  noPairingRequests: { en: 'no pairing requests pending', zh: '没有待处理的配对请求' },
  pairingPending: {
    en: '{count} pairing requests pending: until approved, those people get no answer',
    zh: '有 {count} 人等待配对：通过之前得不到回答',
  },
  pairingPendingAdvice: {
    en: 'see {name} pairing list feishu, then {name} pairing approve feishu CODE',
    zh: '请先 {name} pairing list feishu 查看，再 {name} pairing approve feishu CODE 通过',
  },
  noLogError: { en: 'none in the last hour', zh: '最近一小时没有' },
  logError: { en: '{time}: {error}', zh: '{time}：{error}' },
  logErrorAdvice: { en: 'the whole of it is in {path}', zh: '完整内容见 {path}' },
} as const satisfies Record<string, Text>;
