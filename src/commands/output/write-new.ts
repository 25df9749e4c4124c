/** Writes a file that a person names, without following a symlink planted at its path. */
import { randomBytes } from 'node:crypto';
import { lstat, rename, rm, stat, writeFile } from 'node:fs/promises';

/**
 * Writes a file that only its owner may read. One that is there is replaced as a whole, and so is a
 * symlink to a file: what it leads to stays as it is.
 *
 * @throws the system's error; also where a device, a pipe or a directory has the name
 */
export async function writeNew(path: string, text: string): Promise<void> {
  const there = await lstat(path).catch(absent);
  const target = there?.isSymbolicLink() ? await stat(path).catch(absent) : there;
  if (target && !target.isFile()) throw new Error('not a regular file');
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`;
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
