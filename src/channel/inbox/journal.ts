/**
 * Appended, checksummed, synced files: what the inbox stands on.
 *
 * In: records. Out: the promise that they are written, or that they would survive a loss of power;
 * all that come in while the disk is busy share its next sync (group commit). Written by hand, since
 * no library fits: `node:sqlite` is not in Node 20, lmdb and better-sqlite3 are native and do not go
 * into one bundle, node-sqlite3-wasm stays locked after kill -9, and level's pure forms do not sync.
 */
import { join } from 'node:path';
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
  /** A file was closed: what it holds may be cleared. */
  readonly onClosed: (segment: number) => void;
}

export interface AppendOptions {
  /** `synced`: survives a loss of power; `written`: survives the end of this process. */
  readonly until: 'written' | 'synced';
  /** Waits for space instead of failing. */
  readonly isPatient: boolean;
}

export interface Journal {
  /**
   * Resolves with the file's number when the record is kept as asked.
   *
   * @throws the system's error, unless patient: then it is not kept
   */
  append(record: JournalRecord, options: AppendOptions): Promise<number>;
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

interface Pending {
  readonly line: string;
  readonly options: AppendOptions;
  readonly resolve: (segment: number) => void;
  readonly reject: (error: unknown) => void;
}

export function createJournal(options: JournalOptions): Journal {
  const { directory, files, segmentBytes = SEGMENT_BYTES } = options;
  let segment = options.firstSegment - 1;
  let file: JournalFile | undefined;
  let length = 0;
  let isUnsynced = false;
  let queue: Pending[] = [];
  let working: Promise<void> | undefined;
  let isClosing = false;
  let failures = 0;
  let wakeUp: () => void = () => undefined;
  let idleSync: NodeJS.Timeout | undefined;

  async function open(): Promise<JournalFile> {
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

  async function write(batch: readonly Pending[]): Promise<void> {
    const target = await open();
    const bytes = Buffer.from(batch.map(({ line }) => line).join(''));
    await target.write(bytes);
    const written = segment;
    isUnsynced = true;
    for (const { options: asked, resolve } of batch)
      if (asked.until === 'written') resolve(written);
    if (batch.some(({ options: asked }) => asked.until === 'synced')) await sync(target);
    else scheduleSync();
    length += bytes.length;
    for (const { resolve } of batch) resolve(written);
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
    options.onState(error);
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
    if (length === 0) await files.remove(segmentPath(directory, segment)).catch(() => undefined);
    options.onClosed(segment);
  }

  async function work(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue;
      queue = [];
      try {
        await write(batch);
        if (failures > 0) options.onState(undefined);
        failures = 0;
      } catch (error) {
        await abandon(error);
        const mayWait = ({ options: asked }: Pending): boolean => asked.isPatient && !isClosing;
        for (const pending of batch) if (!mayWait(pending)) pending.reject(error);
        queue = [...batch.filter(mayWait), ...queue];
        if (!queue.every(mayWait)) continue;
        if (queue.length > 0) await pause();
      }
    }
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

  function next(): void {
    working = undefined;
    if (queue.length > 0) working = work().finally(next);
  }

  return {
    append(record, asked) {
      return new Promise((resolve, reject) => {
        queue.push({ line: encodeRecord(record), options: asked, resolve, reject });
        if (!asked.isPatient) wakeUp();
        if (!working) next();
      });
    },
    get segment() {
      return segment;
    },
    async close() {
      isClosing = true;
      wakeUp();
      while (working) await working;
      clearTimeout(idleSync);
      await retire().catch((error: unknown) => options.onState(error));
    },
  };
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
