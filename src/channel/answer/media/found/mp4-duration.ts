/** How long an MP4 or MOV plays: the movie header of its `moov` box (ISO/IEC 14496-12, 8.2.2). */
import type { ReadAt } from './read-at.ts';

interface Box {
  readonly type: string;
  /** Where its content begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** More boxes on the way to the header are not read: a file can claim any number of them. */
const MAX_BOXES = 256;
const HEAD_BYTES = 16;
const MAX_DURATION_MS = 24 * 60 * 60_000;

/** @returns ms; `undefined` if the file does not say */
export async function mp4Duration(readAt: ReadAt, bytes: number): Promise<number | undefined> {
  const movie = await findBox(readAt, 'moov', { start: 0, end: bytes });
  const header = movie && (await findBox(readAt, 'mvhd', movie));
  if (!header) return undefined;
  const content = await readAt(header.start, Math.min(32, header.end - header.start));
  const isLong = content[0] === 1;
  if (content.length < (isLong ? 32 : 20)) return undefined;
  const scale = content.readUInt32BE(isLong ? 20 : 12);
  const length = isLong ? Number(content.readBigUInt64BE(24)) : content.readUInt32BE(16);
  const ms = Math.round((length / scale) * 1000);
  return ms > 0 && ms <= MAX_DURATION_MS ? ms : undefined;
}

async function findBox(
  readAt: ReadAt,
  type: string,
  { start, end }: Omit<Box, 'type'>,
): Promise<Box | undefined> {
  let at = start;
  for (let count = 0; count < MAX_BOXES && at + 8 <= end; count += 1) {
    const box = boxAt(await readAt(at, HEAD_BYTES), at, end);
    if (!box || box.type === type) return box;
    at = box.end;
  }
  return undefined;
}

function boxAt(head: Buffer, at: number, end: number): Box | undefined {
  if (head.length < 8) return undefined;
  const type = head.toString('latin1', 4, 8);
  const short = head.readUInt32BE(0);
  // 0: up to the end; 1: the length follows as 64 bits.
  if (short === 1 && head.length < HEAD_BYTES) return undefined;
  const size = short === 0 ? end - at : short === 1 ? Number(head.readBigUInt64BE(8)) : short;
  const headBytes = short === 1 ? 16 : 8;
  if (size < headBytes || at + size > end) return undefined;
  return { type, start: at + headBytes, end: at + size };
}
