/**
 * The people who asked for approval and still await the notice of it, kept in a file: the first
 * approval makes that person the host's owner (openclaw@2026.9.6, `commands.ownerAllowFrom`), and
 * the host then restarts its channels before the notice is sent.
 *
 * In: the app's directory on this machine. Out: open_ids, and until when each is waited for. A file
 * that cannot be read or written costs only the notice: an approved person still gets answers.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PAIRING_REQUESTS_FILE } from '../../channel/message/pairing.ts';
import { codeOf } from '../../shared/errors.ts';
import { parseJson } from '../../shared/json.ts';
import type { Logger } from '../../shared/log.ts';
import { replaceFile } from '../../shared/replace-file.ts';

/** Until when (ms since 1970), by open_id. */
const requestsSchema = z.record(z.string(), z.number().nonnegative());

export interface PairingRequestStore {
  /** The people in the file, which several processes may change, plus changes not yet written. */
  all(): Promise<ReadonlyMap<string, number>>;
  add(openId: string, until: number): Promise<void>;
  remove(openId: string): Promise<void>;
}

export interface PairingRequestStoreOptions {
  /** The directory of the app on this machine; created if missing. */
  readonly directory: string;
  readonly log: Logger;
}

export function createPairingRequestStore({
  directory,
  log,
}: PairingRequestStoreOptions): PairingRequestStore {
  const path = join(directory, PAIRING_REQUESTS_FILE);
  /** Changes that are not in the file yet; `undefined`: this person no longer waits. */
  const pendingChanges = new Map<string, number | undefined>();
  let turn: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Map<string, number>> {
    const text = await readFile(path, 'utf8').catch(() => '{}');
    const people = new Map(Object.entries(requestsSchema.safeParse(parseJson(text)).data ?? {}));
    for (const [openId, until] of pendingChanges) {
      if (until === undefined) people.delete(openId);
      else people.set(openId, until);
    }
    return people;
  }

  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  }

  async function write(openId: string, until: number | undefined): Promise<void> {
    const people = await read();
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await replaceFile(path, `${JSON.stringify(Object.fromEntries(people))}\n`);
    // Changed once more meanwhile, it has a turn of its own.
    if (pendingChanges.get(openId) === until) pendingChanges.delete(openId);
  }

  function change(openId: string, until: number | undefined): Promise<void> {
    pendingChanges.set(openId, until);
    return enqueue(() => write(openId, until)).catch((error: unknown) => {
      log.warn('who waits to be let in could not be kept', { error: codeOf(error) });
    });
  }

  return {
    all: () => enqueue(read),
    add: change,
    remove: (openId) => change(openId, undefined),
  };
}
