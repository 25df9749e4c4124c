/** Brings a medium from the public internet to a private file: bounded in bytes, silence and time. */
import { rm } from 'node:fs/promises';
import { FILE_UPLOAD_BYTES } from '../../../../platform/limits.ts';
import { type PublicFetch, PublicFetchError } from '../../../../platform/network/public-fetch.ts';
import { decoded, nameIn } from '../../../message/media/content-disposition.ts';
import { TooLongError, writeBody } from '../../../message/media/write-body.ts';
import { fileError, MediaError } from './media-error.ts';

export interface FetchedFile {
  /** As the server or the URL says; untrusted, may be empty. */
  readonly name: string;
  readonly contentType: string;
}

export interface FetchTimes {
  /** The longest silence of the server, before its answer and within it (ms). */
  readonly idleMs: number;
  /** The longest download, redirects included (ms). */
  readonly totalMs: number;
}

export const FETCH_TIMES: FetchTimes = { idleMs: 15_000, totalMs: 120_000 };

/**
 * @param path a file that is not there yet; after a failure it is not there again
 * @throws MediaError; the signal's reason
 */
export async function fetchMedia(
  url: string,
  path: string,
  fetch: PublicFetch,
  { idleMs, totalMs }: FetchTimes,
  signal: AbortSignal,
): Promise<FetchedFile> {
  const late = new AbortController();
  const idle = setTimeout(() => late.abort(), idleMs);
  const total = setTimeout(() => late.abort(), totalMs);
  try {
    const { body, url: from } = await fetch(url, AbortSignal.any([signal, late.signal]));
    try {
      const announced = Number(body.headers['content-length']);
      if (announced > FILE_UPLOAD_BYTES) throw new TooLongError(announced);
      const { bytes } = await writeBody(body, path, {
        maxBytes: FILE_UPLOAD_BYTES,
        onBytes: () => idle.refresh(),
      });
      // Node ends a body that is cut off with an error; one without a length just ends.
      if (Number.isFinite(announced) && bytes !== announced) throw new Error('cut off');
      return {
        name: nameIn(body.headers['content-disposition'] ?? '') || nameOf(from),
        contentType: body.headers['content-type'] ?? '',
      };
    } finally {
      body.destroy();
    }
  } catch (error) {
    await rm(path, { force: true });
    signal.throwIfAborted();
    if (late.signal.aborted) throw new MediaError('timed-out');
    throw asMediaError(error);
  } finally {
    clearTimeout(idle);
    clearTimeout(total);
  }
}

function asMediaError(error: unknown): MediaError {
  if (error instanceof TooLongError) return new MediaError('too-large', error.bytes);
  if (!(error instanceof PublicFetchError)) {
    const known = fileError(error);
    // The disk is the only file here; all else is the connection.
    return known.reason === 'no-space' ? known : new MediaError('unreachable', known.code);
  }
  const { reason, code } = error;
  const isAddress = ['not-public', 'scheme', 'credentials', 'invalid'].includes(reason);
  return new MediaError(isAddress ? 'not-allowed' : 'unreachable', code ?? reason);
}

/** The last part of a URL's path. */
function nameOf({ pathname }: URL): string {
  return decoded(pathname.slice(pathname.lastIndexOf('/') + 1));
}
