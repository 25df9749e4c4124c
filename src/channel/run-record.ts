/**
 * The run record: a file beside the inbox that shows other processes when the last event and the
 * last answer were, and the state of the connection. It holds times and states only. Whether the runtime
 * still runs is known from the ownership of the inbox, not from the record.
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
  /** When the connection last came up or went down (ms since 1970). */
  since: z.number().nonnegative(),
  lastEventAt: time,
  lastAnswerAt: time,
});
export type RunRecord = Readonly<z.infer<typeof recordSchema>>;

export const RECORD_FILE = 'run.json';

/** `undefined` if the record is missing or unreadable: nothing depends on it. */
export async function readRunRecord(directory: string): Promise<RunRecord | undefined> {
  const text = await readFile(join(directory, RECORD_FILE), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : recordSchema.safeParse(parseJson(text)).data;
}

export interface RunRecorder {
  readonly lastEventAt: number | undefined;
  readonly lastAnswerAt: number | undefined;
  messageReceived(): void;
  messageAnswered(): void;
  connectionChanged(state: ConnectionState): void;
  /** This process owns the inbox from now on, and so the record beside it. */
  startWriting(): void;
  /** Writes the last state and clears the timer. */
  close(): Promise<void>;
}

/** Between two writes (ms), so that an event costs only a comparison. */
const WRITE_EVERY_MS = 5000;

export interface RecorderOptions {
  /** The inbox's directory; without it nothing is written. */
  readonly directory: string | undefined;
  readonly now: () => number;
  readonly log: Logger;
  readonly writeEveryMs?: number | undefined;
}

export function createRunRecorder(options: RecorderOptions): RunRecorder {
  const { directory, now, log, writeEveryMs = WRITE_EVERY_MS } = options;
  let state: ConnectionState['state'] = 'connecting';
  let since = now();
  let lastEventAt: number | undefined;
  let lastAnswerAt: number | undefined;
  /** The record of an earlier run. */
  let earlierRecord: RunRecord | undefined;
  let isWritable = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let writtenAt = Number.NEGATIVE_INFINITY;
  let writing = Promise.resolve();

  function scheduleWrite(): void {
    if (!isWritable || timer) return;
    const wait = Math.min(writeEveryMs, Math.max(0, writtenAt + writeEveryMs - now()));
    timer = setTimeout(write, wait).unref();
  }

  function write(): void {
    timer = undefined;
    writtenAt = now();
    writing = writing.then(save).catch((error: unknown) => {
      // Only readers of the record miss this write, and the next change writes it again.
      log.debug('the run record was not written', {
        error: codeOf(error),
      });
    });
  }

  async function save(): Promise<void> {
    if (directory === undefined) return;
    earlierRecord ??= (await readRunRecord(directory)) ?? { state, since };
    const record: RunRecord = {
      state,
      since,
      lastEventAt: lastEventAt ?? earlierRecord.lastEventAt,
      lastAnswerAt: lastAnswerAt ?? earlierRecord.lastAnswerAt,
    };
    // If this process is killed before the rename, the inbox removes the draft.
    await replaceFile(join(directory, RECORD_FILE), `${JSON.stringify(record)}\n`);
  }

  return {
    get lastEventAt() {
      return lastEventAt;
    },
    get lastAnswerAt() {
      return lastAnswerAt;
    },
    messageReceived() {
      lastEventAt = now();
      scheduleWrite();
    },
    messageAnswered() {
      lastAnswerAt = now();
      scheduleWrite();
    },
    connectionChanged(next) {
      // Failed attempts do not reset `since`: the record shows how long it has been down.
      if ((next.state === 'connected') !== (state === 'connected')) since = next.since;
      state = next.state;
      scheduleWrite();
    },
    startWriting() {
      // This process may become the owner while it closes.
      isWritable = directory !== undefined && !isClosed;
      scheduleWrite();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      if (isWritable) write();
      isWritable = false;
      await writing;
    },
  };
}
