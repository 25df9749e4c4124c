/** The allowed values of `channels.feishu.inbox`. Pure. */

/** Beside the config. */
export const DEFAULT_INBOX = 'feishu-inbox';

const SERVER = /^(?:redis|valkey)s?:\/\//i;
/** One letter before the colon is a drive. */
const DRIVE = /^[A-Za-z]:/;

/** Whether it names a server: `redis://`, `rediss://`, `valkey://` or `valkeys://`, in any case. */
export function isServer(place: string): boolean {
  return SERVER.test(place);
}

/**
 * Whether it is a directory, or the URL of a server that is known here. Anything else that looks like an
 * address is none: taken for a directory, its password would become a folder's name.
 */
export function isInbox(value: string): boolean {
  const place = value.trim();
  if (place === '') return false;
  if (isServer(place))
    return !/\s/.test(place) && URL.canParse(place) && new URL(place).host !== '';
  // Full-width characters are typed for the ASCII ones.
  const typed = place.normalize('NFKC').replace(/[\s"'`<>]/g, '');
  const path = DRIVE.test(typed) ? typed.slice(2) : typed;
  const hasScheme = /^[A-Za-z][\w+.-]*:/.test(path) || path.includes('://');
  const isAlmostServer = /^(?:redis|valkey)s?[/;:]/i.test(path) || /\/\/[^/]*@/.test(path);
  return !hasScheme && !isAlmostServer;
}
