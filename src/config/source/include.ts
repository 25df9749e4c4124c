/** `$include`: files merged into the config as the hosts do it (docs/hosts.md#config). */

import { dirname, resolve } from 'node:path';
import { verbatim } from '../../shared/text/text.ts';
import { configError } from '../config-errors.ts';
import { isObject, type JsonValue, jsonOf } from '../json5/json5.ts';
import { parseTree } from './parse.ts';
import { shownPath } from './pasted-credential.ts';

/** Gives the text of a file; `undefined` when there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

const INCLUDE = '$include';
/** The hosts' own bound on nesting. */
const MAX_DEPTH = 10;
/** Files that one config may bring in, each as often as it is named. */
const MAX_FILES = 200;
/** All of them together (characters). */
const MAX_LENGTH = 16 * 1024 * 1024;

/** One reading of a config with all that it includes. */
interface Reading {
  readonly readText: ReadText;
  files: number;
  length: number;
}

/**
 * The value of a file with everything it includes merged in. Included files merge in the order of
 * their list; keys beside an `$include` override it. Objects merge deeply, lists are joined, and of
 * any other two values the later one counts.
 *
 * `undefined` when there is no file.
 *
 * @param path absolute; names in it are relative to its directory
 * @throws MoltbotFeishuError (exit 5) `config-unparsable`, `config-invalid`, `config-unreadable`
 */
export async function readMerged(path: string, readText: ReadText): Promise<JsonValue | undefined> {
  const text = await readText(path);
  const reading = { readText, files: 0, length: 0 };
  return text === undefined ? undefined : mergeText(path, text, reading, [path]);
}

function mergeText(
  path: string,
  text: string,
  reading: Reading,
  chain: readonly string[],
): Promise<JsonValue> {
  const tree = parseTree(text, path);
  return resolveIncludes(tree ? jsonOf(tree) : {}, path, reading, chain);
}

async function resolveIncludes(
  value: JsonValue,
  path: string,
  reading: Reading,
  chain: readonly string[],
): Promise<JsonValue> {
  if (Array.isArray(value)) {
    return Promise.all(
      (value as JsonValue[]).map((item) => resolveIncludes(item, path, reading, chain)),
    );
  }
  if (!isObject(value)) return value;
  const entries: [string, JsonValue][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (key !== INCLUDE) entries.push([key, await resolveIncludes(item, path, reading, chain)]);
  }
  const own = Object.fromEntries(entries);
  if (!Object.hasOwn(value, INCLUDE)) return own;
  let included: JsonValue | undefined;
  for (const name of includeNames(value[INCLUDE], path)) {
    const part = await readIncluded(resolve(dirname(path), name), path, reading, chain);
    included = included === undefined ? part : merge(included, part);
  }
  if (entries.length === 0) return included ?? own;
  if (included !== undefined && !isObject(included)) throw invalidInclude('includeBeside', path);
  return merge(included ?? {}, own);
}

async function readIncluded(
  file: string,
  path: string,
  reading: Reading,
  chain: readonly string[],
): Promise<JsonValue> {
  if (chain.includes(file)) {
    throw invalidInclude('includeCycle', path, { chain: [...chain, file].join(' → ') });
  }
  if (chain.length > MAX_DEPTH) throw invalidInclude('includeDepth', path, { depth: MAX_DEPTH });
  reading.files += 1;
  if (reading.files > MAX_FILES)
    throw invalidInclude('includeMany', path, { file, max: MAX_FILES });
  const text = await reading.readText(file);
  reading.length += text?.length ?? 0;
  if (reading.length > MAX_LENGTH) {
    throw invalidInclude('includeLarge', path, { file, mb: MAX_LENGTH / 1024 ** 2 });
  }
  if (text === undefined) {
    const shown = shownPath(file);
    const params = { path, file: shown, reason: verbatim('ENOENT') };
    throw configError('includeMissing', params, { details: { path: shown } });
  }
  return mergeText(file, text, reading, [...chain, file]);
}

/** The file names of an `$include`. Throws `config-invalid` for anything but a name or a list of them. */
export function includeNames(include: JsonValue | undefined, path: string): readonly string[] {
  const names = Array.isArray(include) ? (include as JsonValue[]) : [include];
  return names.map((name) => {
    if (typeof name !== 'string' || name === '') throw invalidInclude('includeForm', path);
    return name;
  });
}

function merge(base: JsonValue, over: JsonValue): JsonValue {
  if (Array.isArray(base) && Array.isArray(over))
    return [...(base as JsonValue[]), ...(over as JsonValue[])];
  if (!isObject(base) || !isObject(over)) return over;
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const old = merged.get(key);
    merged.set(key, old === undefined ? value : merge(old, value));
  }
  return Object.fromEntries(merged);
}

function invalidInclude(name: Parameters<typeof configError>[0], path: string, params = {}) {
  return configError(name, { path, ...params }, { details: { path, key: INCLUDE } });
}
