/** Opens the inbox of one app at the location that the config names. */
import { inboxDirectory } from '../../config/account/inbox-location.ts';
import type { Logger } from '../../shared/log.ts';
import { openDirectoryInbox } from './directory/directory-inbox.ts';
import { createMemoryInbox } from './directory/memory-inbox.ts';
import type { Inbox, InboxListener } from './inbox.ts';
import { openRedisInbox, type RedisInboxTimes } from './redis/redis-inbox.ts';

export interface OpenInboxOptions {
  /** A directory for all apps, or a `redis://` URL; `undefined`: in memory only. */
  readonly location: string | undefined;
  readonly appId: string;
  readonly listener: InboxListener;
  readonly log: Logger;
  readonly now: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly redisTimes?: Partial<RedisInboxTimes> | undefined;
}

/** Never throws: problems with the location are reported to the listener, and retried. */
export function openInbox(options: OpenInboxOptions): Inbox {
  const { location, appId, listener, log, now, monotonic, redisTimes: times = {} } = options;
  if (location === undefined) return createMemoryInbox({ now, monotonic, listener });
  const directory = inboxDirectory(location, appId);
  return directory === undefined
    ? openRedisInbox({ url: location, appId, listener, log, now, times })
    : openDirectoryInbox({ directory, listener, log, now, monotonic });
}
