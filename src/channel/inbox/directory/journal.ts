/**
 * Appended, checksummed, synced files: what the inbox stands on.
 *
 * In: records. Out: the promise that they are written, or that they would survive a loss of power;
 * all that come in while the disk is busy share its next sync (group commit). Written by hand, since
 * no library fits: `node:sqlite` is not in Node 20, lmdb and better-sqlite3 are native and do not go
 * into one bundle, node-sqlite3-wasm stays locked after kill -9, and level's pure forms do not sync.
 */
import { join } from 'node:path';
import { errnoOf } from '../../../config/file/file-system.ts';
import type { JournalFile, JournalFiles } from './journal-files.ts';
import { encodeRecord, type JournalRecord, journalHeader } from './records.ts';

export interface JournalOptions {
  readonly directory: string;
  readonly files: JournalFiles;
  /** The number of the first file that is written. */
  readonly firstSegment: number;
  /** A file that has grown to this is closed, and another begun (bytes). */
  readonly segmentBytes?: number;
  /** Why nothing can be written now; undefined: it can again. */
  readonly onState: (failure: unknown) => void;
  /** The directory was deleted or replaced. Nothing is written until {@link Journal.renew}. */
  readonly onGone?: (() => void) | undefined;
  /** A file was closed: what it holds may be cleared. */
  readonly onClosed: (segment: number) => void;
}

/**
 * How a record is kept. `synced`: it survives a loss of power; or it fails. The others wait for space
 * instead of failing: `in-the-end` until it survives a loss of power, `for-now` until it survives the
 * end of this process.
 */
export type Keeping = 'synced' | 'in-the-end' | 'for-now';

export interface Journal {
  /**
   * Resolves with the file's number when the record is kept as asked; one promise for all that share
   * a write.
   *
   * @throws the system's error, unless it may wait: then it is not kept
   */
  append(record: JournalRecord, keeping: Keeping): Promise<number>;
  /** Writes nothing more: the directory is not ours any more. */
  lose(): void;
  /** Writes nothing more, and takes what comes as kept: only memory has it. */
  detach(): void;
  /** The directory is ours again, and empty. */
  renew(): void;
  /** The file that is written now. */
  readonly segment: number;
  /** Writes what waits, once more, and gives the file back; what cannot be written fails. */
  close(): Promise<void>;
}

/** Small enough to be cleared soon, large enough that a day has few hundred of them. */
const SEGMENT_BYTES = 4 * 1024 * 1024;
/** How long a record that was only written waits for a sync of its own (ms). */
const IDLE_SYNC_MS = 200;
/** Between two attempts to write what waits patiently (ms). */
const RETRY_MS = { first: 100, most: 3000 } as const;

/** What goes to the disk in one write. */
interface Batch {
  /** Its lines, in order. */
  text: string;
  /** Those among them that may wait. */
  patient: string;
  readonly kept: Partial<Record<Keeping, Deferred>>;
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
  let wakeUp: () => void = () => undefined;
  let idleSync: NodeJS.Timeout | undefined;

  async function open(): Promise<JournalFile> {
    if (state !== 'well') throw gone();
    if (file && length < segmentBytes) return file;
    await retire();
    const next = await files.create(segmentPath(directory, segment + 1));
    segment += 1;
    file = next;
    length = 0;
    const header = Buffer.from(journalHeader);
    await next.write(header);
    // Without this the whole file could be gone after a loss of power.
    await next.sync();
    await files.syncDirectory(directory);
    length = header.length;
    return next;
  }

  /** Closes the file in order. */
  async function retire(): Promise<void> {
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
    for (const { kept } of batches) kept['for-now']?.resolve(written);
    if (batches.some(({ kept }) => kept.synced ?? kept['in-the-end'])) await sync(target);
    else scheduleSync();
    length += bytes.length;
    for (const { kept } of batches) {
      kept.synced?.resolve(written);
      kept['in-the-end']?.resolve(written);
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
      // While it is being worked on, the next sync is near, or comes with the next record.
      if (!target || working || !isUnsynced) return;
      working = sync(target)
        .catch((error: unknown) => abandon(error))
        .finally(next);
    }, IDLE_SYNC_MS);
  }

  /** After a failure: back to the last good length, or on to another file. */
  async function abandon(error: unknown): Promise<void> {
    failures += 1;
    // Also where the next file could not be made for the lack of a directory.
    if (isGone(error)) lose();
    else options.onState(error);
    const broken = file;
    if (!broken) return;
    try {
      await broken.truncate(length);
      await broken.sync();
      if (length > 0) return;
    } catch {
      // The file is not to be trusted: what was torn at its end is told apart when it is read.
    }
    file = undefined;
    await broken.close().catch(() => undefined);
    if (state !== 'well') return;
    if (length === 0) await files.remove(segmentPath(directory, segment)).catch(() => undefined);
    options.onClosed(segment);
  }

  function lose(): void {
    if (state !== 'well' || isClosing) return;
    state = 'lost';
    options.onGone?.();
  }

  async function work(): Promise<void> {
    while (queue.length > 0) {
      const batches = queue;
      queue = [];
      if (state === 'detached') {
        for (const { kept } of batches) {
          for (const deferred of Object.values(kept)) deferred.resolve(segment);
        }
        continue;
      }
      try {
        await write(batches);
        if (failures > 0) options.onState(undefined);
        failures = 0;
      } catch (error) {
        await abandon(error);
        queue = [...remaining(batches, error), ...queue];
        const mayWait = !isClosing && queue.every(({ kept }) => !kept.synced);
        if (mayWait && queue.length > 0) await pause();
      }
    }
  }

  /** What is tried again when a write has failed; the rest fails. */
  function remaining(batches: readonly Batch[], error: unknown): readonly Batch[] {
    return batches.flatMap(({ patient, kept: { synced, ...kept } }) => {
      synced?.reject(error);
      if (!isClosing) return patient === '' ? [] : [{ text: patient, patient, kept }];
      for (const deferred of Object.values(kept)) deferred.reject(error);
      return [];
    });
  }

  function pause(): Promise<void> {
    const ms = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** (failures - 1));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** What comes in at one time shares a write, and all that comes in during it shares the next. */
  function next(): void {
    working = queue.length === 0 ? undefined : oneTick().then(work).finally(next);
  }

  return {
    append(record, keeping) {
      const line = encodeRecord(record);
      const batch = queue.at(-1) ?? { text: '', patient: '', kept: {} };
      if (queue.length === 0) queue.push(batch);
      batch.text += line;
      if (keeping !== 'synced') batch.patient += line;
      const deferred = batch.kept[keeping] ?? defer();
      batch.kept[keeping] = deferred;
      if (keeping === 'synced') wakeUp();
      if (!working) next();
      return deferred.promise;
    },
    get segment() {
      return segment;
    },
    lose,
    detach() {
      state = 'detached';
      wakeUp();
    },
    renew() {
      // What is open is in a directory that is gone.
      void file?.close().catch(() => undefined);
      file = undefined;
      isUnsynced = false;
      state = 'well';
      wakeUp();
    },
    async close() {
      isClosing = true;
      wakeUp();
      while (working) await working;
      clearTimeout(idleSync);
      await retire().catch(async (error: unknown) => {
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
