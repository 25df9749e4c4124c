/**
 * Merged messages as one text: a tree of senders, times and contents. Pure.
 *
 * Nested messages are quotes (`> `), so that the text of none can look like the end of the others.
 * At most 50 messages, 4 levels and 20,000 characters; the text says what is left out.
 */

import { oneLine } from '../../../shared/text/one-line.ts';
import { type Lang, localize, render } from '../../../shared/text/text.ts';
import { readPieces } from '../content/content.ts';
import { contentTexts as texts } from '../content/content-texts.ts';
import { boundedPieces, lengthOfPiece } from '../content/pieces/bounded-pieces.ts';
import { joinedLines, type Piece, plain } from '../content/pieces/piece.ts';
import { placeholder } from '../content/pieces/placeholder.ts';
import { timeText } from '../content/time-text.ts';
import { type FetchedMessage, isFromApp, type MessageItem } from './message-item.ts';

export interface MergedOptions {
  readonly names: ReadonlyMap<string, string>;
  readonly lang: Lang;
}

/** The longest text of a merged message (characters). */
export const MAX_MERGED_TEXT = 20_000;
const MAX_MESSAGES = 50;
const MAX_DEPTH = 4;
/** A message with less room than this is not shown (characters). */
const MIN_ROOM = 300;

/** Whether a message has parts, which only a call gives. */
export const isMerged = ({ messageType }: Pick<MessageItem, 'messageType'>): boolean =>
  messageType === 'merge_forward';

export function mergedPieces(container: FetchedMessage, options: MergedOptions): readonly Piece[] {
  const { lang } = options;
  const parts = partsByParent(container);
  const state = { messages: 0, left: 0, room: MAX_MERGED_TEXT - MIN_ROOM };

  function shown(parent: MessageItem, depth: number): readonly (readonly Piece[])[] {
    const mark = '> '.repeat(depth);
    return (parts.get(parent.messageId) ?? []).flatMap((part) => {
      if (state.messages >= MAX_MESSAGES || state.room < MIN_ROOM) {
        state.left += 1 + countBelow(part, parts);
        return [];
      }
      const said = joinedLines([[plain(headOf(part, options))], contentPieces(part, lang)]);
      const kept = boundedPieces(marked(said, mark), state.room, lang, mark);
      state.messages += 1;
      for (const piece of kept) state.room -= lengthOfPiece(piece);
      return [kept, ...(isMerged(part) ? nestedLines(part, depth) : [])];
    });
  }

  function nestedLines(part: MessageItem, depth: number): readonly (readonly Piece[])[] {
    if (depth < MAX_DEPTH) return shown(part, depth + 1);
    const count = countBelow(part, parts);
    if (count === 0) return [];
    const tooDeep = render(localize(texts.tooDeep, { count }), lang);
    state.room -= tooDeep.length;
    return [[plain(`${'> '.repeat(depth)}[${tooDeep}]`)]];
  }

  const lines = shown(container, 1);
  const left = localize(texts.notShown, { count: state.left });
  return joinedLines([
    [plain(placeholder(texts.forwarded, '', lang))],
    ...lines,
    ...(state.left > 0 ? [[plain(`[${render(left, lang)}]`)]] : []),
  ]);
}

/** The parts of each container in the order in which they were sent; each message once. */
function partsByParent(container: FetchedMessage): ReadonlyMap<string, readonly MessageItem[]> {
  const byId = new Map(container.children.map((item) => [item.messageId, item]));
  const parts = new Map<string, MessageItem[]>();
  for (const item of byId.values()) {
    const parent = hasWayUp(item, byId) ? item.upperMessageId : undefined;
    const parentId = parent !== undefined && byId.has(parent) ? parent : container.messageId;
    const siblings = parts.get(parentId);
    if (siblings) siblings.push(item);
    else parts.set(parentId, [item]);
  }
  for (const siblings of parts.values()) siblings.sort((a, b) => a.createTime - b.createTime);
  return parts;
}

/** Longer chains than this are a circle, or are not shown anyway. */
const MAX_STEPS = 100;

/** Whether a message is below the container, not in a circle of messages. */
function hasWayUp(item: MessageItem, byId: ReadonlyMap<string, MessageItem>): boolean {
  let at: MessageItem | undefined = item;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    at = at.upperMessageId === undefined ? undefined : byId.get(at.upperMessageId);
    if (!at) return true;
  }
  return false;
}

function countBelow(part: MessageItem, parts: ReadonlyMap<string, readonly MessageItem[]>): number {
  const waiting = [...(parts.get(part.messageId) ?? [])];
  let count = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    count += 1;
    waiting.push(...(parts.get(next.messageId) ?? []));
  }
  return count;
}

const MAX_NAME = 100;

function headOf(part: MessageItem, options: MergedOptions): string {
  const { senderId, createTime } = part;
  const isApp = isFromApp(part);
  const { names, lang } = options;
  const fallback = isApp ? texts.bot : texts.unknownSender;
  const known = names.get(senderId) || (isApp ? '' : senderId);
  const name = oneLine(known, MAX_NAME) || render(fallback, lang);
  const time = timeText(createTime);
  return time === '' ? `${name}:` : `${name} (${time}):`;
}

function contentPieces(part: MessageItem, lang: Lang): readonly Piece[] {
  if (part.isRecalled) return [plain(placeholder(texts.recalled, '', lang))];
  return readPieces(part, { botOpenId: undefined, lang });
}

/** Every line end of Markdown, and those of Unicode, which a reader may take for one. */
const LINE_END = /\r\n?|[\n\u2028\u2029]/g;

function marked(pieces: readonly Piece[], mark: string): readonly Piece[] {
  const inLines = pieces.map((piece) => ({
    ...piece,
    text: piece.text.replaceAll(LINE_END, `\n${mark}`),
  }));
  return [plain(mark), ...inLines];
}
