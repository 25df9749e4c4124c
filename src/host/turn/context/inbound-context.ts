/** A message as the host's agent and commands read it. Pure but for the host's own formatting. */
import type { Turn } from '../../../channel/agent/agent.ts';
import { targetOf } from '../../people/targets.ts';
import type { HostChannelRuntime, InboundContext } from '../../runtime-contract.ts';
import { commandText, isCommand } from './command-text.ts';
import type { HistoryEntry } from './history.ts';
import { type StoredMedium, textForHost } from './inbound-media.ts';

/** A message of the group before this one. */
export interface SurroundingMessage extends Omit<HistoryEntry, 'images'> {
  readonly senderName: string | undefined;
  readonly images: readonly Pick<StoredMedium, 'path' | 'type'>[];
}

/** Facts about a message beyond its own text. */
export interface MessageSurroundings {
  readonly senderName: string | undefined;
  readonly chatName: string | undefined;
  readonly history: readonly SurroundingMessage[];
  readonly mayCommand: boolean;
  readonly media: readonly StoredMedium[];
  /** Added to the agent's instructions. */
  readonly systemPrompt: string | undefined;
}

export interface InboundContextOptions {
  readonly turn: Turn;
  readonly surroundings: MessageSurroundings;
  readonly accountId: string;
  readonly sessionKey: string;
  readonly messageSid: string;
  readonly reply: Pick<HostChannelRuntime['reply'], 'formatAgentEnvelope'>;
  /** The host's envelope options. */
  readonly envelope: unknown;
  readonly previousAt: number | undefined;
}

/** The hosts' own words (clawdbot@2026.1.24-3, auto-reply/reply/history and mentions): agents know them. */
const HISTORY_MARKER = '[Chat messages since your last reply - for context]';
const CURRENT_MARKER = '[Current message - respond to this]';

export function inboundContext(options: InboundContextOptions): InboundContext {
  const { turn, surroundings, accountId, sessionKey } = options;
  const { message } = turn;
  const command = commandText(turn.content.command);
  // Mentions before a command are none of it, and the host knows no way to take them off.
  const said = isCommand(command) ? command : textForHost(turn);
  const isGroup = message.chatType === 'group';
  const sender = surroundings.senderName ?? message.senderOpenId;
  const groupLabel = surroundings.chatName ?? message.chatId;
  const target = targetOf(message);
  return {
    Body: body(options, isGroup ? `${groupLabel} id:${message.chatId}` : sender),
    RawBody: said,
    CommandBody: said,
    From: isGroup ? `feishu:group:${message.chatId}` : `feishu:${message.senderOpenId}`,
    To: target,
    SessionKey: sessionKey,
    AccountId: accountId,
    ChatType: isGroup ? 'group' : 'direct',
    ConversationLabel: isGroup ? groupLabel : sender,
    ...(isGroup && { GroupSubject: groupLabel }),
    SenderName: sender,
    SenderId: message.senderOpenId,
    Provider: 'feishu',
    Surface: 'feishu',
    MessageSid: options.messageSid,
    ...(message.parentId !== undefined && { ReplyToId: message.parentId }),
    ...quoteFields(turn),
    ...mediaFields(surroundings.media),
    ...historyFields(surroundings.history),
    ...(surroundings.systemPrompt && { GroupSystemPrompt: surroundings.systemPrompt }),
    ...(message.threadId !== undefined && { MessageThreadId: message.threadId }),
    ...(turn.topicStarter && { ThreadStarterBody: turn.topicStarter.text }),
    ...(message.createTime > 0 && { Timestamp: message.createTime }),
    ...(isGroup && { WasMentioned: true }),
    CommandAuthorized: surroundings.mayCommand,
    OriginatingChannel: 'feishu',
    OriginatingTo: target,
  };
}

function quoteFields({ quote }: Turn): object {
  if (!quote) return {};
  const { sender, text } = quote;
  const name = sender.name ?? (sender.openId || undefined);
  return {
    ReplyToBody: text,
    ReplyToIsQuote: true,
    ...(name !== undefined && { ReplyToSender: name }),
  };
}

/** OpenClaw gives its agent these; the older hosts give theirs the history in the body. */
function historyFields(history: MessageSurroundings['history']): object {
  if (history.length === 0) return {};
  const InboundHistory = history.map((entry) => ({
    sender: entry.senderName ?? entry.senderOpenId,
    body: entry.text,
    ...(entry.at > 0 && { timestamp: entry.at }),
    messageId: entry.messageId,
    ...(entry.images.length > 0 && {
      media: entry.images.map(({ path, type }) => ({ path, contentType: type, kind: 'image' })),
    }),
  }));
  return { InboundHistory };
}

/** Paths and types in step: the host reads them in pairs. */
function mediaFields(media: readonly StoredMedium[]): object {
  const [first] = media;
  if (!first) return {};
  const paths = media.map(({ path }) => path);
  const transcribed = media.flatMap(({ hasTranscript }, index) => (hasTranscript ? [index] : []));
  return {
    MediaPath: first.path,
    MediaType: first.type,
    MediaUrl: first.path,
    MediaPaths: paths,
    MediaUrls: paths,
    MediaTypes: media.map(({ type }) => type),
    // The text has the platform's transcript: OpenClaw makes none of its own.
    ...(transcribed.length > 0 && { MediaTranscribedIndexes: transcribed }),
  };
}

function body(options: InboundContextOptions, from: string): string {
  const { turn, surroundings: around, reply, envelope } = options;
  const { message } = turn;
  const text = commandText(textForHost(turn));
  const isGroup = message.chatType === 'group';
  const envelopeOf = (at: number, said: string, previousTimestamp?: number): string =>
    reply.formatAgentEnvelope({
      channel: 'Feishu',
      from,
      ...(at > 0 && { timestamp: at }),
      previousTimestamp,
      envelope,
      body: said,
    });
  // In a group each line names its speaker, as in the hosts' other channels.
  const spoken = (name: string, said: string): string => (isGroup ? `${name}: ${said}` : said);
  const quote = turn.quote ? `\n\n[Replying to]\n${turn.quote.text}\n[/Replying]` : '';
  const speaker = around.senderName ?? message.senderOpenId;
  const said = `${spoken(speaker, text)}${quote}`;
  const current = envelopeOf(message.createTime, said, options.previousAt);
  if (around.history.length === 0) return current;
  const lines = around.history.map((entry) => {
    const name = entry.senderName ?? entry.senderOpenId;
    return envelopeOf(entry.at, `${spoken(name, entry.text)} [id:${entry.messageId}]`);
  });
  return [HISTORY_MARKER, ...lines, '', CURRENT_MARKER, current].join('\n');
}
