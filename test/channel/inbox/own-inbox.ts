/** An inbox without a runtime around it. */

import { openDirectoryInbox } from '../../../src/channel/inbox/directory/directory-inbox.ts';
import type { Inbox, InboxListener } from '../../../src/channel/inbox/inbox.ts';
import { silentLogger } from '../../../src/shared/log.ts';

const ignore = (): void => undefined;

/** Every message needs a turn, and nothing is done about it. */
export const idleListener: InboxListener = {
  onReceived: () => true,
  onWaiting: ignore,
  onOwner: ignore,
  onClaimable: ignore,
  onProblem: ignore,
};

/** The inbox of a directory, once this process works on it. */
export function openOwnInbox(directory: string): Promise<Inbox> {
  return new Promise((resolve) => {
    const inbox = openDirectoryInbox({
      directory,
      listener: { ...idleListener, onOwner: () => resolve(inbox) },
      log: silentLogger,
      now: Date.now,
    });
  });
}
