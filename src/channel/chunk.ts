/**
 * Long texts cut into messages: before a code fence or at a paragraph, else a line or sentence, else
 * anywhere between graphemes. A fence that has to be cut is closed and opened again. Pure.
 */
import {
  graphemeBoundary,
  lastBlank,
  lastLineEnd,
  lastParagraphEnd,
  lastSentenceEnd,
} from './cut-points.ts';
import { type Fence, MAX_MARKS, openFence } from './fences.ts';

export interface ChunkLimits {
  /** UTF-16 units of one chunk; at least 200. */
  readonly characters: number;
  /** What one chunk may weigh in a request ({@link wireBytes}); at least 1400. */
  readonly bytes: number;
}

/** What closes a fence: a line break and its marks. */
const CLOSING_ROOM = 1 + MAX_MARKS;

/**
 * The chunks of a text, in order; nothing but white space at the cuts is lost. A text within the
 * limits is one chunk, unchanged; a text of white space is none.
 */
export function chunkText(text: string, limits: ChunkLimits): string[] {
  if (text.trim() === '') return [];
  if (text.length <= limits.characters && wireBytes(text) <= limits.bytes) return [text];
  const chunks: string[] = [];
  let rest = text;
  let fence: Fence | undefined;
  while (rest !== '') {
    const opening = fence ? `${fence.marks}${fence.language}\n` : '';
    const room = prefixWithin(rest, {
      characters: limits.characters - opening.length - CLOSING_ROOM,
      bytes: limits.bytes - wireBytes(opening) - wireBytes('\n') - MAX_MARKS,
    });
    const cut = room >= rest.length ? rest.length : bestCut(rest, room, fence);
    const piece = rest.slice(0, cut);
    const open = openFence(opening + piece);
    const body = opening + piece;
    const chunk = open ? `${body.replace(/\n$/, '')}\n${open.marks}` : body.trimEnd();
    if (chunk.trim() !== '') chunks.push(chunk);
    rest = open ? rest.slice(cut) : rest.slice(cut).replace(/^(?:[^\S\n]*\n)+|^[^\S\n]+/, '');
    if (rest.trim() === '') break;
    fence = open;
  }
  return chunks;
}

/**
 * The bytes of a text in a request: its content is a JSON text within the JSON body, so that quotes,
 * line breaks and control characters are escaped twice.
 */
export function wireBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += weight(character);
  return bytes;
}

function weight(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (character === '"' || character === '\\') return 4;
  if (code < 0x20) return '\n\r\t\b\f'.includes(character) ? 3 : 7;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  // JSON.stringify escapes half a surrogate pair.
  if (code >= 0xd800 && code <= 0xdfff) return 7;
  return code < 0x10000 ? 3 : 4;
}

/** The length of the longest prefix within the limits; at least one character. */
function prefixWithin(text: string, { characters, bytes }: ChunkLimits): number {
  let length = 0;
  let weighs = 0;
  for (const character of text) {
    weighs += weight(character);
    if (length > 0 && (length + character.length > characters || weighs > bytes)) break;
    length += character.length;
  }
  return length;
}

/** The best place within `room`, in its later half, so that no chunk gets tiny. */
function bestCut(text: string, room: number, fence: Fence | undefined): number {
  const window = text.slice(0, room);
  const floor = Math.floor(room / 2);
  const isGood = (cut: number): boolean => cut >= Math.max(floor, 1);
  const line = lastLineEnd(window);
  if (fence && !closes(window, fence)) return isGood(line) ? line : graphemeBoundary(text, room);
  const opened = fence ? undefined : openFence(window);
  // A fence that does not fit is moved to the next message as a whole, unless this one got tiny.
  if (opened && opened.start >= room / 4) return opened.start;
  const paragraph = lastParagraphEnd(window);
  if (isGood(paragraph)) return paragraph;
  const sentence = opened ? line : Math.max(lastSentenceEnd(window), line);
  if (isGood(sentence)) return sentence;
  const blank = lastBlank(window);
  return isGood(blank) ? blank : graphemeBoundary(text, room);
}

function closes(window: string, fence: Fence): boolean {
  return openFence(`${fence.marks}\n${window}`) === undefined;
}
