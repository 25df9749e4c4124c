/**
 * Joins events that arrive in several frames, within bounds.
 *
 * In: the fragments of a connection. Out: an event's JSON value, once it is whole. The SDK's cache
 * (DataCache, node-sdk@1.74.0) allocates an array as long as a fragment's header says, up to
 * 4,294,967,295, keeps any number of open messages, and measures their age by the wall clock.
 * A message dropped here is not acknowledged, so the platform sends it again.
 */
import { MAX_FRAGMENTS } from '../../platform/connection/frames.ts';

export interface Fragment {
  readonly message_id?: unknown;
  /** How many fragments the message has. */
  readonly sum: number;
  /** Which one this is, from 0. */
  readonly seq: number;
  readonly data?: Uint8Array | null;
}

export interface FragmentAssembler {
  /**
   * @returns the event, or `null` while fragments are missing
   * @throws Error if the fragment is invalid: its message is dropped
   */
  add(fragment: Fragment): unknown;
  /** How many messages lack fragments. */
  readonly open: number;
  /** The bytes kept for these messages. */
  readonly openBytes: number;
}

/** All fragments of one event (bytes); the largest message is 150 KB before it is escaped. */
export const MAX_EVENT_BYTES = 4 * 1024 * 1024;
/** All open messages together (bytes), and their number. The oldest is dropped to make room. */
export const MAX_OPEN_BYTES = 16 * 1024 * 1024;
export const MAX_OPEN_MESSAGES = 256;
/** A real id is a UUID: longer ones could fill the memory beside the bytes that are counted. */
export const MAX_ID_LENGTH = 256;
/** Fragments follow each other at once: a message open for longer never becomes whole (ms). */
export const MAX_OPEN_MS = 10_000;

interface OpenMessage {
  readonly sum: number;
  readonly since: number;
  readonly pieces: Map<number, Uint8Array>;
  bytes: number;
}

/** @param monotonic a clock that is never set (ms) */
export function createFragmentAssembler(monotonic: () => number): FragmentAssembler {
  /** In the order of arrival. */
  const open = new Map<string, OpenMessage>();
  const utf8 = new TextDecoder();
  let openBytes = 0;

  function drop(id: string): void {
    openBytes -= open.get(id)?.bytes ?? 0;
    open.delete(id);
  }

  function makeRoom(): void {
    for (const [id, { since }] of open) {
      const isOld = monotonic() - since > MAX_OPEN_MS;
      if (!isOld && open.size <= MAX_OPEN_MESSAGES && openBytes <= MAX_OPEN_BYTES) return;
      drop(id);
    }
  }

  function put(id: string, { sum, seq, data }: Fragment): OpenMessage {
    // A message that is sent again may be split differently.
    if (open.has(id) && open.get(id)?.sum !== sum) drop(id);
    const message = open.get(id) ?? { sum, since: monotonic(), pieces: new Map(), bytes: 0 };
    open.set(id, message);
    // A copy, since the data is a view of a frame that may be much larger.
    const piece = Uint8Array.from(data ?? []);
    const grown = piece.length - (message.pieces.get(seq)?.length ?? 0);
    message.pieces.set(seq, piece);
    message.bytes += grown;
    openBytes += grown;
    return message;
  }

  return {
    add(fragment) {
      const { sum, seq, data } = fragment;
      const id = String(fragment.message_id);
      if (id.length > MAX_ID_LENGTH) throw new Error('fragment id too long');
      const isPossible = Number.isInteger(sum) && sum >= 1 && sum <= MAX_FRAGMENTS;
      if (!isPossible || !Number.isInteger(seq) || seq < 0 || seq >= sum) {
        drop(id);
        throw new Error('fragment metadata out of range');
      }
      if ((data?.length ?? 0) + (open.get(id)?.bytes ?? 0) > MAX_EVENT_BYTES) {
        drop(id);
        throw new Error('event too large');
      }
      // Nearly all events arrive in one frame.
      if (sum === 1) {
        drop(id);
        return JSON.parse(utf8.decode(data ?? new Uint8Array()));
      }
      const { pieces } = put(id, fragment);
      if (pieces.size < sum) {
        makeRoom();
        return null;
      }
      drop(id);
      const inOrder = Array.from({ length: sum }, (_, at) => pieces.get(at) ?? new Uint8Array());
      return JSON.parse(utf8.decode(Buffer.concat(inOrder)));
    },
    get open() {
      return open.size;
    },
    get openBytes() {
      return openBytes;
    },
  };
}
