/**
 * Turns a medium of an answer into a part that can be sent: found, sniffed, converted, uploaded.
 *
 * In: a path, a `file:` URL or a web address. Out: a part with the platform's key. What cannot be
 * sent as what it is goes the next step down: an image as a file, a recording as a file, a file as
 * its link or its name, each time with a sentence for the person.
 */
import type { PublicFetch } from '../../../platform/network/public-fetch.ts';
import { isMoltbotFeishuError } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import { visible } from '../../../shared/terminal/visible.ts';
import { type Lang, localize, render, type Text } from '../../../shared/text/text.ts';
import type { Part } from '../../inbox/part.ts';
import { lazyMediaFolder, type MediaFolder } from '../../message/media/media-folder.ts';
import { createPermissionWarner } from '../../missing-permission.ts';
import type { MediaItem } from '../answer-piece.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { FETCH_TIMES, type FetchTimes } from './found/fetch-media.ts';
import { type FoundFile, findFile } from './found/found-file.ts';
import { fileError, MediaError, refusalTexts } from './found/media-error.ts';
import { planMedia } from './found/media-kind.ts';
import { type MediaRoots, type MediaSource, parseMediaSource } from './found/media-roots.ts';
import { outgoingMediaTexts as texts } from './found/outgoing-media-texts.ts';
import { type UploadClient, uploadFile, uploadImage } from './upload.ts';
import { uploadFound } from './upload-found.ts';

/** What a medium became: a part, a sentence for the person, or both. */
export interface OutgoingMedium {
  readonly part?: Part | undefined;
  readonly note?: string | undefined;
}

export interface OutgoingMedia {
  /** Rejects only with the signal's reason. */
  prepare(item: MediaItem, lang: Lang, signal: AbortSignal): Promise<OutgoingMedium>;
  /** Uploads a text as a file; `undefined` where that fails. Rejects only with the signal's reason. */
  textFile(text: string, name: string, signal: AbortSignal): Promise<Part | undefined>;
  /** Uploads an image for a text. @returns its key; `undefined` for what cannot be shown as an image */
  imageKey(address: string, signal: AbortSignal): Promise<string | undefined>;
}

export interface OutgoingMediaOptions {
  readonly client: UploadClient;
  readonly roots: MediaRoots;
  readonly fetch: PublicFetch;
  readonly ffmpeg: Ffmpeg;
  readonly log: Logger;
  readonly times?: FetchTimes;
}

const MAX_SHOWN_NAME = 100;

export function createOutgoingMedia(options: OutgoingMediaOptions): OutgoingMedia {
  const { client, roots, ffmpeg, log, times = FETCH_TIMES } = options;
  const warnOfPermission = createPermissionWarner(log, 'images and files cannot be sent');

  /** @throws MediaError; the signal's reason */
  async function withFile<T>(
    source: MediaSource,
    name: string | undefined,
    signal: AbortSignal,
    use: (file: FoundFile, folder: MediaFolder) => Promise<T>,
  ): Promise<T> {
    const folder = lazyMediaFolder();
    try {
      const file = await findFile(source, name, { ...options, times, folder, signal });
      try {
        return await use(file, folder);
      } finally {
        await file.handle.close();
      }
    } catch (error) {
      signal.throwIfAborted();
      throw asMediaError(error);
    } finally {
      await folder.remove();
    }
  }

  function asMediaError(error: unknown): MediaError {
    if (!isMoltbotFeishuError(error)) return fileError(error);
    warnOfPermission(error);
    const code = error.feishuCode ?? error.code;
    if (error.code === 'scope-missing') return new MediaError('not-permitted', code);
    // The signal of the turn is not aborted: the upload took too long.
    return new MediaError(error.code === 'cancelled' ? 'timed-out' : 'failed', code);
  }

  return {
    async prepare({ source, name, as, asVoice = false }, lang, signal) {
      const inWords = (text: Text, params = {}): string => render(localize(text, params), lang);
      const parsed = parseMediaSource(source, roots);
      const url = parsed?.kind === 'url' ? parsed.url : undefined;
      try {
        if (!parsed) throw new MediaError('not-allowed', 'no-address');
        return await withFile(parsed, name, signal, async (file, folder) => {
          const { part, note } = await uploadFound(
            file,
            { as, asVoice },
            { client, ffmpeg, folder, signal },
          );
          const instead = notSent(inWords, file.name, inWords(texts.refused), url);
          return { part: { ...part, instead }, ...(note && { note: inWords(note) }) };
        });
      } catch (error) {
        if (!(error instanceof MediaError)) throw error;
        const { reason, code } = error;
        log.info('a medium was not sent', { kind: as ?? 'any', reason, code });
        const shown =
          shownName(name ?? source) || inWords(as === 'image' ? texts.image : texts.file);
        return { note: notSent(inWords, shown, inWords(refusalTexts[reason]), linkOf(url)) };
      }
    },
    async textFile(text, name, signal) {
      try {
        const content = Buffer.from(text);
        const file = { content, bytes: content.length, name };
        const fileKey = await uploadFile(client, file, { type: 'stream' }, signal);
        return { type: 'file', fileKey, instead: name };
      } catch (error) {
        signal.throwIfAborted();
        const { reason, code } = asMediaError(error);
        log.info('the rest of an answer was not sent', { reason, code });
        return undefined;
      }
    },
    async imageKey(address, signal) {
      const source = parseMediaSource(address, roots);
      if (!source) return undefined;
      try {
        return await withFile(source, undefined, signal, (file) => {
          // A text can name any file: only images are shown in it.
          if (planMedia(file, 'image', false).kind !== 'image') {
            throw new MediaError('not-allowed', 'no-image');
          }
          return uploadImage(client, file, signal);
        });
      } catch (error) {
        if (!(error instanceof MediaError)) throw error;
        log.info('an image of a text was not shown', { reason: error.reason, code: error.code });
        return undefined;
      }
    },
  };
}

type InWords = (text: Text, params?: Readonly<Record<string, string>>) => string;

function notSent(inWords: InWords, name: string, reason: string, url: string | undefined): string {
  return url === undefined
    ? inWords(texts.notSent, { name, reason })
    : inWords(texts.notSentLink, { name, reason, url });
}

/** The person may be able to open what this machine must not fetch; a secret in it is not shown. */
function linkOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { username, password } = new URL(url);
  return username === '' && password === '' ? url : undefined;
}

/** The last part of a path or address: all that a person needs to know of it. */
function shownName(source: string): string {
  const path = source.trim().split(/[?#]/)[0] ?? '';
  const last = path.split(/[/\\]/).filter(Boolean).at(-1) ?? '';
  return visible(last).slice(0, MAX_SHOWN_NAME);
}
