/** The system calls that reading and writing need, passed in so that a test can fail any one of them. */
import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { MAX_CONFIG_BYTES, readBounded } from './bounded-file.ts';

export interface FileStatus {
  /** Permission bits and kind. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtimeMs: number;
}

export interface NewFile {
  write(data: string): Promise<void>;
  chmod(mode: number): Promise<void>;
  chown(uid: number, gid: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface FileSystem {
  readFile(path: string): Promise<Uint8Array>;
  realpath(path: string): Promise<string>;
  readlink(path: string): Promise<string>;
  stat(path: string): Promise<FileStatus>;
  /** Of a symlink itself. */
  lstat(path: string): Promise<FileStatus & { isSymbolicLink(): boolean }>;
  /** Throws where the system does not let this process write there. */
  access(path: string): Promise<void>;
  readdir(path: string): Promise<string[]>;
  /** With the directories above it. */
  mkdir(path: string, mode: number): Promise<void>;
  /** Opens a file that must not be there yet. */
  create(path: string, mode: number): Promise<NewFile>;
  /** Of a file, never of what a symlink leads to. */
  chmod(path: string, mode: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Makes the entries of a directory durable. */
  syncDirectory(path: string): Promise<void>;
}

export const nodeFileSystem: FileSystem = {
  readFile: (path) => readBounded(path, MAX_CONFIG_BYTES),
  realpath: (path) => fs.realpath(path),
  readlink: (path) => fs.readlink(path),
  stat: (path) => fs.stat(path),
  lstat: (path) => fs.lstat(path),
  access: (path) => fs.access(path, constants.W_OK),
  readdir: (path) => fs.readdir(path),
  mkdir: async (path, mode) => {
    await fs.mkdir(path, { recursive: true, mode });
  },
  create: async (path, mode) => {
    const file = await fs.open(
      path,
      constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY,
      mode,
    );
    return {
      write: (data) => file.writeFile(data, 'utf8'),
      chmod: (bits) => file.chmod(bits),
      chown: (uid, gid) => file.chown(uid, gid),
      sync: () => file.sync(),
      close: () => file.close(),
    };
  },
  chmod: async (path, mode) => {
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    const file = await fs.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      await file.chmod(mode);
    } finally {
      await file.close();
    }
  },
  rename: (from, to) => fs.rename(from, to),
  unlink: (path) => fs.unlink(path),
  syncDirectory: async (path) => {
    // Windows opens no directory; its rename is journalled.
    if (process.platform === 'win32') return;
    const directory = await fs.open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
};

/** The `code` of a failed system call: ENOENT, ENOSPC, … */
export function errnoOf(error: unknown): string | undefined {
  const code = (error as Partial<NodeJS.ErrnoException> | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Whether a path leads to nothing, also where a file is in the place of one of its directories. */
export function isNotThere(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '');
}
