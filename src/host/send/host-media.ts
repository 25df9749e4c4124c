/** The media that a host's payload names, as items of an answer. Pure. */
import type { MediaItem } from '../../channel/answer/answer-piece.ts';

interface MediaPayload {
  readonly mediaUrl?: string | undefined;
  readonly mediaUrls?: readonly string[] | undefined;
  readonly audioAsVoice?: boolean | undefined;
}

export function mediaItemsOf(payload: MediaPayload): readonly MediaItem[] {
  const { mediaUrl, mediaUrls = [], audioAsVoice = false } = payload;
  const sources = mediaUrls.length > 0 ? mediaUrls : [mediaUrl ?? ''];
  return [...new Set(sources.map((source) => source.trim()))]
    .filter((source) => source !== '')
    .map((source) => ({ kind: 'media', source, asVoice: audioAsVoice }));
}
