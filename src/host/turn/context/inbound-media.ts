/**
 * Hands the files of a turn to the host's media store, which the host's agents and transcription read.
 *
 * In: files on this disk. Out: their paths and types in the store. A file that the store refuses is
 * left out: the text still names it.
 */
import { readFile } from 'node:fs/promises';
import type { Turn } from '../../../channel/agent/agent.ts';
import type { ReceivedFile } from '../../../channel/message/media/fetch-files.ts';
import { codeOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import type { HostChannelRuntime } from '../../runtime-contract.ts';

export interface StoredMedium {
  /** That of the received file. */
  readonly id: number;
  readonly path: string;
  readonly type: string;
  readonly kind: ReceivedFile['kind'];
  /** Set if the text of the message has the transcript. */
  readonly hasTranscript: boolean;
}

export interface MediaStore {
  readonly media: HostChannelRuntime['media'];
  readonly maxBytes: number;
  readonly log: Logger;
}

/** The media of the message, and behind them those of the message that it quotes. */
export function storeMedia(turn: Turn, store: MediaStore): Promise<readonly StoredMedium[]> {
  return storeFiles([...turn.attachments, ...(turn.quote?.attachments ?? [])], store);
}

/** In the order of the files, without those that are not there or that the store refuses. */
export async function storeFiles(
  files: readonly ReceivedFile[],
  { media, maxBytes, log }: MediaStore,
): Promise<readonly StoredMedium[]> {
  const stored: StoredMedium[] = [];
  // One at a time: the store takes whole files from the memory.
  for (const file of files) {
    const { path, mime, name, kind, id } = file;
    if (path === undefined || !media) continue;
    try {
      const bytes = await readFile(path);
      const saved = await media.saveMediaBuffer(bytes, mime, 'inbound', maxBytes, name);
      const type = saved.contentType ?? mime ?? '';
      const hasTranscript = file.transcript !== undefined;
      stored.push({ path: saved.path, type, kind, hasTranscript, id });
    } catch (error) {
      log.warn('the host did not store a file', { id, kind, error: codeOf(error) });
    }
  }
  return stored;
}

/** A medium without words, as the hosts' other channels write it: their transcription looks for it. */
const wordless: Readonly<Record<ReceivedFile['kind'], string>> = {
  image: '<media:image>',
  audio: '<media:audio>',
  video: '<media:video>',
  file: '<media:document>',
};

/** What a message says to the host: its text, or the host's own placeholder where it is one file alone. */
export function textForHost({ content, attachments }: Turn): string {
  const [file, another] = attachments;
  if (!file || another || file.path === undefined) return content.text;
  const isWordless = content.text === file.placeholder && file.transcript === undefined;
  return isWordless ? wordless[file.kind] : content.text;
}
