/** Where the inbox is, as `channels.feishu.inbox` says. Pure. */
import { dirname, join } from 'node:path';
import { type ConfigLocation, expandHome } from '../locate.ts';
import { DEFAULT_INBOX, isServer } from '../rules/inbox-value.ts';

interface InboxBase {
  readonly location: Pick<ConfigLocation, 'path'>;
  readonly home: string;
}

/** An absolute directory, or the URL of a Redis: its scheme in small letters, `valkey` as `redis`. */
export function inboxLocation(value: string | undefined, { location, home }: InboxBase): string {
  const place = (value ?? DEFAULT_INBOX).trim();
  if (!isServer(place)) return expandHome(place, home, dirname(location.path));
  return place.replace(/^(?:redis|valkey)(s?):/i, (_scheme, secure: string) =>
    secure === '' ? 'redis:' : 'rediss:',
  );
}

/** The directory of one app in the inbox; `undefined` if the inbox is a server. */
export function inboxDirectory(place: string, appId: string): string | undefined {
  return isServer(place) ? undefined : join(place, appId);
}

/** The directory of one app on this machine, even if a server keeps its messages. */
export function localDirectory(place: string, appId: string, base: InboxBase): string {
  return inboxDirectory(place, appId) ?? join(inboxLocation(undefined, base), appId);
}
