/** The system calls that the journal needs, passed in so that a test can fail any one of them, or lose what was not synced. */
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../../../config/file/file-system.ts';

export interface JournalFile {
  /** At the end. */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Makes what was written survive a loss of power.
   *
   * @throws `ESTALE` where the file's path no longer leads to it: a record written there would be lost
   */
  sync(): Promise<void>;
  truncate(bytes: number): Promise<void>;
  close(): Promise<void>;
}

export interface JournalFiles {
  /** Makes the directory, for its owner alone, where it is not there. */
  makeDirectory(path: string): Promise<void>;
  list(directory: string): Promise<readonly string[]>;
  read(path: string): Promise<Uint8Array>;
  /** Opens a file that must not be there yet, for its owner alone. */
  create(path: string): Promise<JournalFile>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Makes the directory's entries survive a loss of power. */
  syncDirectory(path: string): Promise<void>;
}

export const nodeJournalFiles: JournalFiles = {
  makeDirectory: async (path) => {
    await fs.mkdir(path, { recursive: true, mode: 0o700 });
  },
  list: (directory) => fs.readdir(directory),
  read: (path) => fs.readFile(path),
  create: async (path) => {
    const file = await fs.open(path, 'ax', 0o600);
    const isThere = await placeOf(path, file);
    return {
      write: (bytes) => writeAll(file, bytes),
      sync: async () => {
        const [is] = await Promise.all([isThere(), file.datasync()]);
        if (!is)
          throw Object.assign(new Error('the file was deleted or replaced'), { code: 'ESTALE' });
      },
      truncate: (bytes) => file.truncate(bytes),
      close: () => file.close(),
    };
  },
  rename: (from, to) => fs.rename(from, to),
  remove: (path) => fs.rm(path, { force: true, recursive: true }),
  syncDirectory: async (path) => {
    // Windows opens no directory; its file system journals the entries.
    if (process.platform === 'win32') return;
    const directory = await fs.open(join(path, '.'), 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
};

async function writeAll(file: fs.FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at);
    at += bytesWritten;
  }
}

/** Whether a path still leads to this file, to be asked later. */
export async function placeOf(
  path: string,
  file: Pick<fs.FileHandle, 'stat'>,
): Promise<() => Promise<boolean>> {
  const own = await file.stat({ bigint: true });
  return async () => {
    try {
      const found = await fs.stat(path, { bigint: true });
      return found.ino === own.ino && found.dev === own.dev;
    } catch (error) {
      // Not being allowed to look says nothing.
      return !['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '');
    }
  };
}
