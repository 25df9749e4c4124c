/**
 * One file replaced whole: at any instant it is the old content or the new one.
 *
 * In: the target (no symlink), what it holds now, what it shall hold. Out: the path of the backup.
 */
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** As many older backups as the hosts keep: .bak, .bak.1 … .bak.4 (host-contract). */
const OLDER_BACKUPS = 4;
const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;
/** A temporary file this old (ms) was left by a run that was killed. */
const LEFTOVER_AGE_MS = 60 * 60 * 1000;

export interface Replacement {
  readonly path: string;
  /** The content that is replaced; `undefined` for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

export async function replaceFile(
  fs: FileSystem,
  { path, before, after }: Replacement,
  now: () => number,
): Promise<string | undefined> {
  const directory = dirname(path);
  if (before === undefined) await fs.mkdir(directory, DIRECTORY_MODE);
  const mode = before === undefined ? FILE_MODE : (await fs.stat(path)).mode & 0o777;
  await removeLeftovers(fs, path, now());
  const temporary = await writeTemporary(fs, path, after, mode);
  let backup: string | undefined;
  try {
    if (before !== undefined) backup = await keepBackup(fs, path, before, mode);
    await fs.rename(temporary, path);
  } catch (error) {
    await discard(fs, temporary);
    throw error;
  }
  await fs.syncDirectory(directory);
  return backup;
}

async function writeTemporary(fs: FileSystem, path: string, content: string, mode: number): Promise<string> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const file = await fs.create(temporary, mode);
  try {
    try {
      await file.write(content);
      // The umask may have narrowed it; a file that its group could read stays so.
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await discard(fs, temporary);
    throw error;
  }
  return temporary;
}

/** The previous content as `.bak`; the older ones move on. Each step leaves every backup in some place. */
async function keepBackup(fs: FileSystem, path: string, content: string, mode: number): Promise<string> {
  const backup = `${path}.bak`;
  const name = (age: number) => (age === 0 ? backup : `${backup}.${age}`);
  const temporary = await writeTemporary(fs, backup, content, mode);
  try {
    for (let age = OLDER_BACKUPS - 1; age >= 0; age--) {
      await renameIfThere(fs, name(age), name(age + 1));
    }
    await fs.rename(temporary, backup);
  } catch (error) {
    await discard(fs, temporary);
    throw error;
  }
  return backup;
}

async function renameIfThere(fs: FileSystem, from: string, to: string): Promise<void> {
  try {
    await fs.rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function discard(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.unlink(path);
  } catch {
    // The error that led here is the one to tell; a leftover is removed by a later run.
  }
}

async function removeLeftovers(fs: FileSystem, path: string, now: number): Promise<void> {
  const directory = dirname(path);
  const prefix = `${basename(path)}.`;
  for (const name of await fs.readdir(directory)) {
    if (!name.startsWith(prefix) || !/\.[0-9a-f]{12}\.tmp$/.test(name)) continue;
    const leftover = join(directory, name);
    try {
      if (now - (await fs.stat(leftover)).mtimeMs > LEFTOVER_AGE_MS) await fs.unlink(leftover);
    } catch {
      // Another run was quicker, or it is not ours to remove: it harms nobody.
    }
  }
}
