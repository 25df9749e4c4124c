/**
 * Which ids came in within the last hours, in 6 bytes each.
 *
 * In: fingerprints ({@link idsOf}) with their time. Out: whether one was there. A set of strings
 * takes 20 times as much: at a million events a day, 100 MB. Pure but for its own memory.
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
  /** A clock that is never set (ms); the times of ids are by it. */
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
  /** When the newest of them came (ms). */
  newest: number;
  /** From 0, in the order of making. */
  readonly number: number;
}

const LONG_AGO = Number.NEGATIVE_INFINITY;

export function createSeenIds({ now, rememberMs }: SeenOptions): SeenIds {
  const pages: Page[] = [];
  const places = createPlaces();

  /** The one that takes the next id. */
  function current(): Page {
    const last = pages.at(-1);
    if (last && !last.ids.isFull) return last;
    const next = spent() ?? {
      ids: createFingerprintTable(),
      newest: LONG_AGO,
      number: pages.length,
    };
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
    page.newest = LONG_AGO;
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

/** 512 KB: a full page has half of its bits set, and three must be for an id. */
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

/** 192 KB: twenty of them hold what is remembered at a million events a day. */
const SLOTS = 32_768;
/** Of the slots: an id is some seven slots away from its own then. */
const FULL = (15 / 16) * SLOTS;
/** A tag holds the distance, from 1, above so many bits of the low word. */
const TAG_BITS = 9;
const FARTHEST = 2 ** (16 - TAG_BITS) - 2;
const NEXT = 2 ** TAG_BITS;

/**
 * Open addressing over the high word and a tag of 16 bits: which slot is its own need not be kept with
 * an id, only how far from it. With that, 56 bits of the fingerprint are compared; a tag of zero is an
 * empty slot. Robin Hood hashing: runs are ordered by home slot, so misses stop early.
 */
function createFingerprintTable(): FingerprintTable {
  const words = new Uint32Array(SLOTS);
  const tags = new Uint16Array(SLOTS);
  let size = 0;
  let farthest = 0;

  const after = (slot: number): number => (slot + 1) % SLOTS;
  const wordAt = (slot: number): number => words[slot] ?? 0;
  const tagAt = (slot: number): number => tags[slot] ?? 0;
  /** As it is in its own slot; `NEXT` more for each slot further on. */
  const tagOf = (low: number): number => NEXT + (Math.floor(low / SLOTS) % NEXT);
  /** −1: empty. */
  const distanceAt = (slot: number): number => (tagAt(slot) >>> TAG_BITS) - 1;

  /** Where it is; −1: nowhere. */
  function find(high: number, low: number): number {
    let slot = low % SLOTS;
    let tag = tagOf(low);
    for (let distance = 0; distanceAt(slot) >= distance; distance++) {
      if (tagAt(slot) === tag && wordAt(slot) === high) return slot;
      slot = after(slot);
      tag += NEXT;
    }
    return -1;
  }

  function put(slot: number, word: number, tag: number): void {
    words[slot] = word;
    tags[slot] = tag;
    farthest = Math.max(farthest, distanceAt(slot));
  }

  return {
    has({ high, low }) {
      return find(high, low) !== -1;
    },
    add({ high, low }) {
      if (find(high, low) !== -1) return;
      size += 1;
      let slot = low % SLOTS;
      let [word, tag] = [high, tagOf(low)];
      while (tagAt(slot) !== 0) {
        if (distanceAt(slot) < (tag >>> TAG_BITS) - 1) {
          // It makes room, and goes on from here.
          const [nearer, its] = [wordAt(slot), tagAt(slot)];
          put(slot, word, tag);
          [word, tag] = [nearer, its];
        }
        slot = after(slot);
        tag += NEXT;
      }
      put(slot, word, tag);
    },
    remove({ high, low }) {
      let hole = find(high, low);
      if (hole === -1) return;
      size -= 1;
      // What stands behind it only because it was there moves up, or would not be found any more.
      for (let slot = after(hole); distanceAt(slot) > 0; slot = after(slot)) {
        put(hole, wordAt(slot), tagAt(slot) - NEXT);
        hole = slot;
      }
      put(hole, 0, 0);
    },
    clear() {
      tags.fill(0);
      size = 0;
      farthest = 0;
    },
    get size() {
      return size;
    },
    get isFull() {
      // One more id comes to stand one slot further away at most than the farthest does.
      return size >= FULL || farthest >= FARTHEST;
    },
  };
}
