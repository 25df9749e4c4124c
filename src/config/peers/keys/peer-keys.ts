/**
 * The keys of the other plugins, declared once: which plugin has which values, and what becomes of them.
 *
 * Reading, the plan, the doctor's words and the tables of the documents follow from it. Read from the plugins' published schemas and code: @openclaw/feishu 2026.9.5, @larksuite/openclaw-lark
 * 2026.7.16, @openclaw-china/feishu 0.1.10, and the repository m1heng/clawdbot-feishu. Without zod.
 */
import type { Text } from '../../../shared/text/text.ts';
import type { Peer } from './peer.ts';
import { peerKeyTexts as texts } from './peer-key-texts.ts';

/**
 * `same`: honoured under its name. `translated`: honoured under a name or a value of ours. `none`: it
 * has no counterpart here, and leaving it out admits no one else. `refused`: it is a restriction that
 * cannot be honoured, so the account does not start.
 */
export type Treatment = 'same' | 'translated' | 'none' | 'refused';

/** Whose config it is: a peer's, or one of this plugin. */
export type Owner = Peer | 'own';

export interface PeerKey {
  /** Below the section or an account; `*` is any id. */
  readonly path: string;
  /**
   * The values that each plugin takes, as words: `switch`, `number`, `text`, `texts` (a list), `people`
   * and `chats` (lists of ids), `object`, `secret`, `any`, or one value in quotes.
   */
  readonly forms: Partial<Readonly<Record<Owner, string>>>;
  readonly treatment: Treatment;
  /** These values cannot be honoured, whatever becomes of the others. */
  readonly refused?: string;
  /** What becomes of it, or why it has no counterpart. */
  readonly text: Text;
}

interface Forms {
  readonly own?: string;
  readonly of?: string;
  readonly lk?: string;
  readonly m1?: string;
  readonly cn?: string;
}

function key(
  path: string,
  treatment: Treatment,
  { own, of, lk, m1, cn }: Forms,
  text: Text = texts.same,
  refused?: string,
): PeerKey {
  const forms = {
    ...(own !== undefined && { own }),
    ...(of !== undefined && { '@openclaw/feishu': of }),
    ...(lk !== undefined && { '@larksuite/openclaw-lark': lk }),
    ...(m1 !== undefined && { 'm1heng/clawdbot-feishu': m1 }),
    ...(cn !== undefined && { '@openclaw-china/feishu': cn }),
  };
  return { path, treatment, forms, text, ...(refused !== undefined && { refused }) };
}

/** All of them and ours take the same. */
const every = (form: string): Forms => ({ own: form, of: form, lk: form, m1: form, cn: form });
/** All but the smallest, which has twelve keys. */
const most = (form: string): Forms => ({ own: form, of: form, lk: form, m1: form });
const peersOnly = (form: string): Forms => ({ of: form, lk: form, m1: form });

const scopes = '"group" "group_sender" "group_topic" "group_topic_sender"';
const words = '"enabled" "disabled"';

const access: readonly PeerKey[] = [
  key(
    'dmPolicy',
    'same',
    {
      own: '"open" "pairing" "allowlist" "disabled"',
      of: '"open" "pairing" "allowlist" "disabled"',
      lk: '"open" "pairing" "allowlist" "disabled"',
      m1: '"open" "pairing" "allowlist"',
      cn: '"open" "pairing" "allowlist"',
    },
    texts.dmPolicy,
  ),
  key('allowFrom', 'same', { ...every('people'), lk: 'people text' }, texts.people),
  key(
    'groupPolicy',
    'translated',
    {
      ...every('"open" "allowlist" "disabled"'),
      of: '"open" "allowlist" "disabled" "allowall"',
    },
    texts.groupPolicy,
  ),
  key(
    'groupAllowFrom',
    'translated',
    { ...every('chats'), lk: 'people text' },
    texts.groupAllowFrom,
  ),
  key('groupSenderAllowFrom', 'same', { own: 'people text', of: 'people' }),
  key('requireMention', 'same', every('switch'), texts.requireMention),
  key('respondToMentionAll', 'none', { lk: 'switch' }, texts.respondToMentionAll),
  key('allowMentionlessInMultiBotGroup', 'translated', { m1: 'switch' }, texts.mentionless),
  key(
    'groupCommandMentionBypass',
    'none',
    { m1: '"never" "single_bot" "always"' },
    texts.commandBypass,
  ),
  key(
    'allowBots',
    'same',
    { own: 'switch "mentions"', of: 'switch', lk: 'switch "mentions"' },
    texts.allowBots,
  ),
  key(
    'contextVisibility',
    'same',
    { of: '"all" "allowlist" "allowlist_quote"' },
    texts.contextVisibility,
    '"allowlist" "allowlist_quote"',
  ),
  key('configWrites', 'same', most('switch'), texts.host),
];

const groups: readonly PeerKey[] = [
  key('groups', 'same', most('object')),
  key('groups.*.enabled', 'same', most('switch')),
  key('groups.*.requireMention', 'same', most('switch')),
  key('groups.*.allowFrom', 'same', { ...most('people'), lk: 'people text' }, texts.groupPeople),
  key(
    'groups.*.groupPolicy',
    'translated',
    { lk: '"open" "allowlist" "disabled"' },
    texts.groupsPolicy,
  ),
  key('groups.*.tools', 'same', most('object'), texts.host),
  key('groups.*.tools.allow', 'same', most('texts'), texts.host),
  key('groups.*.tools.deny', 'same', most('texts'), texts.host),
  key('groups.*.skills', 'same', most('texts')),
  key('groups.*.systemPrompt', 'same', most('text')),
  key('groups.*.groupSessionScope', 'same', { own: scopes, of: scopes }),
  key('groups.*.topicSessionMode', 'translated', { of: words, m1: words }, texts.topicSessionMode),
  key('groups.*.replyInThread', 'same', { own: 'switch', of: words, lk: 'switch' }),
  key('groups.*.respondToMentionAll', 'none', { lk: 'switch' }, texts.respondToMentionAll),
  key(
    'groups.*.allowBots',
    'same',
    { own: 'switch "mentions"', lk: 'switch "mentions"' },
    texts.allowBots,
  ),
  key(
    'groups.*.allowMentionlessInMultiBotGroup',
    'translated',
    { m1: 'switch' },
    texts.mentionless,
  ),
  key(
    'groups.*.groupCommandMentionBypass',
    'none',
    { m1: '"never" "single_bot" "always"' },
    texts.commandBypass,
  ),
  key('dms', 'same', { own: 'object', of: 'object', lk: 'object', m1: 'object' }),
  key('dms.historyLimit', 'translated', { lk: 'number' }, texts.dmsHistory),
  key('dms.*.enabled', 'same', { own: 'switch', of: 'switch', m1: 'switch' }),
  key('dms.*.systemPrompt', 'same', { own: 'text', of: 'text', m1: 'text' }),
];

const app: readonly PeerKey[] = [
  key('enabled', 'same', every('switch')),
  key('name', 'same', most('text'), texts.host),
  key('appId', 'same', every('text')),
  key(
    'appSecret',
    'same',
    { ...every('text'), own: 'text secret', of: 'text secret', lk: 'text secret' },
    texts.secret,
  ),
  key('domain', 'same', most('text')),
  key('defaultAccount', 'same', { own: 'text', of: 'text' }),
  key('accounts', 'same', most('object')),
  key(
    'encryptKey',
    'none',
    { of: 'text secret', lk: 'text secret', m1: 'text' },
    texts.webhookOnly,
  ),
  key(
    'verificationToken',
    'none',
    { of: 'text secret', lk: 'text secret', m1: 'text' },
    texts.webhookOnly,
  ),
  key(
    'connectionMode',
    'translated',
    {
      ...peersOnly('"websocket" "webhook"'),
      cn: '"websocket"',
    },
    texts.connectionMode,
  ),
  key('webhookPath', 'none', peersOnly('text'), texts.webhookOnly),
  key('webhookHost', 'none', { of: 'text' }, texts.webhookOnly),
  key('webhookPort', 'none', peersOnly('number'), texts.webhookOnly),
  key('httpTimeoutMs', 'none', { of: 'number' }, texts.timeout),
  key('maxMessageAgeMs', 'none', { m1: 'number' }, texts.messageAge),
  key('dedup', 'none', { lk: 'object' }, texts.dedup),
  key('dedup.ttlMs', 'none', { lk: 'number' }, texts.dedup),
  key('dedup.maxEntries', 'none', { lk: 'number' }, texts.dedup),
];

const conversation: readonly PeerKey[] = [
  key('historyLimit', 'same', every('number')),
  key('dmHistoryLimit', 'same', most('number'), texts.host),
  key('textChunkLimit', 'same', every('number')),
  key('responsePrefix', 'none', { own: 'text', of: 'text' }, texts.responsePrefix),
  key('replyToMode', 'none', { of: '"off" "first" "all" "batched"' }, texts.replyToMode),
  key('groupSessionScope', 'same', { own: scopes, of: scopes }),
  key('topicSessionMode', 'translated', { of: words, m1: words }, texts.topicSessionMode),
  key('threadSession', 'translated', { lk: 'switch' }, texts.threadSession),
  key('replyInThread', 'same', { own: 'switch', of: words, lk: 'switch' }),
  key('reactionNotifications', 'same', {
    own: '"off" "own" "all"',
    of: '"off" "own" "all"',
    lk: '"off" "own" "all"',
  }),
  key('typingIndicator', 'translated', { of: 'switch' }, texts.typingIndicator),
  key('resolveSenderNames', 'none', { of: 'switch' }, texts.senderNames),
  key('dynamicAgentCreation', 'none', { of: 'object', m1: 'object' }, texts.dynamicAgents),
  key(
    'dynamicAgentCreation.enabled',
    'none',
    { of: 'switch', m1: 'switch' },
    texts.dynamicAgents,
    'true',
  ),
  key(
    'dynamicAgentCreation.workspaceTemplate',
    'none',
    { of: 'text', m1: 'text' },
    texts.dynamicAgents,
  ),
  key(
    'dynamicAgentCreation.agentDirTemplate',
    'none',
    { of: 'text', m1: 'text' },
    texts.dynamicAgents,
  ),
  key(
    'dynamicAgentCreation.maxAgents',
    'none',
    { of: 'number', m1: 'number' },
    texts.dynamicAgents,
  ),
  key('heartbeat', 'none', { own: 'any', lk: 'object', m1: 'object' }, texts.heartbeat),
  key('heartbeat.**', 'none', { own: 'any', lk: 'any', m1: 'any' }, texts.heartbeat),
  key('heartbeatVisibility', 'none', { of: 'object' }, texts.heartbeat),
  key('heartbeatVisibility.visibility', 'none', { of: '"visible" "hidden"' }, texts.heartbeat),
  key('heartbeatVisibility.intervalMs', 'none', { of: 'number' }, texts.heartbeat),
];

const answers: readonly PeerKey[] = [
  key(
    'streaming',
    'translated',
    {
      own: '"auto" "card" "block" "off"',
      // The words of its older versions.
      of: 'object "partial" "progress"',
      lk: 'switch',
      m1: 'switch',
    },
    texts.streaming,
  ),
  key(
    'streaming.mode',
    'translated',
    { of: '"off" "partial" "progress" "block"' },
    texts.streaming,
  ),
  key('streaming.chunkMode', 'none', { of: '"length" "newline"' }, texts.chunks),
  key('streaming.block', 'translated', { of: 'object' }, texts.streaming),
  key('streaming.block.enabled', 'translated', { of: 'switch' }, texts.streaming),
  key('streaming.block.coalesce', 'none', { of: 'object' }, texts.coalesce),
  key('streaming.block.coalesce.minChars', 'none', { of: 'number' }, texts.coalesce),
  key('streaming.block.coalesce.maxChars', 'none', { of: 'number' }, texts.coalesce),
  key('streaming.block.coalesce.idleMs', 'none', { of: 'number' }, texts.coalesce),
  key('blockStreaming', 'translated', { own: 'switch', lk: 'switch' }, texts.blockStreaming),
  key(
    'blockStreamingCoalesce',
    'none',
    { own: 'object', lk: 'object', m1: 'object' },
    texts.coalesce,
  ),
  key('blockStreamingCoalesce.*', 'none', { own: 'any', lk: 'any', m1: 'any' }, texts.coalesce),
  key('replyMode', 'translated', { lk: '"auto" "static" "streaming" object' }, texts.replyMode),
  key('replyMode.default', 'translated', { lk: '"auto" "static" "streaming"' }, texts.replyMode),
  key('replyMode.group', 'translated', { lk: '"auto" "static" "streaming"' }, texts.replyMode),
  key('replyMode.direct', 'translated', { lk: '"auto" "static" "streaming"' }, texts.replyMode),
  key(
    'renderMode',
    'translated',
    {
      own: '"auto" "card" "post" "text"',
      of: '"auto" "raw" "card"',
      m1: '"auto" "raw" "card"',
    },
    texts.renderMode,
  ),
  key('sendMarkdownAsCard', 'translated', { cn: 'switch' }, texts.sendMarkdownAsCard),
  key(
    'chunkMode',
    'none',
    { own: 'text', lk: '"newline" "paragraph" "none"', m1: '"length" "newline"' },
    texts.chunks,
  ),
  key(
    'markdown',
    'none',
    { own: 'object', of: 'object', lk: 'object', m1: 'object' },
    texts.markdown,
  ),
  key(
    'markdown.mode',
    'none',
    { of: '"native" "escape" "strip"', m1: '"native" "escape" "strip"' },
    texts.markdown,
  ),
  key(
    'markdown.tableMode',
    'none',
    { of: '"native" "ascii" "simple"', m1: '"native" "ascii" "simple"' },
    texts.markdown,
  ),
  key('markdown.tables', 'none', { own: 'text', lk: '"off" "bullets" "code"' }, texts.markdown),
  key('footer', 'none', { lk: 'object' }, texts.footer),
  key('footer.*', 'none', { lk: 'switch' }, texts.footer),
  key('toolUseDisplay', 'none', { lk: 'object' }, texts.toolUse),
  key('toolUseDisplay.showFullPaths', 'none', { lk: 'switch' }, texts.toolUse),
  key('mediaMaxMb', 'translated', most('number'), texts.mediaMaxMb),
  key('mediaLocalRoots', 'none', { m1: 'texts' }, texts.mediaRoots),
  key('tts', 'none', { of: 'object' }, texts.tts),
  key('tts.**', 'none', { of: 'any' }, texts.tts),
  key('stickerSets', 'none', { of: 'object' }, texts.stickerSets),
  key('stickerSets.**', 'none', { of: 'any' }, texts.stickerSets),
];

const toolNames = 'doc chat wiki drive perm scopes bitable task urgent message reaction base'.split(
  ' ',
);
const hasTool: Readonly<Record<string, Forms>> = {
  chat: { of: 'switch', m1: 'switch' },
  bitable: { of: 'switch' },
  base: { of: 'switch' },
  task: { m1: 'switch' },
  urgent: { m1: 'switch' },
  message: { m1: 'switch' },
  reaction: { m1: 'switch' },
};

const tools: readonly PeerKey[] = [
  key('tools', 'none', peersOnly('object'), texts.tools),
  ...toolNames.map((name) =>
    key(`tools.${name}`, 'none', hasTool[name] ?? peersOnly('switch'), texts.tools),
  ),
  key('actions', 'same', { own: 'object', of: 'object' }),
  key('actions.reactions', 'same', { own: 'switch', of: 'switch' }),
  key('actions.sticker', 'translated', { of: 'switch' }, texts.sticker),
  key('capabilities', 'same', { own: 'any', of: 'texts', lk: 'object', m1: 'texts' }, texts.host),
  key('capabilities.*', 'none', { own: 'any', lk: 'switch' }, texts.host),
  key('vcAutoJoin', 'none', { of: 'switch' }, texts.vcAutoJoin),
  key('uat', 'none', { lk: 'object' }, texts.uat),
  key('uat.enabled', 'none', { lk: 'switch' }, texts.uat),
  key('uat.allowedScopes', 'none', { lk: 'texts' }, texts.uat),
  key('uat.blockedScopes', 'none', { lk: 'texts' }, texts.uat),
];

/** In the order of the documents. */
export const peerKeys: readonly PeerKey[] = [
  ...app,
  ...access,
  ...groups,
  ...conversation,
  ...answers,
  ...tools,
];
