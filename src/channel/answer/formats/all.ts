/** The formats of parts, one for each type of part: the compiler reports one that is missing. */
import type { Part } from '../../inbox/part.ts';
import { cardFormat } from './card.ts';
import type { OutgoingContent, PartFormat } from './format.ts';
import { growingCardFormat } from './growing-card.ts';
import { audioFormat, fileFormat, imageFormat, videoFormat } from './media.ts';
import { postFormat } from './post.ts';
import { readyCardFormat } from './ready-card.ts';
import { textFormat } from './text.ts';

const formats: { readonly [T in Part['type']]: PartFormat<Extract<Part, { type: T }>> } = {
  text: textFormat,
  post: postFormat,
  card: cardFormat,
  'ready-card': readyCardFormat,
  image: imageFormat,
  file: fileFormat,
  audio: audioFormat,
  video: videoFormat,
  'growing-card': growingCardFormat,
};

function formatOf(part: Part): PartFormat<Part> {
  return formats[part.type] as PartFormat<Part>;
}

/** The message that a part becomes. */
export function contentOf(part: Part): OutgoingContent {
  return formatOf(part).content(part);
}

/** The part to send instead of one that the platform refused; `undefined` if no other form helps. */
export function fallbackOf(part: Part, feishuCode: number): Part | undefined {
  const { fallback } = formatOf(part);
  return fallback?.refusals.has(feishuCode) ? fallback.part(part) : undefined;
}
