/** The journal's system calls, passed in so that tests can make them fail or lose unsynced data. */
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { isNotThere } from '../../../config/file/file-system.ts';

export interface JournalFile {
  /** Appends at the end. */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Makes the written bytes survive a loss of power.
   *
   * @throws `ESTALE` if the path no longer leads to this file, or the file was cut short: records
   *   would be lost
   */
  sync(): Promise<void>;
  truncate(bytes: number): Promise<void>;
  close(): Promise<void>;
}

export interface JournalFiles {
  /** Makes the directory if it does not exist, accessible only to its user. */
  makeDirectory(path: string): Promise<void>;
  list(directory: string): Promise<readonly string[]>;
  read(path: string): Promise<Uint8Array>;
  /** Creates a file that must not exist yet, accessible only to its user. */
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
    const isThere = await fileIdentity(path, file);
    let length = 0;
    return {
      write: async (bytes) => {
        await writeAll(file, bytes);
        length += bytes.length;
      },
      sync: async () => {
        const [is] = await Promise.all([isThere(length), file.datasync()]);
        if (!is)
          throw Object.assign(new Error('the file was deleted or replaced'), { code: 'ESTALE' });
      },
      truncate: async (bytes) => {
        length = Math.min(length, bytes);
        await file.truncate(bytes);
      },
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

/**
 * Remembers the file's identity.
 *
 * @returns a check whether the path still leads to the file, with all the bytes that were written: a
 *   rotation of logs copies a file and cuts it short
 */
export async function fileIdentity(
  path: string,
  file: Pick<fs.FileHandle, 'stat'>,
): Promise<(length?: number) => Promise<boolean>> {
  const own = await file.stat({ bigint: true });
  return async (length = 0) => {
    try {
      const found = await fs.stat(path, { bigint: true });
      return found.ino === own.ino && found.dev === own.dev && found.size >= length;
    } catch (error) {
      // Other errors, such as a missing permission, do not mean that the file is gone.
      return !isNotThere(error);
    }
  };
}
