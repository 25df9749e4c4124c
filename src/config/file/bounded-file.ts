/**
 * Files that a person names, read within a bound: regular files only, so that a named pipe never blocks
 * and a device never ends.
 */
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type LocalizedText, localize } from '../../shared/text/text.ts';
import { configTexts as texts } from '../config-texts.ts';

/** A config, and each file that it includes (bytes). */
export const MAX_CONFIG_BYTES = 8 * 1024 * 1024;
/** A file that holds an App Secret, and what comes on stdin (bytes). */
export const MAX_SECRET_BYTES = 8 * 1024;

/** Why a file is not read; a system's error is thrown as it is. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile';
  readonly problem: LocalizedText;
  constructor(problem: LocalizedText) {
    super(problem.text.en);
    this.problem = problem;
  }
}

/** The reason of a failed read, as a text can name it. */
export function readProblem(error: unknown): string | LocalizedText {
  if (error instanceof RefusedFile) return error.problem;
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

/** @throws RefusedFile, or the system's error */
export async function readBounded(path: string, maxBytes: number): Promise<Buffer> {
  return withRegularFile(path, maxBytes, (file) => contentOf(file, maxBytes));
}

/** The end of a file of any size. @throws RefusedFile where it is no regular file, or the system's error */
export async function readTail(path: string, maxBytes: number): Promise<Buffer> {
  return withRegularFile(path, Number.POSITIVE_INFINITY, async (file, { size }) => {
    const start = Math.max(0, size - maxBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, start);
    return buffer.subarray(0, bytesRead);
  });
}

async function withRegularFile<T>(
  path: string,
  maxBytes: number,
  read: (file: FileHandle, status: Stats) => Promise<T>,
): Promise<T> {
  // Opening a device may already do something, so it is looked at first, and again once it is open.
  refuse(await stat(path), maxBytes);
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = await file.stat();
    refuse(status, maxBytes);
    return await read(file, status);
  } finally {
    await file.close();
  }
}

function refuse(status: Stats, maxBytes: number): void {
  if (!status.isFile()) throw new RefusedFile(localize(texts.notRegular, { kind: kindOf(status) }));
  if (status.size > maxBytes) throw tooLarge(maxBytes);
}

const CHUNK = 64 * 1024;

/** The size that a file reports need not be true: those below /proc report none. */
async function contentOf(file: FileHandle, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let size = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, null);
    if (bytesRead === 0) return Buffer.concat(chunks, size);
    size += bytesRead;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(buffer.subarray(0, bytesRead));
  }
}

/** What a stream gives until it ends. @throws RefusedFile where it is more than `maxBytes` */
export async function readStream(stream: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array | string);
    size += bytes.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): RefusedFile {
  return new RefusedFile(localize(texts.tooLarge, { kb: maxBytes / 1024 }));
}

function kindOf(status: Stats): LocalizedText {
  if (status.isDirectory()) return localize(texts.aDirectory);
  if (status.isFIFO()) return localize(texts.aPipe);
  return localize(status.isSocket() ? texts.aSocket : texts.aDevice);
}

/**
 * The text of a small file in whichever encoding an editor saved it: UTF-8, or UTF-16 in either order,
 * with a byte order mark or without one.
 */
export function decodedText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const encoding = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
