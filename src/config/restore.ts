/**
 * The text of a config that a host has rewritten, restored: its comments and layout as they were, with
 * what the host added.
 */
import { planEdit } from './edit.ts';
import { nodeFileSystem } from './file/file-system.ts';
import { withLock } from './file/lock.ts';
import { readTextFile } from './file/read-text.ts';
import { replaceFile } from './file/write.ts';
import { additionsTo } from './json5/json-update.ts';
import { jsonOf } from './json5/json5.ts';
import type { ConfigLocation } from './locate.ts';
import { parseRoot } from './parse.ts';
import { realFile } from './section-file.ts';

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
  { signal, now, keepsAdditions }: RestoreOptions,
): Promise<void> {
  const file = await realFile(nodeFileSystem, path);
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const isDone = await withLock(file, { signal, now, random: Math.random }, async (held) => {
      const current = await readTextFile(file);
      if (current === undefined || current === before) return true;
      const [old, rewritten] = [parseRoot(before, path), parseRoot(current, path)];
      const edits =
        keepsAdditions && rewritten ? additionsTo(old ? jsonOf(old) : {}, jsonOf(rewritten)) : [];
      const after = planEdit(before, edits, path).text;
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
