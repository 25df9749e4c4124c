/** Changes to a document's text, applied while a part of it is written out. Pure. */

import { emitLines, partStart } from '../cut/emit.ts';
import { leafIndex, lineEnd, type MarkdownDocument } from '../parse/document.ts';

/** Replaces what lies between two places of the source. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The lines between two places as a text of their own, with edits; blank lines at the ends go. */
export function emitEdited(
  document: MarkdownDocument,
  from: number,
  to: number,
  edits: readonly Edit[],
): string {
  const start = partStart(document, from, 0, '', leafIndex(document, from));
  const lines: string[] = [];
  let next = firstEndingAt(edits, from);
  for (const { line, text, prefix, source } of emitLines(document, start)) {
    if (source >= to && (line === -1 || (document.lineStarts[line] ?? 0) >= to)) break;
    if (line === -1) {
      lines.push(text);
      continue;
    }
    const end = Math.min(lineEnd(document, line), to);
    while ((edits[next]?.end ?? Infinity) < source) next += 1;
    let shown = text.slice(0, prefix);
    let at = source;
    for (let index = next; ; index += 1) {
      const edit = edits[index];
      if (!edit || edit.start > end) break;
      if (edit.end < at || (edit.end === at && edit.start < at)) continue;
      shown += document.source.slice(at, Math.max(edit.start, at));
      if (edit.start >= at) shown += edit.text;
      at = Math.min(Math.max(edit.end, at), end);
      if (edit.end > end) break;
    }
    lines.push(shown + document.source.slice(at, end));
  }
  const first = lines.findIndex((line) => line.trim() !== '');
  return first === -1 ? '' : lines.slice(first).join('\n').trimEnd();
}

/** A piece of one line with edits. */
export function applyEdits(
  source: string,
  from: number,
  to: number,
  edits: readonly Edit[],
): string {
  let shown = '';
  let at = from;
  for (let index = firstEndingAt(edits, from); ; index += 1) {
    const edit = edits[index];
    if (!edit || edit.start >= to) break;
    if (edit.start < at) continue;
    shown += source.slice(at, edit.start) + edit.text;
    at = Math.min(edit.end, to);
  }
  return shown + source.slice(at, to);
}

/** Edits are in order and without overlaps, so that their ends are in order, too. */
function firstEndingAt(edits: readonly Edit[], place: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edits[middle]?.end ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
