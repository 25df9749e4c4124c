/**
 * The unknown keys of a section: those whose names are about access, and the others.
 *
 * In: the section as written, also one with wrong values. Out: each key by its path. Pure.
 */
import { z } from 'zod';
import { isObject, type JsonValue } from '../json5/json5.ts';
import { isAccessName } from './access-names.ts';
import { bare, findMisspelling, nearest } from './nearest.ts';
import { accessKeys, feishuSectionSchema, hostKeys, hostToolKeys } from './schema.ts';

export interface UnknownKey {
  /** Below `channels.feishu`. */
  readonly path: readonly string[];
  readonly isAccess: boolean;
  /** The known key that it most likely meant. */
  readonly near: string | undefined;
  /** Whether it is that word, misspelt, and its value would do there: then a rename changes no meaning. */
  readonly isMisspelt: boolean;
}

export function findUnknownKeys(section: JsonValue): readonly UnknownKey[] {
  return inSchema(section, feishuSectionSchema, []);
}

function inSchema(
  value: JsonValue,
  declared: z.core.$ZodType,
  path: readonly string[],
): readonly UnknownKey[] {
  const schema = declared instanceof z.ZodOptional ? declared.unwrap() : declared;
  if (!isObject(value)) return [];
  if (schema instanceof z.ZodRecord) {
    return Object.entries(value).flatMap(([name, inner]) =>
      inSchema(inner, schema.valueType, [...path, name]),
    );
  }
  if (!(schema instanceof z.ZodObject)) return [];
  const ofHost = hostKeys.get(schema) ?? [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, key];
    const own = Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined;
    if (own) return inSchema(inner, own, at);
    if (ofHost === hostToolKeys && ofHost.includes(key)) {
      return key === 'tools' ? unknownToolKeys(inner, at) : [];
    }
    // No host reads a list of people below its other keys.
    if (ofHost.includes(key)) return below(inner, at);
    return [unknownKey(schema, ofHost, inner, at), ...below(inner, at)];
  });
}

/** Hosts read these of a group's tools, and nothing else: a profile restricts nothing there. */
const toolKeys: readonly string[] = ['allow', 'alsoAllow', 'deny'];

function unknownToolKeys(tools: JsonValue, path: readonly string[]): readonly UnknownKey[] {
  const names = isObject(tools) ? Object.keys(tools) : [];
  return names
    .filter((name) => !toolKeys.includes(name))
    .map((name) => {
      const near = findMisspelling(name, toolKeys);
      return { path: [...path, name], isAccess: false, near, isMisspelt: near !== undefined };
    });
}

function unknownKey(
  { shape }: z.ZodObject,
  ofHost: readonly string[],
  value: JsonValue,
  path: readonly string[],
): UnknownKey {
  const key = path.at(-1) ?? '';
  const known = Object.keys(shape);
  const others = known.filter((name) => !accessKeys.includes(name));
  const isAccess = isAccessName(key, accessKeys, [...others, ...ofHost]);
  const near = isAccess ? sameAccess(key, known) : nearest(key, [...others, ...ofHost]);
  const meant = near === undefined ? undefined : shape[near];
  const isMisspelt =
    !isAccess &&
    near !== undefined &&
    findMisspelling(key, [...others, ...ofHost]) === near &&
    (meant === undefined || z.safeParse(meant, value).success);
  return { path, isAccess, near, isMisspelt };
}

/**
 * The access key that a name means, misspelt. A whole word more makes another rule of it: who writes
 * `allowFrom` for `dmAllowFrom` would give people the right to commands.
 */
function sameAccess(key: string, known: readonly string[]): string | undefined {
  const near = findMisspelling(key, known);
  if (near === undefined) return undefined;
  const [short = '', long = ''] = [bare(key), bare(near)].sort((a, b) => a.length - b.length);
  const hasWordMore =
    long.length - short.length > 1 && (long.startsWith(short) || long.endsWith(short));
  return hasWordMore ? undefined : near;
}

/** Below an unknown key, only keys that are about access get a warning of their own. */
function below(value: JsonValue, path: readonly string[]): readonly UnknownKey[] {
  if (Array.isArray(value)) {
    return (value as JsonValue[]).flatMap((item, index) => below(item, [...path, String(index)]));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, key];
    const isAccess = isAccessName(key, namesBelow, []);
    const found = { path: at, isAccess, near: undefined, isMisspelt: false };
    return [...(isAccess ? [found] : []), ...below(inner, at)];
  });
}

/** There, `enabled` turns on whatever the key above it is about. */
const namesBelow = accessKeys.filter((key) => key !== 'enabled');
