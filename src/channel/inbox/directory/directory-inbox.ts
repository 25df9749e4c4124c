/**
 * The inbox of a directory that several processes of one machine may share: one is the owner, and
 * the followers hand their messages over to it. When the owner ends, a follower becomes the owner.
 */

import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../../shared/log.ts';
import { backoffMs } from '../../../shared/time/backoff.ts';
import { monotonicNow } from '../../../shared/time/clock.ts';
import { pause } from '../../../shared/time/waiting.ts';
import type { InboundMessage } from '../../message/event.ts';
import type { Inbox, InboxListener, InboxStatus } from '../inbox.ts';
import { inboxClosed, inboxGone, inboxUnwritable } from '../inbox-errors.ts';
import { segmentsAmong } from './journal.ts';
import { type JournalFiles, nodeJournalFiles } from './journal-files.ts';
import { type JournalInbox, openJournalInbox } from './journal-inbox.ts';
import { connectToOwner, type OwnerLink, serveFollower } from './owner-link.ts';
import { takeOwnership } from './ownership.ts';

export interface DirectoryInboxOptions {
  readonly directory: string;
  readonly listener: InboxListener;
  readonly log: Logger;
  readonly now: () => number;
  /** A clock that is never set (ms); default: that of this process. */
  readonly monotonic?: () => number;
  readonly files?: JournalFiles;
  readonly segmentBytes?: number;
}

type ProcessRole =
  | { readonly is: 'owner'; readonly inbox: JournalInbox; readonly release: () => Promise<void> }
  | { readonly is: 'follower'; readonly owner: OwnerLink };

/**
 * How long a received message waits for an owner (ms): long enough for another process to take
 * over, but shorter than the platform waits for the acknowledgement.
 */
const OWNER_TIMEOUT_MS = 2500;
/** Between two checks that the directory still exists (ms), since there may be no messages. */
const CHECK_EVERY_MS = 500;
/** Between two attempts to open a directory that cannot be used (ms). */
const RETRY = { baseMs: 200, maxMs: 3000 } as const;

/** Never throws: problems are reported to the listener, and retried until they are fixed. */
export function openDirectoryInbox(options: DirectoryInboxOptions): Inbox {
  const { directory, listener, log, files = nodeJournalFiles } = options;
  const { monotonic = monotonicNow } = options;
  const closing = new AbortController();
  const { signal } = closing;
  setMaxListeners(0, signal);
  let currentRole: ProcessRole | undefined;
  let problem: ReturnType<typeof inboxUnwritable> | undefined;
  let roleWaiters: (() => void)[] = [];
  /** The inbox that this process owned; it outlives the loss of its directory. */
  let journalInbox: JournalInbox | undefined;
  let lost = new AbortController();

  function enterRole(next: ProcessRole): void {
    currentRole = next;
    const waiting = roleWaiters;
    roleWaiters = [];
    for (const resolve of waiting) resolve();
  }

  function reportProblem(next: typeof problem): void {
    const isChange = next?.details.reason !== problem?.details.reason;
    problem = next;
    if (isChange) listener.onProblem(next);
  }

  async function workInRole(): Promise<void> {
    const earlySockets: Parameters<typeof serveFollower>[0][] = [];
    const serve = (socket: (typeof earlySockets)[number]): void => {
      if (currentRole?.is === 'owner') serveFollower(socket, currentRole.inbox.receive);
      else earlySockets.push(socket);
    };
    await files.makeDirectory(directory);
    const ownership = await takeOwnership(directory, serve, signal);
    if (ownership.kind === 'follower') {
      await followOwner(connectToOwner(ownership.socket, leaveRole));
      return;
    }
    try {
      const { inbox, isNew } = await openOrRestore();
      reportProblem(undefined);
      enterRole({ is: 'owner', inbox, release: ownership.release });
      for (const socket of earlySockets) serveFollower(socket, inbox.receive);
      if (isNew) listener.onOwner();
      await waitUntilLost(ownership.isHeld);
    } catch (error) {
      await ownership.release();
      throw error;
    }
    if (signal.aborted) return;
    leaveRole();
    journalInbox?.suspend();
    log.info('the inbox directory was deleted or replaced', { directory });
    listener.onProblem(inboxGone(directory));
    await ownership.release();
  }

  /** Opens the inbox as owner. After a loss, restores the messages in memory to the directory. */
  async function openOrRestore(): Promise<{
    readonly inbox: JournalInbox;
    readonly isNew: boolean;
  }> {
    const former = journalInbox;
    lost = new AbortController();
    if (former && segmentsAmong(await files.list(directory)).length === 0) {
      former.restore().then(
        () => listener.onProblem(undefined),
        // The inbox was closed meanwhile.
        () => undefined,
      );
      return { inbox: former, isNew: false };
    }
    const inbox = await openJournalInbox({ ...options, files, onGone: () => lost.abort() });
    journalInbox = inbox;
    log.info('the inbox is open', { directory, waiting: inbox.waiting() });
    if (former) {
      await handOverMessages(former, inbox.receive);
      listener.onProblem(undefined);
    }
    return { inbox, isNew: true };
  }

  /** Hands new messages, and those that wait here after a loss, over to the owner. */
  async function followOwner(owner: OwnerLink): Promise<void> {
    log.info('another process works on the inbox', { directory });
    reportProblem(undefined);
    enterRole({ is: 'follower', owner });
    listener.onFollower?.();
    const former = journalInbox;
    if (former && (await handOverMessages(former, owner.receive))) {
      journalInbox = undefined;
      listener.onProblem(undefined);
    }
    await owner.gone;
  }

  /** Hands over the waiting messages of a lost inbox. @returns whether the owner took them all */
  async function handOverMessages(
    former: JournalInbox,
    receive: JournalInbox['receive'],
  ): Promise<boolean> {
    former.detach();
    for (const message of former.unclaimed) {
      const claim = await former.claimMessage(message);
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
  async function waitUntilLost(isHeld: () => Promise<boolean>): Promise<void> {
    const over = AbortSignal.any([lost.signal, signal]);
    while (!over.aborted && (await isHeld())) await pause(CHECK_EVERY_MS, over);
  }

  function leaveRole(): void {
    currentRole = undefined;
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await workInRole();
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        reportProblem(inboxUnwritable(directory, error));
        failures += 1;
        await pause(backoffMs(failures, RETRY), signal);
      }
    }
  }

  async function waitForRole(deadline: number): Promise<ProcessRole> {
    while (!currentRole) {
      if (signal.aborted) throw inboxClosed();
      const ms = problem ? 0 : deadline - monotonic();
      if (ms <= 0) throw problem ?? inboxClosed();
      const waited = new AbortController();
      const arrived = new Promise<void>((resolve) => roleWaiters.push(resolve));
      const late = delay(ms, undefined, { signal: AbortSignal.any([waited.signal, signal]) });
      // The only failure of a timer is the abort, which the loop sees.
      await Promise.race([arrived, late.catch(() => undefined)]);
      waited.abort();
    }
    return currentRole;
  }

  async function receiveWithRetries(message: InboundMessage): Promise<'new' | 'duplicate'> {
    const deadline = monotonic() + OWNER_TIMEOUT_MS;
    for (;;) {
      const current = await waitForRole(deadline);
      try {
        return await (current.is === 'owner' ? current.inbox : current.owner).receive(message);
      } catch (error) {
        // The owner was lost meanwhile: the next one knows whether the message was stored.
        if (currentRole === current) throw error;
      }
    }
  }

  const running = run();

  return {
    receive(message) {
      const current = currentRole;
      if (current?.is !== 'owner') return receiveWithRetries(message);
      return current.inbox.receive(message).catch((error: unknown) => {
        if (currentRole === current) throw error;
        return receiveWithRetries(message);
      });
    },
    claim: async (mayStart) => journalInbox?.claim(mayStart),
    claimMessage: async (message) => journalInbox?.claimMessage(message),
    waiting: (chatId) => journalInbox?.waiting(chatId) ?? 0,
    get status() {
      const role: InboxStatus['role'] = signal.aborted
        ? 'closed'
        : currentRole?.is === 'follower'
          ? 'hands over'
          : 'works';
      return { waiting: 0, parked: [], problem, ...journalInbox?.status, role };
    },
    async close() {
      closing.abort();
      if (currentRole?.is === 'follower') currentRole.owner.close();
      await running;
      await journalInbox?.close();
      if (currentRole?.is === 'owner') await currentRole.release();
    },
  };
}
