/** The access policy of the bot, for the pages and audits of a host. Pure. */
import type { Fields } from '../../shared/fields.ts';
import type { HostAccount } from '../contract.ts';
import type { HostConfig } from '../host-config.ts';
import { groupNeedsMention, groupTools, hostAccount, isListed } from '../section/section.ts';
import { normalizeAllowEntry } from './targets.ts';

interface AccountContext {
  readonly cfg: HostConfig;
  readonly accountId?: string | null;
  readonly account: HostAccount;
}

interface GroupContext {
  readonly cfg: HostConfig;
  readonly accountId?: string | null;
  readonly groupId?: string | null;
}

/** The path of an account's keys: `channels.feishu.` or `channels.feishu.accounts.ID.`. */
function keyPrefix(cfg: HostConfig, accountId: string): string {
  return isListed(cfg, accountId) ? `channels.feishu.accounts.${accountId}.` : 'channels.feishu.';
}

/** Only for what a host says of the policy: who may give commands is another list. */
function openList({ allowFrom }: HostAccount): string[] {
  return [...new Set(['*', ...allowFrom])];
}

export const security = {
  resolveDmPolicy({ cfg, account }: AccountContext) {
    const prefix = keyPrefix(cfg, account.accountId);
    return {
      policy: account.dmPolicy,
      // Hosts take an open policy for a mistake where the list does not say "*"; ours needs no list.
      allowFrom: account.dmPolicy === 'open' ? openList(account) : [...account.allowFrom],
      policyPath: `${prefix}dmPolicy`,
      allowFromPath: prefix,
      approveHint: 'Approve via: pairing list feishu / pairing approve feishu <code>',
      normalizeEntry: normalizeAllowEntry,
    };
  },

  collectWarnings({ cfg, account }: AccountContext): string[] {
    const prefix = keyPrefix(cfg, account.accountId);
    const name = `Feishu (${account.accountId})`;
    const warnings: string[] = [];
    const isAnyone = account.groupSenderAllowFrom.length === 0;
    if (account.groupPolicy === 'open' && isAnyone) {
      const who = account.requireMention
        ? 'every member of a group that the bot is in may use it by mentioning it'
        : 'the bot answers every message of every group that it is in';
      warnings.push(
        `- ${name}: groupPolicy="open": ${who}. Set ${prefix}groupPolicy="allowlist" and ${prefix}groupAllowFrom (chat_ids), or "disabled".`,
      );
    }
    if (account.dmPolicy === 'allowlist' && account.allowFrom.length === 0) {
      warnings.push(
        `- ${name}: dmPolicy="allowlist" with an empty ${prefix}allowFrom: no direct message is answered.`,
      );
    }
    return warnings;
  },
};

export const groups = {
  resolveRequireMention: ({ cfg, accountId, groupId }: GroupContext): boolean =>
    groupNeedsMention(cfg, accountId, groupId),
  resolveToolPolicy: ({ cfg, accountId, groupId }: GroupContext): Fields | undefined =>
    groupTools(cfg, accountId, groupId),
};

/** Remains of mentions to strip from a command: Feishu's keys, and the tags of posts. */
export const mentions = {
  stripPatterns: () => ['@_user_\\d+\\b', '@_all\\b', '<at\\b[^<>]*>[^<>]*</at>'],
};

/** A reply stays where its question is: the runtime sees to it, so that the host need not. */
export const threading = {
  resolveReplyToMode: () => 'off' as const,
  buildToolContext: ({
    context,
    hasRepliedRef,
  }: {
    readonly context: { readonly To?: string; readonly MessageThreadId?: unknown };
    readonly hasRepliedRef?: unknown;
  }) => ({
    currentChannelId: context.To?.trim() || undefined,
    currentThreadTs:
      context.MessageThreadId === undefined ? undefined : String(context.MessageThreadId),
    hasRepliedRef,
  }),
};

export const allowFrom = {
  resolveAllowFrom: ({
    cfg,
    accountId,
  }: {
    readonly cfg: HostConfig;
    readonly accountId?: string | null;
  }): string[] => [...hostAccount(cfg, accountId).allowFrom],
  formatAllowFrom: (list: { readonly allowFrom: readonly (string | number)[] }): string[] =>
    list.allowFrom.map((entry) => normalizeAllowEntry(String(entry))).filter(Boolean),
};
