/** Reads the config as the host does: JSON5, `$include` merged, `${VAR}` resolved, the section checked. */
import { readFile } from 'node:fs/promises';
import { distance } from 'fastest-levenshtein';
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import { MASK } from '../shared/secret.ts';
import { type Message, message } from '../shared/text.ts';
import type { ConfigLocation } from './locate.ts';
import { isSecretKey } from './mask.ts';
import { parseRoot, parseTree } from './parse.ts';
import { accountKeys, type FeishuSection, feishuSectionSchema, groupKeys, sectionKeys } from './schema.ts';
import { configTexts as texts } from './texts.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Tree = Readonly<Record<string, unknown>>;

export interface ConfigDocument {
  readonly location: ConfigLocation;
  /** The file's text; `undefined` when there is no file. */
  readonly text: string | undefined;
  /** Everything, includes merged, variables of `channels.feishu` resolved. */
  readonly root: Tree;
  /** `channels.feishu`, checked; defaults not applied. */
  readonly section: FeishuSection | undefined;
  /** Unknown keys: they warn and never block. */
  readonly warnings: readonly Message[];
}

/**
 * @throws MoltbotFeishuError (exit 5) `config-unreadable`, `config-unparsable` (details: line,
 *   column), `config-invalid` (details: key)
 */
export async function readConfig(location: ConfigLocation, options: { readonly env: Env }): Promise<ConfigDocument> {
  const text = await readText(location.path);
  if (text !== undefined) parseRoot(text, location.path);
  const root = text === undefined ? {} : asObject(await expand(location.path, text, []));
  const found = asObject(root.channels).feishu;
  if (found === undefined) return { location, text, root, section: undefined, warnings: [] };
  const variables = { ...options.env, ...ownVariables(root) };
  const resolved = resolveVariables(found, variables, location.path);
  const section = checkSection(resolved, location.path);
  return { location, text, root, section, warnings: unknownKeys(section) };
}

/** The file's text; `undefined` when it is not there. Throws `config-unreadable`. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    if (reason === 'ENOENT') return undefined;
    throw new MoltbotFeishuError({
      code: 'config-unreadable',
      exitCode: ExitCode.config,
      what: message(texts.unreadable, { path, reason }),
      fix: texts.unreadableFix,
    });
  }
}

export function asObject(value: unknown): Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {};
}

const INCLUDE = '$include';
/** The hosts' own bound on nesting (host-contract). */
const MAX_DEPTH = 10;

async function expand(path: string, text: string, chain: readonly string[]): Promise<unknown> {
  if (chain.includes(path) || chain.length > MAX_DEPTH) {
    throw new MoltbotFeishuError({
      code: 'config-invalid',
      exitCode: ExitCode.config,
      what: message(texts.includeCycle, { path }),
    });
  }
  const value: unknown = parseTree(text, path)?.toJSON() ?? {};
  return includeInto(value, path, [...chain, path]);
}

async function includeInto(value: unknown, path: string, chain: readonly string[]): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => includeInto(item, path, chain)));
  if (typeof value !== 'object' || value === null) return value;
  let merged: unknown = {};
  const { [INCLUDE]: include, ...own } = value as Tree;
  for (const name of includeNames(include)) {
    const target = resolve(dirname(path), name);
    const text = await readText(target);
    if (text === undefined) {
      throw new MoltbotFeishuError({
        code: 'config-unreadable',
        exitCode: ExitCode.config,
        what: message(texts.unreadable, { path: target, reason: 'ENOENT' }),
        fix: texts.unreadableFix,
      });
    }
    merged = merge(merged, await expand(target, text, chain));
  }
  const entries: [string, unknown][] = [];
  for (const [key, item] of Object.entries(own)) entries.push([key, await includeInto(item, path, chain)]);
  return merge(merged, Object.fromEntries(entries));
}

export function includeNames(include: unknown): string[] {
  if (typeof include === 'string') return [include];
  return Array.isArray(include) ? include.filter((name): name is string => typeof name === 'string') : [];
}

/** Objects deeply, the later one wins; anything else replaces. */
function merge(base: unknown, over: unknown): unknown {
  if (!isPlain(base) || !isPlain(over)) return over;
  const entries = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    entries.set(key, entries.has(key) ? merge(entries.get(key), value) : value);
  }
  return Object.fromEntries(entries);
}

function isPlain(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `env: {NAME: "…"}` and `env: {vars: {NAME: "…"}}` set variables first. */
function ownVariables(root: Tree): Record<string, string> {
  const env = asObject(root.env);
  const pairs = [...Object.entries(env), ...Object.entries(asObject(env.vars))];
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

function resolveVariables(value: unknown, variables: Env, path: string): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveVariables(item, variables, path));
  if (isPlain(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, resolveVariables(item, variables, path)]),
    );
  }
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{([A-Z_][A-Z0-9_]*)\}/g, (_whole, name: string) => {
    const found = variables[name];
    if (found !== undefined && found !== '') return found;
    throw new MoltbotFeishuError({
      code: 'config-variable-missing',
      exitCode: ExitCode.config,
      what: message(texts.missingVariable, { path, name }),
      fix: message(texts.missingVariableFix, { name }),
      details: { variable: name },
    });
  });
}

function checkSection(value: unknown, path: string): FeishuSection {
  const parsed = feishuSectionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = ['channels', 'feishu', ...(issue?.path ?? [])].map(String).join('.');
  throw new MoltbotFeishuError({
    code: 'config-invalid',
    exitCode: ExitCode.config,
    what: message(texts.invalid, {
      path,
      key,
      found: shown(value, issue?.path ?? []),
      allowed: issue ? allowed(issue) : '',
    }),
    fix: message(texts.invalidFix, { key, path }),
    details: { key },
  });
}

function shown(value: unknown, path: readonly PropertyKey[]): string {
  const found = path.reduce<unknown>((inner, key) => Object(inner)[key], value);
  if (path.some((key) => isSecretKey(String(key)))) return MASK;
  const text = typeof found === 'object' && found !== null ? (Array.isArray(found) ? '[…]' : '{…}') : JSON.stringify(found);
  return text && text.length > 80 ? `${text.slice(0, 79)}…` : (text ?? 'undefined');
}

function allowed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(', ');
    case 'invalid_type':
      return issue.expected;
    default:
      return issue.message;
  }
}

/** Unknown keys of the section, its accounts and groups, each with the nearest known name. */
function unknownKeys(section: FeishuSection): Message[] {
  const at = (prefix: string, value: unknown, known: readonly string[]): Message[] =>
    Object.keys(asObject(value))
      .filter((key) => !known.includes(key))
      .map((key) => {
        const near = known.find((name) => distance(name.toLowerCase(), key.toLowerCase()) <= 2);
        return near
          ? message(texts.unknownKeyNear, { key: prefix + key, near })
          : message(texts.unknownKey, { key: prefix + key });
      });
  const groupsOf = (prefix: string, value: unknown) =>
    Object.entries(asObject(value)).flatMap(([id, group]) => at(`${prefix}groups.${id}.`, group, groupKeys));
  const top = 'channels.feishu.';
  // Hosts read these on any channel; they are none of ours and no mistake either.
  const hostKeys = ['name', 'blockStreaming', 'blockStreamingCoalesce', 'textChunkLimit', 'historyLimit', 'configWrites', 'markdown', 'healthMonitor'];
  return [
    ...at(top, section, [...sectionKeys, ...hostKeys]),
    ...groupsOf(top, section.groups),
    ...Object.entries(section.accounts ?? {}).flatMap(([id, account]) => [
      ...at(`${top}accounts.${id}.`, account, [...accountKeys, ...hostKeys]),
      ...groupsOf(`${top}accounts.${id}.`, account.groups),
    ]),
  ];
}

