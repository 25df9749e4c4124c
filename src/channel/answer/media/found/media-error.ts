/** Why a medium is not sent as what it is. */
import type { Text } from '../../../../shared/text/text.ts';
import { outgoingMediaTexts as texts } from './outgoing-media-texts.ts';

/**
 * `not-allowed`: a path outside of the allowed directories, or a URL that is not public · `missing`:
 * nothing is there · `too-large`, `empty`: by the platform's limits · `unreachable`, `timed-out`: the
 * URL · `no-space`: this machine's disk · `not-permitted`: the app lacks a permission · `failed`:
 * anything else.
 */
export type MediaRefusal =
  | 'not-allowed'
  | 'missing'
  | 'too-large'
  | 'empty'
  | 'unreachable'
  | 'timed-out'
  | 'no-space'
  | 'not-permitted'
  | 'failed';

export const refusalTexts: Readonly<Record<MediaRefusal, Text>> = {
  'not-allowed': texts.notAllowed,
  missing: texts.missing,
  'too-large': texts.tooLarge,
  empty: texts.empty,
  unreachable: texts.unreachable,
  'timed-out': texts.timedOut,
  'no-space': texts.noSpace,
  'not-permitted': texts.notPermitted,
  failed: texts.failed,
};

/** A medium that cannot be sent; its name and link, if there is one, are sent instead. */
export class MediaError extends Error {
  override readonly name = 'MediaError';
  readonly reason: MediaRefusal;
  /** For the log: the platform's code, the system's, or the exact reason. */
  readonly code: string | number | undefined;

  constructor(reason: MediaRefusal, code?: string | number) {
    super(reason);
    this.reason = reason;
    this.code = code;
  }
}

/** An error of the file system, as the reason for the person. */
export function fileError(error: unknown): MediaError {
  if (error instanceof MediaError) return error;
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new MediaError('missing', code);
    case 'ELOOP':
    case 'EACCES':
    case 'EPERM':
    case 'EISDIR':
      return new MediaError('not-allowed', code);
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new MediaError('no-space', code);
    default:
      return new MediaError('failed', code);
  }
}
