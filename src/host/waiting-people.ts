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
import { WAITING_FILE } from '../channel/pairing.ts';
import { parseJson } from '../shared/json.ts';
import { replaceFile } from '../shared/replace-file.ts';

/** Until when (ms since 1970), by open_id. */
const waitingSchema = z.record(z.string(), z.number().nonnegative());

export interface WaitingPeople {
  /** As it stands on disk, which several processes may change. */
  all(): Promise<ReadonlyMap<string, number>>;
  /** @throws the system's errors; the person is waited for in memory then */
  add(openId: string, until: number): Promise<void>;
  /** @throws the system's errors */
  remove(openId: string): Promise<void>;
}

/** @param directory of the app on this machine; made where it is missing */
export function waitingPeople(directory: string): WaitingPeople {
  const path = join(directory, WAITING_FILE);
  const own = new Map<string, number>();
  let turn: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Map<string, number>> {
    const text = await readFile(path, 'utf8').catch(() => '{}');
    const kept = waitingSchema.safeParse(parseJson(text)).data ?? {};
    return new Map([...Object.entries(kept), ...own]);
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  }

  function change(work: (people: Map<string, number>) => void): Promise<void> {
    return inTurn(async () => {
      const people = await read();
      work(people);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await replaceFile(path, `${JSON.stringify(Object.fromEntries(people))}\n`);
    });
  }

  return {
    all: () => inTurn(read),
    add(openId, until) {
      own.set(openId, until);
      return change((people) => people.set(openId, until));
    },
    remove(openId) {
      own.delete(openId);
      return change((people) => people.delete(openId));
    },
  };
}
