/**
 * Opens a file of this machine that an answer wants to send.
 *
 * In: a path, and the directories that are allowed. Out: an open file; from then on nothing that
 * happens to its path changes what is read.
 */
import { constants } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { fileError, MediaError } from './media-error.ts';
import { type MediaRoots, mayBeSent } from './media-roots.ts';

export interface OpenFile {
  readonly handle: FileHandle;
  readonly bytes: number;
}

/** Without waiting for the other end of a pipe, and not through a link that came meanwhile. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** @throws MediaError `not-allowed`, `missing` */
export async function openLocalFile(path: string, roots: MediaRoots): Promise<OpenFile> {
  try {
    const [allowed, denied] = await Promise.all([
      realDirectories(roots.allowed),
      realDirectories(roots.denied),
    ]);
    const real = await realpath(path).catch((error: unknown) => {
      // Whether a file exists outside of the directories is nothing to find out by asking.
      throw mayBeSent(path, roots) ? error : new MediaError('not-allowed');
    });
    if (!mayBeSent(real, { allowed, denied })) throw new MediaError('not-allowed');
    return await openRegular(real);
  } catch (error) {
    throw fileError(error);
  }
}

async function openRegular(real: string): Promise<OpenFile> {
  // Opening a device can already do something.
  if (!(await stat(real)).isFile()) throw new MediaError('not-allowed', 'not-a-file');
  const handle = await open(real, FLAGS);
  try {
    const opened = await handle.stat();
    // A directory on the way may have become a link since: then the path leads elsewhere now.
    const now = await stat(await realpath(real));
    const isSame =
      now.ino === opened.ino && now.dev === opened.dev && real === (await realpath(real));
    if (!opened.isFile() || !isSame) throw new MediaError('not-allowed', 'changed');
    return { handle, bytes: opened.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Directories that are not there hold no files. */
async function realDirectories(directories: readonly string[]): Promise<readonly string[]> {
  const real = await Promise.all(directories.map((one) => realpath(one).catch(() => undefined)));
  return real.filter((one) => one !== undefined);
}
