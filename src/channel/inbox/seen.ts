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
  /** How long an id is remembered at least (ms); longer while the page that holds it is in use. */
  readonly rememberMs: number;
}

/**
 * Ids in the order of their coming. Each page has the same size: a table that grew would be copied at
 * each step, and of what becomes free in between, the allocator keeps more than the ids take.
 */
interface Page {
  readonly ids: FingerprintTable;
  /** The newest of them (ms since 1970). */
  newest: number;
  /** From 0, in the order of making. */
  readonly number: number;
}

export function createSeenIds({ now, rememberMs }: SeenOptions): SeenIds {
  const pages: Page[] = [];
  const places = createPlaces();

  /** The one that takes the next id. */
  function current(): Page {
    const last = pages.at(-1);
    if (last && !last.ids.isFull) return last;
    const next = spent() ?? { ids: createFingerprintTable(), newest: 0, number: pages.length };
    pages.push(next);
    return next;
  }

  /** One whose ids are all too old, emptied; a new one is empty, and costs memory only as it fills. */
  function spent(): Page | undefined {
    const oldest = now() - rememberMs;
    const page = pages.find(({ newest }) => newest <= oldest);
    if (!page) return undefined;
    pages.splice(pages.indexOf(page), 1);
    page.ids.clear();
    places.clear(page.number);
    page.newest = 0;
    return page;
  }

  return {
    has(fingerprint) {
      const candidates = places.of(fingerprint);
      if (candidates === 0 && pages.length <= MOST_FILTERED) return false;
      const oldest = now() - rememberMs;
      return pages.some(
        ({ ids, newest, number }) =>
          isAmong(candidates, number) && newest > oldest && ids.has(fingerprint),
      );
    },
    add(fingerprint, at) {
      const page = current();
      page.newest = Math.max(page.newest, at);
      page.ids.add(fingerprint);
      places.add(fingerprint, page.number);
    },
    remove(fingerprint) {
      for (const { ids } of pages) ids.remove(fingerprint);
    },
    get size() {
      return pages.reduce((sum, { ids }) => sum + ids.size, 0);
    },
  };
}

/** So many pages have a bit in a number; of those beyond, at 1.5 million events a day, each is looked into. */
const MOST_FILTERED = 32;

/** In which pages an id may be, as bits. */
interface Places {
  of(fingerprint: Fingerprint): number;
  add(fingerprint: Fingerprint, page: number): void;
  clear(page: number): void;
}

const bitOf = (page: number): number => (page < MOST_FILTERED ? 1 << page : 0);
const isAmong = (places: number, page: number): boolean =>
  page >= MOST_FILTERED || (places & bitOf(page)) !== 0;

/** 512 KB: a full page has a fifth of its bits set, and three must be for an id. */
const ROWS = 2 ** 17;

/**
 * A Bloom filter for each page, side by side, so that three reads tell of all pages that nearly every
 * new id is in none of them: looking into each would cost as much as all the rest of the inbox.
 */
function createPlaces(): Places {
  const rows = new Int32Array(ROWS);
  const rowsOf = ({ high, low }: Fingerprint) => [high % ROWS, high >>> 15, low >>> 15] as const;

  return {
    of(fingerprint) {
      const [a, b, c] = rowsOf(fingerprint);
      return (rows[a] ?? 0) & (rows[b] ?? 0) & (rows[c] ?? 0);
    },
    add(fingerprint, page) {
      for (const row of rowsOf(fingerprint)) rows[row] = (rows[row] ?? 0) | bitOf(page);
    },
    clear(page) {
      const others = ~bitOf(page);
      rows.forEach((places, row) => {
        rows[row] = places & others;
      });
    },
  };
}

interface FingerprintTable {
  has(fingerprint: Fingerprint): boolean;
  add(fingerprint: Fingerprint): void;
  remove(fingerprint: Fingerprint): void;
  clear(): void;
  readonly size: number;
  readonly isFull: boolean;
}

/** 256 KB: twenty of them hold what is remembered at a million events a day. */
const SLOTS = 32_768;
/** Of the slots: an id is some seven slots away from its own then. */
const FULL = (15 / 16) * SLOTS;

/**
 * Open addressing over two words a slot; both zero is an empty one. Along a run of used slots stands
 * first what has its own slot first (Robin Hood hashing), so that most of what is not there is known
 * not to be there before the run ends.
 */
function createFingerprintTable(): FingerprintTable {
  const slots = new Uint32Array(2 * SLOTS);
  let size = 0;

  const after = (slot: number): number => (slot + 1) % SLOTS;
  const isEmpty = (slot: number): boolean => slots[2 * slot] === 0 && slots[2 * slot + 1] === 0;

  /** How far the id in a slot is from its own slot. */
  function distanceAt(slot: number): number {
    const own = (slots[2 * slot + 1] ?? 0) % SLOTS;
    return (slot - own + SLOTS) % SLOTS;
  }

  /** Where it is; −1: nowhere. */
  function find(high: number, low: number): number {
    let slot = low % SLOTS;
    for (let distance = 0; !isEmpty(slot); distance++) {
      if (slots[2 * slot] === high && slots[2 * slot + 1] === low) return slot;
      if (distanceAt(slot) < distance) return -1;
      slot = after(slot);
    }
    return -1;
  }

  function put(slot: number, high: number, low: number): void {
    slots[2 * slot] = high;
    slots[2 * slot + 1] = low;
  }

  return {
    has({ high, low }) {
      return find(high, notZero(high, low)) !== -1;
    },
    add({ high: first, low: second }) {
      let high = first;
      let low = notZero(high, second);
      if (find(high, low) !== -1) return;
      size += 1;
      let slot = low % SLOTS;
      for (let distance = 0; !isEmpty(slot); distance++) {
        const nearer = distanceAt(slot);
        if (nearer < distance) {
          // It makes room, and goes on from here.
          const [a = 0, b = 0] = [slots[2 * slot], slots[2 * slot + 1]];
          put(slot, high, low);
          [high, low, distance] = [a, b, nearer];
        }
        slot = after(slot);
      }
      put(slot, high, low);
    },
    remove({ high, low }) {
      let hole = find(high, notZero(high, low));
      if (hole === -1) return;
      size -= 1;
      // What stands behind it only because it was there moves up, or would not be found any more.
      for (let slot = after(hole); !isEmpty(slot) && distanceAt(slot) > 0; slot = after(slot)) {
        slots.copyWithin(2 * hole, 2 * slot, 2 * slot + 2);
        hole = slot;
      }
      put(hole, 0, 0);
    },
    clear() {
      slots.fill(0);
      size = 0;
    },
    get size() {
      return size;
    },
    get isFull() {
      return size >= FULL;
    },
  };
}

/** The low word: all zero would be an empty slot. */
function notZero(high: number, low: number): number {
  return high === 0 && low === 0 ? 1 : low;
}
