/** One writer at a time, across processes; the lock of a killed one is taken over. */
import { lock } from 'proper-lockfile';
import { setTimeout as delay } from 'node:timers/promises';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import { message } from '../shared/text.ts';
import { configTexts as texts } from './texts.ts';

/** A lock not renewed for so long (ms) belongs to nobody; the least that proper-lockfile allows. */
const STALE_MS = 5_000;
/** How long to stand in line (ms): room for a stale lock and many others before us. */
const PATIENCE_MS = 60_000;

/** Runs `work` while this process alone holds the lock of `path`. Throws `config-locked` (config). */
export async function withLock<T>(
  path: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const release = await acquire(path, signal);
  try {
    return await work();
  } finally {
    await release().catch(() => {
      // Taken over as stale while this process was stopped: there is nothing left to release.
    });
  }
}

async function acquire(path: string, signal: AbortSignal | undefined): Promise<() => Promise<void>> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await lock(path, {
        realpath: false,
        stale: STALE_MS,
        lockfilePath: `${path}.lock`,
        // The content is compared again just before the rename, so a lost lock loses no edit.
        onCompromised: () => undefined,
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
      if (Date.now() > deadline) {
        throw new MoltbotFeishuError({
          code: 'config-locked',
          exitCode: ExitCode.config,
          what: message(texts.locked, { path }),
          fix: texts.lockedFix,
        });
      }
      await delay(20 + Math.random() * 60, undefined, signal ? { signal } : {});
    }
  }
}
