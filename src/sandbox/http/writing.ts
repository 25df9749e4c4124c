/** An answer on the wire: whole, or as a fault of the network breaks its body. */

import type { ServerResponse } from 'node:http';
import { isFields } from '../../shared/fields.ts';
import type { BodyFault } from '../state/faults.ts';
import type { ByteSource } from '../state/resources.ts';
import type { Answer } from './answers.ts';

/** Pieces of a slow body a second. */
const piecesPerSecond = 10;

export interface WritingOptions {
  readonly fault: BodyFault | undefined;
  /** Waits (ms). */
  readonly later: (ms: number) => Promise<void>;
}

/** Resolves when the answer is written, or when nothing more of it will be. */
export async function write(
  response: ServerResponse,
  answer: Answer,
  { fault, later }: WritingOptions,
): Promise<void> {
  const { type, source } = bodyOf(answer.body);
  const isWrong = fault?.kind === 'wrong-length';
  response.writeHead(answer.status, {
    'content-type': type,
    // Before the length: after it, Node takes no bytes above 0x7f in Content-Disposition.
    ...answer.headers,
    'content-length': isWrong ? fault.declaredBytes : source.size,
    // The end of the connection is what ends a body that is too short.
    ...(isWrong && { connection: 'close' }),
  });
  if (fault) response.flushHeaders();
  const end =
    fault?.kind === 'stall' || fault?.kind === 'cut' ? fault.afterBytes : Number.POSITIVE_INFINITY;
  let written = 0;
  for (const chunk of source.chunks()) {
    for (const piece of pieces(chunk.subarray(0, end - written), fault)) {
      if (response.destroyed) return;
      if (!response.write(piece)) await drained(response);
      if (fault?.kind === 'slow') await later(1000 / piecesPerSecond);
    }
    written += chunk.length;
    if (written >= end) break;
  }
  if (fault?.kind === 'stall') return;
  if (fault?.kind === 'cut') response.socket?.destroySoon();
  else response.end();
}

function bodyOf(body: unknown): { readonly type: string; readonly source: ByteSource } {
  if (isByteSource(body)) return { type: 'application/octet-stream', source: body };
  const [type, bytes] = Buffer.isBuffer(body)
    ? ['application/json', body]
    : typeof body === 'string'
      ? ['text/html; charset=utf-8', Buffer.from(body)]
      : ['application/json; charset=utf-8', Buffer.from(JSON.stringify(body))];
  return { type, source: { size: bytes.length, chunks: () => [bytes] } };
}

function isByteSource(body: unknown): body is ByteSource {
  return isFields(body) && typeof body.chunks === 'function' && typeof body.size === 'number';
}

function* pieces(chunk: Uint8Array, fault: BodyFault | undefined): Iterable<Uint8Array> {
  const size =
    fault?.kind === 'slow'
      ? Math.max(1, Math.floor(fault.bytesPerSecond / piecesPerSecond))
      : chunk.length;
  for (let start = 0; start < chunk.length; start += size)
    yield chunk.subarray(start, start + size);
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
