/**
 * The text of a config that a host has rewritten, restored: its comments and layout as they were, with
 * what the host added.
 */
import { planEdit } from '../edit.ts';
import { nodeFileSystem } from '../file/file-system.ts';
import { withLock } from '../file/lock.ts';
import { readTextFile } from '../file/read-text.ts';
import { replaceFile } from '../file/write.ts';
import { additionsTo, sameJson, updated, valueAt } from '../json5/json-update.ts';
import { isObject, type JsonValue, jsonOf } from '../json5/json5.ts';
import type { ConfigLocation } from '../locate.ts';
import { parseRoot } from '../source/parse.ts';
import { realFile } from '../source/section-file.ts';
import { editsBetween, type Path, type PutBack, putBack } from './three-way.ts';

export interface RestoreOptions {
  readonly signal?: AbortSignal | undefined;
  readonly now: () => number;
  /** Whether what the host added stays. */
  readonly keepsAdditions: boolean;
}

/** How often to try while others keep writing; then the file stays as they left it. */
const MAX_TRIES = 5;

/**
 * Writes `before` back, with the keys that have been added since.
 *
 * @throws what reading, editing and writing a config throw
 */
export async function restoreConfigText(
  { path }: Pick<ConfigLocation, 'path'>,
  before: string,
  { keepsAdditions, ...options }: RestoreOptions,
): Promise<void> {
  await rewriteConfigText(path, options, (current) => {
    const [old, rewritten] = [parseRoot(before, path), parseRoot(current, path)];
    const edits =
      keepsAdditions && rewritten ? additionsTo(old ? jsonOf(old) : {}, jsonOf(rewritten)) : [];
    return planEdit(before, edits, path).text;
  });
}

/** The keys that setup changes. */
const OWN_KEYS = [['channels', 'feishu'], ['plugins']] as const;
/** The host's note of its own last write. */
const STAMP = ['meta'] as const;

/** A file of a config before a change, and right after it. */
export interface FormerFile {
  readonly path: string;
  readonly text: string;
  /** `undefined`: not known; then the keys that setup changes get their former values. */
  readonly after?: string | undefined;
}

export interface RestorePlan extends Pick<PutBack, 'kept' | 'conflicts'> {
  readonly file: FormerFile;
  /** The keys that setup changes, from the root of the file, and what each becomes. */
  readonly values: readonly { readonly path: Path; readonly value: JsonValue | undefined }[];
}

/**
 * What a file becomes on the way back: what setup changed as it was before, what others changed since as
 * it is now. Writes nothing.
 *
 * @param isWhole the file is part of the config (`$include`), and holds nothing but our section
 * @throws what reading and parsing a config throw
 */
export async function planRestore(file: FormerFile, isWhole: boolean): Promise<RestorePlan> {
  const { path, text, after } = file;
  const [former, now] = [
    jsonOfText(text, path),
    jsonOfText((await readTextFile(path)) ?? '', path),
  ];
  const then = after === undefined ? now : jsonOfText(after, path);
  const names = [former, now].flatMap((value) => (isObject(value) ? Object.keys(value) : []));
  const keys: readonly Path[] = isWhole ? [...new Set(names)].map((name) => [name]) : OWN_KEYS;
  const parts = keys.map((key) => {
    const at = (root: JsonValue) => valueAt(root, key);
    const versions = { former: at(former), after: at(then), now: at(now) };
    return { path: key, ...putBack(versions, key) };
  });
  return {
    file,
    values: parts.map(({ path: key, value }) => ({ path: key, value })),
    kept: parts.flatMap(({ kept }) => kept),
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
  };
}

/**
 * Writes what is planned: the text from before setup byte for byte, where nothing else has changed since;
 * else the least edits of the text as it is.
 *
 * @throws what reading, editing and writing a config throw
 */
export async function restoreFormerText(
  { file, values }: RestorePlan,
  options: Pick<RestoreOptions, 'signal' | 'now'>,
): Promise<void> {
  const { path, text: former } = file;
  const old = jsonOfText(former, path);
  await rewriteConfigText(path, options, (current) => {
    const now = jsonOfText(current, path);
    const wanted = values.reduce((root, { path: key, value }) => updated(root, key, value), now);
    const isSame = sameJson(updated(wanted, STAMP, undefined), updated(old, STAMP, undefined));
    return isSame ? former : planEdit(current, editsBetween(now, wanted), path).text;
  });
}

function jsonOfText(text: string, path: string): JsonValue {
  const root = parseRoot(text, path);
  return root ? jsonOf(root) : {};
}

/** Replaces the text of a config by what follows from it; again, while others write. */
export async function rewriteConfigText(
  path: string,
  { signal, now }: Pick<RestoreOptions, 'signal' | 'now'>,
  rewrite: (current: string) => string,
): Promise<void> {
  const file = await realFile(nodeFileSystem, path);
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const isDone = await withLock(file, { signal, now, random: Math.random }, async (held) => {
      const current = await readTextFile(file);
      if (current === undefined) return true;
      const after = rewrite(current);
      if (after === current) return true;
      const { outcome } = await replaceFile(nodeFileSystem, {
        path: file,
        before: current,
        after,
        now: now(),
        check: () => held.check(),
      });
      return outcome === 'replaced';
    });
    if (isDone) return;
  }
}
