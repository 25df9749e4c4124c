/**
 * Codes that any API may answer: token, scope, network rules, rate limits. Source: docs/platform/errors.md.
 *
 * When the codes of a token are seen, another token was tried already: repeating is of no use.
 */
import { family } from '../entry.ts';
import { addBot, renewed, report, slower } from './advice.ts';

// biome-ignore format: one row a line
export const generalErrors = family('general', [
  [99991401, { en: 'This machine’s IP address is not allowed', zh: '当前 IP 不在应用的白名单内' }, { en: 'Add the public IP address of this machine under Security Settings > IP allow-list, or empty the list.', zh: '请在“安全设置 > IP 白名单”中加入本机出口 IP，或清空白名单。' }, { error: 'ip-denied', page: 'security' }],
  [99991543, { en: 'The App ID or App Secret does not exist', zh: 'App ID 或 App Secret 不存在' }, { en: 'Copy App ID and App Secret again and check the domain (feishu or lark).', zh: '请重新复制 App ID 和 App Secret，并核对域名（feishu 或 lark）。' }, { error: 'credentials-rejected', page: 'baseinfo' }],
  [99991661, { en: 'The call carried no token', zh: '请求缺少访问凭证' }, report],
  [99991662, { en: 'The app is disabled', zh: '应用未启用' }, { en: 'Ask the admin to enable it: Admin > Workplace > App Management.', zh: '请联系管理员启用：管理后台 > 工作台 > 应用管理。' }, { error: 'app-not-ready', page: 'admin' }],
  [99991663, { en: 'The access token is not valid', zh: '访问凭证无效' }, { en: 'A new token is fetched automatically. If it keeps happening, check that the app is enabled.', zh: '会自动重新获取；若一直如此，请检查应用是否启用。' }, { page: 'app' }],
  [99991664, { en: 'The app token is not valid', zh: '应用凭证无效' }, renewed],
  [99991668, { en: 'The user token is not valid here', zh: '用户凭证无效或不受支持' }, report],
  [99991671, { en: 'The access token is damaged', zh: '访问凭证格式错误' }, renewed],
  [99991672, { en: 'The app lacks a scope', zh: '应用缺少权限' }, { en: 'Open the link, add one of the scopes, then publish a version.', zh: '请打开链接开通任一权限，然后发布版本。' }, { error: 'scope-missing', page: 'auth' }],
  [99991673, { en: 'The app is not available in this company', zh: '应用在当前企业不可用' }, { en: 'Check that a version is published and the app is enabled.', zh: '请检查应用是否已发布并启用。' }, { error: 'app-not-ready', page: 'versions' }],
  [99991676, { en: 'The token does not carry the scope', zh: '凭证缺少所需权限' }, { en: 'Publish a version with the scope, then start again.', zh: '请发布包含该权限的版本后重新启动。' }, { error: 'scope-missing', page: 'auth' }],
  [99991677, { en: 'The token has expired', zh: '凭证已过期' }, renewed],
  [99991679, { en: 'The user has not granted the scope', zh: '用户未授权该权限' }, { en: 'Not used by this bot; report this with the log id.', zh: '机器人不使用用户身份，请附上 Log ID 反馈此问题。' }],
  [99992402, { en: 'A field of the request is invalid: {msg}', zh: '请求字段校验失败：{msg}' }, report],
  [[99992351, 99992352, 99992353, 99992354, 99992355, 99992356, 99992357, 99992358, 99992359, 99992360, 99992362, 99992363, 99992364], { en: 'This id does not exist', zh: 'ID 不存在' }, { en: 'Check the id and its type.', zh: '请检查 ID 及其类型。' }],
  [99991400, { en: 'The rate limit of the API is reached', zh: '接口调用频率超限' }, { en: 'Wait a little; messages are sent again automatically.', zh: '请稍候；消息发送会自动重试。' }, { error: 'rate-limited', outcome: 'backoff' }],
  [99991403, { en: 'The month’s quota of API calls is used up', zh: '本月接口调用额度已用完' }, { en: 'Ask the admin about the plan’s quota; switch off typing marks to save calls.', zh: '请向管理员确认套餐额度；可关闭“正在输入”表情以减少调用。' }, { error: 'rate-limited', page: 'admin' }],
  [[1000004, 1000005], { en: 'A rate limit is reached', zh: '调用频率超限' }, slower, { error: 'rate-limited', outcome: 'backoff' }],
  [11205, { en: 'The app has no bot', zh: '应用没有机器人能力' }, { en: 'Add the Bot under Features (添加应用能力), then create and publish a version.', zh: '请在“添加应用能力”中添加机器人，然后创建并发布版本。' }, { error: 'bot-off', page: 'capability' }],
  [11225, { en: 'The bot is not visible to this person', zh: '机器人对该用户不可见' }, { en: 'Add the person to the availability of a new version and publish it.', zh: '请在新版本的可用范围中加入该成员并发布。' }, { page: 'createVersion' }],
  [11240, { en: 'The bot is not switched on', zh: '机器人未开启' }, addBot, { error: 'bot-off', page: 'capability' }],
  [99992361, { en: 'The open_id belongs to another app', zh: 'open_id 属于其他应用' }, { en: 'Take the open_id from an event of this app: write to the bot and read the log.', zh: '请使用本应用事件中的 open_id：给机器人发消息后查看日志。' }],
]);
