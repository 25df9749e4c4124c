/** The system calls that writing needs, passed in so that a test can fail any one of them. */
import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';

export interface OpenFile {
  write(data: string): Promise<void>;
  sync(): Promise<void>;
  chmod(mode: number): Promise<void>;
  close(): Promise<void>;
}

export interface FileSystem {
  readFile(path: string): Promise<string>;
  realpath(path: string): Promise<string>;
  stat(path: string): Promise<{ readonly mode: number; readonly mtimeMs: number }>;
  readdir(path: string): Promise<string[]>;
  mkdir(path: string, mode: number): Promise<void>;
  /** A new file; fails when there is one. */
  create(path: string, mode: number): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Makes the entries of a directory durable. */
  syncDirectory(path: string): Promise<void>;
}

export const nodeFileSystem: FileSystem = {
  readFile: (path) => fs.readFile(path, 'utf8'),
  realpath: (path) => fs.realpath(path),
  stat: (path) => fs.stat(path),
  readdir: (path) => fs.readdir(path),
  mkdir: async (path, mode) => {
    await fs.mkdir(path, { recursive: true, mode });
  },
  create: async (path, mode) => {
    const file = await fs.open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, mode);
    return {
      write: (data) => file.writeFile(data, 'utf8'),
      sync: () => file.sync(),
      chmod: (bits) => file.chmod(bits),
      close: () => file.close(),
    };
  },
  rename: (from, to) => fs.rename(from, to),
  unlink: (path) => fs.unlink(path),
  syncDirectory: async (path) => {
    // Windows cannot open a directory; its rename is durable by itself.
    if (process.platform === 'win32') return;
    const directory = await fs.open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
};
