/** Inboxes in directories of their own, closed after each test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { nodeJournalFiles } from '../../../src/channel/inbox/directory/journal-files.ts';
import {
  type JournalInbox,
  openJournalInbox,
} from '../../../src/channel/inbox/directory/journal-inbox.ts';
import type { InboxListener } from '../../../src/channel/inbox/inbox.ts';
import type { MoltbotFeishuError } from '../../../src/shared/errors.ts';
import { idleListener } from './own-inbox.ts';

export const HOUR = 60 * 60_000;
export const any = (): boolean => true;

export async function place(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'inbox-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export interface Opened extends JournalInbox {
  readonly problems: (MoltbotFeishuError | undefined)[];
}

export async function open(
  directory: string | undefined,
  options: Partial<Parameters<typeof openJournalInbox>[0]> = {},
): Promise<Opened> {
  const problems: Opened['problems'] = [];
  const listener: InboxListener = {
    ...idleListener,
    onProblem: (problem) => problems.push(problem),
  };
  const now = Date.now;
  const inbox = await openJournalInbox({
    files: nodeJournalFiles,
    now,
    listener,
    ...options,
    directory,
  });
  onTestFinished(() => inbox.close());
  return Object.defineProperties({ problems }, Object.getOwnPropertyDescriptors(inbox)) as Opened;
}

/** Everything that waits, in the order in which it is given out. */
export async function drain(inbox: JournalInbox): Promise<string[]> {
  const order: string[] = [];
  for (let claim = await inbox.claim(any); claim; claim = await inbox.claim(any)) {
    order.push(claim.message.eventId);
    claim.complete();
  }
  return order;
}
