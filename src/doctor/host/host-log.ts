/**
 * The last error of the channel in a host's log: JSON lines, one file a day, and a new one when a file is
 * large.
 *
 * The file is shared by all gateways of the machine, whatever their HOME, unless the config names one.
 * The channel marks its lines (host/account/log-mark.ts) with its state directory and the start of its account,
 * so that only lines of this gateway, and since its last start, count.
 */

import { extname, join } from 'node:path';
import { z } from 'zod';
import { RefusedFile } from '../../config/file/bounded-file.ts';
import { errnoOf } from '../../config/file/file-system.ts';
import { expandHome, type HostName } from '../../config/locate.ts';
import { maskProgramText } from '../../config/shown/program-text.ts';
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
  /** Those of the config: what one said that was removed is no news. */
  readonly accountIds: readonly string[];
  readonly now: number;
  readonly secret: Secret | undefined;
  /** The end of a file. */
  readonly readTail: (path: string, bytes: number) => Promise<Uint8Array>;
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
/** A line dated further in the future (ms) was written before the clock was set back; its real time is unknown. */
const AHEAD_MS = 60_000;

interface ChannelError {
  readonly time: string;
  readonly error: string;
  readonly path: string;
}

export async function lastChannelError(options: LogOptions): Promise<ChannelError | undefined> {
  const lines: LogLine[] = [];
  for (const path of logPaths(options)) {
    const text = await tailOf(path, options.readTail);
    lines.push(...text.split('\n').flatMap((line) => lineIn(line, path) ?? []));
  }
  const last = lastErrorIn(lines, options);
  if (!last) return undefined;
  const { secret } = options;
  const error = maskProgramText(scrub(last.error, secret ? [secret] : [])).slice(0, MAX_SHOWN);
  return { ...last, error };
}

/** A file that is not there, or cannot be read as one, has no error in it. */
async function tailOf(path: string, readTail: LogOptions['readTail']): Promise<string> {
  try {
    return Buffer.from(await readTail(path, TAIL_BYTES)).toString('utf8');
  } catch (error) {
    if (errnoOf(error) === undefined && !(error instanceof RefusedFile)) throw error;
    return '';
  }
}

function lastErrorIn(
  lines: readonly LogLine[],
  { file, stateDir, accountIds, now }: LogOptions,
): ChannelError | undefined {
  /** The newest error in marked lines, by account. */
  const latest = new Map<string, { readonly startedAt: number; error: ChannelError | undefined }>();
  /** The newest error in the host's unmarked lines since the last gateway start in the file. */
  let unmarked: ChannelError | undefined;
  /** The accounts whose marks were seen since that start. */
  let markedBy = new Set<string>();
  for (const { isStart, mark, error } of lines) {
    if (isStart) {
      unmarked = undefined;
      markedBy = new Set();
    } else if (!mark) {
      unmarked = error ?? unmarked;
    } else {
      markedBy.add(mark.stateDir);
      if (mark.stateDir !== stateDir || !accountIds.includes(mark.accountId)) continue;
      if (mark.startedAt > now + AHEAD_MS) continue;
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
    .filter(({ time }) => isRecent(now - Date.parse(time)))
    .sort((one, other) => Date.parse(one.time) - Date.parse(other.time))
    .at(-1);
}

/** Not of a line without a time. */
const isRecent = (ageMs: number): boolean => ageMs <= RECENT_MS && ageMs >= -AHEAD_MS;

/**
 * Where a host has written lately, the oldest first: the file of a day, and what was in it before it grew too
 * large (clawdbot@2026.1.24-3 logging/logger, openclaw@2026.9.6 logging/logger).
 */
function logPaths({ file, name, home, now }: LogOptions): readonly string[] {
  const ofDay = (time: number) => join('/tmp', name, `${name}-${localDate(new Date(time))}.log`);
  const paths = file ? [expandHome(file, home)] : [ofDay(now - RECENT_MS), ofDay(now)];
  return [...new Set(paths)].flatMap((path) => [rotated(path), path]);
}

function localDate(day: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

function rotated(path: string): string {
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}.1${extension}`;
}

/** Lines of a gateway that starts (clawdbot@2026.1.24-3, openclaw@2026.9.6). */
const startWords = ['listening on ws://', 'loading configuration', 'http server listening'];

interface LogLine {
  readonly isStart: boolean;
  readonly mark: LogMark | undefined;
  readonly error: ChannelError | undefined;
}

function lineIn(line: string, path: string): LogLine | undefined {
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
  // A diagnostic line is of each message, of any channel: the agent's check tells why one failed.
  const isDiagnostic = meta.name?.includes('"diagnostic"') ?? false;
  const isAbout = !isDiagnostic && texts.some((text) => text.includes(PLUGIN_ID));
  if (!isOfChannel && !isAbout) return undefined;
  const isError = /^(?:error|fatal)$/i.test(meta.logLevelName);
  // The logger's own name may come first, as JSON.
  const said = texts.filter((text) => !text.startsWith('{')).join(' ');
  return {
    isStart: false,
    mark: values.map(readLogMark).find((found) => found !== undefined),
    error: isError ? { time: time ?? meta.date ?? '', error: said, path } : undefined,
  };
}

function startsGateway(text: string): boolean {
  return startWords.some((word) => text.startsWith(word));
}
