/** How a file is written, learnt from the file, and new values written the same way. Pure. */
import {
  JsonArrayNode,
  JsonIdentifierNode,
  JsonObjectNode,
  type JsonValueNode,
} from '@croct/json5-parser';
import type { JsonValue } from './parse.ts';
import { lineStart } from './trivia.ts';

export interface TextStyle {
  /** One step of indentation. */
  readonly unit: string;
  readonly eol: string;
  readonly quote: '"' | "'";
  readonly keys: 'double' | 'single' | 'bare';
  readonly trailingComma: boolean;
}

export function learnStyle(text: string, root: JsonObjectNode): TextStyle {
  const quote = firstQuote(text, root) ?? '"';
  return {
    unit: indentUnit(text, root) ?? '  ',
    eol: /\r\n|\n|\r/.exec(text)?.[0] ?? '\n',
    quote,
    keys: keyStyle(text, root) ?? 'double',
    trailingComma: /,\s*(?:\/\/[^\n]*\s*|\/\*[^]*?\*\/\s*)*\}\s*(?:\/\/[^\n]*\s*|\/\*[^]*?\*\/\s*)*$/.test(
      text.slice(0, root.location.end.index),
    ),
  };
}

function indentUnit(text: string, object: JsonObjectNode): string | undefined {
  for (const { location } of object.properties) {
    const begin = lineStart(text, location.start.index);
    const indent = text.slice(begin, location.start.index);
    if (begin > 0 && indent !== '' && indent.trim() === '') return indent.startsWith('\t') ? '\t' : indent;
  }
  return undefined;
}

function firstQuote(text: string, node: JsonValueNode): '"' | "'" | undefined {
  const mark = text[node.location.start.index];
  if (mark === "'" || mark === '"') return mark;
  const children =
    node instanceof JsonObjectNode
      ? node.properties.map((property) => property.value)
      : node instanceof JsonArrayNode
        ? node.elements
        : [];
  for (const child of children) {
    const quote = firstQuote(text, child);
    if (quote) return quote;
  }
  return undefined;
}

function keyStyle(text: string, object: JsonObjectNode): TextStyle['keys'] | undefined {
  const key = object.properties[0]?.key;
  if (!key) return undefined;
  if (key instanceof JsonIdentifierNode) return 'bare';
  return text[key.location.start.index] === "'" ? 'single' : 'double';
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A key as its neighbours are written. */
export function formatKey(key: string, style: TextStyle, neighbours?: JsonObjectNode): string {
  const first = neighbours?.properties[0]?.key;
  const keys = first instanceof JsonIdentifierNode ? 'bare' : style.keys;
  if (keys === 'bare' && IDENTIFIER.test(key)) return key;
  return quoted(key, keys === 'bare' ? style.quote : keys === 'single' ? "'" : '"');
}

function quoted(value: string, quote: '"' | "'"): string {
  const json = JSON.stringify(value).replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
  if (quote === '"') return json;
  return `'${json.slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

/** A value, its inner lines indented from `indent`; on one line where its object is. */
export function formatValue(value: JsonValue, style: TextStyle, indent: string, multiline: boolean): string {
  if (typeof value === 'string') return quoted(value, style.quote);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((item: JsonValue) => formatValue(item, style, indent, false)).join(', ')}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const inner = indent + style.unit;
  const properties = entries.map(
    ([key, item]) => `${formatKey(key, style)}: ${formatValue(item, style, inner, multiline)}`,
  );
  if (!multiline) return `{ ${properties.join(', ')} }`;
  const comma = style.trailingComma ? ',' : '';
  return `{${style.eol}${properties.map((property) => inner + property).join(`,${style.eol}`)}${comma}${style.eol}${indent}}`;
}
