/**
 * Private folders for the files of turns: readable by this user alone, removed after the turn.
 *
 * What a killed process leaves is removed by a later one.
 */
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'moltbot-feishu-media-';
/** No turn runs as long; a folder that is older belongs to a process that was killed (ms). */
const MAX_AGE_MS = 24 * 60 * 60_000;
/** As long as a command may run: its process may be alive where this one cannot see it (ms). */
const MAX_AGE_OF_DEAD_MS = 15 * 60_000;

/** Makes a folder that only this user can read (0700). */
export function createMediaFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** Never rejects: what cannot be removed now is removed later. */
export async function removeMediaFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

/** A folder that is made when it is first needed: most media need none, and a full disk has none. */
export interface MediaFolder {
  /** @throws the error of the disk */
  path(): Promise<string>;
  /** Never rejects. */
  remove(): Promise<void>;
}

export function lazyMediaFolder(): MediaFolder {
  let made: Promise<string> | undefined;
  return {
    path() {
      made ??= createMediaFolder();
      return made;
    },
    async remove() {
      const folder = await made?.catch(() => undefined);
      if (folder !== undefined) await removeMediaFolder(folder);
    },
  };
}

/** Removes this user's folders that killed processes have left. Never rejects. */
export async function removeOldMediaFolders(now: number): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    const found = await lstat(folder).catch(() => undefined);
    // Another user's folder, or a link to elsewhere, is left alone.
    const isOurs = found?.isDirectory() === true && found.uid === (process.getuid?.() ?? found.uid);
    const maxAgeMs = isAlive(name) ? MAX_AGE_MS : MAX_AGE_OF_DEAD_MS;
    if (isOurs && now - found.mtimeMs > maxAgeMs) await removeMediaFolder(folder);
  }
}

/** Whether the process that made a folder still runs, as far as this one can see. */
function isAlive(name: string): boolean {
  const pid = Number.parseInt(name.slice(PREFIX.length), 10);
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
