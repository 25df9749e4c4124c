/** The last error of the channel in a host's log: JSON lines, one file a day. */

import { join } from 'node:path';
import { z } from 'zod';
import { errnoOf } from '../config/file-system.ts';
import { expandHome, type HostName } from '../config/locate.ts';
import { PLUGIN_ID } from '../host/plugin-folders.ts';
import { parseJson } from '../shared/json.ts';
import { type Secret, scrub } from '../shared/secret.ts';

export interface LogOptions {
  /** `logging.file` of the host's config. */
  readonly file: string | undefined;
  readonly name: HostName;
  readonly home: string;
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
const MOST_SHOWN = 160;
/** An older error (ms) is no news. */
const RECENT_MS = 60 * 60_000;

export async function lastChannelError(
  options: LogOptions,
): Promise<{ readonly time: string; readonly error: string; readonly path: string } | undefined> {
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
  for (const line of tail.split('\n').reverse()) {
    const entry = channelErrorIn(line);
    if (!entry) continue;
    if (now - Date.parse(entry.time) > RECENT_MS) return undefined;
    const error = scrub(entry.error, secret ? [secret] : []).slice(0, MOST_SHOWN);
    return { ...entry, error, path };
  }
  return undefined;
}

/** Where a host writes today (clawdbot@2026.1.24-3 logging/logger). */
function logPath({ file, name, home, now }: LogOptions): string {
  if (file) return expandHome(file, home);
  const day = new Date(now);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  return join('/tmp', name, `${name}-${date}.log`);
}

function channelErrorIn(line: string): { time: string; error: string } | undefined {
  if (!line.includes(PLUGIN_ID)) return undefined;
  // The first line of the tail may be half a line.
  const parsed = lineSchema.safeParse(parseJson(line));
  if (!parsed.success) return undefined;
  const { _meta: meta, time } = parsed.data;
  const isOfChannel = meta.name?.includes(PLUGIN_ID) ?? false;
  if (!/^(?:error|fatal)$/i.test(meta.logLevelName)) return undefined;
  const texts = Object.entries(parsed.data)
    .filter(([key, item]) => /^\d+$/.test(key) && typeof item === 'string')
    .map(([, item]) => String(item));
  // The logger's own name may come first, as JSON.
  const said = texts.filter((text) => !text.startsWith('{')).join(' ');
  if (!isOfChannel && !texts.some((text) => text.includes(PLUGIN_ID))) return undefined;
  return { time: time ?? meta.date ?? '', error: said };
}
