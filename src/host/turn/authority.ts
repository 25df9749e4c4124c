/** Decides who may give commands to the host. Pure. */

export interface Authority {
  readonly isDirect: boolean;
  readonly senderOpenId: string;
  readonly dmPolicy: 'open' | 'pairing' | 'allowlist';
  /** From the config. */
  readonly allowFrom: readonly string[];
  /** Paired in the host. */
  readonly approved: readonly string[];
  /** The group's own list of people. */
  readonly groupPeople?: readonly string[] | undefined;
}

/**
 * People named by `allowFrom` or a pairing may give commands. Where none is named, an open bot
 * takes commands in direct messages, and none in groups.
 */
export function mayCommand(authority: Authority): boolean {
  const { allowFrom, approved, groupPeople = [], senderOpenId, isDirect } = authority;
  const named = [...allowFrom, ...approved, ...groupPeople];
  if (named.includes('*') || (senderOpenId !== '' && named.includes(senderOpenId))) return true;
  return isDirect && authority.dmPolicy === 'open' && allowFrom.length === 0;
}
