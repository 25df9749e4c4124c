/**
 * The last error of the channel in a host's log: JSON lines, one file a day.
 *
 * The file is shared by all gateways of the machine, whatever their HOME, unless the config names one.
 * The channel marks its lines (host/account/log-mark.ts) with its state directory and the start of its account,
 * so that only lines of this gateway, and since its last start, count.
 */

import { join } from 'node:path';
import { z } from 'zod';
import { errnoOf } from '../../config/file/file-system.ts';
import { expandHome, type HostName } from '../../config/locate.ts';
import { type LogMark, readLogMark } from '../../host/account/log-mark.ts';
import { PLUGIN_ID } from '../../host/machine/installed/plugin-folders.ts';
import { parseJson } from '../../shared/json.ts';
import { type Secret, scrub } from '../../shared/secret.ts';

export interface LogOptions {
  /** `logging.file` of the host's config. */
  readonly file: string | undefined;
  readonly name: HostName;
  readonly home: string;
  /** Real, without symbolic links. */
  readonly stateDir: string;
  readonly now: number;
  readonly secret: Secret | undefined;
  readonly read: (path: string) => Promise<Uint8Array>;
}

const lineSchema = z.looseObject({
  time: z.string().optional().catch(undefined),
  _meta: z.looseObject({
    logLevelName: z.string(),
    date: z.string().optional().catch(undefined),
    name: z.string().optional().catch(undefined),
  }),
});

/** The end of the log that is read (bytes), and how much of a line is shown (characters). */
const TAIL_BYTES = 512 * 1024;
const MAX_SHOWN = 160;
/** An older error (ms) is no news. */
const RECENT_MS = 60 * 60_000;

interface ChannelError {
  readonly time: string;
  readonly error: string;
}

export async function lastChannelError(
  options: LogOptions,
): Promise<(ChannelError & { readonly path: string }) | undefined> {
  const { now, secret, read } = options;
  const path = logPath(options);
  let tail: string;
  try {
    tail = Buffer.from((await read(path)).slice(-TAIL_BYTES)).toString('utf8');
  } catch (error) {
    // No log, no error in it.
    if (errnoOf(error) !== undefined) return undefined;
    throw error;
  }
  const last = lastErrorIn(tail.split('\n'), options);
  if (!last || now - Date.parse(last.time) > RECENT_MS) return undefined;
  const error = scrub(last.error, secret ? [secret] : []).slice(0, MAX_SHOWN);
  return { ...last, error, path };
}

function lastErrorIn(
  lines: readonly string[],
  { file, stateDir }: Pick<LogOptions, 'file' | 'stateDir'>,
): ChannelError | undefined {
  /** The newest error in marked lines, by account. */
  const latest = new Map<string, { readonly startedAt: number; error: ChannelError | undefined }>();
  /** The newest error in the host's unmarked lines since the last gateway start in the file. */
  let unmarked: ChannelError | undefined;
  /** The accounts whose marks were seen since that start. */
  let markedBy = new Set<string>();
  for (const line of lines) {
    const read = lineIn(line);
    if (!read) continue;
    const { mark, error } = read;
    if (read.isStart) {
      unmarked = undefined;
      markedBy = new Set();
    } else if (!mark) {
      unmarked = error ?? unmarked;
    } else {
      markedBy.add(mark.stateDir);
      if (mark.stateDir !== stateDir) continue;
      const known = latest.get(mark.accountId);
      if (known?.startedAt === mark.startedAt) known.error = error ?? known.error;
      else if (!known || known.startedAt < mark.startedAt) {
        latest.set(mark.accountId, { startedAt: mark.startedAt, error });
      }
    }
  }
  const isOnly = [...markedBy].every((owner) => owner === stateDir);
  // A file that the config names is this gateway's; in the shared one only marks say whose a line is.
  const counts = file === undefined ? markedBy.size > 0 && isOnly : isOnly;
  const errors = [...latest.values()].map(({ error }) => error);
  return [...errors, counts ? unmarked : undefined]
    .filter((error) => error !== undefined)
    .sort((one, other) => Date.parse(one.time) - Date.parse(other.time))
    .at(-1);
}

/** Where a host writes today (clawdbot@2026.1.24-3 logging/logger). */
function logPath({ file, name, home, now }: LogOptions): string {
  if (file) return expandHome(file, home);
  const day = new Date(now);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  return join('/tmp', name, `${name}-${date}.log`);
}

/** Lines of a gateway that starts (clawdbot@2026.1.24-3, openclaw@2026.9.6). */
const startWords = ['listening on ws://', 'loading configuration', 'http server listening'];

interface LogLine {
  readonly isStart: boolean;
  readonly mark: LogMark | undefined;
  readonly error: ChannelError | undefined;
}

function lineIn(line: string): LogLine | undefined {
  const mayStart = startWords.some((word) => line.includes(word));
  if (!mayStart && !line.includes(PLUGIN_ID)) return undefined;
  // The first line of the tail may be half a line.
  const parsed = lineSchema.safeParse(parseJson(line));
  if (!parsed.success) return undefined;
  const { _meta: meta, time } = parsed.data;
  const values = Object.entries(parsed.data).flatMap(([key, value]) =>
    /^\d+$/.test(key) ? [value] : [],
  );
  const texts = values.filter((value) => typeof value === 'string');
  const isGateway = meta.name?.includes('"gateway"') ?? false;
  if (mayStart && isGateway && texts.some((text) => startsGateway(text))) {
    return { isStart: true, mark: undefined, error: undefined };
  }
  const isOfChannel = meta.name?.includes(PLUGIN_ID) ?? false;
  if (!isOfChannel && !texts.some((text) => text.includes(PLUGIN_ID))) return undefined;
  const isError = /^(?:error|fatal)$/i.test(meta.logLevelName);
  // The logger's own name may come first, as JSON.
  const said = texts.filter((text) => !text.startsWith('{')).join(' ');
  return {
    isStart: false,
    mark: values.map(readLogMark).find((found) => found !== undefined),
    error: isError ? { time: time ?? meta.date ?? '', error: said } : undefined,
  };
}

function startsGateway(text: string): boolean {
  return startWords.some((word) => text.startsWith(word));
}
