/**
 * JSON5 text to a tree in which every node knows its position in the text. Pure.
 *
 * Our own, since an edit needs exact UTF-16 positions of values and commas, and since
 * `@croct/json5-parser@0.2.2` refuses what the hosts' `json5` takes: reserved words as keys
 * (`default:`), `\x41`, `\0`, `\'` in double quotes, escapes in keys; and it counts code points.
 */
import {
  asLocalized,
  type LocalizedText,
  localize,
  render,
  type Text,
  verbatim,
} from '../../shared/text/text.ts';
import { configTexts as texts } from '../config-texts.ts';
import { readEscape, readIdentifier, readNumber } from './json5-tokens.ts';

interface Placed {
  /** Index of the first character. */
  readonly start: number;
  /** Index after the last character. */
  readonly end: number;
}

/** One item of an object or array, with the comma that follows it. */
export interface Item extends Placed {
  readonly node: Json5Node;
  /** Index of the comma after it, if there is one. */
  comma: number | undefined;
}

export type Quote = '"' | "'";

export interface Member extends Item {
  readonly key: string;
  readonly keyQuote: Quote | undefined;
  readonly keyEnd: number;
}

export interface ObjectNode extends Placed {
  readonly kind: 'object';
  readonly items: readonly Member[];
}
export interface ArrayNode extends Placed {
  readonly kind: 'array';
  readonly items: readonly Item[];
}
export interface ScalarNode extends Placed {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}
export type Json5Node = ObjectNode | ArrayNode | ScalarNode;

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export type JsonObject = { readonly [key: string]: JsonValue };

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong with a text, and where: an index into it. */
export class Json5Error extends Error {
  override readonly name = 'Json5Error';
  readonly index: number;
  readonly problem: LocalizedText;
  constructor(index: number, problem: LocalizedText | Text) {
    super(render(problem, 'en'));
    this.index = index;
    this.problem = asLocalized(problem);
  }
}

/** Deeper than any config; a bound, so that a hostile text cannot exhaust the stack. */
const MAX_NESTING = 500;

interface Cursor {
  readonly text: string;
  index: number;
  depth: number;
}

/**
 * The tree of a text; `undefined` when it holds nothing but blanks and comments.
 *
 * @throws Json5Error
 */
export function parseJson5(text: string): Json5Node | undefined {
  const cursor: Cursor = { text, index: 0, depth: 0 };
  cursor.index = skipBlanks(text, 0);
  if (cursor.index === text.length) return undefined;
  const root = readValue(cursor);
  cursor.index = skipBlanks(text, cursor.index);
  if (cursor.index < text.length) throw unexpected(cursor);
  return root;
}

/** The JavaScript value of a node. Of a key that occurs twice the last one counts. */
export function jsonOf(node: Json5Node): JsonValue {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'array':
      return node.items.map((item) => jsonOf(item.node));
    case 'object':
      // fromEntries defines, so that a key `__proto__` is a key and nothing else.
      return Object.fromEntries(node.items.map((member) => [member.key, jsonOf(member.node)]));
  }
}

/** The member that counts for a key: the last one. */
export function memberOf(node: Json5Node | undefined, key: string): Member | undefined {
  return node?.kind === 'object' ? node.items.findLast((member) => member.key === key) : undefined;
}

const BLANK = /[\s\uFEFF]+/y;
const LINE_COMMENT = /\/\/[^\n\r\u2028\u2029]*/y;

/** The first index at or after `index` that is neither blank nor in a comment. */
function skipBlanks(text: string, index: number): number {
  let at = index;
  for (;;) {
    const from = at;
    at = matchEnd(BLANK, text, at);
    if (text.startsWith('//', at)) at = matchEnd(LINE_COMMENT, text, at);
    else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      if (close === -1) throw new Json5Error(at, texts.openComment);
      at = close + 2;
    }
    if (at === from) return at;
  }
}

export function matchEnd(sticky: RegExp, text: string, index: number): number {
  sticky.lastIndex = index;
  return sticky.test(text) ? sticky.lastIndex : index;
}

function readValue(cursor: Cursor): Json5Node {
  const { text, index: start } = cursor;
  const char = text[start];
  if (char === '{' || char === '[') {
    if (++cursor.depth > MAX_NESTING) throw new Json5Error(start, texts.tooDeep);
    const node = char === '{' ? readObject(cursor) : readArray(cursor);
    cursor.depth--;
    return node;
  }
  const value = readScalar(cursor);
  return { kind: 'scalar', start, end: cursor.index, value };
}

function readObject(cursor: Cursor): ObjectNode {
  const start = cursor.index++;
  const items: Member[] = [];
  while (!closes(cursor, '}', items.at(-1))) {
    const at = cursor.index;
    const quote = quoteAt(cursor);
    const key = quote ? readString(cursor, quote) : readKey(cursor);
    const keyEnd = cursor.index;
    cursor.index = skipBlanks(cursor.text, keyEnd);
    if (cursor.text[cursor.index] !== ':') throw unexpected(cursor, verbatim('":"'));
    cursor.index = skipBlanks(cursor.text, cursor.index + 1);
    const node = readValue(cursor);
    items.push({ start: at, end: node.end, key, keyQuote: quote, keyEnd, node, comma: undefined });
  }
  return { kind: 'object', start, end: cursor.index, items };
}

function readArray(cursor: Cursor): ArrayNode {
  const start = cursor.index++;
  const items: Item[] = [];
  while (!closes(cursor, ']', items.at(-1))) {
    const node = readValue(cursor);
    items.push({ start: node.start, end: node.end, node, comma: undefined });
  }
  return { kind: 'array', start, end: cursor.index, items };
}

/** Steps over the comma after the last item; whether the container ends here. */
function closes(cursor: Cursor, mark: '}' | ']', last: Item | undefined): boolean {
  cursor.index = skipBlanks(cursor.text, cursor.index);
  if (last && cursor.text[cursor.index] === ',') {
    last.comma = cursor.index;
    cursor.index = skipBlanks(cursor.text, cursor.index + 1);
  } else if (last && cursor.text[cursor.index] !== mark)
    throw unexpected(cursor, verbatim(`"," / "${mark}"`));
  if (cursor.text[cursor.index] !== mark) return false;
  cursor.index++;
  return true;
}

const LITERALS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function readScalar(cursor: Cursor): string | number | boolean | null {
  const quote = quoteAt(cursor);
  if (quote) return readString(cursor, quote);
  const { text, index } = cursor;
  const word = readIdentifier(text, index);
  const literal = word && LITERALS.get(word.raw);
  if (word && literal !== undefined) {
    cursor.index = word.end;
    return literal;
  }
  const number = readNumber(text, index);
  if (!number) throw unexpected(cursor, texts.aValue);
  cursor.index = number.end;
  return number.value;
}

function readKey(cursor: Cursor): string {
  const word = readIdentifier(cursor.text, cursor.index);
  if (!word) throw unexpected(cursor, texts.aKey);
  cursor.index = word.end;
  return word.name;
}

function quoteAt({ text, index }: Cursor): Quote | undefined {
  const char = text[index];
  return char === '"' || char === "'" ? char : undefined;
}

const PLAIN = { '"': /[^"\\\n\r]+/y, "'": /[^'\\\n\r]+/y };

function readString(cursor: Cursor, quote: Quote): string {
  const { text, index: start } = cursor;
  let value = '';
  let at = start + 1;
  for (;;) {
    const end = matchEnd(PLAIN[quote], text, at);
    value += text.slice(at, end);
    at = end;
    if (text[at] === quote) break;
    if (text[at] !== '\\') throw new Json5Error(start, texts.openString);
    const escaped = readEscape(text, at);
    if (!escaped) throw new Json5Error(at, texts.badEscape);
    value += escaped.value;
    at = escaped.end;
  }
  cursor.index = at + 1;
  return value;
}

function unexpected({ text, index }: Cursor, wanted?: LocalizedText | Text): Json5Error {
  const char = text.codePointAt(index);
  const found = char === undefined ? texts.endOfFile : foundAt(String.fromCodePoint(char));
  if (!wanted)
    return new Json5Error(index, localize(texts.unexpected, { found: asLocalized(found) }));
  const expected = asLocalized(wanted);
  return new Json5Error(index, localize(texts.expected, { expected, found: asLocalized(found) }));
}

/** Punctuation is what went wrong; a letter or digit may be the first one of a secret. */
function foundAt(char: string): LocalizedText | Text {
  return /[\p{P}\p{S}]/u.test(char) ? verbatim(`"${char}"`) : texts.aWord;
}
