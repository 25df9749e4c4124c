/** How a file is written, learnt from the file, so that what is added is written the same way. Pure. */
import type { Json5Node, JsonValue, ObjectNode, Quote } from './json5.ts';

export interface TextStyle {
  /** One step of indentation. */
  readonly unit: string;
  readonly eol: string;
  readonly quote: Quote;
  /** `undefined`: keys without quotes where they may. */
  readonly keyQuote: Quote | undefined;
  /** Whether a comma follows the last item of a block. */
  readonly trailingComma: boolean;
  /** The blanks after a colon, and after a comma within one line. */
  readonly space: string;
  /** Whether the file is more than one line. */
  readonly multiline: boolean;
}

export function learnStyle(text: string, root: Json5Node | undefined): TextStyle {
  const votes = {
    '"': 0,
    "'": 0,
    key: { '"': 0, "'": 0, bare: 0 },
    comma: 0,
    noComma: 0,
    tight: 0,
    loose: 0,
  };
  const units = new Map<string, number>();
  const walk = (node: Json5Node): void => {
    if (node.kind === 'scalar') {
      const mark = text[node.start];
      if (mark === '"' || mark === "'") votes[mark]++;
      return;
    }
    const last = node.items.at(-1);
    if (last && isBlock(text, node)) {
      if (last.comma === undefined) votes.noComma++;
      else votes.comma++;
      const outer = indentAt(text, node.start);
      const inner = indentAt(text, last.start);
      if (inner.startsWith(outer) && inner !== outer) {
        const unit = inner.slice(outer.length);
        units.set(unit, (units.get(unit) ?? 0) + 1);
      }
    }
    for (const item of node.items) {
      if ('key' in item) {
        const member = item as ObjectNode['items'][number];
        votes.key[member.keyQuote ?? 'bare']++;
        if (member.keyEnd + 1 === member.node.start) votes.tight++;
        else votes.loose++;
      }
      walk(item.node);
    }
  };
  if (root) walk(root);
  const quote: Quote =
    votes['"'] + votes["'"] > 0
      ? votes["'"] > votes['"']
        ? "'"
        : '"'
      : votes.key["'"] > votes.key['"']
        ? "'"
        : '"';
  return {
    unit: [...units].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '  ',
    eol: /\r\n|\n|\r/.exec(text)?.[0] ?? '\n',
    quote,
    keyQuote: mostKeys(votes.key),
    trailingComma: votes.comma > votes.noComma,
    space: votes.tight > votes.loose ? '' : ' ',
    multiline:
      !root ||
      root.kind === 'scalar' ||
      root.items.length === 0 ||
      /[\r\n]/.test(text.slice(root.start, root.end)),
  };
}

function mostKeys(votes: { '"': number; "'": number; bare: number }): Quote | undefined {
  if (votes.bare > votes['"'] && votes.bare >= votes["'"]) return undefined;
  return votes["'"] > votes['"'] ? "'" : '"';
}

/** The style, with keys quoted as in the given object. */
export function styleWithin(style: TextStyle, object: Json5Node): TextStyle {
  if (object.kind !== 'object' || object.items.length === 0) return style;
  const votes = { '"': 0, "'": 0, bare: 0 };
  for (const member of object.items) votes[member.keyQuote ?? 'bare']++;
  return { ...style, keyQuote: mostKeys(votes) };
}

/** Whether the items of a container are on separate lines. */
export function isBlock(text: string, node: Json5Node): boolean {
  if (node.kind === 'scalar') return false;
  const last = node.items.at(-1);
  if (!last) return false;
  const previous = node.items.at(-2);
  const before = text.slice(previous?.end ?? node.start, last.start);
  return /[\r\n]/.test(before) || /[\r\n]/.test(text.slice(last.end, node.end));
}

/** The blanks that the line of a position begins with. */
export function indentAt(text: string, index: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, index), index))?.[0] ?? '';
}

export function lineStart(text: string, index: number): number {
  let start = index;
  while (start > 0 && !'\r\n\uFEFF'.includes(text.charAt(start - 1))) start--;
  return start;
}

const NAME = /^[A-Za-z_$][\w$]*$/;

export function formatKey(key: string, style: TextStyle): string {
  if (style.keyQuote === undefined && NAME.test(key)) return key;
  return quoted(key, style.keyQuote ?? style.quote);
}

function quoted(value: string, quote: Quote): string {
  const json = JSON.stringify(value)
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
  if (quote === '"') return json;
  // Within the JSON spelling a double quote is always escaped, a single one never.
  return `'${json
    .slice(1, -1)
    .replace(/\\(.)/g, (pair, char: string) => (char === '"' ? '"' : pair))
    .replace(/'/g, "\\'")}'`;
}

/**
 * A value in the file's style.
 *
 * @param indent the blanks before the line on which the value begins
 * @param block objects on lines of their own; else all in one line
 */
export function formatValue(
  value: JsonValue,
  style: TextStyle,
  indent: string,
  block: boolean,
): string {
  if (typeof value === 'string') return quoted(value, style.quote);
  // Not JSON.stringify, which writes `0` for `-0`, and `null` for the `NaN` and `Infinity` of JSON5.
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? '-0' : `${value}`;
  const inner = indent + style.unit;
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    const flat = !items.some((item) => typeof item === 'object' && item !== null);
    const texts = items.map((item) => formatValue(item, style, inner, block));
    return flat || !block
      ? `[${texts.join(`,${style.space}`)}]`
      : lines('[', texts, ']', style, indent);
  }
  const texts = Object.entries(value as Readonly<Record<string, JsonValue>>).map(
    ([key, item]) =>
      `${formatKey(key, style)}:${style.space}${formatValue(item, style, inner, block)}`,
  );
  if (texts.length === 0) return '{}';
  if (block) return lines('{', texts, '}', style, indent);
  return `{${style.space}${texts.join(`,${style.space}`)}${style.space}}`;
}

function lines(
  open: string,
  items: readonly string[],
  close: string,
  style: TextStyle,
  indent: string,
): string {
  const inner = style.eol + indent + style.unit;
  const comma = style.trailingComma ? ',' : '';
  return `${open}${inner}${items.join(`,${inner}`)}${comma}${style.eol}${indent}${close}`;
}
