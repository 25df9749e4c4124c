/** Which files the answers of `run` may send: never those of a host's state, wherever it is. */
import { realpath } from 'node:fs/promises';
import { isInside, type MediaRoots } from '../../channel/answer/media/found/media-roots.ts';
import { expandHome } from '../../config/locate.ts';

/** @param directories what a person allows; relative paths and `~` as in a shell */
export async function runMediaRoots({
  directories,
  denied,
  home,
}: {
  readonly directories: readonly string[];
  readonly denied: readonly string[];
  readonly home: string;
}): Promise<MediaRoots> {
  const [base = '.', ...more] = directories;
  const refused = await Promise.all(denied.map(realOf));
  const wanted = await Promise.all([base, ...more].map((one) => realOf(expandHome(one, home))));
  // A directory within the state is no exception from it.
  const allowed = wanted.filter((one) => !refused.some((other) => isInside(one, other)));
  return { base, home, allowed, denied: refused };
}

/** A path that is not there yet counts as it is written. */
function realOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
