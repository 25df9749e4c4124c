/** What cannot be saved: a frame decoded, a batch synced, an acknowledgement encoded. */
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  decodeFrame,
  encodeFrame,
  FrameMethod,
  headersFrom,
} from '../src/platform/connection/frames.ts';

/** µs an event: decoding its frame and JSON, encoding the acknowledgement; ms a sync of 32 of them. */
export async function measureFloor() {
  const payload = Buffer.from(JSON.stringify({ header: 'x'.repeat(300), event: 'y'.repeat(500) }));
  const frame = {
    seqId: 0n,
    logId: 0n,
    service: 2,
    method: FrameMethod.data,
    headers: headersFrom({
      type: 'event',
      message_id: 'x'.repeat(32),
      sum: 1,
      seq: 0,
      trace_id: 't',
    }),
    payload,
  };
  const bytes = encodeFrame(frame);
  const rounds = 50_000;
  const start = performance.now();
  for (let round = 0; round < rounds; round++) {
    const decoded = decodeFrame(bytes);
    JSON.parse(Buffer.from(decoded.payload ?? []).toString());
    encodeFrame({ ...decoded, payload: Buffer.from('{"code":200}') });
  }
  const codecUs = ((performance.now() - start) * 1000) / rounds;

  const directory = mkdtempSync(join(tmpdir(), 'feishu-bench-'));
  const file = await open(join(directory, 'sync'), 'a');
  const batch = Buffer.alloc(32 * 900, 'x');
  const syncs = 200;
  const from = performance.now();
  for (let round = 0; round < syncs; round++) {
    await file.write(batch);
    await file.datasync();
  }
  const syncMs = (performance.now() - from) / syncs;
  await file.close();
  rmSync(directory, { recursive: true, force: true });
  return { codecUs, syncMs };
}
