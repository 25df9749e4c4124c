/**
 * Keeps small the memory of a process that is to run for months.
 *
 * V8 makes room for a burst and never gives it back: 2 × 16 MB for what is young, and several times what
 * is alive for the rest. So the young generation stays as the start of the program has made it (some
 * 4 MB); the rest is collected when it has grown by little, and each time put together, so that no page
 * stays for an object or two. Marking does not begin earlier than V8 wants it to: together with the small
 * growth it would never end, and took half of the time of an event (bench/README.md). Only in our own
 * process: a host manages its own heap.
 */
import { setFlagsFromString } from 'node:v8';

export function limitHeap(): void {
  // Known to Node 20, 22 and 24 (tried); one that does not know them says so on stderr and goes on.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
  setFlagsFromString('--compact-on-every-full-gc');
}
