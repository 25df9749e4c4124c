/** What a file is by its first bytes; what the platform or the sender says counts less. */
import type { Resource } from '../content/pieces/piece.ts';

export interface SniffedType {
  readonly mime: string;
  /** Without a dot. */
  readonly extension: string | undefined;
}

/** How many of the first bytes are looked at; enough for every type that has a signature. */
export const SNIFF_BYTES = 4100;

/** Headers that say nothing about the content. */
const vagueTypes = new Set(['', 'application/octet-stream', 'binary/octet-stream']);

/** Feishu's voice messages are Ogg with Opus; transcription skips a vaguer type. */
const OPUS: SniffedType = { mime: 'audio/ogg; codecs=opus', extension: 'ogg' };

const byKind: Readonly<Record<Resource['kind'], SniffedType>> = {
  image: { mime: 'image/png', extension: 'png' },
  video: { mime: 'video/mp4', extension: 'mp4' },
  audio: OPUS,
  file: { mime: 'application/octet-stream', extension: undefined },
};

/**
 * @param head the first {@link SNIFF_BYTES} bytes, or all
 * @param contentType the header of the answer
 */
export async function sniffType(
  head: Uint8Array,
  contentType: string,
  kind: Resource['kind'],
): Promise<SniffedType> {
  const found = await byContent(head);
  // A few first bytes may look like anything: what Feishu shows as an image is one.
  const isPlausible = kind === 'file' || found?.mime.startsWith(`${kind}/`) === true;
  if (kind === 'audio' && (!isPlausible || found?.mime.startsWith('audio/ogg'))) return OPUS;
  if (found && isPlausible) return found;
  const [mime = ''] = contentType.toLowerCase().split(';');
  if (!vagueTypes.has(mime.trim())) return { mime: mime.trim(), extension: undefined };
  if (isText(head)) return { mime: 'text/plain', extension: 'txt' };
  return byKind[kind];
}

async function byContent(head: Uint8Array): Promise<SniffedType | undefined> {
  // Loaded with the first file: a bot that gets only texts starts without it.
  const { fileTypeFromBuffer } = await import('file-type');
  // It throws where a file is cut off in its first bytes.
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  return found && { mime: found.mime, extension: found.ext };
}

/** Whether bytes are UTF-8 without control characters that texts do not have. */
function isText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text);
  } catch {
    return false;
  }
}
