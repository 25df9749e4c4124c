/**
 * The inbox of a directory that several processes of one machine may share: one is the owner, and
 * the followers hand their messages over to it. When the owner ends, a follower becomes the owner.
 */

import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { monotonicNow } from '../../../shared/clock.ts';
import type { Logger } from '../../../shared/log.ts';
import { pause } from '../../../shared/waiting.ts';
import type { InboundMessage } from '../../message/event.ts';
import type { Inbox, InboxListener, InboxStatus } from '../inbox.ts';
import { inboxClosed, inboxGone, inboxUnwritable } from '../problems.ts';
import { type Host, lineToHost, serveGuest } from './hand-over.ts';
import { segmentsAmong } from './journal.ts';
import { type JournalFiles, nodeJournalFiles } from './journal-files.ts';
import { type KeptInbox, openKeptInbox } from './kept-inbox.ts';
import { takeOwnership } from './ownership.ts';

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
 * How long a received message waits for an owner (ms): long enough for another process to take
 * over, but shorter than the platform waits for the acknowledgement.
 */
const PATIENCE_MS = 2500;
/** Between two checks that the directory still exists (ms), since there may be no messages. */
const LOOK_EVERY_MS = 500;
/** Between two attempts to open a directory that cannot be used (ms). */
const RETRY_MS = { first: 200, most: 3000 } as const;

/** Never throws: problems are reported to the listener, and retried until they are fixed. */
export function openSharedInbox(options: SharedInboxOptions): Inbox {
  const { directory, listener, log, files = nodeJournalFiles } = options;
  const { monotonic = monotonicNow } = options;
  const closing = new AbortController();
  const { signal } = closing;
  setMaxListeners(0, signal);
  let place: Place | undefined;
  let problem: ReturnType<typeof inboxUnwritable> | undefined;
  let arrivals: (() => void)[] = [];
  /** The inbox that this process owned; it outlives the loss of its directory. */
  let kept: KeptInbox | undefined;
  let lost = new AbortController();

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
      await follow(lineToHost(ownership.socket, leave));
      return;
    }
    try {
      const { inbox, isNew } = await openOrRestore();
      tell(undefined);
      arrive({ is: 'owner', inbox, release: ownership.release });
      for (const socket of early) serveGuest(socket, inbox.receive);
      if (isNew) listener.onOwner();
      await untilLost(ownership.isHeld);
    } catch (error) {
      await ownership.release();
      throw error;
    }
    if (signal.aborted) return;
    leave();
    kept?.lose();
    log.info('the inbox directory was deleted or replaced', { directory });
    listener.onProblem(inboxGone(directory));
    await ownership.release();
  }

  /** Opens the inbox as owner. After a loss, restores the messages in memory to the directory. */
  async function openOrRestore(): Promise<{ readonly inbox: KeptInbox; readonly isNew: boolean }> {
    const former = kept;
    lost = new AbortController();
    if (former && segmentsAmong(await files.list(directory)).length === 0) {
      former.restore().then(
        () => listener.onProblem(undefined),
        // The inbox was closed meanwhile.
        () => undefined,
      );
      return { inbox: former, isNew: false };
    }
    const inbox = await openKeptInbox({ ...options, files, onGone: () => lost.abort() });
    kept = inbox;
    log.info('the inbox is open', { directory, waiting: inbox.waiting() });
    if (former) {
      await handOver(former, inbox.receive);
      listener.onProblem(undefined);
    }
    return { inbox, isNew: true };
  }

  /** Hands new messages, and those that wait here after a loss, over to the owner. */
  async function follow(host: Host): Promise<void> {
    log.info('another process works on the inbox', { directory });
    tell(undefined);
    arrive({ is: 'guest', host });
    listener.onFollower?.();
    const former = kept;
    if (former && (await handOver(former, host.receive))) {
      kept = undefined;
      listener.onProblem(undefined);
    }
    await host.gone;
  }

  /** Hands over the waiting messages of a lost inbox. @returns whether the owner took them all */
  async function handOver(former: KeptInbox, receive: KeptInbox['receive']): Promise<boolean> {
    former.detach();
    for (const message of former.unclaimed) {
      const claim = await former.take(message);
      // A message that was claimed here meanwhile ends its turn here.
      if (!claim) continue;
      const isTaken = await receive(message).then(
        () => true,
        () => false,
      );
      if (isTaken) claim.complete();
      else claim.release();
    }
    return former.unclaimed.length === 0;
  }

  /** Resolves when the directory no longer holds our files, or this inbox is closed. */
  async function untilLost(isHeld: () => Promise<boolean>): Promise<void> {
    const over = AbortSignal.any([lost.signal, signal]);
    while (!over.aborted && (await isHeld())) await pause(LOOK_EVERY_MS, over);
  }

  function leave(): void {
    place = undefined;
  }

  async function live(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
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
      try {
        return await (current.is === 'owner' ? current.inbox : current.host).receive(message);
      } catch (error) {
        // The owner was lost meanwhile: the next one knows whether the message was stored.
        if (place === current) throw error;
      }
    }
  }

  const living = live();

  return {
    receive(message) {
      const current = place;
      if (current?.is !== 'owner') return receiveInTime(message);
      return current.inbox.receive(message).catch((error: unknown) => {
        if (place === current) throw error;
        return receiveInTime(message);
      });
    },
    claim: async (mayStart) => kept?.claim(mayStart),
    claimMessage: async (message) => kept?.take(message),
    waiting: (chatId) => kept?.waiting(chatId) ?? 0,
    get status() {
      const role: InboxStatus['role'] = signal.aborted
        ? 'closed'
        : place?.is === 'guest'
          ? 'hands over'
          : 'works';
      return { waiting: 0, parked: [], problem, ...kept?.status, role };
    },
    async close() {
      closing.abort();
      if (place?.is === 'guest') place.host.close();
      await living;
      await kept?.close();
      if (place?.is === 'owner') await place.release();
    },
  };
}
