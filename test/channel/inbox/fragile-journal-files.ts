/** The real file system, with calls that fail, and a power switch: what was not synced is gone with it. */
import { EventEmitter, once } from 'node:events';
import { readFile, rm, truncate } from 'node:fs/promises';
import {
  type JournalFile,
  type JournalFiles,
  nodeJournalFiles,
} from '../../../src/channel/inbox/directory/journal-files.ts';

type Call = 'create' | 'write' | 'sync';

export interface FragileDisk {
  readonly files: JournalFiles;
  /** From now on these calls fail with the system's code; writes leave half of their data behind. */
  fail(call: Call, code: string): void;
  repair(): void;
  /** Resolves when so many calls have failed. */
  failed(count: number): Promise<void>;
  /** Takes back what was not synced; nothing reaches the disk any more. */
  losePower(): Promise<void>;
}

export function fragileJournalFiles(): FragileDisk {
  const faults = new Map<Call, string>();
  const arrivals = new EventEmitter();
  let failures = 0;
  let isOff = false;
  /** By path: bytes that are safe; undefined where the entry itself is not. */
  const safe = new Map<string, { bytes: number; isListed: boolean }>();

  function check(call: Call): void {
    if (isOff) throw Object.assign(new Error('the power is gone'), { code: 'EIO' });
    const code = faults.get(call);
    if (code === undefined) return;
    failures += 1;
    arrivals.emit('failure');
    throw Object.assign(new Error(`${code}: injected`), { code });
  }

  function wrap(file: JournalFile, path: string): JournalFile {
    let length = 0;
    const state = { bytes: 0, isListed: false };
    safe.set(path, state);
    return {
      async write(bytes) {
        if (faults.has('write')) await file.write(bytes.subarray(0, bytes.length / 2));
        check('write');
        await file.write(bytes);
        length += bytes.length;
      },
      async sync() {
        const reached = length;
        check('sync');
        await file.sync();
        if (!isOff) state.bytes = Math.max(state.bytes, reached);
      },
      async truncate(bytes) {
        await file.truncate(bytes);
        length = bytes;
        state.bytes = Math.min(state.bytes, bytes);
      },
      close: () => file.close(),
    };
  }

  return {
    files: {
      ...nodeJournalFiles,
      async create(path) {
        check('create');
        return wrap(await nodeJournalFiles.create(path), path);
      },
      async rename(from, to) {
        check('create');
        await nodeJournalFiles.rename(from, to);
        const state = safe.get(from);
        safe.delete(from);
        if (state) safe.set(to, state);
      },
      async syncDirectory(path) {
        check('sync');
        await nodeJournalFiles.syncDirectory(path);
        for (const [name, state] of safe) if (name.startsWith(path)) state.isListed = true;
      },
      async remove(path) {
        if (isOff) return;
        await nodeJournalFiles.remove(path);
        safe.delete(path);
      },
    },
    fail: (call, code) => void faults.set(call, code),
    repair: () => faults.clear(),
    async failed(count) {
      while (failures < count) await once(arrivals, 'failure');
    },
    async losePower() {
      isOff = true;
      for (const [path, { bytes, isListed }] of safe) {
        if (!isListed) await rm(path, { force: true });
        else if ((await readFile(path)).length > bytes) await truncate(path, bytes);
      }
    },
  };
}
