/** Which local files an answer may send: those below allowed directories. Pure. */
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface MediaRoots {
  /** Where a relative path begins. */
  readonly base: string;
  /** What `~` means; without it nothing. */
  readonly home?: string;
  /** Directories whose files may be sent. */
  readonly allowed: readonly string[];
  /** Directories inside of them whose files may not: config, secrets, what people wrote. */
  readonly denied: readonly string[];
}

/** Where a medium is: a file of this machine or of the internet. */
export type MediaSource =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'url'; readonly url: string };

const MAX_PATH_LENGTH = 4096;

/** Reads a path, a `file:` URL or a web address; `undefined` for what is none of them. */
export function parseMediaSource(
  source: string,
  { base, home }: Pick<MediaRoots, 'base' | 'home'>,
): MediaSource | undefined {
  const text = source.trim();
  if (text === '' || text.length > MAX_PATH_LENGTH || text.includes('\0')) return undefined;
  if (/^https?:/i.test(text)) return { kind: 'url', url: text };
  if (/^file:/i.test(text)) {
    const path = pathOf(text);
    return path === undefined ? undefined : { kind: 'path', path };
  }
  // Windows knows `C:\…` as a path and `\\server\…` as another machine.
  if (/^[a-z][a-z\d+.-]+:/i.test(text) || /^[\\/]{2}/.test(text)) return undefined;
  const isHome = home !== undefined && /^~[\\/]/.test(text);
  return { kind: 'path', path: isHome ? resolve(home, text.slice(2)) : resolve(base, text) };
}

function pathOf(url: string): string | undefined {
  try {
    const parsed = new URL(url);
    return parsed.host === '' || parsed.host === 'localhost'
      ? fileURLToPath(`file://${parsed.pathname}`)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a real path may be sent: the deepest of the directories that hold it decides, and a denied
 * one where they are equal.
 *
 * @param path without symbolic links, as are the directories
 */
export function mayBeSent(path: string, roots: Pick<MediaRoots, 'allowed' | 'denied'>): boolean {
  return depthIn(path, roots.allowed) > depthIn(path, roots.denied);
}

/** The length of the deepest directory that holds a path; -1: none does. */
function depthIn(path: string, directories: readonly string[]): number {
  const depths = directories.filter((one) => isInside(path, one)).map((one) => one.length);
  return Math.max(-1, ...depths);
}

export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return (
    way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !/^([a-z]:|[\\/])/i.test(way))
  );
}
