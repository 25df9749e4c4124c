/**
 * Who is answered: one pure decision, made before anything else is fetched or sent.
 *
 * Precedence, first match decides: own messages and other bots are ignored → direct messages follow
 * `dmPolicy` → a group's own entry (`groups.<chat_id>`) → `groupPolicy` → who may write in the group
 * → the mention rule (group entry, else account).
 */
import type { ResolvedAccount } from '../config/accounts.ts';
import { type Message, message as says } from '../shared/text.ts';
import type { InboundMessage } from './event.ts';
import { channelTexts as texts } from './texts.ts';

export type IgnoreReason =
  | 'own-message'
  | 'other-bot'
  | 'not-in-allowlist'
  | 'group-disabled'
  | 'group-not-allowed'
  | 'sender-not-allowed'
  | 'not-mentioned';

export type Decision =
  | { readonly kind: 'answer' }
  | { readonly kind: 'ignore'; readonly reason: IgnoreReason }
  | { readonly kind: 'refuse'; readonly reason: 'not-paired'; readonly text: Message };

export type PolicySettings = Pick<
  ResolvedAccount,
  'dmPolicy' | 'allowFrom' | 'groupPolicy' | 'groupAllowFrom' | 'requireMention' | 'groups'
>;

const answer: Decision = { kind: 'answer' };
const ignore = (reason: IgnoreReason): Decision => ({ kind: 'ignore', reason });

/** @param botOpenId unknown (`undefined`) only for direct messages: groups wait until it is known */
export function decide(
  message: InboundMessage,
  settings: PolicySettings,
  botOpenId: string | undefined,
): Decision {
  if (botOpenId !== undefined && message.senderOpenId === botOpenId) return ignore('own-message');
  if (message.senderType !== 'user') return ignore('other-bot');
  return message.chatType === 'p2p'
    ? decideDirect(message, settings)
    : decideGroup(message, settings, botOpenId);
}

function decideDirect(
  { senderOpenId }: InboundMessage,
  { dmPolicy, allowFrom }: PolicySettings,
): Decision {
  switch (dmPolicy) {
    case 'open':
      return answer;
    case 'allowlist':
      return contains(allowFrom, senderOpenId) ? answer : ignore('not-in-allowlist');
    case 'pairing':
      if (contains(allowFrom, senderOpenId)) return answer;
      return {
        kind: 'refuse',
        reason: 'not-paired',
        text: says(texts.pairingRefused, { openId: senderOpenId }),
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
  const own = settings.groups[message.chatId];
  const group = own ?? settings.groups['*'];
  if (group?.enabled === false) return ignore('group-disabled');
  if (settings.groupPolicy === 'disabled') return ignore('group-disabled');
  const listed = own !== undefined || contains(settings.groupAllowFrom, message.chatId);
  if (settings.groupPolicy === 'allowlist' && !listed) return ignore('group-not-allowed');
  if (group?.allowFrom && !contains(group.allowFrom, message.senderOpenId))
    return ignore('sender-not-allowed');
  const requireMention = group?.requireMention ?? settings.requireMention;
  return requireMention && !isMentioned(message, botOpenId) ? ignore('not-mentioned') : answer;
}

/** `@all` is no mention of the bot. */
export function isMentioned(message: InboundMessage, botOpenId: string | undefined): boolean {
  return (
    botOpenId !== undefined && message.mentions.some((mention) => mention.openId === botOpenId)
  );
}

function contains(list: readonly string[], id: string): boolean {
  return list.includes('*') || (id !== '' && list.includes(id));
}
