/** Names of config keys that may be shown at any place: ours, and those that hosts document. */
import { accountKeys, choiceWords } from '../rules/account-keys.ts';
import { knownKeys } from '../rules/schema.ts';

/** Keys of the hosts' configs (moltbot 2026.1.29, openclaw) that lie on the way to a channel or beside one. */
const HOST_KEYS = `
  $include agent agents accounts alias aliases allow allowBots api apiKey args auth authorization
  baseUrl bind bindings block blockStreaming blockStreamingCoalesce botToken appToken browser
  capabilities channels chunkMode clientSecret client_secret command commands configWrites contextWindow
  controlUi cookie cost cron custom default defaults deny description discord dmHistoryLimit dms dock
  elevated enabled enc env entries exec fallbacks feishu file groupSenderAllowFrom headers
  healthMonitor heartbeat historyLimit hooks host id identity imageModel imessage input installs interval lark level list load
  logging mappings markdown maxConcurrent maxTokens mediaUrl mentionPatterns messages meta mode model
  models name order output password path paths plugins port primary profiles provider providers
  queue reasoning redactSensitive remote responsePrefix restart retry routing sandbox secret secrets
  session shellEnv signal signingSecret skills slack slots source subagents systemPrompt tailscale talk
  telegram textChunkLimit theme thinkingDefault token tokens tools ui update url user userTimezone vars version
  webhook webhookSecret whatsapp wizard workspace
`;

/** Of the other plugins that run the channel (peers/peer-keys.ts). */
const PEER_KEYS = `
  encryptKey verificationToken connectionMode webhookPath webhookHost webhookPort httpTimeoutMs
  maxMessageAgeMs dedup ttlMs maxEntries respondToMentionAll allowMentionlessInMultiBotGroup
  groupCommandMentionBypass contextVisibility topicSessionMode replyToMode threadSession
  typingIndicator resolveSenderNames dynamicAgentCreation workspaceTemplate agentDirTemplate
  maxAgents heartbeatVisibility visibility intervalMs coalesce minChars maxChars idleMs replyMode
  group direct sendMarkdownAsCard tableMode tables footer toolUseDisplay showFullPaths
  mediaLocalRoots tts stickerSets doc chat wiki drive perm scopes bitable task urgent message
  reaction base reactions sticker vcAutoJoin uat allowedScopes blockedScopes
`;

const ours: readonly string[] = [...knownKeys.section, ...knownKeys.account, ...knownKeys.group];

const keyNames: ReadonlySet<string> = new Set([
  ...HOST_KEYS.trim().split(/\s+/),
  ...PEER_KEYS.trim().split(/\s+/),
  ...ours,
]);

export function isKnownKey(name: string): boolean {
  return keyNames.has(name);
}

/** The words that some key allows as its whole value: no secret is one of them. */
const VALUE_WORDS: ReadonlySet<string> = new Set([
  ...choiceWords,
  ...'auto own all feishu lark default'.split(' '),
  // Values of other plugins.
  ...'allowall allowlist_quote always ascii batched bullets code enabled escape first hidden length mentions native never newline none paragraph partial raw simple single_bot static streaming strip visible webhook websocket'.split(
    ' ',
  ),
]);

export function isValueWord(value: string): boolean {
  return value === '*' || VALUE_WORDS.has(value.toLowerCase());
}

/** Keys of hosts and of other plugins whose values are numbers. */
const HOST_NUMBERS = `
  historyLimit dmHistoryLimit textChunkLimit mediaMaxMb webhookPort httpTimeoutMs maxMessageAgeMs
  ttlMs maxEntries maxAgents intervalMs minChars maxChars idleMs
  port contextWindow maxConcurrent maxTokens
`;

const numberKeys: ReadonlySet<string> = new Set([
  ...HOST_NUMBERS.trim().split(/\s+/),
  ...Object.entries(accountKeys).flatMap(([name, { kind }]) => (kind === 'number' ? [name] : [])),
]);

/** Whether a text is only a number in quotes, in a key that takes a number: too short for a secret. */
export function isQuotedNumber(key: string | undefined, value: string): boolean {
  return key !== undefined && numberKeys.has(key) && /^\d{1,6}$/.test(value);
}
