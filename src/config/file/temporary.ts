/** A file written and synced beside the one it will replace. */
import { randomBytes } from 'node:crypto';
import { errnoOf, type FileStatus, type FileSystem, isNotThere } from './file-system.ts';

const NEW_FILE_MODE = 0o600;

/** The suffix of our temporary files; no other program uses it. */
export const TEMPORARY = /\.[0-9a-f]{12}\.feishu-tmp$/;

/** Writes a synced file beside `path`, with the mode and owner of the one it will replace. Returns its path. */
export async function writeBeside(
  fs: FileSystem,
  path: string,
  content: string,
  status: FileStatus | undefined,
): Promise<string> {
  const mode = status ? status.mode & 0o7777 : NEW_FILE_MODE;
  const temporary = `${path}.${randomBytes(6).toString('hex')}.feishu-tmp`;
  // Closed to others until it has its owner and mode.
  const file = await fs.create(temporary, mode & 0o700);
  try {
    try {
      if (status) await keepOwner(file, status);
      await file.chmod(mode);
      await file.write(content);
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

async function keepOwner(
  file: { chown(uid: number, gid: number): Promise<void> },
  { uid, gid }: FileStatus,
): Promise<void> {
  try {
    await file.chown(uid, gid);
  } catch (error) {
    // Only root may give a file away; anybody else's new file is his own, as with any editor.
    if (!['EPERM', 'EINVAL', 'ENOSYS', 'ENOTSUP'].includes(errnoOf(error) ?? '')) throw error;
  }
}

export async function statIfThere(fs: FileSystem, path: string): Promise<FileStatus | undefined> {
  try {
    return await fs.stat(path);
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}

/** Of a symlink itself. */
export async function linkStatIfThere(
  fs: FileSystem,
  path: string,
): Promise<Awaited<ReturnType<FileSystem['lstat']>> | undefined> {
  try {
    return await fs.lstat(path);
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}

export async function discard(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.unlink(path);
  } catch {
    // The error that led here is the one to tell; what stays is removed by a later run.
  }
}
