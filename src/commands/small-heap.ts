/**
 * Keeps small the memory of a process that is to run for months.
 *
 * V8 makes room for a burst and never gives it back: 2 × 16 MB for what is young, and several times
 * what is alive for the rest. So the young generation stays as the start of the program has made it
 * (some 4 MB), and the rest grows by a fifth at a time. After a burst that is 20 MB less; it takes up
 * to half of the events a second, of which there are still thousands (bench/README.md). Only where the
 * process is ours: a host has its own mind.
 */
import { setFlagsFromString } from 'node:v8';

export function keepHeapSmall(): void {
  // Known to Node 20, 22 and 24 (tried); one that does not know them says so on stderr and goes on.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}
