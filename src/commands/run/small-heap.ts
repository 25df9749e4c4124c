/**
 * Keeps small the memory of a process that is to run for months.
 *
 * V8 makes room for a burst and never gives it back: 2 × 16 MB for what is young. So the young generation
 * stays as the start of the program has made it (some 4 MB). The rest is marked early, and put together
 * at each collection, so that no page stays for an object or two. It grows as V8 lets it (8 MB between two
 * collections): collecting it after each megabyte took half of the time of an event, and saved nothing
 * that could be measured (bench/README.md). Only in our own process: a host manages its own heap.
 */
import { setFlagsFromString } from 'node:v8';

export function limitHeap(): void {
  // Known to Node 20, 22 and 24 (tried); one that does not know them says so on stderr and goes on.
  setFlagsFromString('--semi-space-growth-factor=1');
  // In percent of what may be added before a collection, which is 8 MB at least.
  setFlagsFromString('--incremental-marking-soft-trigger=10');
  setFlagsFromString('--compact-on-every-full-gc');
}
