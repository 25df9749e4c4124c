/** An inbox in memory, which ends with its process and leaves no files. */
import type { Inbox, InboxListener } from '../inbox.ts';
import { nodeJournalFiles } from './journal-files.ts';
import { type JournalInbox, openJournalInbox } from './journal-inbox.ts';

export function createMemoryInbox(options: {
  readonly now: () => number;
  readonly monotonic?: () => number;
  readonly listener: InboxListener;
}): Inbox {
  let inbox: JournalInbox | undefined;
  const opened = openJournalInbox({ ...options, directory: undefined, files: nodeJournalFiles });
  void opened.then((kept) => {
    inbox = kept;
    options.listener.onOwner();
  });
  return {
    receive: async (message) => (await opened).receive(message),
    claim: async (mayStart) => (await opened).claim(mayStart),
    claimMessage: async (message) => (await opened).claimMessage(message),
    waiting: (chatId) => inbox?.waiting(chatId) ?? 0,
    get status() {
      return { waiting: 0, parked: [], ...inbox?.status, role: 'works' } as const;
    },
    close: async () => (await opened).close(),
  };
}
