/** Backups of a config: `.bak`, and older ones `.bak.1` … `.bak.4`, as the hosts keep them. */
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import type { FileStatus, FileSystem } from './file-system.ts';
import { readTextWith } from './read-text.ts';
import { discard, linkStatIfThere, writeBeside } from './temporary.ts';

const OLDEST = 4;

/** Where the backups of a file are, the newest first; any of them may be missing. */
export function backupPaths(path: string): readonly string[] {
  const backup = `${path}.bak`;
  return [backup, ...Array.from({ length: OLDEST }, (_, index) => `${backup}.${index + 1}`)];
}

/**
 * Keeps a content as `.bak` of a file, with the file's mode; older backups move on by one, and get no
 * wider mode than the file. Returns the path of the backup.
 *
 * Killed between two steps, a place in the chain is empty and none of the kept ones is lost; the next
 * run fills the gap. A `.bak` that says the same already (left by a run that was killed later) stays.
 */
export async function keepBackup(
  fs: FileSystem,
  path: string,
  content: string,
  status: FileStatus,
): Promise<string> {
  const backup = `${path}.bak`;
  const name = (age: number) => (age === 0 ? backup : `${backup}.${age}`);
  const mode = status.mode & 0o777;
  let gap = OLDEST;
  for (let age = OLDEST; age >= 0; age--) {
    const kept = await linkStatIfThere(fs, name(age));
    if (!kept) gap = age;
    // A symlink moves on as it is: what it leads to is not ours.
    else if (!kept.isSymbolicLink() && (kept.mode & 0o777 & ~mode) !== 0)
      await fs.chmod(name(age), kept.mode & mode);
  }
  if (await says(fs, backup, content)) return backup;
  const temporary = await writeBeside(fs, backup, content, status);
  try {
    for (let age = gap - 1; age >= 0; age--) await fs.rename(name(age), name(age + 1));
    await fs.rename(temporary, backup);
  } catch (error) {
    await discard(fs, temporary);
    throw error;
  }
  return backup;
}

async function says(fs: FileSystem, backup: string, content: string): Promise<boolean> {
  try {
    if ((await linkStatIfThere(fs, backup))?.isSymbolicLink() !== false) return false;
    return (await readTextWith((file) => fs.readFile(file), backup)) === content;
  } catch (error) {
    // A backup that is no readable text is kept as it is, and moves on like any other.
    if (isMoltbotFeishuError(error)) return false;
    throw error;
  }
}
