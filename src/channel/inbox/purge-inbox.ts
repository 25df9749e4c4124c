/** Deletes the inbox of a removed account: only our own files, and only if no process owns it. */
import { once } from 'node:events';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../../config/file/file-system.ts';
import { draftOf } from '../../shared/replace-file.ts';
import { PAIRING_REQUESTS_FILE } from '../message/pairing.ts';
import { RECORD_FILE } from '../run-record.ts';
import { takeOwnership } from './directory/ownership.ts';
import { CHOICES_FILE } from './local-files.ts';

export type PurgeResult =
  | { readonly is: 'gone' }
  | { readonly is: 'absent' }
  /** A process works on it; nothing was touched. */
  | { readonly is: 'owned' }
  /** Our files are deleted; `strangers` are not ours and stay. */
  | { readonly is: 'shared'; readonly foreignFiles: readonly string[] }
  /** Some files could not be deleted; `reason` is the system's code. */
  | { readonly is: 'stuck'; readonly reason: string };

/** Journal files, damaged copies, drafts, and owner directories. */
const OWN_FILE = /^(?:\d{8}\.(?:log|seen)(?:\.damaged)?(?:\.new)?|owner\.\d+|claim\.[0-9a-f]+)$/;
/** The run record, the list of pairing requests, and the open cards. */
const FILES_BESIDE = [RECORD_FILE, PAIRING_REQUESTS_FILE, CHOICES_FILE].flatMap((name) => [
  name,
  draftOf(name),
]);
const isOwnFile = (name: string) => OWN_FILE.test(name) || FILES_BESIDE.includes(name);

/**
 * Deletes the files of an app's inbox. Takes ownership first, so that no other process begins to
 * work on it.
 *
 * @param directory as `inboxDirectory` gives it
 * @param options.waitMs how long to wait for the current owner to leave (ms)
 */
export async function purgeInbox(
  directory: string,
  options: { readonly waitMs: number; readonly signal: AbortSignal },
): Promise<PurgeResult> {
  const timeout = AbortSignal.timeout(options.waitMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  try {
    if ((await fs.readdir(directory)).length === 0) {
      await fs.rmdir(directory);
      return { is: 'gone' };
    }
    const release = await waitForOwnership(directory, signal);
    try {
      return await deleteOwnFiles(directory);
    } finally {
      await release();
    }
  } catch (error) {
    options.signal.throwIfAborted();
    const reason = errnoOf(error);
    if (timeout.aborted || reason === 'ENOTEMPTY') return { is: 'owned' };
    if (reason === undefined) throw error;
    return reason === 'ENOENT' ? { is: 'absent' } : { is: 'stuck', reason };
  }
}

/** Becomes the owner once the current one has left. Rejects when the signal aborts. */
async function waitForOwnership(
  directory: string,
  signal: AbortSignal,
): Promise<() => Promise<void>> {
  for (;;) {
    const ownership = await takeOwnership(directory, (follower) => follower.destroy(), signal);
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

async function deleteOwnFiles(directory: string): Promise<PurgeResult> {
  const names = await fs.readdir(directory);
  for (const name of names.filter(isOwnFile)) {
    await fs.rm(join(directory, name), { recursive: true, force: true });
  }
  const foreignFiles = names.filter((name) => !isOwnFile(name));
  if (foreignFiles.length > 0) return { is: 'shared', foreignFiles };
  await fs.rmdir(directory);
  return { is: 'gone' };
}
