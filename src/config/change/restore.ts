/**
 * The text of a config that a host has rewritten, restored: its comments and layout as they were, with
 * what the host added.
 */
import { type ConfigEdit, planEdit } from '../edit.ts';
import { nodeFileSystem } from '../file/file-system.ts';
import { withLock } from '../file/lock.ts';
import { readTextFile } from '../file/read-text.ts';
import { replaceFile } from '../file/write.ts';
import { additionsTo, sameJson, updated, valueAt } from '../json5/json-update.ts';
import { type JsonValue, jsonOf } from '../json5/json5.ts';
import type { ConfigLocation } from '../locate.ts';
import { parseRoot } from '../source/parse.ts';
import { realFile } from '../source/section-file.ts';

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

/**
 * Writes the text from before setup back, byte for byte. Where a person or the host has changed other
 * keys since, those stay, and only the keys that setup changes get their former values.
 *
 * @throws what reading, editing and writing a config throw
 */
export async function restoreFormerText(
  path: string,
  former: string,
  options: Pick<RestoreOptions, 'signal' | 'now'>,
): Promise<void> {
  const old = jsonOfText(former, path);
  await rewriteConfigText(path, options, (current) => {
    const edits = OWN_KEYS.map((key): ConfigEdit => {
      const value = valueAt(old, key);
      return value === undefined ? { path: key, remove: true } : { path: key, value };
    });
    const edited = planEdit(current, edits, path).text;
    const isSame = sameJson(
      updated(jsonOfText(edited, path), STAMP, undefined),
      updated(old, STAMP, undefined),
    );
    return isSame ? former : edited;
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
