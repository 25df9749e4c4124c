/**
 * Where inline Markdown begins and ends. markdown-it's inline tokens have no places, so that its
 * rules are watched: a rule that succeeds has taken what lies between its two positions. Pure.
 */
import type { Env, MarkdownIt, StateInline, Token } from 'markdown-it';
import { MAX_INLINE } from '../limits.ts';
import { mentionTags } from '../mention-tag.ts';
import { bareUrls, withoutTrailing } from '../places/addresses.ts';
import type { InlineText, Span } from './document.ts';

/** What is collected of one inline text, at places of its content. */
interface Watch {
  readonly spans: Span[];
  /** The marks of emphasis, before they are paired. */
  readonly marks: Map<Token, number>;
}

const watches = new WeakMap<Env, Watch>();

export function watchInline(markdown: MarkdownIt): void {
  for (const { name, fn } of [...markdown.inline.ruler.__rules__]) {
    markdown.inline.ruler.at(name, (state, silent) => {
      const watch = watches.get(state.env);
      if (silent || !watch) return fn(state, silent);
      const { pos: start } = state;
      const before = state.tokens.length + (state.pending === '' ? 0 : 1);
      // The label of an image is parsed by itself, at places of its own.
      if (name === 'image') watches.delete(state.env);
      const hasTaken = fn(state, silent);
      watches.set(state.env, watch);
      if (hasTaken) note(watch, name, state, start, state.tokens.slice(before));
      return hasTaken;
    });
  }
}

/** What a backslash escapes; before another character it is text. */
const PUNCTUATION = /[!-/:-@[-`{-~]/;

function note(
  { spans, marks }: Watch,
  rule: string,
  state: StateInline,
  start: number,
  tokens: readonly Token[],
): void {
  const end = state.pos;
  switch (rule) {
    case 'emphasis':
    case 'strikethrough': {
      let at = start;
      for (const token of tokens) {
        marks.set(token, at);
        at += token.content.length;
      }
      return;
    }
    case 'backticks':
      if (tokens.length > 0) spans.push({ kind: 'code', start, end });
      return;
    case 'link':
    case 'image': {
      const address = String(tokens[0]?.attrGet(rule === 'link' ? 'href' : 'src') ?? '');
      const label = start + (rule === 'link' ? 0 : 1);
      const labelEnd = state.md.helpers.parseLinkLabel(state, label, rule === 'link');
      spans.push({ kind: rule, start, end, labelEnd, address });
      return;
    }
    case 'autolink':
      spans.push({
        kind: 'autolink',
        start,
        end,
        address: String(tokens[0]?.attrGet('href') ?? ''),
      });
      return;
    case 'escape':
    case 'newline':
      // Of the text before it, only blanks may have been there, which it has removed.
      if (state.tokens.at(-1)?.type === 'hardbreak') spans.push({ kind: 'break', start, end });
      else if (rule === 'escape' && PUNCTUATION.test(state.src.charAt(start + 1)))
        spans.push({ kind: 'escape', start, end });
      return;
    case 'entity':
      spans.push({ kind: 'entity', start, end, text: tokens[0]?.content ?? '' });
      return;
  }
}

/** Pairs of marks, as markdown-it has paired them. */
function emphasisOf(tokens: readonly Token[], marks: ReadonlyMap<Token, number>): Span[] {
  const spans: Span[] = [];
  const open: { readonly start: number; readonly marks: string }[] = [];
  for (const token of tokens) {
    const at = marks.get(token);
    if (at === undefined || token.nesting === 0) continue;
    // Of strong emphasis, the inner one of the two marks is known.
    const extra = token.type.startsWith('strong') ? 1 : 0;
    if (token.nesting === 1) open.push({ start: at - extra, marks: token.markup });
    else {
      const opening = open.pop();
      const end = at + (extra === 0 ? token.markup.length : 2);
      if (opening) spans.push({ kind: 'emphasis', end, ...opening });
    }
  }
  return spans;
}

/** What begins a mark, an escape, an entity, a line break that stays one, or a bare address. */
const MAY_HAVE_SPANS = /[\\`*_~[<&]| {2}\n|:\/\//;

export function spansOf(
  markdown: MarkdownIt,
  env: Env,
  inline: InlineText,
  { source, mentions }: { readonly source: string; readonly mentions: readonly string[] },
): readonly Span[] {
  if (!MAY_HAVE_SPANS.test(inline.content)) return [];
  const watch: Watch = { spans: [], marks: new Map() };
  const tokens: Token[] = [];
  if (inline.content.length <= MAX_INLINE) {
    watches.set(env, watch);
    markdown.inline.parse(inline.content, markdown, env, tokens);
    watches.delete(env);
  }
  const place = (at: number, isEnd: boolean): number => placeInSource(inline, at, isEnd);
  const found = [...watch.spans, ...emphasisOf(tokens, watch.marks)].map((span) => ({
    ...span,
    start: place(span.start, false),
    end: place(span.end, true),
    ...('labelEnd' in span ? { labelEnd: place(span.labelEnd, false) } : {}),
  }));
  const spans = withUrls(found.sort(outermostFirst), inline, source);
  return mentions.length === 0 ? spans : withMentions(spans, inline, source, mentions);
}

const outermostFirst = (a: Span, b: Span): number => a.start - b.start || b.end - a.end;

/** Tags of people outside of code, links and addresses. */
function withMentions(
  spans: readonly Span[],
  inline: InlineText,
  source: string,
  mentions: readonly string[],
): readonly Span[] {
  const taken = spans.filter(({ kind }) => !['emphasis', 'escape', 'entity'].includes(kind));
  const found: Span[] = [];
  let next = 0;
  for (const { start, end } of linesOf(inline)) {
    for (const mention of mentionTags(source.slice(start, end))) {
      const at = start + mention.start;
      while ((taken[next]?.end ?? Infinity) <= at) next += 1;
      const isTaken = (taken[next]?.start ?? Infinity) < start + mention.end;
      if (isTaken || !mentions.includes(mention.openId)) continue;
      const { openId, name } = mention;
      found.push({ kind: 'mention', start: at, end: start + mention.end, openId, name });
    }
  }
  const isWithin = (span: Span): boolean => {
    const mention = lastBefore(found, span.start);
    return mention !== undefined && span.end <= mention.end;
  };
  return [...spans.filter((span) => !isWithin(span)), ...found].sort(outermostFirst);
}

/** @param isEnd the end of what is before, rather than the beginning of what is behind */
function placeInSource({ lines }: InlineText, at: number, isEnd: boolean): number {
  const key = isEnd ? at - 1 : at;
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.at ?? 0) <= key) low = middle;
    else high = middle - 1;
  }
  const line = lines[low];
  return line ? line.source + Math.max(at - line.at, 0) : 0;
}

/**
 * Bare addresses outside of code and links. A mark of emphasis within an address belongs to it; one
 * that was opened before the address ends it, and so does a double one that begins directly behind it.
 */
function withUrls(spans: readonly Span[], inline: InlineText, source: string): readonly Span[] {
  const urls: Span[] = [];
  const taken = spans.filter(({ kind }) => kind !== 'emphasis' && kind !== 'escape');
  const closings = spans
    .flatMap((span) =>
      span.kind === 'emphasis' ? [{ ...span, at: span.end - span.marks.length }] : [],
    )
    .sort((a, b) => a.at - b.at);
  const openings = spans.filter((span) => beginsBehind(span, source));
  let nextTaken = 0;
  let nextOpening = 0;
  let nextClosing = 0;
  for (const { start, end } of linesOf(inline)) {
    for (const url of bareUrls(source, start, end)) {
      while ((taken[nextTaken]?.end ?? Infinity) <= url.start) nextTaken += 1;
      const other = taken[nextTaken];
      if (other && other.start <= url.start) continue;
      let urlEnd = Math.min(url.end, other?.start ?? Infinity);
      while ((closings[nextClosing]?.at ?? Infinity) < url.start) nextClosing += 1;
      for (let index = nextClosing; (closings[index]?.at ?? Infinity) < urlEnd; index += 1) {
        const closing = closings[index];
        if (closing && closing.start < url.start) urlEnd = closing.at;
      }
      while ((openings[nextOpening]?.start ?? Infinity) <= url.start) nextOpening += 1;
      const opening = openings[nextOpening]?.start ?? Infinity;
      if (opening < urlEnd) urlEnd = withoutTrailing(source, url.start, opening);
      // Of `http://&lt;host>`, only the scheme is left.
      const hasHost = urlEnd > source.indexOf('://', url.start) + 3;
      if (hasHost) urls.push({ kind: 'url', start: url.start, end: urlEnd });
    }
  }
  const isWithin = (span: Span): boolean => {
    if (span.kind !== 'emphasis') return false;
    const url = lastBefore(urls, span.start);
    return url !== undefined && span.start < url.end;
  };
  return [...spans.filter((span) => !isWithin(span)), ...urls].sort(outermostFirst);
}

/** Whether a span may be emphasis behind an address: an address has double marks between slashes only. */
function beginsBehind(span: Span, source: string): boolean {
  if (span.kind !== 'emphasis') return false;
  const { start, end, marks } = span;
  const isDouble = source.startsWith('**', start) || source.startsWith('~~', start);
  const inner = source.slice(start + marks.length, end - marks.length);
  return isDouble && !inner.startsWith('/') && !inner.endsWith('/');
}

/** The last span that begins at or before a place. */
function lastBefore(spans: readonly Span[], at: number): Span | undefined {
  let low = -1;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((spans[middle]?.start ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return spans[low];
}

/** The lines of an inline text, at places of the source. */
export function linesOf({
  content,
  lines,
}: InlineText): readonly { readonly start: number; readonly end: number }[] {
  return lines.map(({ at, source }) => {
    const end = content.indexOf('\n', at);
    return { start: source, end: source + (end === -1 ? content.length : end) - at };
  });
}
