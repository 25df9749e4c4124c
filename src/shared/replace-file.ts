/** Replaces a small file of our own as a whole: a reader sees the old text or the new one. */
import { rename, rm, writeFile } from 'node:fs/promises';

/** The name of the draft that then replaces the file; only a killed process leaves it behind. */
export const draftOf = (path: string): string => `${path}.new`;

/**
 * Only the owner may read the file. It is not synced to disk, so it is for content that a power cut
 * may lose without harm.
 *
 * @throws the system's errors
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = draftOf(path);
  // The draft is created afresh, so that nothing is written through a symlink of that name.
  await rm(draft, { force: true });
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
  await rename(draft, path);
}
