/** Adds items to, and removes them from, the text of an object or array. Pure. */
import { type ArrayNode, type Item, matchEnd, type ObjectNode } from './json5.ts';
import { indentAt, isBlock, lineStart, type TextStyle } from './style.ts';

export function replaceRange(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

/**
 * The text with an item put after the last one of a container.
 *
 * @param write the item, for the indentation of its line, and whether it may take several lines
 */
export function appendItem(
  text: string,
  container: ObjectNode | ArrayNode,
  style: TextStyle,
  write: (indent: string, block: boolean) => string,
): string {
  const last = container.items.at(-1);
  if (!last) return fillEmpty(text, container, style, write);
  if (!isBlock(text, container)) return appendInLine(text, container, last, style, write);
  const indent = itemIndent(text, container, style);
  const item = write(indent, true);
  const hasComma = last.comma !== undefined;
  const at = skipLine(text, (last.comma ?? last.end - 1) + 1, true);
  const line = `${style.eol}${indent}${item}${hasComma ? ',' : ''}`;
  const closing = closingGap(text, container, at, style);
  return hasComma
    ? replaceRange(text, at, at, line + closing)
    : `${text.slice(0, last.end)},${text.slice(last.end, at)}${line}${closing}${text.slice(at)}`;
}

function fillEmpty(
  text: string,
  container: ObjectNode | ArrayNode,
  style: TextStyle,
  write: (indent: string, block: boolean) => string,
): string {
  const from = container.start + 1;
  const to = container.end - 1;
  const inside = text.slice(from, to);
  const isBlank = inside.trim() === '';
  if (isBlank && !style.multiline) {
    return replaceRange(text, from, to, `${style.space}${write('', false)}${style.space}`);
  }
  const outer = indentAt(text, container.start);
  const indent = outer + style.unit;
  const kept = isBlank ? '' : inside.trimEnd();
  const comma = style.trailingComma ? ',' : '';
  return replaceRange(
    text,
    from + kept.length,
    to,
    `${style.eol}${indent}${write(indent, true)}${comma}${style.eol}${outer}`,
  );
}

function appendInLine(
  text: string,
  container: ObjectNode | ArrayNode,
  last: Item,
  style: TextStyle,
  write: (indent: string, block: boolean) => string,
): string {
  const item = write(indentAt(text, container.start), style.multiline);
  if (last.comma === undefined) {
    const at = skipLine(text, last.end, false);
    return replaceRange(text, at, at, `,${style.space}${item}`);
  }
  const at = skipLine(text, last.comma + 1, false);
  return replaceRange(text, at, at, `${style.space}${item},`);
}

function itemIndent(text: string, container: ObjectNode | ArrayNode, style: TextStyle): string {
  const own = container.items.findLast(
    (item) => text.slice(lineStart(text, item.start), item.start).trim() === '',
  );
  return own ? indentAt(text, own.start) : indentAt(text, container.start) + style.unit;
}

/** A brace that shared the last item's line gets a line of its own: the new item has one too. */
function closingGap(
  text: string,
  container: ObjectNode | ArrayNode,
  at: number,
  style: TextStyle,
): string {
  const rest = text.slice(at, container.end - 1);
  if (/[\r\n]/.test(rest)) return '';
  return style.eol + indentAt(text, container.start);
}

/**
 * The text without the items. Each goes with its comma, the comment after it on the same line, and
 * the line itself if the item is alone on it; comments above stay.
 *
 * @param indices of the items, ascending
 */
export function removeItem(
  text: string,
  container: ObjectNode | ArrayNode,
  indices: readonly number[],
): string {
  const gone = new Set(indices);
  const last = container.items.at(-1);
  const lastKept = container.items.findLast((_item: Item, index: number) => !gone.has(index));
  const cuts = indices.flatMap((index) => {
    const item = container.items[index];
    return item ? cutsOf(text, container, item, lastKept) : [];
  });
  // Strict JSON stays strict: no comma before the brace where there was none.
  if (
    last &&
    lastKept &&
    last !== lastKept &&
    last.comma === undefined &&
    lastKept.comma !== undefined
  ) {
    cuts.push({ from: lastKept.comma, to: lastKept.comma + 1 });
  }
  return without(text, cuts);
}

/** The text without the ranges, which may overlap. */
function without(text: string, cuts: readonly Cut[]): string {
  let left = '';
  let at = 0;
  for (const { from, to } of [...cuts].sort((a, b) => a.from - b.from)) {
    left += text.slice(at, Math.max(at, from));
    at = Math.max(at, to);
  }
  return left + text.slice(at);
}

interface Cut {
  readonly from: number;
  readonly to: number;
}

function cutsOf(
  text: string,
  container: ObjectNode | ArrayNode,
  item: Item,
  lastKept: Item | undefined,
): Cut[] {
  const begin = lineStart(text, item.start);
  const limit = container.end - 1;
  const ownStart = begin > container.start && text.slice(begin, item.start).trim() === '';
  const tail = (item.comma ?? item.end - 1) + 1;
  const end = skipLine(text, tail, true);
  const newline = /^(?:\r\n|\n|\r)/.exec(text.slice(end, limit))?.[0];
  // Between a value and its comma there may be comments: those lines go along only as a whole.
  if (ownStart && newline !== undefined && !/\/[/*]/.test(text.slice(item.end, tail))) {
    return [{ from: begin, to: end + newline.length }];
  }
  if (item.comma !== undefined && text.slice(item.end, item.comma).trim() !== '') {
    return [
      { from: item.start, to: item.end },
      { from: item.comma, to: tail },
    ];
  }
  const isBlank = (index: number): boolean => /[ \t]/.test(text.charAt(index));
  let from = item.start;
  let to = tail;
  // The blanks on one side go along: before the closing brace those before the item.
  if (lastKept && item.start > lastKept.start) {
    while (isBlank(from - 1)) from--;
  } else {
    while (isBlank(to)) to++;
  }
  return [{ from, to }];
}

const BLANKS = /[^\S\r\n\u2028\u2029]*/y;

/**
 * After the comments behind `index` that begin on its line.
 *
 * @param toEnd also line comments, and the blanks before the line's end
 */
function skipLine(text: string, index: number, toEnd: boolean): number {
  let at = index;
  for (;;) {
    const next = matchEnd(BLANKS, text, at);
    if (text.startsWith('/*', next)) {
      const close = text.indexOf('*/', next + 2) + 2;
      // A comment of several lines speaks of what follows it.
      if (/[\r\n]/.test(text.slice(next, close))) return at;
      at = close;
    } else if (text.startsWith('//', next)) {
      if (!toEnd) return at;
      const rest = /^[^\r\n\u2028\u2029]*/.exec(text.slice(next))?.[0] ?? '';
      return next + rest.length;
    } else {
      const atEnd = next >= text.length || /[\r\n]/.test(text.charAt(next));
      return toEnd && atEnd ? next : at;
    }
  }
}
