/** As what a file is uploaded and sent (docs/platform/media-and-cards.md#uploads). Pure. */
import {
  GIF_SIDE_PIXELS,
  IMAGE_SIDE_PIXELS,
  IMAGE_UPLOAD_BYTES,
} from '../../../../platform/limits.ts';
import type { ImageSize } from '../../../../platform/media/image-size.ts';

/** What an agent may ask for; without it the content decides. */
export type MediaForm = 'image' | 'file' | 'audio' | 'video';

/** `file_type` of im/v1/files. */
export type UploadType = 'opus' | 'mp4' | 'pdf' | 'doc' | 'xls' | 'ppt' | 'stream';

/** How a file goes out; `convert`: it is a voice message once it is Opus. */
export type MediaPlan =
  | { readonly kind: 'image' }
  | { readonly kind: 'voice' | 'convert' | 'video' }
  | {
      readonly kind: 'file';
      readonly uploadType: UploadType;
      /** Why it is no image, although it was one. */
      readonly because?: 'image-too-large' | 'image-unknown';
    };

export interface MediaFacts {
  /** By content. */
  readonly mime: string;
  /** An Ogg file with Opus in it. */
  readonly isOpus: boolean;
  readonly bytes: number;
  /** If it is known. */
  readonly size?: ImageSize | undefined;
  readonly name: string;
}

/** What im/v1/images takes; it turns the last two kinds into JPEG. */
const imageTypes = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/bmp',
  'image/x-icon',
  'image/vnd.microsoft.icon',
  'image/tiff',
  'image/heic',
  'image/heif',
]);

/** What clients play in the chat. */
const videoTypes = new Set(['video/mp4', 'video/quicktime', 'video/x-m4v', 'video/vnd.avi']);

const documentTypes: Readonly<Record<string, UploadType>> = {
  pdf: 'pdf',
  doc: 'doc',
  docx: 'doc',
  xls: 'xls',
  xlsx: 'xls',
  ppt: 'ppt',
  pptx: 'ppt',
};

/** @param asVoice whether a recording is a voice message, and not a file with sound */
export function planMedia(
  facts: MediaFacts,
  form: MediaForm | undefined,
  asVoice: boolean,
): MediaPlan {
  const { mime, isOpus } = facts;
  if (form === 'file') return asFile(facts);
  if (mime.startsWith('image/')) return imagePlan(facts);
  if (isOpus) return { kind: 'voice' };
  const wantsVoice = asVoice || form === 'audio';
  if (wantsVoice && (mime.startsWith('audio/') || mime === 'video/webm'))
    return { kind: 'convert' };
  if (videoTypes.has(mime) && form !== 'audio') return { kind: 'video' };
  // A drawing in XML is an image to the agent alone.
  return form === 'image' ? { ...asFile(facts), because: 'image-unknown' } : asFile(facts);
}

function imagePlan(facts: MediaFacts): MediaPlan {
  const { mime, bytes, size } = facts;
  if (!imageTypes.has(mime)) return { ...asFile(facts), because: 'image-unknown' };
  const mostPixels = mime === 'image/gif' ? GIF_SIDE_PIXELS : IMAGE_SIDE_PIXELS;
  const isTooLarge =
    bytes > IMAGE_UPLOAD_BYTES || (size && Math.max(size.width, size.height) > mostPixels);
  return isTooLarge ? { ...asFile(facts), because: 'image-too-large' } : { kind: 'image' };
}

function asFile({ name }: MediaFacts): MediaPlan & { kind: 'file' } {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const isKnown = Object.hasOwn(documentTypes, extension);
  return { kind: 'file', uploadType: (isKnown ? documentTypes[extension] : undefined) ?? 'stream' };
}
