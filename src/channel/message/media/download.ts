/**
 * Streams one file of a message to the disk, within bounds of bytes and of silence.
 *
 * In: an attachment. Out: a file (0600), or why there is none. The file is never whole in memory.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlatformClient } from '../../../platform/client/client.ts';
import { encodePath } from '../../../platform/network/path.ts';
import { codeOf, isMoltbotFeishuError } from '../../../shared/errors.ts';
import type { Attachment } from '../content/attachments.ts';
import { nameIn } from './content-disposition.ts';
import { safeFileName } from './file-name.ts';
import { sniffType } from './sniff.ts';
import { TooLongError, writeBody } from './write-body.ts';

export interface StoredFile {
  readonly path: string;
  /** Safe on every system; the sender's name where there is one. */
  readonly name: string;
  readonly mime: string;
  readonly bytes: number;
}

/**
 * Why a file is not there. `too-large`: for us or the platform · `deleted`: or expired ·
 * `not-permitted`: the app may not read it · `unsupported`: the platform gives out no such file ·
 * `timed-out`: too slow · `no-space`: this machine's disk · `failed`: anything else.
 */
export const mediaFailures = [
  'too-large',
  'deleted',
  'not-permitted',
  'unsupported',
  'timed-out',
  'no-space',
  'failed',
] as const;

export type MediaFailure = (typeof mediaFailures)[number];

/** A download that did not succeed. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  readonly reason: MediaFailure;
  /** The platform's code, or the system's. */
  readonly code: string | number;
  /** The app lacks a permission of the platform, for this and all other files. */
  readonly isPermission: boolean;

  constructor(reason: MediaFailure, code: string | number, isPermission = false) {
    super(reason);
    this.reason = reason;
    this.code = code;
    this.isPermission = isPermission;
  }
}

export interface DownloadOptions {
  readonly client: Pick<PlatformClient, 'download'>;
  readonly folder: string;
  readonly maxBytes: number;
  /** The longest silence of the platform (ms). */
  readonly idleMs: number;
  readonly signal: AbortSignal;
}

/** Refusals that concern the file (docs/platform/media-and-cards.md; im-v1/message/get-2). */
const reasons: ReadonlyMap<number, MediaFailure> = new Map([
  [234037, 'too-large'],
  [234005, 'deleted'],
  [234040, 'deleted'],
  [230110, 'deleted'],
  [234004, 'not-permitted'],
  [234009, 'not-permitted'],
  [234019, 'not-permitted'],
  [234043, 'unsupported'],
  [234003, 'unsupported'],
  [234038, 'not-permitted'],
]);

/** @throws DownloadError; the signal's reason */
export async function downloadAttachment(
  attachment: Attachment & { readonly messageId: string },
  options: DownloadOptions,
): Promise<StoredFile> {
  const { folder, maxBytes, signal } = options;
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(), options.idleMs);
  const stopped = AbortSignal.any([signal, idle.signal]);
  try {
    const answer = await options.client.download(
      {
        path: encodePath`/open-apis/im/v1/messages/${attachment.messageId}/resources/${attachment.key}`,
        query: { type: attachment.kind === 'image' ? 'image' : 'file' },
        family: 'media',
      },
      { signal: stopped },
    );
    const { body, headers, contentType } = answer;
    try {
      const announced = Number(headers['content-length']);
      if (announced > maxBytes) throw new DownloadError('too-large', announced);
      const part = join(folder, `${attachment.id}.part`);
      const { bytes, head } = await writeBody(body, part, {
        maxBytes,
        onBytes: () => timer.refresh(),
      });
      if (
        Number.isFinite(announced) &&
        bytes !== announced &&
        headers['content-encoding'] === undefined
      ) {
        await rm(part, { force: true });
        throw new DownloadError('failed', 'cut-off');
      }
      const type = await sniffType(head, contentType, attachment.kind);
      const fallback = `${attachment.kind}-${attachment.id}`;
      const name = safeFileName(
        attachment.name ?? nameIn(headers['content-disposition'] ?? ''),
        fallback,
        type.extension,
      );
      return { path: part, name, mime: type.mime, bytes };
    } finally {
      body.destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (idle.signal.aborted) throw new DownloadError('timed-out', 'idle');
    throw asDownloadError(error);
  } finally {
    clearTimeout(timer);
  }
}

function asDownloadError(error: unknown): DownloadError {
  if (error instanceof DownloadError) return error;
  if (error instanceof TooLongError) return new DownloadError('too-large', error.bytes);
  if (isMoltbotFeishuError(error)) {
    const code = error.feishuCode ?? error.code;
    const known = typeof code === 'number' ? reasons.get(code) : undefined;
    const isPermission = error.code === 'scope-missing';
    const reason = known ?? (isPermission ? 'not-permitted' : 'failed');
    return new DownloadError(reason, code, isPermission);
  }
  const code = (error as NodeJS.ErrnoException).code ?? codeOf(error);
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
  return new DownloadError(isFull ? 'no-space' : 'failed', code);
}
