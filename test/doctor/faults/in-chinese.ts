/** The table of faults in Chinese, by the English words of each fault. */

interface ChineseFault {
  readonly broken: string;
  /** Pieces of the advice, with `…` between them; the tests of the faults look for each. */
  readonly fix: string;
}

const fault = (broken: string, fix: string): ChineseFault => ({ broken, fix });

export const faultsInChinese: Readonly<Record<string, ChineseFault>> = {
  'there is no config file': fault('没有配置文件', 'moltbot-feishu setup'),
  'the config has no Feishu section': fault('配置中没有飞书的内容', 'moltbot-feishu setup'),
  'the config does not parse': fault('配置文件语法有误', '请修正 … 中的这一行后重试'),
  'the config is not UTF-8': fault('配置文件不是 UTF-8 编码', '请检查 … 是否为文件'),
  'a setting has a value that is not allowed': fault('某项配置的值不允许', '请在 … 中修正后重试'),
  'the App ID is malformed': fault('App ID 格式不对', '请在 … 中修正后重试'),
  'a key is misspelt': fault('键名拼写有误', '请在 … 中修正或删除它'),
  'an account has no App ID': fault('账号缺少 App ID', 'moltbot-feishu setup --account work'),
  'an included file is missing': fault('`$include` 的文件不存在', '请修正 … 中的 $include 后重试'),
  'a file includes itself': fault('文件 `$include` 了自己', '请修正 … 中的 $include 后重试'),
  'a `${VAR}` of the config is not set': fault(
    '配置引用的 `${VAR}` 未设置',
    '设置 FEISHU_SECRET_NOWHERE',
  ),
  'others can read the config': fault('其他用户可读取配置文件', 'chmod 600'),
  'others can read the secret file': fault('其他用户可读取密钥文件', 'chmod 600'),
  'the channel is switched off': fault('渠道已停用', '将 channels.feishu.enabled 设为 true'),
  'there is no App Secret': fault('没有 App Secret', 'moltbot-feishu setup --account default'),
  'the secret file is missing': fault('密钥文件不存在', '请检查 … 是否为文件'),
  'the secret file is empty': fault('密钥文件为空', '请检查 … 是否为文件'),
  'two accounts use one app': fault('两个账号共用一个应用', '为每个账号使用独立应用'),
  'another host’s config has the same app': fault(
    '另一个宿主的配置使用同一个应用',
    '请移除 … 中的 channels.feishu，或为其使用独立应用',
  ),
  'a config that no host reads has a Feishu section': fault(
    '飞书写在一份没有宿主读取的配置里',
    '用 --config、--host 指定另一个',
  ),
  'the policy lets no person write to the bot': fault(
    '没有任何人可以与机器人对话',
    '在 channels.feishu.allowFrom 中加入 open_id',
  ),
  'the policy is closed for direct messages and for groups': fault(
    '策略关闭了单聊和群聊',
    '请将 … 设为 pairing',
  ),
  'the policy allows no direct message': fault(
    '不允许任何私聊',
    '在 channels.feishu.allowFrom 中加入 open_id',
  ),
  'the policy allows no group': fault(
    '不允许任何群聊',
    '在 channels.feishu.groupAllowFrom 中加入 chat_id',
  ),
  'a proxy variable is not an http(s) address': fault(
    '代理变量不是 http(s) 地址',
    '将 HTTPS_PROXY 写成 http://host:port',
  ),
  'the proxy cannot be reached': fault('代理无法连接', '请检查 HTTPS_PROXY / HTTP_PROXY'),
  'the proxy refuses the connection': fault('代理拒绝放行', '请让管理员在代理上放行'),
  'the proxy wants a login': fault('代理要求登录', '请在代理变量中写上用户名和密码'),
  'the host name does not resolve': fault('域名无法解析', '请检查网络、DNS 和域名设置'),
  'nothing listens at that address': fault('该地址没有服务在监听', '请检查地址和端口是否正确'),
  'a company proxy shows its own certificate': fault(
    '公司代理使用自己的证书',
    '请将 NODE_EXTRA_CA_CERTS 设为其 CA 证书文件',
  ),
  'the domain is https, and the server speaks http': fault(
    'domain 写的是 https，对方使用 http',
    '请检查域名设置中的 http/https',
  ),
  'the platform never answers': fault('平台始终没有应答', '请设置 HTTPS_PROXY'),
  'the connection is cut': fault('连接被切断', '中间的防火墙或代理切断了连接'),
  'a web page answers instead of the platform': fault('应答的是网页，不是平台', '请检查域名设置'),
  'the platform answers 500': fault('平台返回 500', '请几分钟后重试'),
  'the clock is wrong': fault('系统时间不准', '请校准系统时间'),
  'the App Secret is wrong': fault('App Secret 错误', '重新复制 App Secret'),
  'there is no such app': fault('App ID 对应的应用不存在', '重新复制 App ID'),
  'the app is disabled': fault('应用已停用', '确认应用未停用'),
  'the IP allow-list keeps this machine out': fault('本机出口 IP 不在白名单中', 'IP 白名单'),
  'the bot capability is off': fault('未开启机器人能力', '请在“添加应用能力”中添加机器人'),
  'no version was ever published': fault('应用从未发布版本', '创建并发布版本'),
  'the administrator has disabled the bot': fault('管理员停用了机器人', '请管理员启用该应用'),
  'direct messages are not permitted (`im:message.p2p_msg:readonly`)': fault(
    '缺少接收单聊消息的权限（`im:message.p2p_msg:readonly`）',
    '在 … 开通，然后发布版本',
  ),
  'mentions in groups are not permitted (`im:message.group_at_msg:readonly`)': fault(
    '缺少接收群聊 @ 消息的权限（`im:message.group_at_msg:readonly`）',
    '在 … 开通，然后发布版本',
  ),
  'a recommended permission is missing (`contact:user.base:readonly`)': fault(
    '缺少建议开通的权限（`contact:user.base:readonly`）',
    '在 … 开通，然后发布版本',
  ),
  'the event of a feature is missing (`im.message.recalled_v1`)': fault(
    '缺少某项功能的事件（`im.message.recalled_v1`）',
    '在 … 添加这些事件，然后发布版本',
  ),
  'a permission waits for the administrator': fault('权限等待管理员审核', '请管理员审核通过'),
  'the message event is not in the published version': fault(
    '已发布版本中没有“接收消息”事件',
    '在 … 添加，然后发布版本',
  ),
  'events go to a webhook (where the platform reports it)': fault(
    '事件订阅方式是回调地址（仅当平台可查询时）',
    '选择“使用长连接接收事件”并保存',
  ),
  'card callbacks go to a webhook (where the platform reports it)': fault(
    '回调订阅方式是回调地址（仅当平台可查询时）',
    '选择“使用长连接接收回调”',
  ),
  'the card callback is not subscribed (where the platform reports it)': fault(
    '未订阅卡片回调（仅当平台可查询时）',
    '添加 card.action.trigger',
  ),
  'a version waits for the administrator': fault('版本等待管理员审核', '联系管理员审核通过'),
  'the administrator has rejected the version': fault('管理员驳回了版本', '重新提交版本'),
  'a version was never submitted': fault('版本已创建，未申请发布', '请申请线上发布'),
  'the bot is available to some people only': fault(
    '机器人仅对部分成员可用',
    '确认该成员在可用范围内',
  ),
  'a store app: it may not use a long connection': fault(
    '商店应用不能使用长连接',
    '请使用企业自建应用',
  ),
  'the long-connection endpoint answers 500': fault('长连接接口返回 500', '请几分钟后重试'),
  'the app has more than 50 connections': fault(
    '应用的长连接超过 50 个',
    '请停止使用该应用的其他程序',
  ),
  'the long connection opens, but no data arrives': fault(
    '长连接已建立，但没有数据',
    '防火墙或代理拦截了 WebSocket',
  ),
  'two clients share the messages of one app': fault(
    '两个客户端分走同一应用的消息',
    '停掉其他网关',
  ),
  'a `~/.clawdbot` stops OpenClaw (“State directory migration remains pending”)': fault(
    '`~/.clawdbot` 使 OpenClaw 无法启动（“State directory migration remains pending”）',
    '将 channels.feishu 移到 OpenClaw 读取的文件',
  ),
  'the host that is installed reads another file': fault(
    '已安装的宿主读取另一个文件',
    'moltbot-feishu setup --host clawdbot',
  ),
  'the host does not run with this Node': fault('宿主不支持当前的 Node', '请安装符合 >=99 的 Node'),
  'the config names the channel and no plugin provides it: the host refuses the whole config':
    fault('配置写了该渠道，却没有插件提供：宿主拒绝整份配置', 'moltbot-feishu doctor --fix'),
  'two plugins claim the channel': fault('两个插件提供同一渠道', '请停用另一个插件'),
  'another plugin provides the channel': fault('渠道由其他插件提供', '如要切换到 moltbot-feishu'),
  'the plugin is of another version': fault('插件版本不一致', '请统一版本'),
  'the plugin is switched off': fault(
    '插件已停用',
    '请在 … 的 plugins.entries.feishu.enabled 中放行 feishu',
  ),
  'all plugins are switched off': fault(
    '所有插件均已停用',
    '请在 … 的 plugins.enabled 中放行 feishu',
  ),
  'the plugin is on the deny list': fault(
    '插件在禁用名单中',
    '请在 … 的 plugins.deny 中放行 feishu',
  ),
  'the plugin is not on the allow list': fault(
    '插件不在允许名单中',
    '请在 … 的 plugins.allow 中放行 feishu',
  ),
  'the plugin has no entry in the config of OpenClaw': fault(
    'OpenClaw 的配置中没有该插件',
    '请在 … 的 plugins.entries.feishu.enabled 中放行 feishu',
  ),
  'the host was just installed: its gateway has no `gateway.mode`, and does not start': fault(
    '宿主刚安装，网关没有 `gateway.mode`，无法启动',
    'clawdbot config set gateway.mode local',
  ),
  'the gateway wants a password, and the config has none': fault(
    '网关要求密码，配置中却没有',
    'clawdbot config set gateway.auth.password YOUR-PASSWORD',
  ),
  'the gateway runs, and would not start again': fault(
    '网关正在运行，但重启后将无法启动',
    '请运行 openclaw onboard',
  ),
  'the gateway is not running': fault('网关未运行', 'clawdbot gateway run'),
  'the host says that the channel does not run': fault(
    '宿主报告该渠道未运行',
    'clawdbot gateway restart',
  ),
  'the host’s agent fails, for example because a model key is missing': fault(
    '宿主的智能体出错，例如没有模型密钥',
    'clawdbot models auth add',
  ),
  'people wait for their pairing code to be approved': fault(
    '有人在等待配对通过',
    'clawdbot pairing list feishu',
  ),
  'the host’s log has an error from the channel': fault('宿主日志中有该渠道的错误', '完整内容见 …'),
  'nothing is running: no client is online': fault(
    '没有程序在运行：没有客户端在线',
    '请启动渠道：moltbot-feishu run',
  ),
  'no client is online, and OpenClaw reads the config': fault(
    '没有客户端在线，配置由 OpenClaw 读取',
    'openclaw gateway run',
  ),
  'messages wait and no process works on them': fault('有消息等待，却没有程序处理', '请启动网关'),
  'messages were given up': fault('有消息多次处理失败，已放弃', '请对方重新发送'),
  'a file of the inbox is damaged': fault('收件箱的文件损坏', '请检查磁盘'),
  'the inbox cannot be read': fault('收件箱无法读取', '请让 … 能读写'),
  'the bundled runtime runs, and its connection stays down': fault(
    '内置渠道在运行，但长连接一直断开',
    '请查看它的日志',
  ),
  'the Redis of the inbox cannot be reached': fault(
    '收件箱的 Redis 无法连接',
    '请确认 Redis 正在运行',
  ),
  'messages wait in Redis and no process works on them': fault(
    'Redis 中有消息等待，却没有程序处理',
    '请启动网关',
  ),
  'Redis does not write waiting messages to disk': fault('Redis 不落盘', '设置“appendonly yes”'),
  'Redis drops data when its memory is full': fault(
    'Redis 内存不足时会丢弃数据',
    '设置“maxmemory-policy noeviction”',
  ),
  'the newest message was dropped by the policy': fault(
    '最近一条消息被访问规则忽略',
    '请修改 dmPolicy、allowFrom、groupPolicy 或 requireMention',
  ),
  'the person is outside the availability (`--live OPEN_ID`)': fault(
    '对方不在可用范围内（`--live OPEN_ID`）',
    '在新版本的可用范围中加入该成员',
  ),
  'slash commands are asked for, and not registered (`menus: true`)': fault(
    '启用了斜杠命令但未注册（`menus: true`）',
    'moltbot-feishu doctor --fix',
  ),
  'no message arrives (`--live`)': fault('没有收到消息（`--live`）', '是否有其他客户端在线'),
};
