/** Decides who may give commands to the agent. Pure. */
import { entryOf, type ResolvedAccount } from '../../config/account/account.ts';
import type { InboundMessage } from './event.ts';

/**
 * People named by `allowFrom`, by the group's own list or by a pairing may give commands. Where none
 * is named, an open bot takes commands in direct messages, and none in groups.
 *
 * @param approved the people who are paired in the host
 */
export function mayCommand(
  { chatType, chatId, senderOpenId }: Pick<InboundMessage, 'chatType' | 'chatId' | 'senderOpenId'>,
  account: Pick<ResolvedAccount, 'dmPolicy' | 'allowFrom' | 'groups'>,
  approved: readonly string[],
): boolean {
  const isDirect = chatType === 'p2p';
  const groupPeople = isDirect ? [] : (entryOf(account.groups, chatId)?.allowFrom ?? []);
  const named = [...account.allowFrom, ...approved, ...groupPeople];
  if (named.includes('*') || (senderOpenId !== '' && named.includes(senderOpenId))) return true;
  return isDirect && account.dmPolicy === 'open' && account.allowFrom.length === 0;
}
