/**
 * Fetches the files of a turn: those of the message and those of what it quotes.
 *
 * In: attachments. Out: each of them with a path, or with the reason why it has none. A file that is
 * missing never ends the turn.
 */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlatformClient } from '../../../platform/client/client.ts';
import type { Logger } from '../../../shared/log.ts';
import { type Lang, localize, render, type Text } from '../../../shared/text/text.ts';
import type { Attachment } from '../content/attachments.ts';
import {
  DownloadError,
  downloadAttachment,
  type MediaFailure,
  type StoredFile,
} from './download.ts';
import { mediaTexts as texts } from './media-texts.ts';

/** A file of a message, fetched or not. */
export interface ReceivedFile extends Attachment, Partial<StoredFile> {
  /** Set if there is no path. */
  readonly failure?: MediaFailure;
}

export interface FileFetcherOptions {
  readonly client: Pick<PlatformClient, 'download'>;
  /** The largest file (bytes). */
  readonly maxBytes: number;
  readonly log: Logger;
}

export interface FileFetcher {
  /**
   * Fetches what the files of one turn may take together; rejects only with the signal's reason.
   *
   * @param folder a private folder of the turn
   * @param messageId the message that has the attachments which name no other
   */
  fetch(
    attachments: readonly Attachment[],
    where: { readonly folder: string; readonly messageId: string; readonly signal: AbortSignal },
  ): Promise<readonly ReceivedFile[]>;
}

/** The platform allows 50 requests a second; a slow file must not hold up the others. */
const AT_ONCE = 3;
/** All files of one turn together (bytes). */
const MAX_TURN_BYTES = 200_000_000;
/** The longest silence of the platform (ms). */
const IDLE_MS = 15_000;

export function createFileFetcher(options: FileFetcherOptions): FileFetcher {
  const { client, maxBytes, log } = options;
  let hasWarned = false;

  function failed(attachment: Attachment, error: unknown): ReceivedFile {
    if (!(error instanceof DownloadError)) throw error;
    const { reason, code, isPermission } = error;
    const { id, kind } = attachment;
    log.info('a file was not fetched', { id, kind, reason, code });
    if (isPermission && !hasWarned) {
      hasWarned = true;
      log.warn('files cannot be fetched: the app lacks the permission im:message:readonly', {
        code,
      });
    }
    return { ...attachment, failure: reason };
  }

  return {
    async fetch(attachments, { folder, messageId, signal }) {
      const files = new Map<number, ReceivedFile>();
      const names = new Set<string>();
      let left = MAX_TURN_BYTES;
      const waiting = [...attachments];

      async function fetchOne(attachment: Attachment): Promise<ReceivedFile> {
        try {
          const stored = await downloadAttachment(
            { ...attachment, messageId: attachment.messageId ?? messageId },
            { client, folder, maxBytes: Math.min(maxBytes, left), idleMs: IDLE_MS, signal },
          );
          left -= stored.bytes;
          return { ...attachment, ...stored };
        } catch (error) {
          signal.throwIfAborted();
          return failed(attachment, error);
        }
      }

      async function work(): Promise<void> {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          files.set(next.id, await fetchOne(next));
        }
      }

      await Promise.all(Array.from({ length: AT_ONCE }, work));
      // In the order of the text, whichever came first.
      const named: ReceivedFile[] = [];
      for (const attachment of attachments) {
        const file: ReceivedFile = files.get(attachment.id) ?? attachment;
        named.push(file.path === undefined ? file : await withName(file, folder, names));
      }
      return named;
    },
  };
}

async function withName(
  file: ReceivedFile,
  folder: string,
  taken: Set<string>,
): Promise<ReceivedFile> {
  const name = unused(file.name ?? `${file.kind}-${file.id}`, taken, file.id);
  const path = join(folder, name);
  await rename(file.path ?? '', path);
  return { ...file, name, path };
}

/** Two files of one name keep it, with a number before the second one. */
function unused(name: string, taken: Set<string>, id: number): string {
  const key = name.toLowerCase();
  const free = taken.has(key) ? `${id}-${name}` : name;
  taken.add(free.toLowerCase());
  return free;
}

const failureTexts: Readonly<Record<MediaFailure, Text>> = {
  'too-large': texts.tooLarge,
  deleted: texts.deleted,
  'not-permitted': texts.notPermitted,
  unsupported: texts.unsupported,
  'timed-out': texts.timedOut,
  'no-space': texts.noSpace,
  failed: texts.failed,
};

/** Why a file is missing, for the agent and the person. */
export function failureText(failure: MediaFailure, maxBytes: number, lang: Lang): string {
  return render(localize(failureTexts[failure], { mb: maxBytes / 1_000_000 }), lang);
}
