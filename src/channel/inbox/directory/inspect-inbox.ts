/** Reads an inbox from outside: it writes nothing and does not disturb the owner. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../../../config/file/file-system.ts';
import type { InboxStatus } from '../inbox.ts';
import { segmentsAmong } from './journal.ts';
import { createLedger } from './ledger.ts';
import { readJournal } from './records.ts';

export interface InboxReport extends Pick<InboxStatus, 'waiting' | 'oldestAt' | 'parked'> {
  /** Files that were damaged and set aside, absolute. */
  readonly damaged: readonly string[];
}

/**
 * Reports the content of one app's inbox; an inbox that does not exist counts as empty.
 *
 * @param directory the inbox's place, with the app's id below it
 * @throws the system's error where it cannot be read
 */
export async function inspectInbox(directory: string): Promise<InboxReport> {
  let names: readonly string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    names = [];
  }
  // The report does not need the ids that were seen.
  const ledger = createLedger({
    has: () => false,
    add: () => undefined,
    remove: () => undefined,
    size: 0,
  });
  for (const { name, segment, kind } of segmentsAmong(names)) {
    if (kind === 'seen') continue;
    const { records } = readJournal(await readIfThere(join(directory, name)));
    for (const record of records) ledger.apply(record, segment);
  }
  const parked = ledger.parked.map(({ segment: _, ...shown }) => shown);
  const damaged = names.filter((name) => name.endsWith('.damaged'));
  return {
    waiting: ledger.unfinished().length,
    oldestAt: ledger
      .unfinished()
      .reduce<number | undefined>((a, { at }) => Math.min(a ?? at, at), undefined),
    parked,
    damaged: damaged.map((name) => join(directory, name)),
  };
}

/** The owner may clear a file meanwhile; its messages are then in a later file. */
async function readIfThere(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    return new Uint8Array();
  }
}
