/** Sections as people write them: after public documents and questions, in other words. */
import type { Peer } from '../../../../src/config/peers/keys/peer.ts';

export interface PeerSection {
  readonly name: string;
  /** Installed, so that it is known. */
  readonly plugin?: Peer;
  /** The whole config. */
  readonly text: string;
}

const app = 'appId: "cli_0123456789abcdef", appSecret: "\u0024{FEISHU_APP_SECRET}",';

function section(name: string, keys: string, plugin?: Peer): PeerSection {
  const text = `{\n channels: { feishu: {\n ${app} // the app\n ${keys}\n } }\n}\n`;
  return { name, text, ...(plugin !== undefined && { plugin }) };
}

export const sections: readonly PeerSection[] = [
  section(
    'of: quick start',
    'domain: "feishu", connectionMode: "websocket", // long connection\n dmPolicy: "pairing", groupPolicy: "open", requireMention: true',
  ),
  section('of: nothing about access', 'connectionMode: "websocket", typingIndicator: true'),
  section(
    'of: open to all',
    'dmPolicy: "open", allowFrom: ["*"], groupPolicy: "allowall", resolveSenderNames: false',
  ),
  section(
    'of: open without a star',
    'dmPolicy: "open", allowFrom: ["feishu:ou_boss"], typingIndicator: false',
  ),
  section(
    'of: one group, no mention',
    'groupPolicy: "allowlist", groupAllowFrom: ["oc_team"], typingIndicator: true,\n groups: { oc_team: { requireMention: false } } // stand-up',
  ),
  section(
    'of: groups as a list',
    'groupPolicy: "allowlist", replyInThread: "enabled",\n groups: { oc_team: { enabled: true, skills: ["search"], tools: { deny: ["exec"] } }, oc_old: { enabled: false } }',
  ),
  section(
    'of: people in groups',
    'groupSenderAllowFrom: ["ou_a", "user:ou_b"], groupPolicy: "open", requireMention: true, replyInThread: "disabled"',
  ),
  section(
    'of: closed direct chats',
    'dmPolicy: "disabled", groupPolicy: "disabled", actions: { reactions: false, sticker: true }',
  ),
  section(
    'of: streaming objects',
    'streaming: { mode: "partial", chunkMode: "newline", block: { enabled: true, coalesce: { idleMs: 500 } } }, dmPolicy: "pairing"',
  ),
  section(
    'of: streaming off',
    'streaming: { mode: "off" }, renderMode: "raw", dmPolicy: "allowlist", allowFrom: ["ou_a"]',
  ),
  section(
    'of: blocks',
    'streaming: { mode: "off", block: { enabled: true } }, dmPolicy: "pairing", groupPolicy: "open"',
  ),
  section(
    'of: webhook',
    'connectionMode: "webhook", webhookPath: "/feishu/events", webhookHost: "127.0.0.1", webhookPort: 3000,\n encryptKey: "\u0024{FEISHU_ENCRYPT_KEY}", verificationToken: "\u0024{FEISHU_TOKEN}", dmPolicy: "pairing"',
  ),
  section('of: context hidden', 'contextVisibility: "allowlist", dmPolicy: "pairing"'),
  section(
    'of: context shown',
    'contextVisibility: "all", dmPolicy: "pairing", groupPolicy: "open"',
  ),
  section(
    'of: an agent a person',
    'dynamicAgentCreation: { enabled: true, workspaceTemplate: "~/agents/{userId}", maxAgents: 10 }, dmPolicy: "open", allowFrom: ["*"]',
  ),
  section('of: no agent a person', 'dynamicAgentCreation: { enabled: false }, dmPolicy: "pairing"'),
  section('of: bots', 'allowBots: true, groupPolicy: "open", dmPolicy: "pairing"'),
  section(
    'of: topics',
    'topicSessionMode: "enabled", groups: { oc_a: { topicSessionMode: "disabled" }, oc_b: { groupSessionScope: "group_sender" } }',
  ),
  section(
    'of: tools',
    'tools: { doc: true, wiki: false, perm: false }, tts: { auto: "off" }, vcAutoJoin: false',
  ),
  section(
    'of: history',
    'historyLimit: 20, dmHistoryLimit: 5, textChunkLimit: 3000, httpTimeoutMs: 30000, mediaMaxMb: 200',
  ),
  section(
    'of: dms',
    'dms: { ou_a: { systemPrompt: "Be short." }, ou_b: { enabled: false } }, typingIndicator: true',
  ),
  section(
    'of: two accounts',
    'typingIndicator: true, accounts: { work: { appId: "cli_0123456789abcdea", appSecret: "\u0024{WORK}", groupPolicy: "open", name: "Work" },\n home: { appId: "cli_0123456789abcdeb", appSecret: "\u0024{HOME_SECRET}", dmPolicy: "allowlist", allowFrom: ["ou_me"] } }',
  ),
  section(
    'of: groups at both levels',
    'groupPolicy: "allowlist", replyInThread: "enabled", groups: { oc_top: {} },\n accounts: { work: { appId: "cli_0123456789abcdea", appSecret: "\u0024{WORK}", groups: { oc_work: {} } } }',
  ),
  section(
    'of: default account',
    'defaultAccount: "work", heartbeatVisibility: { visibility: "hidden" }, accounts: { work: { appId: "cli_0123456789abcdea", appSecret: "\u0024{WORK}" } }',
  ),
  section(
    'of: star entry',
    'groupPolicy: "open", typingIndicator: true, groups: { "*": { requireMention: true }, oc_free: { requireMention: false } }',
  ),
  section(
    'of: star off',
    'groupPolicy: "open", typingIndicator: true, groups: { "*": { enabled: false }, oc_on: {} }',
  ),
  section(
    'of: prefixed',
    'allowFrom: ["feishu:ou_a", "user:ou_b"], dmPolicy: "allowlist", groupAllowFrom: ["chat:oc_a"], groupPolicy: "allowlist", replyToMode: "first"',
  ),
  section('of: slip in a policy', 'dmPolicy: "alowlist", typingIndicator: true'),
  section('of: slip in a list', 'groupSenderAlowFrom: ["ou_a"], typingIndicator: true'),
  section(
    'of: user ids',
    'allowFrom: [12345, "ou_a"], dmPolicy: "allowlist", typingIndicator: true',
  ),
  section(
    'of: stickers',
    'stickerSets: { smile: { happy: ["a"] } }, markdown: { mode: "native", tableMode: "ascii" }, responsePrefix: "[bot]"',
  ),
  section(
    'of: config writes',
    'configWrites: false, capabilities: ["inlineButtons"], reactionNotifications: "off", replyToMode: "all"',
  ),
  section(
    'of: installed, plain section',
    'domain: "lark", groupPolicy: "open"',
    '@openclaw/feishu',
  ),
  section('of: installed, nothing at all', 'enabled: true', '@openclaw/feishu'),
  section(
    'lark: quick start',
    'connectionMode: "websocket", footer: { status: true, elapsed: true }, dmPolicy: "pairing"',
  ),
  section('lark: people in groups', 'groupPolicy: "allowlist", groupAllowFrom: ["ou_a", "ou_b"]'),
  section(
    'lark: legacy groups',
    'groupPolicy: "allowlist", groupAllowFrom: ["oc_a"], threadSession: true',
  ),
  section(
    'lark: groups and people',
    'groupPolicy: "allowlist", groupAllowFrom: ["ou_a"], groups: { oc_a: {} }, streaming: true',
  ),
  section(
    'lark: group policies',
    'threadSession: false, groups: { oc_a: { groupPolicy: "disabled" }, oc_b: { groupPolicy: "open" }, oc_c: { groupPolicy: "allowlist", allowFrom: ["ou_a"] } }',
  ),
  section(
    'lark: groups are a list',
    'groupPolicy: "open", footer: { model: true }, groups: { oc_a: { requireMention: false } }',
  ),
  section(
    'lark: star',
    'footer: { cache: false }, groups: { "*": { requireMention: false, allowFrom: "ou_a" }, oc_a: { enabled: false } }',
  ),
  section(
    'lark: one person',
    'dmPolicy: "allowlist", allowFrom: "ou_me", replyMode: "auto", streaming: true',
  ),
  section(
    'lark: modes',
    'streaming: true, replyMode: { default: "static", direct: "streaming" }, blockStreaming: false',
  ),
  section(
    'lark: blocks',
    'blockStreaming: true, blockStreamingCoalesce: { minChars: 100 }, toolUseDisplay: { showFullPaths: true }',
  ),
  section(
    'lark: bots',
    'allowBots: "mentions", respondToMentionAll: true, groups: { oc_a: { allowBots: false, respondToMentionAll: false } }',
  ),
  section('lark: history', 'dms: { historyLimit: 10 }, historyLimit: 30, dedup: { ttlMs: 60000 }'),
  section(
    'lark: user tokens',
    'uat: { enabled: true, allowedScopes: ["im:message"], blockedScopes: ["drive:drive"] }, capabilities: { image: true }',
  ),
  section(
    'lark: heartbeat',
    'heartbeat: { every: "30m", activeHours: { start: "08:00", end: "22:00" } }, markdown: { tables: "code" }, footer: {}',
  ),
  section('lark: closed', 'dmPolicy: "disabled", groupPolicy: "disabled", replyMode: "static"'),
  section(
    'lark: installed, open groups',
    'groupPolicy: "allowlist", groupAllowFrom: ["ou_boss"], requireMention: false',
    '@larksuite/openclaw-lark',
  ),
  section('m1: quick start', 'connectionMode: "websocket", renderMode: "raw", streaming: false'),
  section(
    'm1: several bots',
    'requireMention: false, allowMentionlessInMultiBotGroup: false, groupPolicy: "open"',
  ),
  section(
    'm1: commands',
    'groupCommandMentionBypass: "single_bot", groupPolicy: "allowlist", groupAllowFrom: ["oc_a"]',
  ),
  section(
    'm1: groups',
    'groupPolicy: "allowlist", groupAllowFrom: ["oc_a"], mediaLocalRoots: ["~/media"], groups: { oc_a: { allowFrom: ["ou_a"] }, oc_b: {} }',
  ),
  section(
    'm1: tools',
    'tools: { task: true, urgent: false, message: true }, maxMessageAgeMs: 60000, blockStreamingCoalesce: { enabled: true }',
  ),
  section(
    'm1: agents',
    'mediaLocalRoots: [], dynamicAgentCreation: { enabled: true }, dmPolicy: "open", allowFrom: ["*"]',
  ),
  section(
    'cn: quick start',
    'connectionMode: "websocket", dmPolicy: "open", groupPolicy: "open", sendMarkdownAsCard: true',
  ),
  section(
    'cn: lists',
    'dmPolicy: "allowlist", allowFrom: ["ou_a"], groupPolicy: "allowlist", groupAllowFrom: ["oc_a"], sendMarkdownAsCard: false',
  ),
  section(
    'cn: a star is no wildcard',
    'dmPolicy: "allowlist", allowFrom: ["*"], sendMarkdownAsCard: true',
  ),
  section(
    'two at once',
    'typingIndicator: true, footer: { status: true }, groupPolicy: "open", groups: { oc_a: {} }',
  ),
  section(
    'many slips at once',
    'dmPolicy: "closed", groupPolicy: "none", contextVisibility: "some", streaming: "sometimes", renderMode: "html", typingIndicator: true',
  ),
  section(
    'of: words of older versions',
    'streaming: "partial", dmPolicy: "open", allowFrom: ["*"], groupPolicy: "open", requireMention: true',
  ),
  section(
    'of: a progress line',
    'streaming: { mode: "progress" }, groups: { oc_a: { requireMention: true, replyInThread: "enabled" } }',
  ),
  section(
    'of: a mode in capitals',
    'connectionMode: "WebSocket", groups: { oc_a: { enabled: false } } // typed by hand',
  ),
  section(
    'of: tools of groups',
    'groupPolicy: "allowlist", typingIndicator: true, groups: { "*": { tools: { deny: ["exec", "write"] } }, oc_a: { tools: { allow: ["web_search"], profile: "minimal" } } }',
  ),
  section(
    'of: tools as one word',
    'typingIndicator: true, groups: { oc_a: { tools: { deny: "exec" } }, oc_b: { tools: ["exec"] } }',
  ),
  section(
    'of: an account closed, the rest open',
    'dmPolicy: "open", allowFrom: ["*"], typingIndicator: false, accounts: { hr: { appId: "cli_0123456789abcdea", appSecret: "\u0024{HR}", dmPolicy: "disabled", groupPolicy: "disabled" }, it: { appId: "cli_0123456789abcdeb", appSecret: "\u0024{IT}" } }',
  ),
  section(
    'of: switches as words',
    'typingIndicator: "yes", configWrites: "no", resolveSenderNames: "off", httpTimeoutMs: "30s"',
  ),
  section(
    'of: empty values',
    'typingIndicator: true, allowFrom: [], groupAllowFrom: [], groups: {}, dms: {}, accounts: {}, tools: {}, markdown: {}',
  ),
  section(
    'of: a person closed, with history',
    'dms: { ou_a: { enabled: false }, ou_b: { systemPrompt: "" } }, dmHistoryLimit: 0, typingIndicator: true',
  ),
  section(
    'of: secrets elsewhere',
    'encryptKey: { source: "env", provider: "default", id: "FEISHU_ENCRYPT_KEY" }, verificationToken: { source: "file", provider: "keys", id: "/feishu/token" }, connectionMode: "webhook"',
  ),
  section(
    'lark: a policy of a group in capitals',
    'footer: { status: true }, groups: { oc_a: { groupPolicy: "Disabled" }, oc_b: { allowBots: "Mentions" } }',
  ),
  section(
    'lark: one group, one person, as texts',
    'groupPolicy: "allowlist", groupAllowFrom: "ou_a", allowFrom: "", dmPolicy: "allowlist", threadSession: true',
  ),
  section(
    'lark: an account with its own people',
    'threadSession: true, groupAllowFrom: ["ou_a"], accounts: { work: { appId: "cli_0123456789abcdea", appSecret: "\u0024{WORK}", groupAllowFrom: ["ou_b"], groups: { oc_a: { groupPolicy: "allowlist" } } } }',
  ),
  section(
    'm1: an agent a person, in capitals',
    'dynamicAgentCreation: { enabled: "TRUE" }, mediaLocalRoots: ["/srv"], dmPolicy: "open", allowFrom: ["*"]',
  ),
  section(
    'cn: a card, nothing about access',
    'sendMarkdownAsCard: "true", groupPolicy: "open", groupAllowFrom: ["oc_a"]',
  ),
  section(
    'of: written in capitals',
    'typingIndicator: true, dmPolicy: "Pairing", allowFrom: ["ou_boss"] // as in the chat',
    '@openclaw/feishu',
  ),
  section(
    'of: ids as numbers, a blank, another case',
    'dmPolicy: "allowlist", allowFrom: [12345, " ou_boss", "OU_LEAD"], groupAllowFrom: [777]',
    '@openclaw/feishu',
  ),
  section(
    'of: prefixes of every kind',
    'dmPolicy: "allowlist",\n allowFrom: ["feishu:user:ou_a", "lark:ou_b", "open_id:ou_c", "feishu:open_id:ou_d"]',
    '@openclaw/feishu',
  ),
  section(
    'of: nulls',
    'dmPolicy: null, groupPolicy: "open", groups: { oc_team: null, oc_old: { allowFrom: null, enabled: null } }',
    '@openclaw/feishu',
  ),
  section(
    'of: one sender as a text',
    'dmPolicy: "open", typingIndicator: true, groupPolicy: "open", groupSenderAllowFrom: "ou_boss"',
  ),
  section(
    'of: groups off in one account only',
    'typingIndicator: true, groupPolicy: "open", requireMention: false,\n accounts: { a: { groupPolicy: "disabled" }, b: { appId: "cli_1123456789abcdef", appSecret: "x" } }',
    '@openclaw/feishu',
  ),
  section(
    'of: a default account, and groups of its own',
    'defaultAccount: "ops", dmPolicy: "allowlist", allowFrom: ["ou_a"], groupPolicy: "allowlist",\n groups: { "*": { requireMention: false, tools: { deny: ["exec"] } } },\n accounts: { ops: { allowFrom: ["ou_b"] }, dev: { appId: "cli_1123456789abcdef", appSecret: "x", groups: { oc_dev: {} } } }',
    '@openclaw/feishu',
  ),
  section(
    'of: a group that says “false”',
    'typingIndicator: true, groupPolicy: "open", groups: { oc_old: { enabled: "false" } }',
  ),
  section(
    'of: direct chats',
    'dmPolicy: "open", allowFrom: ["*"],\n dms: { ou_ex: { enabled: false }, ou_boss: { systemPrompt: "Be brief.", historyLimit: 3 } }',
    '@openclaw/feishu',
  ),
  section(
    'lk: people for all groups, one group open',
    'groupPolicy: "allowlist", groupAllowFrom: ["ou_a", "feishu:ou_b"], footer: { status: true },\n groups: { "*": { enabled: true }, oc_open: { groupPolicy: "open" } }',
    '@larksuite/openclaw-lark',
  ),
  section(
    'lk: a wrong policy of a group',
    'footer: {}, groups: { oc_team: { groupPolicy: "Allowlist", allowFrom: "ou_a" } }',
  ),
  section(
    'lk: an account with a group closed',
    'threadSession: true, dmPolicy: "pairing", groups: { oc_team: { allowFrom: ["ou_a"] } },\n accounts: { work: { appId: "cli_1123456789abcdef", appSecret: { source: "env", provider: "default", id: "WORK" },\n dmPolicy: "disabled", groups: { oc_team: { enabled: false } } } }',
  ),
  section(
    'm1: a mention among bots, and a star',
    'allowMentionlessInMultiBotGroup: false, groupPolicy: "allowlist", groupAllowFrom: ["oc_a", "chat:oc_b"],\n groups: { "*": { requireMention: false, allowFrom: ["ou_a"] }, oc_a: { requireMention: false } }',
  ),
  section(
    'm1: a webhook',
    'connectionMode: "webhook", verificationToken: "t", encryptKey: "e", webhookPort: "3000",\n dmPolicy: "open", groupPolicy: "open", maxMessageAgeMs: 10',
    'm1heng/clawdbot-feishu',
  ),
  section(
    'cn: stars that are none',
    'sendMarkdownAsCard: true, dmPolicy: "allowlist", allowFrom: ["*", "ou_a"], groupPolicy: "allowlist", groupAllowFrom: ["oc_a", "*"]',
    '@openclaw-china/feishu',
  ),
];
