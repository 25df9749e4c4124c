/**
 * Remembers the ids of the last hours, in 6 bytes each.
 *
 * In: fingerprints ({@link idsOf}) with their time. Out: whether an id was seen. A set of strings
 * takes 20 times as much: 100 MB at a million events a day. No I/O.
 */

/** 64 bits, in two unsigned words. */
export interface Fingerprint {
  readonly high: number;
  readonly low: number;
}

/** The fingerprints of a message's event_id and message_id. */
export type MessageIds = readonly [Fingerprint, Fingerprint];

export interface SeenIds {
  has(fingerprint: Fingerprint): boolean;
  add(fingerprint: Fingerprint, at: number): void;
  /** Forgets an id. */
  remove(fingerprint: Fingerprint): void;
  readonly size: number;
}

export interface SeenOptions {
  /** A clock that is never set (ms); the times of ids are by it. */
  readonly now: () => number;
  /** How long an id is remembered at least (ms); longer while the page that holds it is in use. */
  readonly retentionMs: number;
}

/**
 * A page of ids that arrived one after another. All pages have the same size: a growing table would
 * be copied at each step, and the allocator would keep more freed memory than the ids need.
 */
interface Page {
  readonly ids: FingerprintTable;
  /** When the newest id arrived (ms). */
  newest: number;
  /** Counts the pages from 0, in the order of creation. */
  readonly number: number;
}

const LONG_AGO = Number.NEGATIVE_INFINITY;

export function createSeenIds({ now, retentionMs }: SeenOptions): SeenIds {
  const pages: Page[] = [];
  const filter = createPageFilter();

  /** The page for the next id. */
  function current(): Page {
    const last = pages.at(-1);
    if (last && !last.ids.isFull) return last;
    const next = reusablePage() ?? {
      ids: createFingerprintTable(),
      newest: LONG_AGO,
      number: pages.length,
    };
    pages.push(next);
    return next;
  }

  /** Empties and returns a page whose ids are all too old, if there is one. */
  function reusablePage(): Page | undefined {
    const oldest = now() - retentionMs;
    const page = pages.find(({ newest }) => newest <= oldest);
    if (!page) return undefined;
    pages.splice(pages.indexOf(page), 1);
    page.ids.clear();
    filter.clear(page.number);
    page.newest = LONG_AGO;
    return page;
  }

  return {
    has(fingerprint) {
      const candidates = filter.pagesOf(fingerprint);
      if (candidates === 0 && pages.length <= MAX_FILTERED_PAGES) return false;
      const oldest = now() - retentionMs;
      return pages.some(
        ({ ids, newest, number }) =>
          includesPage(candidates, number) && newest > oldest && ids.has(fingerprint),
      );
    },
    add(fingerprint, at) {
      const page = current();
      page.newest = Math.max(page.newest, at);
      page.ids.add(fingerprint);
      filter.add(fingerprint, page.number);
    },
    remove(fingerprint) {
      for (const { ids } of pages) ids.remove(fingerprint);
    },
    get size() {
      return pages.reduce((sum, { ids }) => sum + ids.size, 0);
    },
  };
}

/** Pages that have a filter; further ones (at 1.5 million events a day) are always searched. */
const MAX_FILTERED_PAGES = 32;

/** The pages that may hold an id, as bits. */
interface PageFilter {
  pagesOf(fingerprint: Fingerprint): number;
  add(fingerprint: Fingerprint, page: number): void;
  clear(page: number): void;
}

const bitOf = (page: number): number => (page < MAX_FILTERED_PAGES ? 1 << page : 0);
const includesPage = (places: number, page: number): boolean =>
  page >= MAX_FILTERED_PAGES || (places & bitOf(page)) !== 0;

/** 512 KB: a full page has half of its bits set, and an id needs three set bits. */
const ROWS = 2 ** 17;

/**
 * A Bloom filter for each page, side by side: three reads show for nearly every new id that no page
 * holds it. Searching each page would cost as much as the rest of the inbox.
 */
function createPageFilter(): PageFilter {
  const rows = new Int32Array(ROWS);
  const rowsOf = ({ high, low }: Fingerprint) => [high % ROWS, high >>> 15, low >>> 15] as const;

  return {
    pagesOf(fingerprint) {
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

/** 192 KB a table: twenty tables hold the remembered ids at a million events a day. */
const SLOTS = 32_768;
/** A table counts as full here: then an id is about seven slots away from its home slot. */
const FULL = (15 / 16) * SLOTS;
/** A tag holds this many bits of the low word, and above them the distance, from 1. */
const TAG_BITS = 9;
const MAX_DISTANCE = 2 ** (16 - TAG_BITS) - 2;
const NEXT = 2 ** TAG_BITS;

/**
 * Open addressing over the high word and a tag of 16 bits. The tag holds the distance from the home
 * slot, so the home slot itself is not stored; 56 bits of the fingerprint are compared. A tag of
 * zero is an empty slot. Robin Hood hashing: runs are ordered by home slot, so misses stop early.
 */
function createFingerprintTable(): FingerprintTable {
  const words = new Uint32Array(SLOTS);
  const tags = new Uint16Array(SLOTS);
  let size = 0;
  let farthest = 0;

  const after = (slot: number): number => (slot + 1) % SLOTS;
  const wordAt = (slot: number): number => words[slot] ?? 0;
  const tagAt = (slot: number): number => tags[slot] ?? 0;
  /** The tag of an id in its home slot; add `NEXT` for each slot further on. */
  const tagOf = (low: number): number => NEXT + (Math.floor(low / SLOTS) % NEXT);
  /** The distance from the home slot; −1: the slot is empty. */
  const distanceAt = (slot: number): number => (tagAt(slot) >>> TAG_BITS) - 1;

  /** The slot of an id; −1: not found. */
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
          // The nearer id gives up its slot, and is inserted further on.
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
      let emptySlot = find(high, low);
      if (emptySlot === -1) return;
      size -= 1;
      // Move the displaced ids after the hole up by one slot, or `find` would stop at the hole.
      for (let slot = after(emptySlot); distanceAt(slot) > 0; slot = after(slot)) {
        put(emptySlot, wordAt(slot), tagAt(slot) - NEXT);
        emptySlot = slot;
      }
      put(emptySlot, 0, 0);
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
      // One more id lands at most one slot further away than the farthest one.
      return size >= FULL || farthest >= MAX_DISTANCE;
    },
  };
}
