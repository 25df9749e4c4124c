/**
 * Which ids came in within the last hours, in 8 bytes each.
 *
 * In: fingerprints ({@link idsOf}) with their time. Out: whether one was there. A set of strings
 * takes 15 times as much: at a million events a day, 100 MB. Pure but for its own memory.
 */

/** 64 bits, in two unsigned words. */
export interface Fingerprint {
  readonly high: number;
  readonly low: number;
}

/** Of a message's event_id and of its message_id. */
export type MessageIds = readonly [Fingerprint, Fingerprint];

export interface SeenIds {
  has(fingerprint: Fingerprint): boolean;
  add(fingerprint: Fingerprint, at: number): void;
  /** As if it had never come. */
  remove(fingerprint: Fingerprint): void;
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
      const oldest = now() - rememberMs;
      for (const { table, newest } of generations)
        if (newest > oldest && table.has(fingerprint)) return true;
      return false;
    },
    add(fingerprint, at) {
      const generation = current(at);
      generation.newest = Math.max(generation.newest, at);
      generation.table.add(fingerprint);
    },
    remove(fingerprint) {
      for (const { table } of generations) table.remove(fingerprint);
    },
    get size() {
      return generations.reduce((sum, { table }) => sum + table.size, 0);
    },
  };
}

interface FingerprintTable {
  has(fingerprint: Fingerprint): boolean;
  add(fingerprint: Fingerprint): void;
  remove(fingerprint: Fingerprint): void;
  readonly size: number;
}

const SMALLEST = 1024;
/**
 * Above this share of its slots in use a table grows by a quarter: runs of used slots would get long.
 * Doubling, or emptier tables, would leave most of the memory unused.
 */
const FULLEST = 0.85;
const GROWTH = 1.25;

/** Open addressing over two words a slot; both zero is an empty one. */
function createFingerprintTable(): FingerprintTable {
  let slots = new Uint32Array(2 * SMALLEST);
  let size = 0;

  function isAt(table: Uint32Array, slot: number, high: number, low: number): boolean {
    return table[2 * slot] === high && table[2 * slot + 1] === low;
  }

  /** Where it is, or the empty slot where it would be. */
  function find(table: Uint32Array, high: number, low: number): number {
    const count = table.length / 2;
    let slot = low % count;
    while (!isAt(table, slot, high, low) && !isAt(table, slot, 0, 0)) slot = (slot + 1) % count;
    return slot;
  }

  function put(table: Uint32Array, slot: number, high: number, low: number): void {
    table[2 * slot] = high;
    table[2 * slot + 1] = low;
  }

  function grow(): void {
    const larger = new Uint32Array(2 * Math.ceil((slots.length / 2) * GROWTH));
    for (let slot = 0; slot < slots.length / 2; slot++) {
      if (isAt(slots, slot, 0, 0)) continue;
      const [high = 0, low = 0] = [slots[2 * slot], slots[2 * slot + 1]];
      put(larger, find(larger, high, low), high, low);
    }
    slots = larger;
  }

  return {
    has({ high, low }) {
      return !isAt(slots, find(slots, high, notZero(high, low)), 0, 0);
    },
    add({ high, low: word }) {
      const low = notZero(high, word);
      if (!isAt(slots, find(slots, high, low), 0, 0)) return;
      if ((size + 1) / (slots.length / 2) > FULLEST) grow();
      put(slots, find(slots, high, low), high, low);
      size += 1;
    },
    remove({ high, low: word }) {
      const count = slots.length / 2;
      let hole = find(slots, high, notZero(high, word));
      if (isAt(slots, hole, 0, 0)) return;
      size -= 1;
      // What stands behind it only because it was there moves up, or would not be found any more.
      for (let slot = (hole + 1) % count; !isAt(slots, slot, 0, 0); slot = (slot + 1) % count) {
        const [a = 0, b = 0] = [slots[2 * slot], slots[2 * slot + 1]];
        const fromHome = (slot - (b % count) + count) % count;
        const fromHole = (slot - hole + count) % count;
        if (fromHome < fromHole) continue;
        put(slots, hole, a, b);
        hole = slot;
      }
      put(slots, hole, 0, 0);
    },
    get size() {
      return size;
    },
  };
}

/** The low word: all zero would be an empty slot. */
function notZero(high: number, low: number): number {
  return high === 0 && low === 0 ? 1 : low;
}
