/** Codes that any API may answer: token, scope, network rules, rate limits. Source: shelf 5.1–5.3. */
import { type ErrorRow, family } from '../entry.ts';

// By the time these are seen, another token was tried already: none of them is worth repeating.
const credentialRows: readonly ErrorRow[] = [
  {
    code: 99991401,
    error: 'ip-denied',
    meaning: { en: 'This machine’s IP address is not allowed', zh: '当前 IP 不在应用的白名单内' },
    cause: { en: 'The app has an IP allow-list.', zh: '应用设置了 IP 白名单。' },
    fix: {
      en: 'Add the public IP address of this machine under Security Settings > IP allow-list, or empty the list.',
      zh: '请在“安全设置 > IP 白名单”中加入本机出口 IP，或清空白名单。',
    },
    link: (links) => links.security,
  },
  {
    code: 99991543,
    error: 'credentials-rejected',
    meaning: { en: 'The App ID or App Secret does not exist', zh: 'App ID 或 App Secret 不存在' },
    cause: {
      en: 'A wrong value, or the other platform (Feishu/Lark).',
      zh: '填写有误，或平台选错（飞书/Lark）。',
    },
    fix: {
      en: 'Copy App ID and App Secret again and check the domain (feishu or lark).',
      zh: '请重新复制 App ID 和 App Secret，并核对域名（feishu 或 lark）。',
    },
    link: (links) => links.baseinfo,
  },
  {
    code: 99991661,
    meaning: { en: 'The call carried no token', zh: '请求缺少访问凭证' },
    cause: {
      en: 'A fault of this program, or a proxy that drops the Authorization header.',
      zh: '程序缺陷，或中间代理丢弃了 Authorization 请求头。',
    },
    fix: { en: 'Report this with the log id.', zh: '请附上 Log ID 反馈此问题。' },
  },
  {
    code: 99991662,
    error: 'app-not-ready',
    meaning: { en: 'The app is disabled', zh: '应用未启用' },
    cause: { en: 'The company’s admin has disabled it.', zh: '企业管理员停用了该应用。' },
    fix: {
      en: 'Ask the admin to enable it: Admin > Workplace > App Management.',
      zh: '请联系管理员启用：管理后台 > 工作台 > 应用管理。',
    },
    link: (links) => links.admin,
  },
  {
    code: 99991663,
    meaning: { en: 'The access token is not valid', zh: '访问凭证无效' },
    cause: {
      en: 'It expired or was revoked, or this call takes another kind of token.',
      zh: '凭证已过期或被撤销，或该接口不支持此类凭证。',
    },
    fix: {
      en: 'A new token is fetched automatically. If it keeps happening, check that the app is enabled.',
      zh: '会自动重新获取；若一直如此，请检查应用是否启用。',
    },
    link: (links) => links.app,
  },
  {
    code: 99991664,
    meaning: { en: 'The app token is not valid', zh: '应用凭证无效' },
    cause: { en: 'It expired, or is of another kind.', zh: '凭证已过期或类型不符。' },
    fix: { en: 'A new token is fetched by itself.', zh: '会自动重新获取凭证。' },
  },
  {
    code: 99991668,
    meaning: { en: 'The user token is not valid here', zh: '用户凭证无效或不受支持' },
    cause: {
      en: 'A user token was used where the app’s token is needed.',
      zh: '该接口需要应用凭证，却使用了用户凭证。',
    },
    fix: { en: 'Report this with the log id.', zh: '请附上 Log ID 反馈此问题。' },
  },
  {
    code: 99991671,
    meaning: { en: 'The access token is damaged', zh: '访问凭证格式错误' },
    cause: { en: 'The token’s text was changed on the way.', zh: '凭证内容在传输中被改动。' },
    fix: { en: 'A new token is fetched by itself.', zh: '会自动重新获取凭证。' },
  },
  {
    code: 99991672,
    error: 'scope-missing',
    meaning: { en: 'The app lacks a scope', zh: '应用缺少权限' },
    cause: {
      en: 'The scope is not granted, or the version with it is not published.',
      zh: '权限未开通，或包含该权限的版本尚未发布。',
    },
    fix: {
      en: 'Open the link, add one of the scopes, then publish a version.',
      zh: '请打开链接开通任一权限，然后发布版本。',
    },
    link: (links) => links.auth(),
  },
  {
    code: 99991673,
    error: 'app-not-ready',
    meaning: { en: 'The app is not available in this company', zh: '应用在当前企业不可用' },
    cause: { en: 'It is not installed, or not enabled.', zh: '应用未安装或未启用。' },
    fix: {
      en: 'Check that a version is published and the app is enabled.',
      zh: '请检查应用是否已发布并启用。',
    },
    link: (links) => links.versions,
  },
  {
    code: 99991676,
    error: 'scope-missing',
    meaning: { en: 'The token does not carry the scope', zh: '凭证缺少所需权限' },
    cause: {
      en: 'The scope was granted after the token was made.',
      zh: '权限是在签发凭证之后开通的。',
    },
    fix: {
      en: 'Publish a version with the scope, then start again.',
      zh: '请发布包含该权限的版本后重新启动。',
    },
    link: (links) => links.auth(),
  },
  {
    code: 99991677,
    meaning: { en: 'The token has expired', zh: '凭证已过期' },
    cause: { en: 'The credential has expired.', zh: '凭证超过有效期。' },
    fix: { en: 'A new token is fetched by itself.', zh: '会自动重新获取凭证。' },
  },
  {
    code: 99991679,
    meaning: { en: 'The user has not granted the scope', zh: '用户未授权该权限' },
    cause: { en: 'The call acts for a person.', zh: '该接口以用户身份调用。' },
    fix: {
      en: 'Not used by this bot; report this with the log id.',
      zh: '机器人不使用用户身份，请附上 Log ID 反馈此问题。',
    },
  },
  {
    code: 99992402,
    meaning: { en: 'A field of the request is invalid: {msg}', zh: '请求字段校验失败：{msg}' },
    cause: { en: 'A parameter is missing or wrong.', zh: '参数缺失或错误。' },
    fix: { en: 'Report this with the log id.', zh: '请附上 Log ID 反馈此问题。' },
  },
];

const unknownIdRows: readonly ErrorRow[] = Array.from(
  { length: 14 },
  (_, index) => 99992351 + index,
)
  .filter((code) => code !== 99992361)
  .map((code) => ({
    code,
    meaning: { en: 'This id does not exist', zh: 'ID 不存在' },
    cause: { en: 'A wrong id, or an id of another type.', zh: 'ID 有误，或 ID 类型不符。' },
    fix: { en: 'Check the id and its type.', zh: '请检查 ID 及其类型。' },
  }));

const rateRows: readonly ErrorRow[] = [
  {
    code: 99991400,
    error: 'rate-limited',
    outcome: 'backoff',
    meaning: { en: 'The rate limit of the API is reached', zh: '接口调用频率超限' },
    cause: { en: 'Too many calls of this app or company.', zh: '该应用或企业的调用过于频繁。' },
    fix: { en: 'Wait a little; sending is retried by itself.', zh: '请稍候；消息发送会自动重试。' },
  },
  {
    code: 99991403,
    error: 'rate-limited',
    meaning: { en: 'The month’s quota of API calls is used up', zh: '本月接口调用额度已用完' },
    cause: {
      en: 'The company’s plan limits the calls a month.',
      zh: '企业套餐限制了每月调用次数。',
    },
    fix: {
      en: 'Ask the admin about the plan’s quota; switch off typing marks to save calls.',
      zh: '请向管理员确认套餐额度；可关闭“正在输入”表情以减少调用。',
    },
    link: (links) => links.admin,
  },
  ...[1000004, 1000005].map(
    (code): ErrorRow => ({
      code,
      error: 'rate-limited',
      outcome: 'backoff',
      meaning: { en: 'A rate limit is reached', zh: '调用频率超限' },
      cause: { en: 'Too many calls in a short time.', zh: '短时间内调用过多。' },
      fix: { en: 'Wait a little; it is retried by itself.', zh: '请稍候，会自动重试。' },
    }),
  ),
];

const botRows: readonly ErrorRow[] = [
  {
    code: 11205,
    error: 'bot-off',
    meaning: { en: 'The app has no bot', zh: '应用没有机器人能力' },
    cause: {
      en: 'The bot was not added, or no version with it is published.',
      zh: '未添加机器人能力，或包含机器人的版本尚未发布。',
    },
    fix: {
      en: 'Add the Bot under Features (添加应用能力), then create and publish a version.',
      zh: '请在“添加应用能力”中添加机器人，然后创建并发布版本。',
    },
    link: (links) => links.capability,
  },
  {
    code: 11225,
    meaning: { en: 'The bot is not visible to this person', zh: '机器人对该用户不可见' },
    cause: {
      en: 'The person is outside the app’s availability.',
      zh: '该用户不在应用可用范围内。',
    },
    fix: {
      en: 'Add the person to the availability of a new version and publish it.',
      zh: '请在新版本的可用范围中加入该成员并发布。',
    },
    link: (links) => links.createVersion,
  },
  {
    code: 11240,
    error: 'bot-off',
    meaning: { en: 'The bot is not switched on', zh: '机器人未开启' },
    cause: { en: 'The bot was not added or not published.', zh: '机器人能力未添加或未发布。' },
    fix: { en: 'Add the bot, then publish a version.', zh: '请添加机器人能力并发布版本。' },
    link: (links) => links.capability,
  },
  {
    code: 99992361,
    meaning: { en: 'The open_id belongs to another app', zh: 'open_id 属于其他应用' },
    cause: { en: 'open_ids differ from app to app.', zh: '同一用户在不同应用中的 open_id 不同。' },
    fix: {
      en: 'Take the open_id from an event of this app: write to the bot and read the log.',
      zh: '请使用本应用事件中的 open_id：给机器人发消息后查看日志。',
    },
  },
];

export const generalErrors = family('general', [
  ...credentialRows,
  ...unknownIdRows,
  ...rateRows,
  ...botRows,
]);
