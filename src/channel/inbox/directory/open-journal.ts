/**
 * Opens the journal of a directory: reads its files into a ledger. Once a file's messages are
 * finished, the file is replaced by the ids in it.
 *
 * In: a directory. Out: an up-to-date ledger, and a journal that takes new records.
 */
import { join } from 'node:path';
import { draftOf } from '../../../shared/replace-file.ts';
import type { InboxListener } from '../inbox.ts';
import { inboxDamaged } from '../inbox-errors.ts';
import { SHOW_PARKED_MS } from '../inbox-limits.ts';
import { createJournal, type Journal, segmentPath, segmentsAmong } from './journal.ts';
import type { JournalFiles } from './journal-files.ts';
import { type Ledger, toReceivedRecord } from './ledger.ts';
import {
  encodeRecord,
  type JournalRecord,
  journalHeader,
  packIds,
  readJournal,
} from './records.ts';

/** Words of fingerprints in one line of a cleared file. */
export const WORDS_PER_RECORD = 400;

export interface OpenJournalOptions {
  readonly directory: string;
  readonly files: JournalFiles;
  readonly now: () => number;
  readonly listener: InboxListener;
  readonly segmentBytes?: number;
  readonly ledger: Ledger;
  readonly onState: (failure: unknown) => void;
  readonly onGone: () => void;
  readonly onClosed: (segment: number) => void;
  /** Only ids are left of this file; the newest one came at `at`. */
  readonly onCleared: (segment: number, at: number) => void;
}

/** Reads the files into the ledger, and writes the unfinished messages into a new file. */
export async function openJournal(options: OpenJournalOptions): Promise<Journal> {
  const { directory, files, ledger, now } = options;
  await files.makeDirectory(directory);
  const names = await files.list(directory);
  for (const name of names) if (name.endsWith('.new')) await files.remove(join(directory, name));
  const damages: { readonly name: string; readonly damaged: number }[] = [];
  const logs: number[] = [];
  let last = 0;
  for (const { name, segment, kind } of segmentsAmong(names)) {
    const path = join(directory, name);
    last = segment;
    if (kind === 'log' && names.includes(name.replace(/log$/, 'seen'))) {
      await files.remove(path);
      continue;
    }
    const { records, damaged } = readJournal(await files.read(path));
    for (const record of records) ledger.apply(record, segment);
    if (damaged > 0) damages.push({ name, damaged });
    if (kind === 'log' || damaged > 0) logs.push(segment);
    else {
      ledger.takeIds(segment);
      options.onCleared(segment, newestTime(records));
    }
  }
  const journal = createJournal({ ...options, firstSegment: last + 1 });
  try {
    await startEmptyFile(journal, logs, options);
    for (const { name, damaged } of damages) {
      const kept = join(directory, `${name}.damaged`);
      options.listener.onProblem(inboxDamaged(join(directory, name), damaged, kept));
    }
    return journal;
  } catch (error) {
    await journal.close();
    throw error;
  }

  async function startEmptyFile(
    target: Journal,
    old: readonly number[],
    { ledger: all }: OpenJournalOptions,
  ): Promise<void> {
    await Promise.all(
      all.unfinished().map(async (entry) => {
        const record = toReceivedRecord(entry);
        all.apply(record, await target.append(record, 'synced'));
      }),
    );
    for (const { segment: _, ...what } of all.parked) {
      if (now() - what.at > SHOW_PARKED_MS) continue;
      const record = { is: 'parked', n: 0, ...what } as const;
      all.apply(record, await target.append(record, 'synced'));
    }
    for (const { name } of damages) {
      // Keep a copy before the intact records are cleared, so that the damage can be examined.
      const bytes = await files.read(join(directory, name));
      await writeAtomically(files, join(directory, `${name}.damaged`), bytes);
    }
    for (const segment of old) {
      await replaceWithIds(directory, files, segment, all.takeIds(segment), now());
      options.onCleared(segment, now());
    }
  }
}

/** Replaces a file by its ids. */
export async function replaceWithIds(
  directory: string,
  files: JournalFiles,
  segment: number,
  words: readonly number[],
  at: number,
): Promise<void> {
  const lines: string[] = [];
  for (let from = 0; from < words.length; from += WORDS_PER_RECORD) {
    const ids = packIds(words.slice(from, from + WORDS_PER_RECORD));
    lines.push(encodeRecord({ is: 'seen', at, ids }));
  }
  const target = segmentPath(directory, segment, 'seen');
  if (words.length === 0) await files.remove(target);
  else await writeAtomically(files, target, Buffer.from(journalHeader + lines.join('')));
  await files.syncDirectory(directory);
  await files.remove(segmentPath(directory, segment));
}

function newestTime(records: readonly JournalRecord[]): number {
  return records.reduce(
    (newest, record) => ('at' in record ? Math.max(newest, record.at) : newest),
    0,
  );
}

async function writeAtomically(
  files: JournalFiles,
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  const draft = draftOf(path);
  await files.remove(draft);
  const file = await files.create(draft);
  try {
    await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(draft, path);
}
