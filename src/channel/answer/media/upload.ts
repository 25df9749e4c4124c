/** Uploads an open file, and gives its key (docs/platform/media-and-cards.md#uploads). */
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { PlatformClient } from '../../../platform/client/client.ts';
import { answerTimeout } from '../../../shared/time/waiting.ts';
import type { UploadType } from './found/media-kind.ts';
import { blocksOf } from './found/read-at.ts';

export type UploadFile = {
  readonly bytes: number;
  /** Shown to the person. */
  readonly name: string;
} & ({ readonly handle: FileHandle } | { readonly content: Buffer });

export type UploadClient = Pick<PlatformClient, 'upload'>;

const imageAnswer = z.object({ image_key: z.string().min(1) });
const fileAnswer = z.object({ file_key: z.string().min(1) });

/** The longest upload, all attempts together (ms): 30 MB at 128 kB/s. */
const MAX_UPLOAD_MS = 4 * 60_000;

/** @throws MoltbotFeishuError what the platform says, `platform-unreachable`, `cancelled` */
export async function uploadImage(
  client: UploadClient,
  file: UploadFile,
  signal: AbortSignal,
): Promise<string> {
  const answer = await client.upload(
    {
      path: '/open-apis/im/v1/images',
      fields: { image_type: 'message' },
      file: formFile('image', file),
      schema: imageAnswer,
    },
    { signal: bounded(signal) },
  );
  return answer.image_key;
}

/**
 * @param durationMs without it a recording or video shows no length
 * @throws as {@link uploadImage}
 */
export async function uploadFile(
  client: UploadClient,
  file: UploadFile,
  { type, durationMs }: { readonly type: UploadType; readonly durationMs?: number | undefined },
  signal: AbortSignal,
): Promise<string> {
  const answer = await client.upload(
    {
      path: '/open-apis/im/v1/files',
      fields: {
        file_type: type,
        file_name: file.name,
        ...(durationMs !== undefined && { duration: String(durationMs) }),
      },
      file: formFile('file', file),
      schema: fileAnswer,
    },
    { signal: bounded(signal) },
  );
  return answer.file_key;
}

function formFile(field: 'image' | 'file', file: UploadFile) {
  const { name, bytes } = file;
  return {
    field,
    name,
    bytes,
    open: () => ('handle' in file ? blocksOf(file.handle, bytes) : Readable.from([file.content])),
  };
}

function bounded(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, answerTimeout(MAX_UPLOAD_MS)]);
}
