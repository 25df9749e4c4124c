/**
 * The journal of an inbox: appended, checksummed, synced files.
 *
 * In: records. Out: promises that resolve when a record is written, or survives a loss of power.
 * Records that arrive while the disk is busy share its next sync (group commit). No library fits:
 * `node:sqlite` is not in Node 20, lmdb and better-sqlite3 are native and cannot be bundled,
 * node-sqlite3-wasm stays locked after kill -9, and level's pure forms do not sync.
 */
import { join } from 'node:path';
import { errnoOf } from '../../../config/file/file-system.ts';
import { backoffMs } from '../../../shared/time/backoff.ts';
import type { JournalFile, JournalFiles } from './journal-files.ts';
import { encodeRecord, type JournalRecord, journalHeader } from './records.ts';

export interface JournalOptions {
  readonly directory: string;
  readonly files: JournalFiles;
  /** The number of the first new file. */
  readonly firstSegment: number;
  /** A file of this size is closed, and the next one begun (bytes). */
  readonly segmentBytes?: number;
  /** Called with the error when writing fails, and with undefined when it works again. */
  readonly onState: (failure: unknown) => void;
  /** The directory was deleted or replaced. Nothing is written until {@link Journal.resume}. */
  readonly onGone?: (() => void) | undefined;
  /** A file was closed and may be cleared. */
  readonly onClosed: (segment: number) => void;
}

/**
 * How safely a record is stored. `synced`: it survives a loss of power, or the append fails. The
 * others wait for space instead of failing: `synced-later` until the record survives a loss of power,
 * `written` until it survives the end of this process.
 */
export type Durability = 'synced' | 'synced-later' | 'written';

export interface Journal {
  /**
   * Resolves with the file's number when the record is stored as safely as asked; all records of
   * one write share one promise.
   *
   * @throws the system's error, unless the record may wait: then the record is not stored
   */
  append(record: JournalRecord, durability: Durability): Promise<number>;
  /** Stops writing: this process no longer owns the directory. */
  suspend(): void;
  /** Stops writing, and treats further records as stored: only memory has them. */
  detach(): void;
  /** Starts again: this process owns the directory again, and it is empty. */
  resume(): void;
  /** The number of the current file. */
  readonly segment: number;
  /** Tries once more to write the waiting records, and closes the file; unwritten ones fail. */
  close(): Promise<void>;
}

/** Small enough to be cleared soon, large enough that a day makes only a few hundred files. */
const SEGMENT_BYTES = 4 * 1024 * 1024;
/** How long a written record waits before it gets a sync of its own (ms). */
const IDLE_SYNC_MS = 200;
/** Between two attempts to write records that may wait (ms). */
const RETRY = { baseMs: 100, maxMs: 3000 } as const;

/** The records of one write. */
interface Batch {
  /** All lines, in order. */
  text: string;
  /** The lines that may wait. */
  deferrable: string;
  readonly deferredBy: Partial<Record<Durability, Deferred>>;
}

interface Deferred {
  readonly promise: Promise<number>;
  resolve(segment: number): void;
  reject(error: unknown): void;
}

export function createJournal(options: JournalOptions): Journal {
  const { directory, files, segmentBytes = SEGMENT_BYTES } = options;
  let segment = options.firstSegment - 1;
  let file: JournalFile | undefined;
  let length = 0;
  let isUnsynced = false;
  let queue: Batch[] = [];
  let working: Promise<void> | undefined;
  let isClosing = false;
  let state: 'well' | 'lost' | 'detached' = 'well';
  let failures = 0;
  let endPause: () => void = () => undefined;
  let idleSync: NodeJS.Timeout | undefined;

  async function open(): Promise<JournalFile> {
    if (state !== 'well') throw gone();
    if (file && length < segmentBytes) return file;
    await closeFile();
    const next = await files.create(segmentPath(directory, segment + 1));
    segment += 1;
    file = next;
    length = 0;
    const header = Buffer.from(journalHeader);
    await next.write(header);
    // Without this sync a loss of power could remove the whole file.
    await next.sync();
    await files.syncDirectory(directory);
    length = header.length;
    return next;
  }

  /** Syncs and closes the current file. */
  async function closeFile(): Promise<void> {
    const old = file;
    if (!old) return;
    if (isUnsynced) await old.sync();
    isUnsynced = false;
    file = undefined;
    await old.close();
    options.onClosed(segment);
  }

  async function write(batches: readonly Batch[]): Promise<void> {
    const target = await open();
    const bytes = Buffer.from(batches.map(({ text }) => text).join(''));
    await target.write(bytes);
    const written = segment;
    isUnsynced = true;
    for (const { deferredBy: kept } of batches) kept.written?.resolve(written);
    if (batches.some(({ deferredBy: kept }) => kept.synced ?? kept['synced-later']))
      await sync(target);
    else scheduleSync();
    length += bytes.length;
    for (const { deferredBy: kept } of batches) {
      kept.synced?.resolve(written);
      kept['synced-later']?.resolve(written);
    }
  }

  async function sync(target: JournalFile): Promise<void> {
    clearTimeout(idleSync);
    idleSync = undefined;
    await target.sync();
    isUnsynced = false;
  }

  function scheduleSync(): void {
    idleSync ??= setTimeout(() => {
      idleSync = undefined;
      const target = file;
      // While a write runs, no sync of its own is needed: one follows soon.
      if (!target || working || !isUnsynced) return;
      working = sync(target)
        .catch((error: unknown) => recoverFromFailure(error))
        .finally(startWork);
    }, IDLE_SYNC_MS);
  }

  /** After a failure: truncates to the last good length, or begins another file. */
  async function recoverFromFailure(error: unknown): Promise<void> {
    failures += 1;
    // This covers a missing directory in which the next file could not be created.
    if (isGone(error)) suspend();
    else options.onState(error);
    const broken = file;
    if (!broken) return;
    try {
      await broken.truncate(length);
      await broken.sync();
      if (length > 0) return;
    } catch {
      // The file may end in a torn record: its checksum shows that when the file is read.
    }
    file = undefined;
    await broken.close().catch(() => undefined);
    if (state !== 'well') return;
    if (length === 0) await files.remove(segmentPath(directory, segment)).catch(() => undefined);
    options.onClosed(segment);
  }

  function suspend(): void {
    if (state !== 'well' || isClosing) return;
    state = 'lost';
    options.onGone?.();
  }

  async function writeQueue(): Promise<void> {
    while (queue.length > 0) {
      const batches = queue;
      queue = [];
      if (state === 'detached') {
        for (const { deferredBy: kept } of batches) {
          for (const deferred of Object.values(kept)) deferred.resolve(segment);
        }
        continue;
      }
      try {
        await write(batches);
        if (failures > 0) options.onState(undefined);
        failures = 0;
      } catch (error) {
        await recoverFromFailure(error);
        queue = [...batchesToRetry(batches, error), ...queue];
        const mayWait = !isClosing && queue.every(({ deferredBy: kept }) => !kept.synced);
        if (mayWait && queue.length > 0) await pause();
      }
    }
  }

  /** Returns the records to retry after a failed write, and rejects the others. */
  function batchesToRetry(batches: readonly Batch[], error: unknown): readonly Batch[] {
    return batches.flatMap(({ deferrable, deferredBy: { synced, ...deferredBy } }) => {
      synced?.reject(error);
      if (!isClosing)
        return deferrable === '' ? [] : [{ text: deferrable, deferrable, deferredBy }];
      for (const deferred of Object.values(deferredBy)) deferred.reject(error);
      return [];
    });
  }

  function pause(): Promise<void> {
    const ms = backoffMs(failures, RETRY);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Records of one tick share a write, and records that arrive during it share the next one. */
  function startWork(): void {
    working = queue.length === 0 ? undefined : oneTick().then(writeQueue).finally(startWork);
  }

  return {
    append(record, durability) {
      const line = encodeRecord(record);
      const batch = queue.at(-1) ?? { text: '', deferrable: '', deferredBy: {} };
      if (queue.length === 0) queue.push(batch);
      batch.text += line;
      if (durability !== 'synced') batch.deferrable += line;
      const deferred = batch.deferredBy[durability] ?? defer();
      batch.deferredBy[durability] = deferred;
      if (durability === 'synced') endPause();
      if (!working) startWork();
      return deferred.promise;
    },
    get segment() {
      return segment;
    },
    suspend,
    detach() {
      state = 'detached';
      endPause();
    },
    resume() {
      // The open file is in a directory that is gone.
      void file?.close().catch(() => undefined);
      file = undefined;
      isUnsynced = false;
      state = 'well';
      endPause();
    },
    async close() {
      isClosing = true;
      endPause();
      while (working) await working;
      clearTimeout(idleSync);
      await closeFile().catch(async (error: unknown) => {
        if (!isGone(error)) options.onState(error);
        await file?.close().catch(() => undefined);
      });
    },
  };
}

function gone(): Error {
  return Object.assign(new Error('the directory was deleted or replaced'), { code: 'ESTALE' });
}

function isGone(error: unknown): boolean {
  return ['ESTALE', 'ENOENT'].includes(errnoOf(error) ?? '');
}

function oneTick(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

function defer(): Deferred {
  let deferred: Omit<Deferred, 'promise'> | undefined;
  const promise = new Promise<number>((resolve, reject) => {
    deferred = { resolve, reject };
  });
  return { promise, ...deferred } as Deferred;
}

const SEGMENT = /^(\d{8})\.(log|seen)$/;

export function segmentPath(
  directory: string,
  segment: number,
  kind: 'log' | 'seen' = 'log',
): string {
  return join(directory, `${String(segment).padStart(8, '0')}.${kind}`);
}

export interface SegmentFile {
  readonly name: string;
  readonly segment: number;
  readonly kind: 'log' | 'seen';
}

/** The journal's files among the names of a directory, in the order in which they are read. */
export function segmentsAmong(names: readonly string[]): readonly SegmentFile[] {
  return names
    .flatMap((name) => {
      const match = SEGMENT.exec(name);
      if (!match) return [];
      return {
        name,
        segment: Number(match[1]),
        kind: match[2] === 'seen' ? 'seen' : 'log',
      } as const;
    })
    .sort((a, b) => a.segment - b.segment || (a.kind === 'seen' ? -1 : 1));
}
