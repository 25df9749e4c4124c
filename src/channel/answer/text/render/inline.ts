/**
 * Writes the inline text of a block in a form: a message's Markdown, or plain text. The tree of spans
 * is walked here; what each construct becomes is the form's. Pure.
 */
import { characterAt, characterBefore } from '../../../../shared/characters.ts';
import type { InlineText, MarkdownDocument, Span } from '../parse/document.ts';
import { linesOf } from '../parse/spans.ts';

/** A model may write a line break as a tag, mostly in cells of tables: it is shown as one. */
export const MODELS_BREAK = /<br ?\/?>/gi;

/** The characters around a construct, outside of it; empty at the ends of the text. */
export interface Around {
  readonly before: string;
  readonly after: string;
  /** Some characters after it. */
  readonly rest: string;
}

const REST = 16;

/** What each inline construct becomes. Texts of arguments are of the source unless they say `shown`. */
export interface InlineForm {
  /** @param around the characters before and after the text */
  text(raw: string, around: Around): string;
  /** A line end: hard, or as Markdown would draw it as a blank. */
  readonly lineBreak: string;
  /** @param written with its marks */
  code(written: string): string;
  emphasis(
    shown: string,
    span: { readonly marks: string; readonly inner: string },
    around: Around,
  ): string;
  link(shown: string, address: string): string;
  image(alt: string, address: string, isInLink: boolean): string;
  /** A bare address, or one in `<…>`. */
  address(address: string, isBare: boolean, around: Around): string;
  /** @param openId or `all` */
  mention(openId: string, name: string): string;
  /** A character that the source writes as an escape or an entity. */
  character(char: string): string;
}

/** Marks nested deeper are text: real answers have none, and each level uses stack. */
const MAX_DEPTH = 32;

export function writeInline(
  document: MarkdownDocument,
  text: InlineText,
  form: InlineForm,
  lineBreak = form.lineBreak,
): string {
  const { source } = document;
  const spans = document.spansOf(text);
  const lines = linesOf(text);
  const last = lines.at(-1) ?? { start: 0, end: 0 };
  if (lines.length === 0) return '';
  let line = 0;

  const around = (start: number, end: number): Around => ({
    before: start > (lines[0]?.start ?? 0) ? characterBefore(source, start) : '',
    after: end < last.end ? characterAt(source, end) : '',
    rest: source.slice(end, Math.min(end + REST, last.end)),
  });

  /** Where the line after a place begins: blanks of a tab before it have no place in the source. */
  function nextLine(place: number): number {
    while ((lines[line]?.start ?? Infinity) <= place) line += 1;
    return lines[line]?.start ?? last.end;
  }

  /** The text between two places, which may hold line ends. */
  function plain(start: number, end: number): string {
    let written = '';
    let at = start;
    while (at < end) {
      while ((lines[line]?.end ?? Infinity) < at) line += 1;
      const current = lines[line];
      if (!current) break;
      const stop = Math.min(current.end, end);
      const raw = source.slice(Math.max(at, current.start), stop);
      const next = lines[line + 1];
      const isBroken = next !== undefined && next.start <= end && stop === current.end;
      const shown = isBroken ? raw.trimEnd() : raw;
      if (shown !== '') written += form.text(shown, around(Math.max(at, current.start), stop));
      if (!isBroken) break;
      written += lineBreak;
      line += 1;
      at = next.start;
    }
    return written;
  }

  /** Writes what lies between two places; `index` is the first span that may be in it. */
  function range(
    start: number,
    end: number,
    index: number,
    depth: number,
    isInLink: boolean,
  ): { readonly shown: string; readonly next: number } {
    let shown = '';
    let at = start;
    let next = index;
    for (;;) {
      const span = spans[next];
      if (!span || span.start >= end) break;
      next += 1;
      // Overlaps are no nesting: the earlier span counts.
      if (span.start < at || span.end > end) continue;
      if (span.kind === 'emphasis' && depth >= MAX_DEPTH) continue;
      const before = plain(at, span.start);
      shown += span.kind === 'break' ? before.trimEnd() : before;
      const piece = construct(span, next, depth, isInLink);
      shown += piece.shown;
      next = piece.next;
      at = span.kind === 'break' ? nextLine(span.start) : span.end;
    }
    return { shown: shown + plain(at, end), next };
  }

  function construct(span: Span, index: number, depth: number, isInLink: boolean) {
    const { start, end } = span;
    const written = source.slice(start, end);
    const skipped = (): number => {
      let next = index;
      while ((spans[next]?.start ?? Infinity) < end) next += 1;
      return next;
    };
    switch (span.kind) {
      case 'emphasis': {
        const { marks } = span;
        const from = start + marks.length;
        const to = end - marks.length;
        const inner = range(from, to, index, depth + 1, isInLink);
        const edges = { marks, inner: source.slice(from, to).trim() };
        return { shown: form.emphasis(inner.shown, edges, around(start, end)), next: inner.next };
      }
      case 'link': {
        const label = range(start + 1, span.labelEnd, index, depth + 1, true);
        const shown = isInLink ? label.shown : form.link(label.shown, span.address);
        return { shown, next: skipped() };
      }
      case 'image': {
        const alt = onOneLine(source.slice(start + 2, span.labelEnd)).replace(/\s+/g, ' ');
        return { shown: form.image(alt, span.address, isInLink), next: skipped() };
      }
      case 'autolink':
      case 'url': {
        const isBare = span.kind === 'url';
        const address = isBare ? written : written.slice(1, -1);
        const shown = isInLink
          ? form.text(address, around(start, end))
          : form.address(address, isBare, around(start, end));
        return { shown, next: skipped() };
      }
      case 'code':
        return { shown: form.code(onOneLine(written)), next: skipped() };
      case 'mention':
        return { shown: form.mention(span.openId, span.name), next: skipped() };
      case 'break':
        return { shown: lineBreak, next: skipped() };
      case 'entity':
        // Markdown draws a line end that is written as an entity as a blank.
        return { shown: form.character(span.text.replace(/[\n\r]/, ' ')), next: index };
      case 'escape':
        return { shown: form.character(written.slice(1)), next: index };
    }
  }

  return range(lines[0]?.start ?? 0, last.end, 0, 0, false).shown;
}

/** Without line ends and the marks of quotes behind them. */
export function onOneLine(text: string): string {
  return text.replace(/\n[ \t>]*/g, ' ');
}
