/**
 * Who has asked to be let in and is still to be told, kept in a file: a host starts its channels
 * anew when the first approval of all makes somebody its owner (openclaw@2026.9.6,
 * `commands.ownerAllowFrom`), and that is just when the one who waits must not be forgotten.
 *
 * In: the app's directory on this machine. Out: open_ids, and until when each is waited for. A file
 * that cannot be read or written costs only the telling: whoever is approved is answered all the same.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WAITING_FILE } from '../../channel/message/pairing.ts';
import { codeOf } from '../../shared/errors.ts';
import { parseJson } from '../../shared/json.ts';
import type { Logger } from '../../shared/log.ts';
import { replaceFile } from '../../shared/replace-file.ts';

/** Until when (ms since 1970), by open_id. */
const waitingSchema = z.record(z.string(), z.number().nonnegative());

export interface WaitingPeople {
  /** As it stands on disk, which several processes may change, with what could not be written there. */
  all(): Promise<ReadonlyMap<string, number>>;
  add(openId: string, until: number): Promise<void>;
  remove(openId: string): Promise<void>;
}

export interface WaitingPeopleOptions {
  /** Of the app on this machine; made where it is missing. */
  readonly directory: string;
  readonly log: Logger;
}

export function waitingPeople({ directory, log }: WaitingPeopleOptions): WaitingPeople {
  const path = join(directory, WAITING_FILE);
  /** What the file does not say yet; `undefined`: this person waits no more. */
  const unwritten = new Map<string, number | undefined>();
  let turn: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Map<string, number>> {
    const text = await readFile(path, 'utf8').catch(() => '{}');
    const people = new Map(Object.entries(waitingSchema.safeParse(parseJson(text)).data ?? {}));
    for (const [openId, until] of unwritten) {
      if (until === undefined) people.delete(openId);
      else people.set(openId, until);
    }
    return people;
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  }

  async function write(openId: string, until: number | undefined): Promise<void> {
    const people = await read();
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await replaceFile(path, `${JSON.stringify(Object.fromEntries(people))}\n`);
    // Changed once more meanwhile, it has a turn of its own.
    if (unwritten.get(openId) === until) unwritten.delete(openId);
  }

  function change(openId: string, until: number | undefined): Promise<void> {
    unwritten.set(openId, until);
    return inTurn(() => write(openId, until)).catch((error: unknown) => {
      log.warn('who waits to be let in could not be kept', { error: codeOf(error) });
    });
  }

  return {
    all: () => inTurn(read),
    add: change,
    remove: (openId) => change(openId, undefined),
  };
}
