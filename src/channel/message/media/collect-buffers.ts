/**
 * Keeps the memory of a transfer small.
 *
 * Node reads a socket into a new buffer of 64 KB each time, and V8 frees such buffers late: it counts
 * their bytes only roughly, and waits for tens of megabytes.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Buffers of a transfer are freed each time when so much has passed (bytes): 30 MB take some 16 MB then, instead of 46. */
const COLLECT_EVERY = 512 * 1024;

/** @returns takes the bytes of each piece of a transfer; a young collection takes about 1 ms */
export function createBufferCollector(): (bytes: number) => void {
  let passed = 0;
  let collectYoung: (() => void) | undefined;
  return (bytes) => {
    passed += bytes;
    if (passed < COLLECT_EVERY) return;
    passed = 0;
    collectYoung ??= youngCollection();
    collectYoung();
  };
}

type Collect = (options: { readonly type: 'minor' }) => void;

function youngCollection(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return typeof collect === 'function'
    ? () => (collect as Collect)({ type: 'minor' })
    : () => undefined;
}
