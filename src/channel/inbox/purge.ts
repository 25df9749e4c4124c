/** An inbox deleted, when its account is gone: only what is ours in there, and only where nobody works on it. */
import { once } from 'node:events';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../../config/file/file-system.ts';
import { draftOf } from '../../shared/replace-file.ts';
import { WAITING_FILE } from '../message/pairing.ts';
import { RECORD_FILE } from '../run-record.ts';
import { takeOwnership } from './directory/ownership.ts';

export type Purge =
  | { readonly is: 'gone' }
  | { readonly is: 'absent' }
  /** A process works on it; nothing was touched. */
  | { readonly is: 'owned' }
  /** What is ours is gone; these are not, and stay where they are. */
  | { readonly is: 'shared'; readonly strangers: readonly string[] }
  /** Not all of it could be deleted, and why (the system's code). */
  | { readonly is: 'stuck'; readonly reason: string };

/** Journal, what was set aside of it, drafts, and owners. */
const OURS = /^(?:\d{8}\.(?:log|seen)(?:\.damaged)?(?:\.new)?|owner\.\d+|claim\.[0-9a-f]+)$/;
/** The run record, and who waits to be let in. */
const BESIDE = [RECORD_FILE, WAITING_FILE].flatMap((name) => [name, draftOf(name)]);
const isOurs = (name: string) => OURS.test(name) || BESIDE.includes(name);

/**
 * Deletes what an app has in its inbox. It is taken into our own hands first, so that no process
 * begins to work on it meanwhile.
 *
 * @param directory as `inboxDirectory` gives it
 * @param options.patienceMs for a process that works on it to leave (ms)
 */
export async function purgeInbox(
  directory: string,
  options: { readonly patienceMs: number; readonly signal: AbortSignal },
): Promise<Purge> {
  const patience = AbortSignal.timeout(options.patienceMs);
  const signal = AbortSignal.any([options.signal, patience]);
  try {
    if ((await fs.readdir(directory)).length === 0) {
      await fs.rmdir(directory);
      return { is: 'gone' };
    }
    const release = await takeOver(directory, signal);
    try {
      return await emptyOut(directory);
    } finally {
      await release();
    }
  } catch (error) {
    options.signal.throwIfAborted();
    const reason = errnoOf(error);
    if (patience.aborted || reason === 'ENOTEMPTY') return { is: 'owned' };
    if (reason === undefined) throw error;
    return reason === 'ENOENT' ? { is: 'absent' } : { is: 'stuck', reason };
  }
}

/** Becomes its owner, after the one there is. Rejects when the signal aborts. */
async function takeOver(directory: string, signal: AbortSignal): Promise<() => Promise<void>> {
  for (;;) {
    const ownership = await takeOwnership(directory, (guest) => guest.destroy(), signal);
    if (ownership.kind === 'owner') return ownership.release;
    const { socket } = ownership;
    socket.on('error', () => socket.destroy());
    try {
      // Discards its data: only its end matters here.
      await once(socket.resume(), 'close', { signal });
    } finally {
      socket.destroy();
    }
  }
}

async function emptyOut(directory: string): Promise<Purge> {
  const names = await fs.readdir(directory);
  for (const name of names.filter(isOurs)) {
    await fs.rm(join(directory, name), { recursive: true, force: true });
  }
  const strangers = names.filter((name) => !isOurs(name));
  if (strangers.length > 0) return { is: 'shared', strangers };
  await fs.rmdir(directory);
  return { is: 'gone' };
}
