/** One writer at a time, across processes; the lock of a killed one is taken over. */
import { mkdir, rmdir, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { configError } from '../config-errors.ts';
import { errnoOf } from './file-system.ts';

/** How often a holder renews its lock (ms). */
const RENEW_MS = 2_000;
/** A lock not renewed for so long (ms) belongs to a process that was killed. */
const STALE_MS = 10_000;
/** How long to wait for the lock (ms): long enough for a stale lock and many earlier waiters. */
const LOCK_TIMEOUT_MS = 120_000;
/** Pauses between two attempts (ms): short and random, so that waiters do not retry in step. */
const WAIT_MS = { least: 15, spread: 60 } as const;

export interface HeldLock {
  /** Throws when the lock was lost meanwhile (this process was stopped for long, and another took over). */
  readonly check: () => void;
}

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  readonly random: () => number;
  readonly now: () => number;
}

/**
 * Runs `work` while this process alone holds the lock of `path`, a directory `<path>.lock` beside it.
 *
 * @throws MoltbotFeishuError `config-locked` (exit 5) after two minutes; the errors of `work`;
 *   the system's error where no lock can be made; the signal's reason
 */
export async function withLock<T>(
  path: string,
  options: LockOptions,
  work: (held: HeldLock) => Promise<T>,
): Promise<T> {
  let lost: Error | undefined;
  const release = await acquire(path, options, (error) => {
    lost = error;
  });
  try {
    return await work({
      check: () => {
        if (lost) throw lost;
      },
    });
  } finally {
    await release().catch(() => {
      // Another process took the lock over meanwhile: there is nothing left to release.
    });
  }
}

async function acquire(
  path: string,
  { signal, random, now }: LockOptions,
  onLost: (error: Error) => void,
): Promise<() => Promise<void>> {
  const directory = `${path}.lock`;
  const deadline = now() + LOCK_TIMEOUT_MS;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await lock(path, {
        realpath: false,
        lockfilePath: directory,
        update: RENEW_MS,
        // Its own takeover removes whatever lock it finds, even one that another has just taken over.
        stale: Number.MAX_SAFE_INTEGER,
        onCompromised: onLost,
      });
    } catch (error) {
      if (errnoOf(error) !== 'ELOCKED') throw error;
    }
    await removeStale(directory, now);
    if (now() > deadline) throw locked(path, directory);
    await delay(WAIT_MS.least + random() * WAIT_MS.spread, undefined, signal ? { signal } : {});
  }
}

/**
 * Removes a lock that its holder no longer renews. Only one process at a time may do so: otherwise
 * a second process could remove the stale lock and lock afresh, and the first would remove that.
 */
async function removeStale(directory: string, now: () => number): Promise<void> {
  if (!(await isOlderThan(directory, STALE_MS, now))) return;
  const breaker = `${directory}.breaking`;
  try {
    await mkdir(breaker);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    // A breaker this old belongs to a process that was killed while it removed the lock.
    if (await isOlderThan(breaker, 3 * STALE_MS, now)) await removeIfThere(breaker);
    return;
  }
  try {
    if (await isOlderThan(directory, STALE_MS, now)) await removeIfThere(directory);
  } finally {
    await removeIfThere(breaker);
  }
}

async function isOlderThan(path: string, age: number, now: () => number): Promise<boolean> {
  try {
    return now() - (await stat(path)).mtimeMs > age;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function removeIfThere(directory: string): Promise<void> {
  try {
    await rmdir(directory);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

function locked(path: string, directory: string): MoltbotFeishuError {
  const details = { path, lock: directory };
  return configError('locked', { ...details, seconds: LOCK_TIMEOUT_MS / 1000 }, { details });
}
