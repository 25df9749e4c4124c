/**
 * Hides what a config keeps secret wherever its text is shown: structure only, when in doubt nothing.
 *
 * Shown are punctuation, known keys, switches, small numbers, and of the strings those that cannot be a
 * secret: what our own edits set, and what the schema allows at its place. Linear in the text. Pure.
 */
import { maskCredentials } from '../../shared/credentials.ts';
import { MASK } from '../../shared/secret.ts';
import {
  type Item,
  type Json5Node,
  type JsonValue,
  type Member,
  parseJson5,
} from '../json5/json5.ts';
import { isKnownKey, isQuotedNumber, isValueWord } from './key-names.ts';
import { isPublicAt } from './public-values.ts';
import {
  couldBePassword,
  couldBeSecret,
  isReference,
  isSecretKey,
  MIN_SECRET,
  shownName,
} from './secret-look.ts';

/** A key as far as it may be shown, where it is a name that a person chose. */
export function shownKey(key: string): string {
  if (isKnownKey(key)) return maskCredentials(key);
  return couldBePassword(key) ? MASK : shownName(key);
}

/**
 * A value as an error may show it.
 *
 * @param wantsWord one of a few words was expected, or a switch: a short word is a slip of the pen then.
 *   Elsewhere a string is shown only where it is a word that some key allows, or a number in quotes.
 * @param key the key that has the value, where it is known
 */
export function shownValue(value: unknown, wantsWord = false, key?: string): string {
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  if (typeof value === 'string') {
    const isWord = value === '' || isValueWord(value) || (wantsWord && SHORT_WORD.test(value));
    return isWord || isQuotedNumber(key, value) ? JSON.stringify(value) : `"${MASK}"`;
  }
  return typeof value === 'number' ? shownNumber(value) : String(value);
}

const SHORT_WORD = /^[A-Za-z]{1,7}$/;

function shownNumber(value: number): string {
  const text = String(value);
  return text.length < MIN_SECRET ? text : MASK;
}

/** A value that an edit sets. It may be shown, since we wrote it ourselves. */
export interface OwnValue {
  readonly path: readonly string[];
  readonly value?: JsonValue;
}

export interface MaskOptions {
  /** The keys that lead to the root of the text (`channels`, `feishu` in an included file). */
  readonly base?: readonly string[];
  readonly own?: readonly OwnValue[];
  /**
   * The text before a change: a secret that differs from it is marked with `changed`, so that a masked
   * diff still shows that it changes.
   */
  readonly previous?: { readonly text: string; readonly changed: string };
  /** Shows no strings except the words that a key allows. */
  readonly structureOnly?: boolean;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly path: readonly string[];
  readonly isKey: boolean;
  readonly isSecret: boolean;
  readonly value: string | number | boolean | null;
}

/**
 * A config's text with its secrets hidden, line by line as it was.
 *
 * @param text must parse
 */
export function maskConfigText(text: string, options: MaskOptions = {}): string {
  const { base = [], previous } = options;
  const spans = spansOf(parseJson5(text), base);
  const old = previous ? spansOf(parseJson5(previous.text), base) : [];
  const before = new Map(old.filter(isHiddenValue).map((span) => [placeOf(span), span.value]));
  const secrets = new Set(
    [...spans, ...old].filter(isHiddenValue).map(({ value }) => String(value)),
  );
  const own = ownValues(options.own ?? []);
  let masked = '';
  let at = 0;
  for (const span of spans) {
    const written = text.slice(span.start, span.end);
    masked += maskComments(text.slice(at, span.start));
    masked += isShown(span, { ...options, own, secrets })
      ? withoutCredentials(written, span)
      : hidden(written, markOf(span, before, previous?.changed));
    at = span.end;
  }
  return masked + maskComments(text.slice(at));
}

const placeOf = ({ path }: Span): string => JSON.stringify(path);
const isHiddenValue = ({ isKey, isSecret }: Span): boolean => isSecret && !isKey;

function markOf(
  span: Span,
  before: ReadonlyMap<string, Span['value']>,
  changed: string | undefined,
): string {
  const was = before.get(placeOf(span));
  const isNew = isHiddenValue(span) && was !== undefined && was !== span.value;
  return isNew && changed !== undefined ? `${MASK} ${changed}` : MASK;
}

/** As it is written; a string with credentials as it is meant, since escapes could hide them. */
function withoutCredentials(written: string, { value }: Span): string {
  if (typeof value !== 'string') return written;
  const masked = maskCredentials(value);
  if (masked === value && !written.includes('\\')) return written;
  return hidden(written, JSON.stringify(masked).slice(1, -1));
}

/** In the quotes of what it replaces, and with its line ends: a masked line is the same line. */
function hidden(written: string, mark: string): string {
  const quote = /^["']/.exec(written)?.[0] ?? '';
  return `${quote}${mark}${quote}${written.replace(/[^\n]/g, '')}`;
}

/** Keys and scalars in their order in the text. */
function spansOf(root: Json5Node | undefined, base: readonly string[]): readonly Span[] {
  const spans: Span[] = [];
  const walk = (node: Json5Node, path: readonly string[], isSecret: boolean): void => {
    if (node.kind === 'scalar') {
      const { start, end, value } = node;
      const isNothing = value === null || typeof value === 'boolean' || value === '';
      const isNamed = typeof value === 'string' && isReference(value);
      const hides = isSecret && !isNothing && !isNamed;
      spans.push({ start, end, path, isKey: false, isSecret: hides, value });
      return;
    }
    const items: readonly (Item | Member)[] = node.items;
    items.forEach((item, index) => {
      const key = 'keyEnd' in item ? item.key : String(index);
      const inner = [...path, key];
      if ('keyEnd' in item) {
        const { start, keyEnd: end } = item;
        spans.push({ start, end, path: inner, isKey: true, isSecret, value: key });
      }
      const isEnv = path.length === 0 && key === 'env';
      walk(item.node, inner, isSecret || isEnv || isSecretKey(key));
    });
  };
  if (root) walk(root, base, base.some(isSecretKey));
  return spans;
}

/** The scalars that edits set, by the path of each; the keys on the way to them by theirs. */
function ownValues(edits: readonly OwnValue[]): ReadonlyMap<string, ReadonlySet<unknown>> {
  const values = new Map<string, Set<unknown>>();
  const add = (path: readonly string[], value: unknown): void => {
    const place = JSON.stringify(path);
    values.set(place, (values.get(place) ?? new Set()).add(value));
  };
  const walk = (path: readonly string[], value: JsonValue): void => {
    if (typeof value !== 'object' || value === null) {
      add(path, value);
      return;
    }
    for (const [key, item] of Object.entries(value)) {
      // An item of a list may move when others are before it.
      const inner = Array.isArray(value) ? path : [...path, key];
      add(inner, undefined);
      walk(inner, item as JsonValue);
    }
  };
  for (const { path, value } of edits) {
    for (let length = 1; length <= path.length; length++) add(path.slice(0, length), undefined);
    if (value !== undefined) walk(path, value);
  }
  return values;
}

interface Showing {
  readonly own: ReadonlyMap<string, ReadonlySet<unknown>>;
  readonly secrets: ReadonlySet<string>;
  readonly structureOnly?: boolean;
}

function isShown(span: Span, { own, secrets, structureOnly = false }: Showing): boolean {
  const { path, isKey, isSecret, value } = span;
  if (isKey) {
    const name = String(value);
    if (isKnownKey(name)) return true;
    if (isSecret || secrets.has(name) || couldBeSecret(name)) return false;
    return isShort(name) || own.has(JSON.stringify(path)) || isPublicAt(path, undefined);
  }
  if (value === null || typeof value === 'boolean' || value === '') return true;
  if (isSecret || secrets.has(String(value))) return false;
  if (typeof value === 'number') return String(value).length < MIN_SECRET;
  if (isValueWord(value) || isReference(value) || isQuotedNumber(path.at(-1), value)) return true;
  if (structureOnly || couldBeSecret(maskCredentials(value))) return false;
  const place = /^\d+$/.test(path.at(-1) ?? '') ? path.slice(0, -1) : path;
  return own.get(JSON.stringify(place))?.has(value) === true || isPublicAt(path, value);
}

const isShort = (name: string): boolean => name.length < MIN_SECRET && /^[\w$.-]*$/.test(name);

/** Comments say anything, also what was a secret once. */
function maskComments(gap: string): string {
  let masked = '';
  for (let at = 0; ; ) {
    const start = gap.indexOf('/', at);
    masked += start < 0 ? gap.slice(at) : gap.slice(at, start);
    if (start < 0) return masked;
    const isLine = gap[start + 1] === '/';
    const found = gap.indexOf(isLine ? '\n' : '*/', start);
    const end = found < 0 ? gap.length : found + (isLine ? 0 : 2);
    const lines = gap.slice(start, end).replace(/[^\n]/g, '');
    masked += isLine ? `// ${MASK}` : `/* ${MASK}${lines} */`;
    at = end;
  }
}
