/** Which values of `channels.feishu` may be shown to the person who edits it. Pure. */

/** By key: the form of a proper value. A value of another form may be a misplaced secret. */
const PUBLIC: Readonly<Record<string, RegExp>> = {
  appId: /^cli_[0-9a-fA-F]{16}$/,
  allowFrom: /^(?:feishu:|user:)?ou_\w+$/,
  groupSenderAllowFrom: /^(?:feishu:|user:)?ou_\w+$/,
  groupAllowFrom: /^oc_\w+$/,
  domain: /^https?:\/\/\S+$/,
  // A file or a server, as far as it is written like one.
  appSecretFile: /^(?:~|\.{0,2})[\\/]|^[A-Za-z]:[\\/]|\.\w{1,5}$/,
  inbox: /^(?:~|\.{0,2})[\\/]|^[A-Za-z]:[\\/]|^\w+:\/\/\S+$/,
};

/** Keys whose members are named by people or by the platform. */
const NAMED = new Set(['accounts', 'groups', 'dms']);

/**
 * @param path from the config's root
 * @param value `undefined`: whether the name of the key itself may be shown
 */
export function isPublicAt(path: readonly string[], value: string | undefined): boolean {
  if (path[0] !== 'channels' || path[1] !== 'feishu') return false;
  if (value === undefined) return NAMED.has(path.at(-2) ?? '');
  const key = path.findLast((name) => !/^\d+$/.test(name)) ?? '';
  return Object.hasOwn(PUBLIC, key) && PUBLIC[key]?.test(value) === true;
}
