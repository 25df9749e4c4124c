/** How long an Ogg file with Opus plays: what its last page says (RFC 3533, RFC 7845). */
import type { ReadAt } from './read-at.ts';

/** Opus counts samples at this rate, whatever was recorded. */
const SAMPLES_PER_MS = 48;
const PAGE_MARK = Buffer.from('OggS');
const PAGE_HEAD_BYTES = 27;
/** A page has at most 255 segments of 255 bytes: the last 64 KiB hold the start of the last page. */
const TAIL_BYTES = 65_536;
/** The first page of an Opus stream: its head, one length, and 19 bytes. */
const FIRST_PAGE_BYTES = 64;
/** No recording of 30 MB is longer (ms). */
const MAX_DURATION_MS = 24 * 60 * 60_000;

/** @returns ms; `undefined` for what is no Ogg with Opus, or whose length is not known */
export async function oggOpusDuration(readAt: ReadAt, bytes: number): Promise<number | undefined> {
  const first = await readAt(0, FIRST_PAGE_BYTES);
  const isPage = first.length >= PAGE_HEAD_BYTES + 20 && first.indexOf(PAGE_MARK) === 0;
  const payload = PAGE_HEAD_BYTES + (first[26] ?? 0);
  if (!isPage || first.toString('latin1', payload, payload + 8) !== 'OpusHead') return undefined;
  if (first.length < payload + 12) return undefined;
  const serial = first.readUInt32LE(14);
  const preSkip = first.readUInt16LE(payload + 10);
  const tail = await readAt(Math.max(0, bytes - TAIL_BYTES), TAIL_BYTES);
  for (let at = tail.lastIndexOf(PAGE_MARK); at >= 0; at = before(tail, at)) {
    if (at + PAGE_HEAD_BYTES > tail.length || tail.readUInt32LE(at + 14) !== serial) continue;
    const granule = tail.readBigInt64LE(at + 6);
    // -1: no packet ends on this page.
    if (granule < 0n) continue;
    const ms = Math.round((Number(granule) - preSkip) / SAMPLES_PER_MS);
    return ms > 0 && ms <= MAX_DURATION_MS ? ms : undefined;
  }
  return undefined;
}

function before(tail: Buffer, at: number): number {
  // `lastIndexOf` takes a negative place as counted from the end.
  return at === 0 ? -1 : tail.lastIndexOf(PAGE_MARK, at - 1);
}
