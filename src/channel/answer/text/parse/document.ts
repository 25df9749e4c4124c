/**
 * A parsed answer: leaves in the order of the text, each with the containers around it and its
 * place in the source. Cutting and rendering read this tree and do not parse Markdown again.
 */

/** A quote or a list item. Lines are numbered from 0; `endLine` is the first line after it. */
export interface Container {
  readonly kind: 'quote' | 'item';
  readonly startLine: number;
  readonly endLine: number;
  /** The indentation of an item's lines in columns, relative to the text around the list. */
  readonly width: number;
}

interface LeafPlace {
  readonly startLine: number;
  readonly endLine: number;
  /** Outermost first. */
  readonly containers: readonly Container[];
}

/** Text with inline marks; `lines` maps each line of `content` to its place in the source. */
export interface InlineText {
  readonly content: string;
  /** For each line of `content`, where it begins there and in the source. */
  readonly lines: readonly { readonly at: number; readonly source: number }[];
}

export interface FenceInfo {
  /** The opening marks: backticks or tildes. */
  readonly marks: string;
  /** What follows the marks. */
  readonly info: string;
  /** The fence's indentation within its containers in columns: at most 3. */
  readonly indent: number;
  readonly isClosed: boolean;
  /** The lines between the marks. */
  readonly code: string;
}

export type Leaf = LeafPlace &
  (
    | { readonly kind: 'paragraph'; readonly text: InlineText }
    /** `level`: 1 to 6. */
    | { readonly kind: 'heading'; readonly text: InlineText; readonly level: number }
    | { readonly kind: 'table'; readonly cells: readonly InlineText[] }
    | { readonly kind: 'fence'; readonly fence: FenceInfo }
    /** `other`: text outside of all blocks, such as definitions of links. */
    | { readonly kind: 'code'; readonly code: string }
    | { readonly kind: 'rule' }
    | { readonly kind: 'other' }
  );

export interface MarkdownDocument {
  /** Line ends are `\n`. */
  readonly source: string;
  /** Where each line begins; one more for the end of the source. */
  readonly lineStarts: readonly number[];
  readonly leaves: readonly Leaf[];
  /** Whether a list has several items or lies within another one. */
  readonly hasList: boolean;
  /** Whom the text may mention: open_ids, and `all`. */
  readonly mentions: readonly string[];
  /** The marks of an inline text, outermost first, at places of the source. */
  spansOf(text: InlineText): readonly Span[];
}

/** Inline Markdown, at places of the source. */
export type Span = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'code' | 'escape' }
  /** `&copy;`: `text` is the character that it means. */
  | { readonly kind: 'entity'; readonly text: string }
  /** Emphasis, strong emphasis, struck-out text: `marks` at each end. */
  | { readonly kind: 'emphasis'; readonly marks: string }
  | { readonly kind: 'link' | 'image'; readonly labelEnd: number; readonly address: string }
  | { readonly kind: 'autolink'; readonly address: string }
  /** A person of `mentions`, or everyone (`all`). */
  | { readonly kind: 'mention'; readonly openId: string; readonly name: string }
  /** A bare address in the text. */
  | { readonly kind: 'url' }
  /** A hard line break: two blanks or a backslash before the line end. */
  | { readonly kind: 'break' }
);

/** The end of a line, without its line break. */
export function lineEnd(document: MarkdownDocument, line: number): number {
  const end = document.lineStarts[line + 1] ?? document.source.length;
  return document.source[end - 1] === '\n' && end > (document.lineStarts[line] ?? 0)
    ? end - 1
    : end;
}

/** The line that a place of the source is in. */
export function lineAt(document: MarkdownDocument, position: number): number {
  const { lineStarts } = document;
  let low = 0;
  let high = lineStarts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}

/** The index of the leaf that a place of the source is in, or of the next one. */
export function leafIndex(document: MarkdownDocument, at: number): number {
  const { leaves } = document;
  const line = lineAt(document, at);
  let low = 0;
  let high = leaves.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((leaves[middle]?.endLine ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return low;
}
