/** Where the inbox is, as `channels.feishu.inbox` says. Pure. */
import { dirname, join } from 'node:path';
import { type ConfigLocation, expandHome } from './locate.ts';
import { DEFAULT_INBOX } from './schema.ts';

interface Where {
  readonly location: Pick<ConfigLocation, 'path'>;
  readonly home: string;
}

/** An absolute directory, or the `redis://` URL as it stands. */
export function inboxPlace(value: string | undefined, { location, home }: Where): string {
  const place = value ?? DEFAULT_INBOX;
  return isRedis(place) ? place : expandHome(place, home, dirname(location.path));
}

function isRedis(place: string): boolean {
  return /^rediss?:\/\//.test(place);
}

/** What one app has there, where it is a directory. */
export function inboxDirectory(place: string, appId: string): string | undefined {
  return isRedis(place) ? undefined : join(place, appId);
}

/** What one app has on this machine, whatever keeps its messages. */
export function localDirectory(place: string, appId: string, where: Where): string {
  return inboxDirectory(place, appId) ?? join(inboxPlace(undefined, where), appId);
}
