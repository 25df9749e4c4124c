/** Which file holds `channels.feishu`: the config itself, or a file that it includes. */
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Text } from '../../shared/text/text.ts';
import { configTexts as texts } from '../config-texts.ts';
import { errnoOf, type FileSystem, isNotThere } from '../file/file-system.ts';
import { type Json5Node, jsonOf, type Member, memberOf } from '../json5/json5.ts';
import { includeNames, type ReadText, readMerged } from './include.ts';
import { parseRoot } from './parse.ts';

const SECTION = ['channels', 'feishu'] as const;

export type SectionFile =
  | {
      readonly kind: 'file';
      /** As the config names it; may be a symlink. */
      readonly file: string;
      /** How many of the keys `channels`, `feishu` lead to the root of the file. */
      readonly depth: number;
    }
  | { readonly kind: 'unsupported'; readonly file: string; readonly reason: Text };

/**
 * The file to edit. A file's own content comes first, since it overrides included files; then the
 * one included file that holds the section, or else the one that holds a key above the section.
 *
 * @param deepest an `$include` below this many of the keys is not followed: the edit replaces it
 */
export async function findSectionFile(
  path: string,
  readText: ReadText,
  fs: FileSystem,
  deepest: number = SECTION.length,
): Promise<SectionFile> {
  const roots = [
    dirname(path),
    await realDirectory(fs, dirname(path)),
    dirname(await realFile(fs, path)),
  ];
  const visit = async (file: string, depth: number): Promise<SectionFile> => {
    const text = await readText(file);
    let node: Json5Node | undefined = text === undefined ? undefined : parseRoot(text, file);
    for (let at = depth; ; at++) {
      const key = SECTION[at];
      const include = at > deepest ? undefined : await includedAt(node, file, at);
      if (include) {
        const real = await realFile(fs, include);
        const isInside =
          roots.some((root) => isBelow(root, include)) && roots.some((root) => isBelow(root, real));
        if (!isInside) return { kind: 'unsupported', file: include, reason: texts.includeOutside };
        return visit(include, at);
      }
      const member: Member | undefined = key === undefined ? undefined : memberOf(node, key);
      if (member?.node.kind !== 'object') return { kind: 'file', file, depth };
      node = member.node;
    }
  };

  /** The file behind the `$include` of an object, where the rest of the way lies in it. */
  const includedAt = async (
    node: Json5Node | undefined,
    file: string,
    at: number,
  ): Promise<string | undefined> => {
    const include = memberOf(node, '$include');
    if (!include || node?.kind !== 'object') return undefined;
    const key = SECTION[at];
    if (key !== undefined && memberOf(node, key)?.node.kind === 'object') return undefined;
    const files = includeNames(jsonOf(include.node), file).map((name) =>
      resolve(dirname(file), name),
    );
    const [only] = files;
    const isAlone = node.items.length === 1 && files.length === 1;
    if (key === undefined) return isAlone ? only : undefined;
    for (const rest of [SECTION.slice(at), SECTION.slice(at, -1)]) {
      const holders: string[] = [];
      for (const candidate of files)
        if (rest.length > 0 && (await leadsTo(candidate, rest))) holders.push(candidate);
      // The last one has the last word; whether that is enough is seen when the change is checked.
      if (holders.length > 0) return holders.at(-1);
    }
    return isAlone ? only : undefined;
  };

  const leadsTo = async (file: string, keys: readonly string[]): Promise<boolean> => {
    let value: unknown = await readMerged(file, readText);
    for (const key of keys) value = Object(value)[key];
    return value !== undefined;
  };

  return visit(path, 0);
}

/** Whether a path is inside of a directory, and not the directory itself. */
export function isBelow(directory: string, path: string): boolean {
  const relativePath = relative(directory, path);
  return (
    relativePath !== '' &&
    relativePath !== '..' &&
    !relativePath.startsWith(`..${sep}`) &&
    !isAbsolute(relativePath)
  );
}

const MAX_LINKS = 40;

/** The file behind a path, symlinks followed, also where the last one leads to nothing yet. */
export async function realFile(fs: FileSystem, path: string, links = 0): Promise<string> {
  try {
    return await fs.realpath(path);
  } catch (error) {
    if (!isNotThere(error) || links > MAX_LINKS) throw error;
  }
  let target: string | undefined;
  try {
    target = await fs.readlink(path);
  } catch (error) {
    // Not there, or no link: the path itself it is.
    if (!['ENOENT', 'EINVAL', 'ENOTDIR', 'UNKNOWN'].includes(errnoOf(error) ?? '')) throw error;
  }
  if (target === undefined) return path;
  return realFile(fs, resolve(dirname(path), target), links + 1);
}

async function realDirectory(fs: FileSystem, path: string): Promise<string> {
  try {
    return await fs.realpath(path);
  } catch (error) {
    if (isNotThere(error)) return path;
    throw error;
  }
}
