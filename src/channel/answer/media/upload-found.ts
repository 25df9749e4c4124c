/** Uploads a found file in the best form that works: voice, video, image, else a plain file. */
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMoltbotFeishuError } from '../../../shared/errors.ts';
import type { Text } from '../../../shared/text/text.ts';
import type { Part } from '../../inbox/part.ts';
import type { MediaFolder } from '../../message/media/media-folder.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { copyTo, type FoundFile } from './found/found-file.ts';
import { fileError } from './found/media-error.ts';
import { type MediaForm, type MediaPlan, planMedia, type UploadType } from './found/media-kind.ts';
import { mp4Duration } from './found/mp4-duration.ts';
import { oggOpusDuration } from './found/ogg-duration.ts';
import { outgoingMediaTexts as texts } from './found/outgoing-media-texts.ts';
import { readerOf } from './found/read-at.ts';
import { type UploadClient, type UploadFile, uploadFile, uploadImage } from './upload.ts';

export interface UploadFoundOptions {
  readonly client: UploadClient;
  readonly ffmpeg: Ffmpeg;
  /** For conversions. */
  readonly folder: MediaFolder;
  readonly signal: AbortSignal;
}

/** The part without its text, and what the person reads beside it. */
export interface UploadedFile {
  readonly part: WithoutInstead<Part>;
  readonly note?: Text | undefined;
}

type WithoutInstead<P> = P extends { readonly instead: string } ? Omit<P, 'instead'> : never;

/** @throws MoltbotFeishuError why not even a plain file could be uploaded */
export async function uploadFound(
  file: FoundFile,
  wish: { readonly as?: MediaForm | undefined; readonly asVoice: boolean },
  options: UploadFoundOptions,
): Promise<UploadedFile> {
  const plan = planMedia(file, wish.as, wish.asVoice);
  try {
    return await uploadPlanned(file, plan, options);
  } catch (error) {
    if (plan.kind === 'file' || !isRefused(error)) throw error;
    return { ...(await asFile(file, 'stream', options)), note: refusalNotes[plan.kind] };
  }
}

const refusalNotes = {
  image: texts.imageUnknown,
  voice: texts.voiceAsFile,
  convert: texts.voiceAsFile,
  video: texts.videoAsFile,
};

/** The platform did not take the content; another form may do. */
function isRefused(error: unknown): boolean {
  return isMoltbotFeishuError(error, 'platform-rejected');
}

async function uploadPlanned(
  file: FoundFile,
  plan: MediaPlan,
  options: UploadFoundOptions,
): Promise<UploadedFile> {
  const { client, signal } = options;
  switch (plan.kind) {
    case 'image':
      return { part: { type: 'image', imageKey: await uploadImage(client, file, signal) } };
    case 'voice':
      return asVoice(file, file.durationMs, options);
    case 'convert':
      return converted(file, options);
    case 'video':
      return asVideo(file, options);
    case 'file': {
      const uploaded = await asFile(file, plan.uploadType, options);
      return plan.because === undefined ? uploaded : { ...uploaded, note: reasons[plan.because] };
    }
  }
}

const reasons = { 'image-too-large': texts.imageAsFile, 'image-unknown': texts.imageUnknown };

async function asFile(
  file: UploadFile,
  type: UploadType,
  { client, signal }: UploadFoundOptions,
): Promise<UploadedFile> {
  return { part: { type: 'file', fileKey: await uploadFile(client, file, { type }, signal) } };
}

async function asVoice(
  file: UploadFile,
  durationMs: number | undefined,
  { client, signal }: UploadFoundOptions,
): Promise<UploadedFile> {
  const fileKey = await uploadFile(client, file, { type: 'opus', durationMs }, signal);
  return { part: { type: 'audio', fileKey } };
}

/** A recording in another format becomes a voice message, or stays a file that says so. */
async function converted(file: FoundFile, options: UploadFoundOptions): Promise<UploadedFile> {
  const voice = await withFfmpeg(file, 'voice.opus', options.ffmpeg.toVoice, options);
  if (!voice) return { ...(await asFile(file, 'stream', options)), note: texts.voiceAsFile };
  try {
    const durationMs = await oggOpusDuration(readerOf(voice.handle), voice.bytes);
    const name = `${file.name.replace(/\.[^.]+$/, '')}.opus`;
    return await asVoice({ ...voice, name }, durationMs, options);
  } finally {
    await voice.handle.close();
  }
}

async function asVideo(file: FoundFile, options: UploadFoundOptions): Promise<UploadedFile> {
  const { client, signal } = options;
  const durationMs = await mp4Duration(readerOf(file.handle), file.bytes);
  const imageKey = await coverOf(file, options);
  const fileKey = await uploadFile(client, file, { type: 'mp4', durationMs }, signal);
  return { part: { type: 'video', fileKey, ...(imageKey !== undefined && { imageKey }) } };
}

/** A video without a cover is shown without a picture, and plays all the same. */
async function coverOf(file: FoundFile, options: UploadFoundOptions): Promise<string | undefined> {
  const cover = await withFfmpeg(file, 'cover.jpg', options.ffmpeg.toCover, options);
  if (!cover) return undefined;
  try {
    const { client, signal } = options;
    return await uploadImage(client, { ...cover, name: 'cover.jpg' }, signal);
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  } finally {
    await cover.handle.close();
  }
}

/** What ffmpeg makes of a file; `undefined` where it makes nothing, or the disk has no room for it. */
async function withFfmpeg(
  file: FoundFile,
  resultName: string,
  convert: Ffmpeg[keyof Ffmpeg],
  { folder, signal }: UploadFoundOptions,
) {
  try {
    const path = join(await folder.path(), 'original');
    const result = join(await folder.path(), resultName);
    await copyTo(path, file);
    const isDone = await convert({ path, mime: file.mime }, result, signal);
    signal.throwIfAborted();
    return isDone ? await openResult(result) : undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (fileError(error).reason === 'no-space') return undefined;
    throw error;
  }
}

/** What ffmpeg wrote; a file without content is none. */
async function openResult(path: string) {
  const bytes = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  return bytes === 0 ? undefined : { handle: await open(path, 'r'), bytes };
}
