/** Uploaded media, each as a message of its own. */
import type { Part } from '../../inbox/part.ts';
import type { PartFormat } from './format.ts';

type MediaPart<T extends Part['type']> = Extract<Part, { type: T }>;

/** The key does not fit the message, is another app's, or the content is not taken. */
const refusals = new Set([230001, 230017, 230025, 230055, 230099, 234002, 234008]);

const asText = {
  refusals,
  part: ({ instead }: { readonly instead: string }): Part => ({ type: 'text', text: instead }),
};

/** Whatever was uploaded under a key is a file, too. */
const asFile = {
  refusals,
  part: ({ fileKey, instead }: MediaPart<'audio' | 'video'>): Part => ({
    type: 'file',
    fileKey,
    instead,
  }),
};

export const imageFormat: PartFormat<MediaPart<'image'>> = {
  content: ({ imageKey }) => ({
    msgType: 'image',
    content: JSON.stringify({ image_key: imageKey }),
  }),
  fallback: asText,
};

export const fileFormat: PartFormat<MediaPart<'file'>> = {
  content: ({ fileKey }) => ({ msgType: 'file', content: JSON.stringify({ file_key: fileKey }) }),
  fallback: asText,
};

export const audioFormat: PartFormat<MediaPart<'audio'>> = {
  content: ({ fileKey }) => ({ msgType: 'audio', content: JSON.stringify({ file_key: fileKey }) }),
  fallback: asFile,
};

export const videoFormat: PartFormat<MediaPart<'video'>> = {
  content: ({ fileKey, imageKey }) => ({
    msgType: 'media',
    content: JSON.stringify({ file_key: fileKey, image_key: imageKey }),
  }),
  fallback: asFile,
};
