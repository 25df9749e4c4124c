/**
 * What a runtime leaves beside its inbox for whoever looks from outside: when the last event and the
 * last answer were, and how the line is. Times and states only. Whether it still runs, the inbox's
 * ownership tells: a record says nothing of the process that wrote it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { codeOf } from '../shared/errors.ts';
import { parseJson } from '../shared/json.ts';
import type { Logger } from '../shared/log.ts';
import { replaceFile } from '../shared/replace-file.ts';
import type { ConnectionState } from './connection/connection.ts';

const time = z.number().nonnegative().optional();
const recordSchema = z.object({
  state: z.enum(['connecting', 'connected', 'reconnecting', 'failed', 'stopped']),
  /** Since when the line has been up, or has not been (ms since 1970). */
  since: z.number().nonnegative(),
  lastEventAt: time,
  lastAnswerAt: time,
});
export type RunRecord = Readonly<z.infer<typeof recordSchema>>;

export const RECORD_FILE = 'run.json';

/** `undefined` where none was kept, or none that can be read: nothing depends on it. */
export async function readRunRecord(directory: string): Promise<RunRecord | undefined> {
  const text = await readFile(join(directory, RECORD_FILE), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : recordSchema.safeParse(parseJson(text)).data;
}

export interface RunRecorder {
  readonly lastEventAt: number | undefined;
  readonly lastAnswerAt: number | undefined;
  received(): void;
  answered(): void;
  line(state: ConnectionState): void;
  /** This process works on the inbox from now on: the record beside it is its own. */
  own(): void;
  /** Writes the last of it; no timer is left. */
  close(): Promise<void>;
}

/** Between two writes (ms): an event costs a comparison, however many there are. */
const WRITE_EVERY_MS = 5000;

export interface RecorderOptions {
  /** Of the inbox; without it nothing is written. */
  readonly directory: string | undefined;
  readonly now: () => number;
  readonly log: Logger;
  readonly everyMs?: number | undefined;
}

export function createRunRecorder(options: RecorderOptions): RunRecorder {
  const { directory, now, log, everyMs = WRITE_EVERY_MS } = options;
  let state: ConnectionState['state'] = 'connecting';
  let since = now();
  let lastEventAt: number | undefined;
  let lastAnswerAt: number | undefined;
  /** What a run before this one has left. */
  let earlier: RunRecord | undefined;
  let isOwn = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let writtenAt = Number.NEGATIVE_INFINITY;
  let writing = Promise.resolve();

  function changed(): void {
    if (!isOwn || timer) return;
    const wait = Math.min(everyMs, Math.max(0, writtenAt + everyMs - now()));
    timer = setTimeout(write, wait).unref();
  }

  function write(): void {
    timer = undefined;
    writtenAt = now();
    writing = writing.then(save).catch((error: unknown) => {
      // Only who looks from outside misses it, and the next change writes it again.
      log.debug('the run record was not written', {
        error: codeOf(error),
      });
    });
  }

  async function save(): Promise<void> {
    if (directory === undefined) return;
    earlier ??= (await readRunRecord(directory)) ?? { state, since };
    const record: RunRecord = {
      state,
      since,
      lastEventAt: lastEventAt ?? earlier.lastEventAt,
      lastAnswerAt: lastAnswerAt ?? earlier.lastAnswerAt,
    };
    // The inbox clears away the draft, should we be killed before it takes the file's place.
    await replaceFile(join(directory, RECORD_FILE), `${JSON.stringify(record)}\n`);
  }

  return {
    get lastEventAt() {
      return lastEventAt;
    },
    get lastAnswerAt() {
      return lastAnswerAt;
    },
    received() {
      lastEventAt = now();
      changed();
    },
    answered() {
      lastAnswerAt = now();
      changed();
    },
    line(next) {
      // Attempts come and go while it is down: what counts is how long it has been.
      if ((next.state === 'connected') !== (state === 'connected')) since = next.since;
      state = next.state;
      changed();
    },
    own() {
      // The inbox may come to be ours while we are leaving.
      isOwn = directory !== undefined && !isClosed;
      changed();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      if (isOwn) write();
      isOwn = false;
      await writing;
    },
  };
}
