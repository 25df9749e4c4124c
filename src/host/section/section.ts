/**
 * `channels.feishu` in a host's config, read leniently: never use it for access decisions.
 *
 * A host calls this on every command with any content of the file, so nothing here throws. The
 * rules on who gets answers are parsed strictly, where the account starts (run-account.ts). Pure.
 */
import { entryOf } from '../../config/account.ts';
import { DEFAULT_ACCOUNT, listAccounts, resolveAccount } from '../../config/accounts.ts';
import { accountKey } from '../../config/rules/account-keys.ts';
import type { FeishuSection } from '../../config/rules/schema.ts';
import type { HostAccount } from '../contract.ts';
import type { HostConfig } from '../host-config.ts';

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The section as written; empty where there is none. */
export function rawSection(cfg: HostConfig): Fields {
  const channels = isFields(cfg) && isFields(cfg.channels) ? cfg.channels : {};
  return isFields(channels.feishu) ? channels.feishu : {};
}

/** Lists with only texts in them, accounts and groups that are objects: the rest as if it were not there. */
function readSectionLeniently(cfg: HostConfig): FeishuSection {
  const section = rawSection(cfg);
  const { accounts, ...top } = section;
  const entries = isFields(accounts) ? Object.entries(accounts) : [];
  return {
    ...readAccountLeniently(top),
    ...(entries.length > 0 && {
      accounts: Object.fromEntries(
        entries.map(([id, account]) => [
          id,
          readAccountLeniently(isFields(account) ? account : {}),
        ]),
      ),
    }),
  };
}

function readAccountLeniently(fields: Fields): FeishuSection {
  const known = Object.entries(fields).filter(([key, value]) => isOfItsKind(key, value));
  return Object.fromEntries(known);
}

/** Beside the keys of an account: texts of the section, and of hosts. */
const texts = new Set(['name', 'defaultAccount']);

function isOfItsKind(key: string, value: unknown): boolean {
  switch (texts.has(key) ? 'text' : accountKey(key)?.kind) {
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'text':
    case 'choice':
      return typeof value === 'string';
    case 'switch':
      return typeof value === 'boolean';
    case 'entries':
      return isFields(value) && Object.values(value).every(isFields);
    default:
      return true;
  }
}

export function accountIds(cfg: HostConfig): string[] {
  return listAccounts(readSectionLeniently(cfg));
}

export function defaultAccountId(cfg: HostConfig): string {
  const section = readSectionLeniently(cfg);
  const ids = listAccounts(section);
  const named = section.defaultAccount;
  if (named !== undefined && ids.includes(named)) return named;
  return ids[0] ?? DEFAULT_ACCOUNT;
}

export function hostAccount(cfg: HostConfig, accountId?: string | null): HostAccount {
  const section = readSectionLeniently(cfg);
  const id = accountId || defaultAccountId(cfg);
  const account = resolveAccount(section, id);
  const own = section.accounts?.[id] ?? (id === DEFAULT_ACCOUNT ? section : {});
  const secretSource = account.appSecret ? 'config' : account.appSecretFile ? 'file' : 'none';
  return {
    accountId: id,
    ...(typeof own.name === 'string' && { name: own.name }),
    enabled: account.enabled,
    configured: account.appId !== '' && secretSource !== 'none',
    appId: account.appId,
    domain: account.domain,
    dmPolicy: account.dmPolicy,
    allowFrom: account.allowFrom,
    groupPolicy: account.groupPolicy,
    groupSenderAllowFrom: account.groupSenderAllowFrom,
    requireMention: account.requireMention,
    secretSource,
  };
}

/** Whether the file has the account's keys under `accounts`. */
export function isListed(cfg: HostConfig, accountId: string): boolean {
  const { accounts } = rawSection(cfg);
  return isFields(accounts) && Object.hasOwn(accounts, accountId);
}

/** Whether a group's messages need a mention of the bot; the same precedence as the runtime's policy. */
export function groupNeedsMention(
  cfg: HostConfig,
  accountId: string | null | undefined,
  groupId: string | null | undefined,
): boolean {
  const account = resolveAccount(readSectionLeniently(cfg), accountId || defaultAccountId(cfg));
  const group = entryOf(account.groups, groupId ?? '*');
  const requireMention = group?.requireMention;
  return typeof requireMention === 'boolean' ? requireMention : account.requireMention;
}
