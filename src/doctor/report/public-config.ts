/** Redacts a config for a public bug report, and lists the words that must not appear in one. Pure. */

import { valueAt } from '../../config/json5/json-update.ts';
import type { JsonValue } from '../../config/json5/json5.ts';
import { isObject } from '../../config/json5/json5.ts';
import type { ConfigDocument } from '../../config/read.ts';
import { accountKey, choiceWords } from '../../config/rules/account-keys.ts';
import { knownKeys } from '../../config/rules/schema.ts';

/** The public values of settings; any other value may be private. */
const plainWords = new Set([...choiceWords, 'feishu', 'lark', '*']);
const allKeys = new Set<string>(Object.values(knownKeys).flat());

const ID = /\b(cli|ou|oc|om|on|od)_([0-9a-zA-Z]{8,})/g;

/** `cli_a1b2c3d4e5f60718` → `cli_a1b2…0718`. */
export function shortenIds(text: string): string {
  return text.replace(ID, (_id, kind: string, rest: string) => {
    return `${kind}_${rest.slice(0, 4)}…${rest.slice(-4)}`;
  });
}

/** `channels.feishu` as far as it says how things are set, and not who, where or by what secret. */
export function publicSection(document: ConfigDocument | undefined): unknown {
  const section = document && valueAt(document.merged, ['channels', 'feishu']);
  return section === undefined ? null : publicPart(section);
}

function publicPart(value: JsonValue): unknown {
  if (!isObject(value)) return '(not an object)';
  let unknown = 0;
  const shown: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (!allKeys.has(key)) unknown += 1;
    else if (['accounts', 'groups', 'dms'].includes(key)) shown[key] = numbered(item);
    else shown[key] = publicValue(key, item);
  }
  return unknown === 0 ? shown : { ...shown, '(unknown keys)': unknown };
}

/** Replaces the names of entries by numbers, since the names may be private. */
function numbered(value: JsonValue): unknown {
  if (!isObject(value)) return '(not an object)';
  return Object.fromEntries(
    Object.values(value).map((item, index) => [`#${index + 1}`, publicPart(item)]),
  );
}

function publicValue(key: string, value: JsonValue): unknown {
  if (Array.isArray(value)) {
    return (value as JsonValue[]).map((item) => publicText(item));
  }
  const { kind, orSwitch } = accountKey(key) ?? {};
  if ((kind === 'switch' || orSwitch) && typeof value === 'boolean') return value;
  if (kind === 'number' && typeof value === 'number') return value;
  if (key === 'appSecret' && typeof value === 'string' && /^\$\{[A-Z_][A-Z0-9_]*\}$/.test(value)) {
    return '(a variable)';
  }
  return publicText(value);
}

function publicText(value: JsonValue): string {
  if (typeof value !== 'string') return `(${value === null ? 'null' : typeof value})`;
  if (plainWords.has(value)) return value;
  return isId(value) ? shortenIds(value) : '(set)';
}

function isId(value: string): boolean {
  return /^(?:cli_[0-9a-fA-F]{16}|(?:ou|oc)_[0-9a-f]{32})$/.test(value);
}

/** Shorter ones (characters) outside of our section are everyday words more often than secrets. */
const SHORT_ELSEWHERE = 8;

/** Every private text and name in a config, to be removed from the report. */
export function foreignWords({ merged, root }: ConfigDocument): readonly string[] {
  const words = new Set<string>();
  const walk = (value: JsonValue, inSection: boolean): void => {
    if (typeof value === 'number') walk(String(value), false);
    else if (typeof value === 'string') {
      if (plainWords.has(value) || isId(value)) return;
      const shortest = inSection ? 0 : SHORT_ELSEWHERE;
      if (value.length >= shortest) for (const word of spellings(value)) words.add(word);
    } else if (Array.isArray(value)) {
      for (const item of value as JsonValue[]) walk(item, inSection);
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        if (!allKeys.has(key)) walk(key, inSection);
        walk(item, inSection);
      }
    }
  };
  for (const tree of [merged, root]) {
    walk(tree, false);
    const section = valueAt(tree, ['channels', 'feishu']);
    if (section !== undefined) walk(section, true);
  }
  // Names that our own texts speak of.
  for (const word of ['channels', 'feishu', 'plugins', 'accounts']) words.delete(word);
  return [...words].filter((word) => word.length > 0);
}

/** A URL also without its scheme: that is how hosts are named in texts. */
function spellings(value: string): readonly string[] {
  if (!URL.canParse(value)) return [value];
  const { host, hostname } = new URL(value);
  return [value, ...[host, hostname].filter(Boolean)];
}
