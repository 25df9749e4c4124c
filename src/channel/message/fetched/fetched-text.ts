/** What another message says: its sender, its text whatever its type, its files. */
import type { Lang } from '../../../shared/text/text.ts';
import { contentOf, type MessageContent, readPieces } from '../content/content.ts';
import { contentTexts as texts } from '../content/content-texts.ts';
import type { Piece } from '../content/pieces/piece.ts';
import { labelled } from '../content/pieces/placeholder.ts';
import type { FetchMessage } from './fetch-message.ts';
import { isMerged, mergedPieces } from './merged.ts';
import { type FetchedMessage, isFromApp } from './message-item.ts';
import { type NameOf, senderNames } from './sender-names.ts';

export interface FetchedTextOptions {
  readonly fetchMessage: FetchMessage;
  /** The bot's own App ID, by which its messages are known. */
  readonly appId: string;
  readonly nameOf: NameOf;
  readonly lang: Lang;
  readonly signal: AbortSignal;
  /** The number of the first file, after those of the turn's own message. */
  readonly firstId?: number;
}

export interface FetchedSender {
  /** Empty for an app, and if the platform did not report it. */
  readonly openId: string;
  readonly name?: string;
  /** Whether the bot itself wrote the message. */
  readonly isSelf: boolean;
}

/** Another message of the chat. Its files have its `messageId`. */
export interface FetchedText extends Pick<MessageContent, 'text' | 'attachments'> {
  readonly messageId: string;
  readonly sender: FetchedSender;
}

/**
 * @param maxText the longest text (characters)
 * @returns `undefined` if the platform does not give the message in time
 * @throws only the reason of the signal
 */
export async function fetchText(
  messageId: string,
  { fetchMessage, appId, nameOf, lang, signal, firstId = 1 }: FetchedTextOptions,
  maxText: number,
): Promise<FetchedText | undefined> {
  const message = await fetchMessage(messageId, signal);
  if (!message) return undefined;
  const names = await senderNames([message, ...message.children], nameOf, signal);
  const pieces = piecesOf(message, { names, lang });
  const { text, attachments } = contentOf(pieces, { lang, firstId, maxText });
  const { senderId } = message;
  const name = names.get(senderId);
  return {
    messageId,
    sender: {
      openId: isFromApp(message) ? '' : senderId,
      ...(name !== undefined && { name }),
      isSelf: senderId === appId,
    },
    text,
    attachments,
  };
}

function piecesOf(
  message: FetchedMessage,
  { names, lang }: { readonly names: ReadonlyMap<string, string>; readonly lang: Lang },
): readonly Piece[] {
  if (message.isRecalled) return labelled(texts.recalled, '', lang);
  const pieces = isMerged(message)
    ? mergedPieces(message, { names, lang })
    : readPieces(message, { botOpenId: undefined, lang });
  const { messageId } = message;
  return pieces.map((piece) => {
    if (!piece.reference) return piece;
    const resource = { ...piece.reference.resource, messageId };
    return { ...piece, reference: { ...piece.reference, resource } };
  });
}
