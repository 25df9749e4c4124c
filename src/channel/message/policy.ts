/**
 * Decides who is answered: one pure decision, made before anything else is fetched or sent.
 *
 * Precedence, the first that applies decides:
 * 1. own messages are ignored (R5), and other bots unless `allowBots` admits them, the group's own
 *    before the account's; what follows holds for them, too;
 * 2. a direct message: `dms.<open_id>` (else `dms.*`) `enabled: false` → `dmPolicy`; this does not
 *    need the bot's open_id;
 * 3. a group: `groups.<chat_id>` (else `groups.*`) `enabled: false` → `groupPolicy` (`disabled`
 *    closes every group; `allowlist` admits `groupAllowFrom` and groups with their own entry) → the
 *    group's `allowFrom`, else `groupSenderAllowFrom` if it is not empty → the mention rule, the
 *    group's own before the account's.
 * A group message that reaches the mention rule waits until the bot's open_id is known.
 */
import { entryOf, type ResolvedAccount } from '../../config/account/account.ts';
import { type LocalizedText, localize } from '../../shared/text/text.ts';
import { channelTexts as texts } from '../channel-texts.ts';
import type { InboundMessage } from './event.ts';

type IgnoreReason =
  | 'own-message'
  | 'other-bot'
  | 'too-many-bot-turns'
  | 'person-disabled'
  | 'direct-disabled'
  | 'not-in-allowlist'
  | 'group-disabled'
  | 'group-not-allowed'
  | 'sender-not-allowed'
  | 'not-mentioned';

export type Decision =
  | { readonly kind: 'answer' }
  | { readonly kind: 'ignore'; readonly reason: IgnoreReason }
  /** The person gets the reason, once. */
  | { readonly kind: 'refuse'; readonly reason: 'not-paired'; readonly text: LocalizedText }
  /** Cannot be decided yet: call {@link decide} again when the bot's open_id is known. */
  | { readonly kind: 'wait' };

export type PolicySettings = Pick<
  ResolvedAccount,
  | 'dmPolicy'
  | 'allowFrom'
  | 'dms'
  | 'groupPolicy'
  | 'groupAllowFrom'
  | 'groupSenderAllowFrom'
  | 'requireMention'
  | 'allowBots'
  | 'groups'
>;

const answer: Decision = { kind: 'answer' };
const ignore = (reason: IgnoreReason): Decision => ({ kind: 'ignore', reason });

/** @param botOpenId `undefined` until the platform has reported it */
export function decide(
  message: InboundMessage,
  settings: PolicySettings,
  botOpenId: string | undefined,
): Decision {
  if (botOpenId !== undefined && message.senderOpenId === botOpenId) return ignore('own-message');
  if (message.senderType === 'app') return decideBot(message, settings, botOpenId);
  if (message.senderType !== 'user') return ignore('other-bot');
  return message.chatType === 'p2p'
    ? decideDirect(message, settings)
    : decideGroup(message, settings, botOpenId);
}

function decideBot(
  message: InboundMessage,
  settings: PolicySettings,
  botOpenId: string | undefined,
): Decision {
  const allowBots = entryOf(settings.groups, message.chatId)?.allowBots ?? settings.allowBots;
  if (message.chatType !== 'group' || !allowBots) return ignore('other-bot');
  const decision = decideGroup(message, settings, botOpenId);
  if (allowBots === true || decision.kind !== 'answer') return decision;
  return botOpenId !== undefined && isMentioned(message, botOpenId)
    ? decision
    : ignore('not-mentioned');
}

function decideDirect(
  { senderOpenId }: InboundMessage,
  { dmPolicy, allowFrom, dms }: PolicySettings,
): Decision {
  if (entryOf(dms, senderOpenId)?.enabled === false) return ignore('person-disabled');
  switch (dmPolicy) {
    case 'open':
      return answer;
    case 'disabled':
      return ignore('direct-disabled');
    case 'allowlist':
      return contains(allowFrom, senderOpenId) ? answer : ignore('not-in-allowlist');
    case 'pairing':
      if (contains(allowFrom, senderOpenId)) return answer;
      return {
        kind: 'refuse',
        reason: 'not-paired',
        text: localize(texts.pairingRefused, { openId: senderOpenId }),
      };
    default:
      return dmPolicy satisfies never;
  }
}

function decideGroup(
  message: InboundMessage,
  settings: PolicySettings,
  botOpenId: string | undefined,
): Decision {
  const group = entryOf(settings.groups, message.chatId);
  if (group?.enabled === false) return ignore('group-disabled');
  if (settings.groupPolicy === 'disabled') return ignore('group-disabled');
  const isListed =
    Object.hasOwn(settings.groups, message.chatId) ||
    contains(settings.groupAllowFrom, message.chatId);
  if (settings.groupPolicy === 'allowlist' && !isListed) return ignore('group-not-allowed');
  const accountSenders = settings.groupSenderAllowFrom;
  const allowedSenders = group?.allowFrom ?? (accountSenders.length > 0 ? accountSenders : ['*']);
  if (!contains(allowedSenders, message.senderOpenId)) return ignore('sender-not-allowed');
  if (botOpenId === undefined) return { kind: 'wait' };
  // Who presses a button or chooses an entry of the menu addresses the bot.
  if (message.kind !== undefined) return answer;
  const requireMention = group?.requireMention ?? settings.requireMention;
  return requireMention && !isMentioned(message, botOpenId) ? ignore('not-mentioned') : answer;
}

/** `@all` has no open_id, so it does not mention the bot. */
function isMentioned(message: InboundMessage, botOpenId: string): boolean {
  return message.mentions.some((mention) => mention.openId === botOpenId);
}

function contains(list: readonly string[], id: string): boolean {
  return list.includes('*') || (id !== '' && list.includes(id));
}
