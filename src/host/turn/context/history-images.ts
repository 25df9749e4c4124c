/**
 * The last images of a group's history, for a host that names them to its agent or shows them.
 *
 * In: the messages since the bot's last answer. Out: their newest images in the host's media store.
 * They are fetched when a turn needs them, never before the policy has answered a message (R4).
 */
import type { FileFetcher } from '../../../channel/message/media/fetch-files.ts';
import {
  createMediaFolder,
  removeMediaFolder,
} from '../../../channel/message/media/media-folder.ts';
import { codeOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import { answerTimeout } from '../../../shared/time/waiting.ts';
import type { HistoryEntry } from './history.ts';
import { type MediaStore, type StoredMedium, storeFiles } from './inbound-media.ts';

export interface HistoryImages {
  /** By message_id. Rejects only with the signal's reason. */
  store(
    history: readonly HistoryEntry[],
    store: MediaStore,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly StoredMedium[]>>;
}

/** The host shows an agent no more, and no older ones (openclaw@2026.9.6, history-media). */
const MAX_IMAGES = 4;
const MAX_AGE_MS = 30 * 60_000;
/** A question does not wait longer for the images around it (ms). */
const PATIENCE_MS = 5000;

const none: ReadonlyMap<string, readonly StoredMedium[]> = new Map();

export function createHistoryImages(options: {
  readonly files: FileFetcher;
  readonly log: Logger;
  /** The wall clock (ms since 1970). */
  readonly now: () => number;
}): HistoryImages {
  const { files, log, now } = options;
  return {
    async store(history, store, signal) {
      const recent = history.filter(({ at }) => Math.abs(now() - at) <= MAX_AGE_MS);
      const images = recent
        .flatMap(({ messageId, images }) =>
          images.map((image) => ({ inMessage: messageId, image })),
        )
        .slice(-MAX_IMAGES);
      if (images.length === 0 || !store.media) return none;
      const patience = AbortSignal.any([signal, answerTimeout(PATIENCE_MS)]);
      try {
        const folder = await createMediaFolder();
        try {
          const wanted = images.map(({ inMessage, image }, index) => ({
            ...image,
            id: index + 1,
            messageId: image.messageId ?? inMessage,
          }));
          const where = { folder, messageId: '', signal: patience };
          const stored = await storeFiles(await files.fetch(wanted, where), store);
          const byMessage = new Map<string, StoredMedium[]>();
          for (const medium of stored) {
            const inMessage = images[medium.id - 1]?.inMessage ?? '';
            byMessage.set(inMessage, [...(byMessage.get(inMessage) ?? []), medium]);
          }
          return byMessage;
        } finally {
          await removeMediaFolder(folder);
        }
      } catch (error) {
        signal.throwIfAborted();
        log.info('images of the history were left out', { error: codeOf(error) });
        return none;
      }
    },
  };
}
