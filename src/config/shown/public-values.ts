/** Which values of `channels.feishu` may be shown to the person who edits it. Pure. */
import { accountKey } from '../rules/account-keys.ts';

/** A directory or a server, as far as it is written like one. */
const INBOX = /^(?:~|\.{0,2})[\\/]|^[A-Za-z]:[\\/]|^\w+:\/\/\S+$/;

/** Whether the members of a key are named by people or by the platform. */
const isNamed = (key: string) => key === 'accounts' || accountKey(key)?.kind === 'entries';

/**
 * @param path from the config's root
 * @param value `undefined`: whether the name of the key itself may be shown
 */
export function isPublicAt(path: readonly string[], value: string | undefined): boolean {
  if (path[0] !== 'channels' || path[1] !== 'feishu') return false;
  if (value === undefined) return isNamed(path.at(-2) ?? '');
  const key = path.findLast((name) => !/^\d+$/.test(name)) ?? '';
  const form = key === 'inbox' ? INBOX : accountKey(key)?.shown;
  return form?.test(value) === true;
}
