/**
 * Turns what an agent writes about people into mentions: `@Name` of people seen in the chat, `@ou_…`,
 * and tags with an open_id. Everyone (`@all`) is mentioned only where the account allows it. Pure.
 */

import { mentionTag } from './mention-tag.ts';
import type { InlineText, MarkdownDocument } from './parse/document.ts';
import { parseMarkdown } from './parse/parse.ts';
import { linesOf } from './parse/spans.ts';
import type { Edit } from './render/edits.ts';
import { textsOf } from './render/rewriting.ts';

export interface MentionOptions {
  /** The names of people seen in the chat, each with one open_id. */
  readonly people: ReadonlyMap<string, string>;
  readonly allowMentionAll: boolean;
}

export interface MentioningText {
  /** Markdown in which each mention is a tag of `mention-tag.ts`. */
  readonly text: string;
  /** Whom it mentions: open_ids, or `all`. */
  readonly mentions: readonly string[];
}

/**
 * Finds the mentions of a text, outside of code, links and addresses. The longest name counts.
 *
 * @example
 * withMentions('@王芳 请看', { people: new Map([['王芳', 'ou_1']]), allowMentionAll: false })
 * // { text: '<at user_id="ou_1">王芳</at> 请看', mentions: ['ou_1'] }
 */
export function withMentions(
  text: string,
  { people, allowMentionAll }: MentionOptions,
): MentioningText {
  if (!text.includes('@') && !/<at\s/i.test(text)) return { text, mentions: [] };
  const document = parseMarkdown(text);
  const names = byFirstCharacter(people);
  const mentions = new Set<string>();
  const edits: Edit[] = [];
  for (const leaf of document.leaves) {
    for (const inline of textsOf(leaf)) {
      for (const { start, end } of freePlaces(document, inline)) {
        const found = mentionsIn(document.source, start, end, names);
        for (const { openId, name, ...place } of found) {
          const isAllowed = openId !== 'all' || allowMentionAll;
          if (isAllowed) mentions.add(openId);
          // A mention that is not allowed stays readable as text and notifies no one.
          edits.push({ ...place, text: isAllowed ? mentionTag(openId, name) : `@${name}` });
        }
      }
    }
  }
  return { text: edited(document.source, edits), mentions: [...mentions] };
}

/** The parts of a text that are not code, a link or an address, line by line. */
function* freePlaces(document: MarkdownDocument, inline: InlineText) {
  const taken = document
    .spansOf(inline)
    .filter(({ kind }) => !['emphasis', 'escape', 'entity', 'break'].includes(kind));
  let next = 0;
  for (const { start, end } of linesOf(inline)) {
    let at = start;
    for (;;) {
      while ((taken[next]?.end ?? Infinity) <= at) next += 1;
      const stop = Math.min(taken[next]?.start ?? end, end);
      if (stop > at) yield { start: at, end: stop };
      at = Math.max(at, taken[next]?.end ?? end);
      if (stop >= end || at >= end) break;
    }
  }
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly openId: string;
  readonly name: string;
}

interface Name {
  readonly name: string;
  readonly openId: string;
}

const TAG =
  /^<at\s+(?:user_id|id|open_id)\s*=\s*["']?(ou_\w{1,64}|all)["']?\s*(?:\/>|>([^<>\n]{0,64})<\/at>)/i;
const OPEN_ID = /^@(ou_[0-9a-f]{8,64})(?!\w)/;
const EVERYONE = /^@(?:all|everyone|所有人|全体成员)(?![\w@.-])/i;
/** The longest tag that is read. */
const MAX_TAG = 256;

function* mentionsIn(
  source: string,
  from: number,
  to: number,
  names: ReadonlyMap<string, readonly Name[]>,
): Generator<Found> {
  let at = from;
  while (at < to) {
    const found = /[@<]/.test(source.charAt(at)) && mentionAt(source, at, to, names);
    if (found) yield { start: at, end: at + found.length, openId: found.openId, name: found.name };
    at += found ? found.length : 1;
  }
}

function mentionAt(
  source: string,
  at: number,
  to: number,
  names: ReadonlyMap<string, readonly Name[]>,
) {
  if (isEscaped(source, at)) return undefined;
  if (source.charAt(at) === '<') return tagAt(source.slice(at, Math.min(to, at + MAX_TAG)));
  return isInWord(source, at) ? undefined : nameAt(source, at, to, names);
}

/** Whether an odd number of backslashes is before a sign: it is text then. */
function isEscaped(source: string, at: number): boolean {
  let start = at;
  while (source.charAt(start - 1) === '\\') start -= 1;
  return (at - start) % 2 === 1;
}

/** Whether an `@` belongs to an e-mail address or a package name: ASCII is right before it. */
function isInWord(source: string, at: number): boolean {
  return /[\w.%+/-]/.test(source.charAt(at - 1));
}

function tagAt(text: string) {
  const [tag, openId, name] = TAG.exec(text) ?? [];
  if (tag === undefined || openId === undefined) return undefined;
  const id = openId.toLowerCase() === 'all' ? 'all' : openId;
  return { length: tag.length, openId: id, name: name || id };
}

function nameAt(
  source: string,
  at: number,
  to: number,
  names: ReadonlyMap<string, readonly Name[]>,
) {
  const text = source.slice(at, Math.min(to, at + MAX_TAG));
  const openId = OPEN_ID.exec(text)?.[1];
  if (openId !== undefined) return { length: openId.length + 1, openId, name: openId };
  const everyone = EVERYONE.exec(text)?.[0];
  for (const { name, openId: id } of names.get(firstCharacter(text.slice(1))) ?? []) {
    if (text.slice(1, name.length + 1).toLowerCase() !== name.toLowerCase()) continue;
    // `@Ann` is not part of `@Anna`; Chinese words follow a name without a blank.
    const isWhole = !/[\w-]$/.test(name) || !/^[\w-]/.test(text.slice(name.length + 1));
    if (isWhole) return { length: name.length + 1, openId: id, name };
  }
  return everyone === undefined
    ? undefined
    : { length: everyone.length, openId: 'all', name: everyone.slice(1) };
}

/** Names by their first character, the longest first. */
function byFirstCharacter(
  people: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly Name[]> {
  const names = new Map<string, Name[]>();
  for (const [name, openId] of people) {
    const first = firstCharacter(name);
    names.set(first, [...(names.get(first) ?? []), { name, openId }]);
  }
  for (const list of names.values()) list.sort((a, b) => b.name.length - a.name.length);
  return names;
}

function firstCharacter(text: string): string {
  return text.slice(0, 1).toLowerCase();
}

function edited(source: string, edits: readonly Edit[]): string {
  let shown = '';
  let at = 0;
  for (const { start, end, text } of edits) {
    shown += source.slice(at, start) + text;
    at = end;
  }
  return shown + source.slice(at);
}
