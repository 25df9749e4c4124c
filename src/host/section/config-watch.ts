/**
 * Watches whether the host's config can still be read while an account runs.
 *
 * A host keeps its earlier settings when the file breaks. That is not safe for the rules on who may
 * talk to the bot: until the file can be read again, the bot answers no one.
 */

import { stat } from 'node:fs/promises';
import type { ConfigLocation } from '../../config/locate.ts';
import { readConfig } from '../../config/read.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { pause } from '../../shared/time/waiting.ts';

export interface ConfigWatch {
  /** Resolves with what is wrong, once something is; `undefined` when the signal aborts. */
  untilInvalid(signal: AbortSignal): Promise<MoltbotFeishuError | undefined>;
  /** Resolves when the file can be read again, with whether our section is as it was. */
  untilValid(signal: AbortSignal): Promise<{ readonly isSame: boolean } | undefined>;
}

export interface ConfigWatchOptions {
  readonly location: ConfigLocation;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pollMs?: number;
}

const POLL_MS = 1000;

export async function watchConfig(options: ConfigWatchOptions): Promise<ConfigWatch> {
  const { location, env, pollMs = POLL_MS } = options;
  const first = await readStamp();
  let lastStamp = await stampOf(location.path);

  /** The section as a text, or what keeps it from being read. */
  async function readStamp(): Promise<string | MoltbotFeishuError> {
    try {
      const { section } = await readConfig(location, { env, missingVariables: 'ignore' });
      return JSON.stringify(section ?? null);
    } catch (error) {
      if (isMoltbotFeishuError(error)) return error;
      throw error;
    }
  }

  /** Waits until the file is another one, and looks at it. */
  async function nextChange(signal: AbortSignal): Promise<string | MoltbotFeishuError | undefined> {
    while (!signal.aborted) {
      await pause(pollMs, signal);
      const stamp = await stampOf(location.path);
      if (stamp === lastStamp || signal.aborted) continue;
      lastStamp = stamp;
      return readStamp();
    }
    return undefined;
  }

  return {
    async untilInvalid(signal) {
      if (typeof first !== 'string') return undefined;
      for (;;) {
        const found = await nextChange(signal);
        if (typeof found !== 'string') return found;
      }
    },
    async untilValid(signal) {
      for (;;) {
        const found = await nextChange(signal);
        if (found === undefined) return undefined;
        if (typeof found === 'string') return { isSame: found === first };
      }
    },
  };
}

async function stampOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    // A missing or unreadable file is a changed state, too.
    return 'none';
  }
}
