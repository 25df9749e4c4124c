/** A small file of our own, replaced as a whole: whoever reads it finds the old text or the new one. */
import { rename, rm, writeFile } from 'node:fs/promises';

/** What a draft is called until it takes the file's place; left only by a process that was killed. */
export const draftOf = (path: string): string => `${path}.new`;

/**
 * Only its owner may read it. Not synced: for what may be lost with the power, at no harm.
 *
 * @throws the system's errors
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = draftOf(path);
  // Made anew, so that nothing is written through a symlink of that name.
  await rm(draft, { force: true });
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
  await rename(draft, path);
}
