/** Finds what a medium's source leads to: an open file, and what it is by its content. */
import { type FileHandle, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FILE_UPLOAD_BYTES } from '../../../../platform/limits.ts';
import { imageSize } from '../../../../platform/media/image-size.ts';
import type { PublicFetch } from '../../../../platform/network/public-fetch.ts';
import { safeFileName } from '../../../message/media/file-name.ts';
import type { MediaFolder } from '../../../message/media/media-folder.ts';
import { SNIFF_BYTES, sniffType } from '../../../message/media/sniff.ts';
import { type FetchTimes, fetchMedia } from './fetch-media.ts';
import { openLocalFile } from './local-file.ts';
import { fileError, MediaError } from './media-error.ts';
import type { MediaFacts } from './media-kind.ts';
import type { MediaRoots, MediaSource } from './media-roots.ts';
import { oggOpusDuration } from './ogg-duration.ts';
import { blocksOf, readerOf } from './read-at.ts';

export interface FoundFile extends MediaFacts {
  readonly handle: FileHandle;
  /** Of a voice recording (ms). */
  readonly durationMs?: number | undefined;
}

export interface FindOptions {
  readonly roots: MediaRoots;
  readonly fetch: PublicFetch;
  readonly times: FetchTimes;
  /** For what is fetched. */
  readonly folder: MediaFolder;
  readonly signal: AbortSignal;
}

/** Hosts put `---` and a UUID behind the names of the files that they store. */
const storedName = /^(.+)---[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(\.[^.]*)?$/i;

/** Photos carry previews and profiles in front of their size. */
const IMAGE_HEAD_BYTES = 256 * 1024;

/**
 * The caller closes the handle.
 *
 * @param name the name that the agent gave, if any
 * @throws MediaError; the signal's reason
 */
export async function findFile(
  source: MediaSource,
  name: string | undefined,
  options: FindOptions,
): Promise<FoundFile> {
  const opened =
    source.kind === 'url'
      ? await openFetched(source.url, options)
      : {
          ...(await openLocalFile(source.path, options.roots)),
          contentType: '',
          name: ownName(source.path),
        };
  const { handle, bytes } = opened;
  try {
    if (bytes === 0) throw new MediaError('empty');
    if (bytes > FILE_UPLOAD_BYTES) throw new MediaError('too-large', bytes);
    return await describe(handle, bytes, { ...opened, name: name ?? opened.name });
  } catch (error) {
    await handle.close();
    throw fileError(error);
  }
}

async function openFetched(url: string, { fetch, times, folder, signal }: FindOptions) {
  const path = join(await folder.path(), 'fetched');
  const fetched = await fetchMedia(url, path, fetch, times, signal);
  const handle = await open(path, 'r');
  return { handle, bytes: (await handle.stat()).size, ...fetched };
}

async function describe(
  handle: FileHandle,
  bytes: number,
  { name, contentType }: { readonly name: string; readonly contentType: string },
): Promise<FoundFile> {
  const readAt = readerOf(handle);
  const head = await readAt(0, SNIFF_BYTES);
  const { mime, extension } = await sniffType(head, contentType, 'file');
  const isOgg = head.subarray(0, 4).toString('latin1') === 'OggS';
  const opus = isOgg ? await oggOpus(handle, bytes) : undefined;
  const isImage = mime.startsWith('image/');
  return {
    handle,
    bytes,
    mime,
    isOpus: opus !== undefined,
    ...opus,
    ...(isImage && { size: imageSize(await readAt(0, IMAGE_HEAD_BYTES)) }),
    name: safeFileName(name, 'file', extension),
  };
}

async function oggOpus(handle: FileHandle, bytes: number) {
  const readAt = readerOf(handle);
  const head = await readAt(0, 64);
  if (!head.includes('OpusHead')) return undefined;
  return { durationMs: await oggOpusDuration(readAt, bytes) };
}

/** Copies an open file to a path of its own, for a program that opens files by path. */
export async function copyTo(path: string, { handle, bytes }: FoundFile): Promise<void> {
  const copy = await open(path, 'wx', 0o600);
  try {
    for await (const block of blocksOf(handle, bytes)) await copy.writeFile(block);
  } finally {
    await copy.close();
  }
}

/** The name that a file had before it was stored. */
function ownName(path: string): string {
  const name = basename(path);
  const [, before, extension = ''] = storedName.exec(name) ?? [];
  return before === undefined ? name : `${before}${extension}`;
}
