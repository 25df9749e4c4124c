/**
 * What the host's agent gets of a turn: the message with its surroundings, recorded in its session.
 *
 * In: a turn and where it belongs. Out: the context for the host's dispatch. Reactions, edits and recalls are
 * given to the session here, too, as notes that the agent reads beside the message.
 */
import { mayCommand } from '../../../channel/message/authority.ts';
import type { NameDirectory } from '../../../channel/message/directory/name-directory.ts';
import type { InboundMessage } from '../../../channel/message/event.ts';
import type { FileFetcher } from '../../../channel/message/media/fetch-files.ts';
import { entryOf, type ResolvedAccount } from '../../../config/account/account.ts';
import { codeOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import type {
  HostChannelRuntime,
  HostSystemEvents,
  InboundContext,
} from '../../runtime-contract.ts';
import type { HostConversation } from '../../send/host-recovery.ts';
import type { MessageIds } from '../../send/message-ids.ts';
import type { ConfiguredTurn } from './conversation.ts';
import type { GroupHistory } from './history.ts';
import { createHistoryImages } from './history-images.ts';
import { inboundContext, type MessageSurroundings } from './inbound-context.ts';
import { storeMedia } from './inbound-media.ts';
import { noteText } from './note-text.ts';

export interface TurnContextOptions {
  readonly account: ResolvedAccount;
  readonly host: HostChannelRuntime;
  readonly names: NameDirectory;
  readonly history: GroupHistory;
  /** Fetches the images of the history; set for a host that shows them to its agent. */
  readonly historyFiles: FileFetcher | undefined;
  readonly messageIds: MessageIds;
  /** The people paired in the host. */
  readonly approved: () => Promise<readonly string[]>;
  /** Takes what the agent reads at its next turn. */
  readonly systemEvents: HostSystemEvents | undefined;
  readonly log: Logger;
  readonly now: () => number;
}

/** Rejects with the signal's reason, and with what the host throws. */
export type CreateTurnContext = (
  turn: ConfiguredTurn,
  conversation: HostConversation,
  signal: AbortSignal,
) => Promise<InboundContext>;

export function turnContextCreator(options: TurnContextOptions): CreateTurnContext {
  const { account, host, historyFiles, log, now } = options;
  const historyImages = historyFiles && createHistoryImages({ files: historyFiles, log, now });

  async function readSurroundings(
    turn: ConfiguredTurn,
    signal: AbortSignal,
  ): Promise<MessageSurroundings> {
    const { message } = turn;
    const isGroup = message.chatType === 'group';
    const pending = isGroup ? options.history.take(message) : [];
    const store = { media: host.media, maxBytes: account.mediaMaxMb * 1_000_000, log };
    const [chatName, approved, media, images, ...pendingNames] = await Promise.all([
      isGroup ? options.names.chat(message.chatId) : undefined,
      options.approved(),
      storeMedia(turn, store),
      historyImages?.store(pending, store, signal),
      ...pending.map((entry) => options.names.user(entry.senderOpenId)),
    ]);
    return {
      senderName: turn.senderName,
      chatName,
      media,
      systemPrompt: systemPromptFor(message, account),
      history: pending.map((entry, index) => ({
        ...entry,
        senderName: pendingNames[index],
        images: images?.get(entry.messageId) ?? [],
      })),
      mayCommand: mayCommand(message, account, approved),
    };
  }

  /** Reactions, edits and recalls, for the agent to read at this turn. */
  function tellNotes({ notes, message, senderName }: ConfiguredTurn, sessionKey: string): void {
    const nameOf = (openId: string): string =>
      openId === message.senderOpenId ? (senderName ?? openId) : openId;
    for (const note of notes) {
      const contextKey = `feishu:${JSON.stringify(note.notice)}`;
      options.systemEvents?.enqueueSystemEvent(noteText(note, nameOf), { sessionKey, contextKey });
    }
  }

  async function record(
    ctx: InboundContext,
    { message, topicStarter }: ConfiguredTurn,
    { route, storePath, target }: HostConversation,
  ): Promise<void> {
    await host.session.recordInboundSession({
      storePath,
      sessionKey: ctx.SessionKey ?? route.turnSessionKey,
      ctx,
      // Clawdbot shows the first message of a topic in a new session only, and one that we have
      // recorded is not new.
      createIfMissing: topicStarter === undefined,
      // Messages that the agent starts itself go to the chat where its person wrote last.
      ...(message.chatType === 'p2p' && {
        updateLastRoute: {
          sessionKey: route.mainSessionKey,
          channel: 'feishu',
          to: target,
          accountId: route.accountId,
        },
      }),
      onRecordError: (error) => log.warn('the session was not recorded', { error: codeOf(error) }),
    });
  }

  return async (turn, conversation, signal) => {
    const { route, storePath } = conversation;
    const surroundings = await readSurroundings(turn, signal);
    signal.throwIfAborted();
    tellNotes(turn, route.turnSessionKey);
    const ctx = host.reply.finalizeInboundContext(
      inboundContext({
        turn,
        surroundings,
        accountId: route.accountId,
        sessionKey: route.turnSessionKey,
        messageSid: options.messageIds.next(turn.message.messageId, now),
        reply: host.reply,
        envelope: host.reply.resolveEnvelopeFormatOptions(turn.cfg),
        previousAt: host.session.readSessionUpdatedAt({
          storePath,
          sessionKey: route.turnSessionKey,
        }),
      }),
    );
    await record(ctx, turn, conversation);
    return ctx;
  };
}

function systemPromptFor(message: InboundMessage, account: ResolvedAccount): string | undefined {
  const { chatType, chatId, senderOpenId } = message;
  if (chatType === 'group') return entryOf(account.groups, chatId)?.systemPrompt;
  return entryOf(account.dms, senderOpenId)?.systemPrompt;
}
