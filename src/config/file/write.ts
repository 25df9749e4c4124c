/** One file replaced whole: at any instant it is the whole old content or the whole new one. */
import { basename, dirname, join } from 'node:path';
import { keepBackup } from './backup.ts';
import type { FileStatus, FileSystem } from './file-system.ts';
import { readTextWith } from './read-text.ts';
import { discard, statIfThere, TEMPORARY, writeBeside } from './temporary.ts';

const NEW_DIRECTORY_MODE = 0o700;
/** Younger temporary files (ms) may belong to a run that is at work. */
const LEFTOVER_AGE_MS = 10 * 60_000;

export interface Replacement {
  /** Not a symlink. */
  readonly path: string;
  /** The content that is replaced; `undefined` for a new file. */
  readonly before: string | undefined;
  readonly after: string;
  readonly now: number;
  /** Closes the file, and its backups, to other users. */
  readonly closes?: boolean;
  /** Asked just before the file is replaced; throws when it must not be. */
  readonly check: () => void;
}

export type Replaced =
  | { readonly outcome: 'replaced'; readonly backup?: string }
  | { readonly outcome: 'moved-on' };

/**
 * Replaces a file's content, keeping the previous one as `.bak`: written beside it, synced, renamed
 * over it, the directory synced. Keeps mode and, where it may, owner; a new file gets mode 0600.
 *
 * `moved-on`: the file no longer held `before`, and was left as it is.
 *
 * Whatever fails or is killed on the way, the file and the chain of backups are whole; at worst a
 * temporary file stays, which a later run removes.
 */
export async function replaceFile(fs: FileSystem, replacement: Replacement): Promise<Replaced> {
  const { path, before, after, now, check, closes = false } = replacement;
  const directory = dirname(path);
  if (before === undefined) await fs.mkdir(directory, NEW_DIRECTORY_MODE);
  await removeLeftovers(fs, path, now);
  const found = before === undefined ? undefined : await statIfThere(fs, path);
  const status = found && closes ? { ...pick(found), mode: 0o600 } : found;
  const temporary = await writeBeside(fs, path, after, status);
  let backup: string | undefined;
  try {
    if (!(await holds(fs, path, before))) return await movedOn(fs, temporary);
    if (before !== undefined && status) backup = await keepBackup(fs, path, before, status);
    // Again, as the last thing: hosts write without our lock.
    if (!(await holds(fs, path, before))) return await movedOn(fs, temporary);
    check();
    await fs.rename(temporary, path);
  } catch (error) {
    await discard(fs, temporary);
    throw error;
  }
  try {
    await fs.syncDirectory(directory);
  } catch {
    // Every reader already sees the new content. After a power cut the file is wholly old or new.
  }
  return { outcome: 'replaced', ...(backup !== undefined && { backup }) };
}

/** A status is a class: its fields are read, not spread. */
function pick({ mode, uid, gid, mtimeMs }: FileStatus): FileStatus {
  return { mode, uid, gid, mtimeMs };
}

async function movedOn(fs: FileSystem, temporary: string): Promise<Replaced> {
  await discard(fs, temporary);
  return { outcome: 'moved-on' };
}

async function holds(fs: FileSystem, path: string, content: string | undefined): Promise<boolean> {
  return (await readTextWith((file) => fs.readFile(file), path)) === content;
}

/** Removes temporary files of ours, of the config and its backups, that a killed run left. */
async function removeLeftovers(fs: FileSystem, path: string, now: number): Promise<void> {
  const directory = dirname(path);
  const prefix = `${basename(path)}.`;
  for (const name of await fs.readdir(directory)) {
    if (!name.startsWith(prefix) || !TEMPORARY.test(name)) continue;
    const leftover = join(directory, name);
    const status = await statIfThere(fs, leftover);
    if (status && now - status.mtimeMs > LEFTOVER_AGE_MS) await discard(fs, leftover);
  }
}
