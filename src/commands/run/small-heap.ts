/**
 * Keeps small the memory of a process that is to run for months.
 *
 * V8 makes room for a burst and never gives it back: 2 × 16 MB for what is young, and several times
 * what is alive for the rest. So the young generation stays as the start of the program has made it
 * (some 4 MB); the rest is collected when it has grown by 1 MB instead of 8, and each time put together,
 * so that no page stays for an object or two. After a million events that is 20 MB less
 * (bench/README.md). Only in our own process: a host manages its own heap.
 */
import { setFlagsFromString } from 'node:v8';

export function limitHeap(): void {
  // Known to Node 20, 22 and 24 (tried); one that does not know them says so on stderr and goes on.
  setFlagsFromString('--semi-space-growth-factor=1');
  // In percent of what may be added before a collection, which is 8 MB at least.
  setFlagsFromString('--incremental-marking-soft-trigger=10');
  setFlagsFromString('--compact-on-every-full-gc');
}
