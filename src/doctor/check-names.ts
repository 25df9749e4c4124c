/** Names of checks and steps for people; the ids are for programs. */
import { type LocalizedText, localize, type Text, verbatim } from '../shared/text/text.ts';

/** No name is wider than the column that {@link ./check-line.ts} gives it. */
export const checkNames: Readonly<Record<string, Text>> = {
  // Checks of the doctor, in the order in which a message travels.
  'state-directory': { en: 'state-dir', zh: '状态目录' },
  config: { en: 'config', zh: '配置' },
  'file-mode': { en: 'file-mode', zh: '文件权限' },
  'other-configs': { en: 'other-configs', zh: '其他配置' },
  variables: { en: 'variables', zh: '环境变量' },
  channel: { en: 'channel', zh: '渠道' },
  account: { en: 'account', zh: '账号' },
  enabled: { en: 'enabled', zh: '启用状态' },
  duplicates: { en: 'duplicates', zh: '重复账号' },
  policy: { en: 'policy', zh: '访问规则' },
  secret: { en: 'secret', zh: '密钥' },
  proxy: { en: 'proxy', zh: '代理' },
  network: { en: 'network', zh: '网络' },
  clock: { en: 'clock', zh: '时钟' },
  credentials: { en: 'credentials', zh: '凭证' },
  bot: { en: 'bot', zh: '机器人' },
  permissions: { en: 'permissions', zh: '权限' },
  events: { en: 'events', zh: '事件订阅' },
  'event-mode': { en: 'event-mode', zh: '订阅方式' },
  callbacks: { en: 'callbacks', zh: '回调订阅' },
  publish: { en: 'publish', zh: '版本发布' },
  menus: { en: 'menus', zh: '菜单' },
  availability: { en: 'availability', zh: '可用范围' },
  connection: { en: 'connection', zh: '长连接' },
  host: { en: 'host', zh: '宿主' },
  'host-node': { en: 'host-node', zh: '宿主的 Node' },
  'host-log': { en: 'host-log', zh: '宿主日志' },
  'gateway-settings': { en: 'gateway-config', zh: '网关设置' },
  gateway: { en: 'gateway', zh: '网关' },
  plugin: { en: 'plugin', zh: '插件' },
  'plugin-enabled': { en: 'plugin-enabled', zh: '插件启用' },
  online: { en: 'online', zh: '在线状态' },
  traffic: { en: 'traffic', zh: '消息往来' },
  agent: { en: 'agent', zh: '智能体' },
  inbox: { en: 'inbox', zh: '收件箱' },
  pairing: { en: 'pairing', zh: '配对' },
  live: { en: 'live', zh: '实际消息' },
  // Further steps of setup.
  scan: { en: 'scan', zh: '扫码' },
  greeting: { en: 'greeting', zh: '问候消息' },
  autopilot: { en: 'autopilot', zh: '自动配置' },
  app: { en: 'app', zh: '应用' },
  line: { en: 'connection', zh: '长连接' },
  proof: { en: 'proof', zh: '消息验证' },
  sharing: { en: 'sharing', zh: '应用共用' },
};

/** The name of a check; an id without one reads as it is. */
export function checkName(id: string): LocalizedText {
  const name = checkNames[id];
  return name ? localize(name) : verbatim(id);
}
