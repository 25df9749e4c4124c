/** User texts of the platform room. */
import type { Text } from '../shared/text/text.ts';

export const platformTexts = {
  domainInvalid: {
    en: '“{domain}” is not a domain: use feishu, lark, or an http(s) URL.',
    zh: '“{domain}” 不是有效的域名：请填写 feishu、lark 或 http(s) 网址。',
  },
  domainInvalidAdvice: {
    en: 'A URL must have no user, password, query or fragment: https://open.example.com',
    zh: '网址中不能带用户名、密码、查询参数或 # 片段，例如 https://open.example.com',
  },

  cancelled: { en: 'Cancelled.', zh: '已取消。' },

  unreachableDns: {
    en: 'The host name {host} could not be resolved ({detail}).',
    zh: '无法解析域名 {host}（{detail}）。',
  },
  unreachableDnsAdvice: {
    en: 'Check the network, the DNS and the domain setting; behind a company proxy set HTTPS_PROXY.',
    zh: '请检查网络、DNS 和域名设置；如在公司代理之后，请设置 HTTPS_PROXY。',
  },
  unreachableRefused: {
    en: '{host} refused the connection ({detail}).',
    zh: '{host} 拒绝了连接（{detail}）。',
  },
  unreachableRefusedAdvice: {
    en: 'Check that the address and port are right and that a firewall does not block them.',
    zh: '请检查地址和端口是否正确，是否被防火墙拦截。',
  },
  unreachableReset: {
    en: 'The connection to {host} was cut ({detail}).',
    zh: '与 {host} 的连接被中断（{detail}）。',
  },
  unreachableResetAdvice: {
    en: 'Try again. If it keeps happening, a firewall or proxy is closing the connection.',
    zh: '请重试；若一直如此，可能是中间的防火墙或代理切断了连接。',
  },
  unreachableTimeout: {
    en: '{host} did not answer in time ({detail}).',
    zh: '{host} 未在规定时间内响应（{detail}）。',
  },
  unreachableTimeoutAdvice: {
    en: 'Check the network; behind a company proxy set HTTPS_PROXY.',
    zh: '请检查网络；如在公司代理之后，请设置 HTTPS_PROXY。',
  },
  unreachableRoute: {
    en: 'There is no way to {host} from this network ({detail}).',
    zh: '当前网络无法到达 {host}（{detail}）。',
  },
  unreachableRouteAdvice: {
    en: 'Check that this machine is online and may reach that host.',
    zh: '请检查本机是否联网、是否允许访问该主机。',
  },
  unreachableCertificate: {
    en: 'The certificate of {host} is not trusted ({detail}).',
    zh: '{host} 的证书不受信任（{detail}）。',
  },
  unreachableCertificateAdvice: {
    en: 'Often a company proxy that re-signs traffic: set NODE_EXTRA_CA_CERTS to its CA file (PEM). Also check the clock of this machine.',
    zh: '常见原因是公司代理替换了证书：请将 NODE_EXTRA_CA_CERTS 设为公司 CA 证书文件（PEM），并检查本机时间是否准确。',
  },
  unreachableTls: {
    en: 'No TLS connection to {host} could be made ({detail}).',
    zh: '无法与 {host} 建立 TLS 连接（{detail}）。',
  },
  unreachableTlsAdvice: {
    en: 'Check http/https in the domain setting and whether there is a proxy in between.',
    zh: '请检查域名设置中的 http/https，以及中间是否有代理。',
  },
  unreachableProxy: {
    en: 'The proxy {proxy} could not be reached ({detail}).',
    zh: '无法连接代理 {proxy}（{detail}）。',
  },
  unreachableProxyAdvice: {
    en: 'Check HTTPS_PROXY / HTTP_PROXY; hosts that need no proxy belong into NO_PROXY.',
    zh: '请检查 HTTPS_PROXY / HTTP_PROXY；无需代理的主机请写入 NO_PROXY。',
  },
  unreachableProxyRefused: {
    en: 'The proxy {proxy} refused the way to {host} (HTTP {status}).',
    zh: '代理 {proxy} 拒绝连接到 {host}（HTTP {status}）。',
  },
  unreachableProxyRefusedAdvice: {
    en: 'Ask for {host} to be allowed on the proxy, or exempt it by NO_PROXY.',
    zh: '请让管理员在代理上放行 {host}，或用 NO_PROXY 绕过代理。',
  },
  unreachableProxyLogin: {
    en: 'The proxy {proxy} asks for a login (HTTP 407).',
    zh: '代理 {proxy} 要求登录（HTTP 407）。',
  },
  unreachableProxyLoginAdvice: {
    en: 'Put user and password into the proxy variable: http://user:password@host:port',
    zh: '请在代理变量中写上用户名和密码：http://user:password@host:port',
  },
  unreachableOther: {
    en: '{host} could not be reached ({detail}).',
    zh: '无法连接 {host}（{detail}）。',
  },
  unreachableOtherAdvice: { en: 'Check the network and try again.', zh: '请检查网络后重试。' },

  serverFailed: {
    en: '{host} failed (HTTP {status}).',
    zh: '{host} 出现服务器错误（HTTP {status}）。',
  },
  serverFailedAdvice: {
    en: 'Usually passing: try again in a few minutes.',
    zh: '通常是暂时的，请几分钟后重试。',
  },
  notJson: {
    en: '{host} answered something other than the Open Platform’s JSON (HTTP {status}, {type}).',
    zh: '{host} 返回的不是开放平台的 JSON（HTTP {status}，{type}）。',
  },
  notJsonAdvice: {
    en: 'Check the domain setting; a login page of the network or a proxy may have answered instead.',
    zh: '请检查域名设置；也可能是网络登录页或代理代为应答。',
  },
  malformedAnswer: {
    en: '{host} answered in a form that is not documented: {problem}.',
    zh: '{host} 返回的内容与文档不符：{problem}。',
  },
  malformedAnswerAdvice: {
    en: 'Check that the domain is an Open Platform; if it is, report this with the log id.',
    zh: '请确认该域名是开放平台；若是，请附上 Log ID 反馈此问题。',
  },
  rateLimited: {
    en: 'The Open Platform’s rate limit is reached (HTTP {status}).',
    zh: '已达到开放平台的频率限制（HTTP {status}）。',
  },
  rateLimitedAdvice: {
    en: 'Wait a little, then try again; sending is retried automatically.',
    zh: '请稍候再试；消息发送会自动重试。',
  },

  scanNotOffered: {
    en: '{host} offers no creation of apps by a scan (HTTP {status}).',
    zh: '{host} 不支持扫码创建应用（HTTP {status}）。',
  },
  scanNotOfferedAdvice: {
    en: 'Create the app in the developer console and paste its App ID and App Secret.',
    zh: '请在开发者后台创建应用，再填写其 App ID 和 App Secret。',
  },

  rejected: {
    en: '{meaning} (code {code}: {msg})',
    zh: '{meaning}（错误码 {code}：{msg}）',
  },
  unknownCode: {
    en: 'The Open Platform refused the call',
    zh: '开放平台拒绝了该调用',
  },
  unknownCodeAdvice: {
    en: 'Look up code {code} in the Open Platform documentation: {msg}',
    zh: '请在开放平台文档中查询错误码 {code}：{msg}',
  },
  scopeMissing: {
    en: 'The app lacks a scope; one of these is enough: {scopes} (code {code})',
    zh: '应用缺少权限，开通以下任一权限即可：{scopes}（错误码 {code}）',
  },
  endpointRefused: {
    en: 'The app may not open a long connection yet (code {code}: {msg}); its App ID and secret are right.',
    zh: '应用暂时不能建立长连接（错误码 {code}：{msg}）；App ID 与 App Secret 是正确的。',
  },
  endpointRefusedAdvice: {
    en: 'Add the bot, then create and publish a version of the app; if it is published, ask the admin whether it is enabled.',
    zh: '请添加机器人能力，并创建、发布应用版本；如已发布，请向管理员确认应用是否启用。',
  },

  handshakeRefused: {
    en: 'The long connection was refused at the handshake (status {status}: {msg}).',
    zh: '长连接握手被拒绝（状态 {status}：{msg}）。',
  },
  handshakeRefusedAdvice: {
    en: 'Try again. If it keeps happening, check that the app is published and enabled.',
    zh: '请重试；若一直如此，请检查应用是否已发布并启用。',
  },
  connectionClosed: {
    en: 'The long connection was closed before it answered (code {status}).',
    zh: '长连接在应答之前被关闭（代码 {status}）。',
  },
} as const satisfies Record<string, Text>;
