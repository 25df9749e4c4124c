/**
 * The inbox of a directory that several processes of one machine may share: one works, the others
 * hand over to it what they receive, and one of them takes its place when it goes.
 */

import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { monotonicNow } from '../../shared/clock.ts';
import type { Logger } from '../../shared/log.ts';
import { pause } from '../../shared/waiting.ts';
import type { InboundMessage } from '../event.ts';
import { type Host, lineToHost, serveGuest } from './hand-over.ts';
import type { Inbox, InboxListener, InboxStatus } from './inbox.ts';
import { type JournalFiles, nodeJournalFiles } from './journal-files.ts';
import { type KeptInbox, openKeptInbox } from './kept-inbox.ts';
import { takeOwnership } from './ownership.ts';
import { inboxClosed, inboxUnwritable } from './problems.ts';

export interface SharedInboxOptions {
  readonly directory: string;
  readonly listener: InboxListener;
  readonly log: Logger;
  readonly now: () => number;
  /** A clock that is never set (ms); default: that of this process. */
  readonly monotonic?: () => number;
  readonly files?: JournalFiles;
  readonly segmentBytes?: number;
}

type Place =
  | { readonly is: 'owner'; readonly inbox: KeptInbox; readonly release: () => Promise<void> }
  | { readonly is: 'guest'; readonly host: Host };

/**
 * How long a message that came in waits for a place to keep it (ms): while another process takes
 * over, but not so long that the platform has given up on the acknowledgement.
 */
const PATIENCE_MS = 2500;
/** Between two attempts to open a directory that cannot be used (ms). */
const RETRY_MS = { first: 200, most: 3000 } as const;

/** Never throws: what is wrong is told, and tried again until it is mended. */
export function openSharedInbox(options: SharedInboxOptions): Inbox {
  const { directory, listener, log, files = nodeJournalFiles } = options;
  const { monotonic = monotonicNow } = options;
  const closing = new AbortController();
  const { signal } = closing;
  setMaxListeners(0, signal);
  let place: Place | undefined;
  let problem: ReturnType<typeof inboxUnwritable> | undefined;
  let arrivals: (() => void)[] = [];

  function arrive(next: Place): void {
    place = next;
    const waiting = arrivals;
    arrivals = [];
    for (const resolve of waiting) resolve();
  }

  function tell(next: typeof problem): void {
    const isNews = next?.details.reason !== problem?.details.reason;
    problem = next;
    if (isNews) listener.onProblem(next);
  }

  async function settle(): Promise<void> {
    const early: Parameters<typeof serveGuest>[0][] = [];
    const serve = (socket: (typeof early)[number]): void => {
      if (place?.is === 'owner') serveGuest(socket, place.inbox.receive);
      else early.push(socket);
    };
    await files.makeDirectory(directory);
    const ownership = await takeOwnership(directory, serve, signal);
    if (ownership.kind === 'guest') {
      const host = lineToHost(ownership.socket, () => {
        place = undefined;
      });
      log.info('another process works on the inbox', { directory });
      tell(undefined);
      arrive({ is: 'guest', host });
      await host.gone;
      return;
    }
    try {
      const inbox = await openKeptInbox({ ...options, files });
      tell(undefined);
      log.info('the inbox is open', { directory, waiting: inbox.waiting() });
      arrive({ is: 'owner', inbox, release: ownership.release });
      for (const socket of early) serveGuest(socket, inbox.receive);
      listener.onOpen();
    } catch (error) {
      await ownership.release();
      throw error;
    }
  }

  async function live(): Promise<void> {
    let failures = 0;
    while (!signal.aborted && place?.is !== 'owner') {
      try {
        await settle();
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        tell(inboxUnwritable(directory, error));
        const ms = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** failures);
        failures += 1;
        await pause(ms, signal);
      }
    }
  }

  async function placeWithin(deadline: number): Promise<Place> {
    while (!place) {
      if (signal.aborted) throw inboxClosed();
      const ms = problem ? 0 : deadline - monotonic();
      if (ms <= 0) throw problem ?? inboxClosed();
      const waited = new AbortController();
      const arrived = new Promise<void>((resolve) => arrivals.push(resolve));
      const late = delay(ms, undefined, { signal: AbortSignal.any([waited.signal, signal]) });
      // The only failure of a timer is the abort, which the loop sees.
      await Promise.race([arrived, late.catch(() => undefined)]);
      waited.abort();
    }
    return place;
  }

  async function receiveInTime(message: InboundMessage): Promise<'new' | 'duplicate'> {
    const deadline = monotonic() + PATIENCE_MS;
    for (;;) {
      const current = await placeWithin(deadline);
      if (current.is === 'owner') return current.inbox.receive(message);
      try {
        return await current.host.receive(message);
      } catch (error) {
        // It went while it was asked: whoever takes its place knows whether the message was kept.
        if (place === current) throw error;
      }
    }
  }

  const own = (): KeptInbox | undefined => (place?.is === 'owner' ? place.inbox : undefined);
  const living = live();

  return {
    receive: (message) => own()?.receive(message) ?? receiveInTime(message),
    claim: async (mayStart) => own()?.claim(mayStart),
    take: async (message) => own()?.take(message),
    waiting: (chatId) => own()?.waiting(chatId) ?? 0,
    get status() {
      const role: InboxStatus['role'] = signal.aborted
        ? 'closed'
        : place?.is === 'guest'
          ? 'hands over'
          : 'works';
      return { waiting: 0, parked: [], problem, ...own()?.status, role };
    },
    async close() {
      closing.abort();
      if (place?.is === 'guest') place.host.close();
      await living;
      if (place?.is !== 'owner') return;
      await place.inbox.close();
      await place.release();
    },
  };
}
