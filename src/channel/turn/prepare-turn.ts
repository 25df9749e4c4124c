/**
 * Completes a turn for its agent: the sender's name, the message that it quotes, and the files of both.
 *
 * In: a message that the policy answers. Out: the turn with all that could be fetched; what could not
 * be is named in its text. Nothing is fetched before the policy has decided (R4).
 */
import QuickLRU from 'quick-lru';
import type { Logger } from '../../shared/log.ts';
import type { Lang } from '../../shared/text/text.ts';
import type { Agent, Turn } from '../agent/agent.ts';
import { withAttachmentErrors } from '../message/content/attachments.ts';
import type { NameDirectory } from '../message/directory/name-directory.ts';
import { answeredMessageId, type InboundMessage } from '../message/event.ts';
import { createContentExpander } from '../message/fetched/content-expander.ts';
import type { FetchMessage } from '../message/fetched/fetch-message.ts';
import type { FetchedText } from '../message/fetched/fetched-text.ts';
import { type Quote, readQuote } from '../message/fetched/quote.ts';
import { readTopicStarter } from '../message/fetched/topic-starter.ts';
import type { Inbound } from '../message/inbound.ts';
import { type FileFetcher, failureText } from '../message/media/fetch-files.ts';
import {
  createMediaFolder,
  removeMediaFolder,
  removeOldMediaFolders,
} from '../message/media/media-folder.ts';

export interface TurnPreparerOptions {
  readonly agent: Pick<Agent, 'readsOnlyText'>;
  /** The bot's own App ID, by which its messages are known. */
  readonly appId: string;
  readonly names: Pick<NameDirectory, 'user'>;
  readonly fetchMessage: FetchMessage;
  readonly files: FileFetcher;
  /** The largest file (bytes). */
  readonly maxFileBytes: number;
  /** Of placeholders, as in the content itself. */
  readonly lang: Lang;
  readonly log: Logger;
  /** The wall clock (ms since 1970). */
  readonly now: () => number;
}

export interface PreparedTurn {
  readonly turn: Turn;
  /** Removes the files of the turn. Never rejects. */
  release(): Promise<void>;
}

export type PrepareTurn = (
  turn: Turn,
  inbound: Inbound,
  signal: AbortSignal,
) => Promise<PreparedTurn>;

const MAX_STARTERS = 1000;

const nothingToRelease = async (): Promise<void> => undefined;

/** The result rejects only with the signal's reason. */
export function createTurnPreparer(options: TurnPreparerOptions): PrepareTurn {
  const { agent, appId, names, fetchMessage, files, maxFileBytes, lang, log } = options;
  const nameOf = names.user;
  const { expand } = createContentExpander({ fetchMessage, nameOf, lang });
  /** Once, before the first file: what killed processes have left. */
  let hasCleaned = false;
  /** What the first message of a topic says does not change for its turns. */
  const starters = new QuickLRU<string, FetchedText>({ maxSize: MAX_STARTERS });

  async function topicStarter(
    { threadId, rootId, parentId }: InboundMessage,
    signal: AbortSignal,
  ): Promise<FetchedText | undefined> {
    // In a topic each message quotes the first one, unless it quotes another one.
    if (threadId === undefined || rootId === undefined || rootId === parentId) return undefined;
    const known = starters.get(rootId);
    if (known) return known;
    const starter = await readTopicStarter(rootId, { fetchMessage, appId, nameOf, lang, signal });
    if (starter) starters.set(rootId, starter);
    return starter;
  }

  async function fetchFiles(
    turn: Turn,
    quote: Quote | undefined,
    signal: AbortSignal,
  ): Promise<PreparedTurn> {
    const { message, content, lang } = turn;
    const wanted = [...content.attachments, ...(quote?.attachments ?? [])];
    if (wanted.length === 0) return withoutFiles(turn, quote);
    let folder: string;
    try {
      if (!hasCleaned) void removeOldMediaFolders(options.now());
      hasCleaned = true;
      folder = await createMediaFolder();
    } catch (error) {
      log.warn('no folder for files', {
        error: (error as NodeJS.ErrnoException).code ?? 'unknown',
      });
      return withoutFiles(turn, quote);
    }
    const release = (): Promise<void> => removeMediaFolder(folder);
    try {
      const messageId = answeredMessageId(message) ?? message.messageId;
      const fetched = await files.fetch(wanted, { folder, messageId, signal });
      const own = fetched.slice(0, content.attachments.length);
      const theirs = fetched.slice(content.attachments.length);
      const failures = new Map(fetched.map(({ placeholder, failure }) => [placeholder, failure]));
      const named = (text: string): string =>
        withAttachmentErrors(text, wanted, ({ placeholder }) => {
          const failure = failures.get(placeholder);
          return failure && failureText(failure, maxFileBytes, lang);
        });
      return {
        turn: {
          ...turn,
          content: { ...content, text: named(content.text) },
          attachments: own,
          ...(quote && { quote: { ...quote, text: named(quote.text), attachments: theirs } }),
        },
        release,
      };
    } catch (error) {
      await release();
      throw error;
    }
  }

  return async (turn, inbound, signal) => {
    if (agent.readsOnlyText) return withoutFiles(turn, undefined);
    const { message } = turn;
    const { senderOpenId, parentId } = message;
    const content = await expand(inbound, signal);
    const firstId = content.attachments.length + 1;
    const [senderName, quote, starter] = await Promise.all([
      senderOpenId === '' ? undefined : nameOf(senderOpenId),
      parentId === undefined
        ? undefined
        : readQuote(parentId, { fetchMessage, appId, nameOf, lang, signal, firstId }),
      topicStarter(message, signal),
    ]);
    const known = {
      ...turn,
      content,
      ...(senderName !== undefined && { senderName }),
      ...(starter && { topicStarter: starter }),
    };
    return fetchFiles(known, quote, signal);
  };
}

function withoutFiles(turn: Turn, quote: Quote | undefined): PreparedTurn {
  const { attachments } = turn.content;
  return { turn: { ...turn, attachments, ...(quote && { quote }) }, release: nothingToRelease };
}
