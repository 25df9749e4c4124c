/** Reads the config as the hosts do: JSON5, `$include` merged, `${VAR}` resolved, the section checked. */
import type { MoltbotFeishuError } from '../shared/errors.ts';
import { checkSection, type KeyWarning, keyWarnings } from './check.ts';
import { configError } from './config-errors.ts';
import { readTextFile } from './file/read-text.ts';
import type { JsonValue } from './json5/json5.ts';
import { isObject } from './json5/json5.ts';
import type { ConfigLocation } from './locate.ts';
import type { FeishuSection } from './rules/schema.ts';
import { type ReadText, readMerged } from './source/include.ts';
import { notAnObject } from './source/parse.ts';
import { type MissingVariable, substitute, variablesOf } from './source/variables.ts';

export interface ConfigDocument {
  readonly location: ConfigLocation;
  /** The file's own text; `undefined` when there is no file. */
  readonly text: string | undefined;
  /** Everything, with includes merged, as written. */
  readonly merged: JsonValue;
  /** The same with variables resolved; one that is missing stays as written. */
  readonly root: JsonValue;
  /** `channels.feishu`, checked; defaults not applied. */
  readonly section: FeishuSection | undefined;
  /** Unknown keys that have nothing to do with access, and values not used yet: they never block. */
  readonly warnings: readonly KeyWarning[];
  /** Variables that the section needs and that are not set; empty unless ignored. */
  readonly missingVariables: readonly MissingVariable[];
}

export interface ReadOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * What a variable that is not set means within `channels.feishu`: an error (the default), or that
   * its key counts as absent. Outside of the section it never matters.
   */
  readonly missingVariables?: 'error' | 'ignore';
  /** Where texts come from; the disk when not given. */
  readonly readText?: ReadText;
}

/**
 * The config at a location. A file that is not there, or holds nothing but blanks and comments, reads
 * as an empty object.
 *
 * @throws MoltbotFeishuError (exit 5) `config-unreadable`; `config-unparsable` (details: path, line,
 *   column, source); `config-invalid` (details: path, key); `config-variable-missing` (details: key,
 *   variable)
 */
export async function readConfig(
  location: ConfigLocation,
  options: ReadOptions,
): Promise<ConfigDocument> {
  const { env, readText = readTextFile, missingVariables = 'error' } = options;
  const { path } = location;
  let text: string | undefined;
  const merged = await readMerged(path, async (file) => {
    const found = await readText(file);
    if (file === path) text ??= found;
    return found;
  });
  if (merged !== undefined && !isObject(merged)) throw notAnObject(path, '', merged);
  const { value: root, missing } = substitute(merged ?? {}, variablesOf(merged ?? {}, env));
  const channels = isObject(root) && isObject(root.channels) ? root.channels : {};
  const { feishu: found, defaults } = channels;
  const needed = missing.filter(({ path: at }) => at[0] === 'channels' && at[1] === 'feishu');
  if (needed[0] && missingVariables === 'error') throw variableMissing(path, needed[0]);
  const value = needed.reduce<JsonValue | undefined>(
    (part, { path: at }) => without(part, at.slice(2)),
    found,
  );
  const isThere = value !== undefined && value !== null;
  const section = isThere ? checkSection(value, path, { defaults }) : undefined;
  return {
    location,
    text,
    merged: merged ?? {},
    root,
    section,
    warnings: isThere ? keyWarnings(value) : [],
    missingVariables: needed,
  };
}

function variableMissing(path: string, { path: at, name }: MissingVariable): MoltbotFeishuError {
  const key = at.join('.');
  const details = { path, key, variable: name };
  return configError('variableMissing', { path, key, name }, { details });
}

/** The value without the key at a path. An item of a list is removed, and the list closes up. */
function without(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (Array.isArray(value))
    return (value as JsonValue[]).filter((_item, index) => String(index) !== key);
  if (!isObject(value)) return value;
  const inner = without(value[key], rest);
  const others = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]]);
}
