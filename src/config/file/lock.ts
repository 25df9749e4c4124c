/** One writer at a time, across processes; the lock of a killed one is taken over. */
import { mkdir, rmdir, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { monotonicNow } from '../../shared/time/clock.ts';
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
  /** The wall clock, by which files are dated (ms). */
  readonly now: () => number;
  /** A clock that is never set (ms); default: that of this process. */
  readonly monotonic?: (() => number) | undefined;
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
  { signal, random, now, monotonic = monotonicNow }: LockOptions,
  onLost: (error: Error) => void,
): Promise<() => Promise<void>> {
  const directory = `${path}.lock`;
  const deadline = monotonic() + LOCK_TIMEOUT_MS;
  const ageOf = watchAges(now, monotonic);
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
    await removeStale(directory, ageOf);
    if (monotonic() > deadline) throw locked(path, directory);
    await delay(WAIT_MS.least + random() * WAIT_MS.spread, undefined, signal ? { signal } : {});
  }
}

/**
 * Removes a lock that its holder no longer renews. Only one process at a time may do so: otherwise
 * a second process could remove the stale lock and lock afresh, and the first would remove that.
 */
async function removeStale(directory: string, ageOf: AgeOf): Promise<void> {
  if ((await ageOf(directory)) <= STALE_MS) return;
  const breaker = `${directory}.breaking`;
  try {
    await mkdir(breaker);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    // A breaker this old belongs to a process that was killed while it removed the lock.
    if ((await ageOf(breaker)) > 3 * STALE_MS) await removeIfThere(breaker);
    return;
  }
  try {
    if ((await ageOf(directory)) > STALE_MS) await removeIfThere(directory);
  } finally {
    await removeIfThere(breaker);
  }
}

/** How long ago a directory was renewed (ms); 0 if it is not there. */
type AgeOf = (path: string) => Promise<number>;

/**
 * The age by the wall clock, or the time that we have watched the directory without a change if that is
 * longer: after the clock is set back, an abandoned lock would otherwise look fresh for just as long.
 */
function watchAges(now: () => number, monotonic: () => number): AgeOf {
  const watched = new Map<string, { readonly renewedAt: number; readonly since: number }>();
  return async (path) => {
    const status = await stat(path).catch((error: unknown) => {
      if (errnoOf(error) !== 'ENOENT') throw error;
    });
    if (!status) {
      watched.delete(path);
      return 0;
    }
    const last = watched.get(path);
    const isSame = last?.renewedAt === status.mtimeMs;
    const since = isSame ? last.since : monotonic();
    if (!isSame) watched.set(path, { renewedAt: status.mtimeMs, since });
    return Math.max(now() - status.mtimeMs, monotonic() - since);
  };
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
