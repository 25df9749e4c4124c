/**
 * Which ids came in within the last hours, in 8 bytes each.
 *
 * In: fingerprints ({@link idsOf}) with their time. Out: whether one was there. A set of strings
 * takes 15 times as much: at a million events a day, 100 MB. Pure but for its own memory.
 */

export interface SeenIds {
  has(fingerprint: string): boolean;
  add(fingerprint: string, at: number): void;
  readonly size: number;
}

export interface SeenOptions {
  readonly now: () => number;
  /** How long an id is remembered at least (ms); it may be a quarter longer. */
  readonly rememberMs: number;
}

/** Generations that make up the time of remembering: the oldest is dropped as a whole. */
const GENERATIONS = 4;

interface Generation {
  readonly table: FingerprintTable;
  /** The newest id in it (ms since 1970). */
  newest: number;
  readonly since: number;
}

export function createSeenIds({ now, rememberMs }: SeenOptions): SeenIds {
  const spanMs = rememberMs / GENERATIONS;
  let generations: Generation[] = [];

  function current(at: number): Generation {
    const last = generations.at(-1);
    if (last && at - last.since < spanMs) return last;
    const next: Generation = { table: createFingerprintTable(), newest: at, since: at };
    generations = generations.filter(({ newest }) => newest > at - rememberMs);
    generations.push(next);
    return next;
  }

  return {
    has(fingerprint) {
      const [high, low] = wordsOf(fingerprint);
      const oldest = now() - rememberMs;
      return generations.some(({ table, newest }) => newest > oldest && table.has(high, low));
    },
    add(fingerprint, at) {
      const generation = current(at);
      generation.newest = Math.max(generation.newest, at);
      generation.table.add(...wordsOf(fingerprint));
    },
    get size() {
      return generations.reduce((sum, { table }) => sum + table.size, 0);
    },
  };
}

interface FingerprintTable {
  has(high: number, low: number): boolean;
  add(high: number, low: number): void;
  readonly size: number;
}

const SMALLEST = 1024;
/** Above this share of its slots in use a table grows: runs of used slots would get long. */
const FULLEST = 0.75;

/** Open addressing over two words a slot; both zero is an empty one. */
function createFingerprintTable(): FingerprintTable {
  let slots = new Uint32Array(2 * SMALLEST);
  let size = 0;

  /** Where it is, or the empty slot where it would be. */
  function find(table: Uint32Array, high: number, low: number): number {
    const count = table.length / 2;
    let slot = low % count;
    for (;;) {
      const [a, b] = [table[2 * slot], table[2 * slot + 1]];
      if ((a === high && b === low) || (a === 0 && b === 0)) return slot;
      slot = slot + 1 === count ? 0 : slot + 1;
    }
  }

  function grow(): void {
    // By half: doubling would leave most of a big table empty.
    const larger = new Uint32Array(2 * Math.ceil((slots.length / 2) * 1.5));
    for (let at = 0; at < slots.length; at += 2) {
      const [high = 0, low = 0] = [slots[at], slots[at + 1]];
      if (high === 0 && low === 0) continue;
      const slot = find(larger, high, low);
      larger[2 * slot] = high;
      larger[2 * slot + 1] = low;
    }
    slots = larger;
  }

  return {
    has(high, low) {
      const slot = find(slots, high, low);
      return slots[2 * slot] === high && slots[2 * slot + 1] === low;
    },
    add(high, low) {
      if (this.has(high, low)) return;
      if ((size + 1) / (slots.length / 2) > FULLEST) grow();
      const slot = find(slots, high, low);
      slots[2 * slot] = high;
      slots[2 * slot + 1] = low;
      size += 1;
    },
    get size() {
      return size;
    },
  };
}

/** All zero would be an empty slot. */
function wordsOf(fingerprint: string): [number, number] {
  const high = Number.parseInt(fingerprint.slice(0, 8), 16);
  const low = Number.parseInt(fingerprint.slice(8, 16), 16);
  return high === 0 && low === 0 ? [0, 1] : [high, low];
}
