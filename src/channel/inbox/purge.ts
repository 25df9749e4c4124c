/** Deletes the inbox of a removed account: only our own files, and only if no process owns it. */
import { once } from 'node:events';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../../config/file/file-system.ts';
import { draftOf } from '../../shared/replace-file.ts';
import { PAIRING_REQUESTS_FILE } from '../message/pairing.ts';
import { RECORD_FILE } from '../run-record.ts';
import { takeOwnership } from './directory/ownership.ts';

export type Purge =
  | { readonly is: 'gone' }
  | { readonly is: 'absent' }
  /** A process works on it; nothing was touched. */
  | { readonly is: 'owned' }
  /** Our files are deleted; `strangers` are not ours and stay. */
  | { readonly is: 'shared'; readonly strangers: readonly string[] }
  /** Some files could not be deleted; `reason` is the system's code. */
  | { readonly is: 'stuck'; readonly reason: string };

/** Journal files, damaged copies, drafts, and owner directories. */
const OURS = /^(?:\d{8}\.(?:log|seen)(?:\.damaged)?(?:\.new)?|owner\.\d+|claim\.[0-9a-f]+)$/;
/** The run record and the list of pairing requests. */
const BESIDE = [RECORD_FILE, PAIRING_REQUESTS_FILE].flatMap((name) => [name, draftOf(name)]);
const isOurs = (name: string) => OURS.test(name) || BESIDE.includes(name);

/**
 * Deletes the files of an app's inbox. Takes ownership first, so that no other process begins to
 * work on it.
 *
 * @param directory as `inboxDirectory` gives it
 * @param options.patienceMs how long to wait for the current owner to leave (ms)
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

/** Becomes the owner once the current one has left. Rejects when the signal aborts. */
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
