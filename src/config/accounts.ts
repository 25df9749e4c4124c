/** The accounts of a section, each with everything it inherits. Pure. */
import { Secret } from '../shared/secret.ts';
import type { ResolvedAccount } from './account.ts';
import { accountDefaults } from './rules/account-defaults.ts';
import type { AccountSettings, FeishuSection } from './rules/schema.ts';

export { loadAppSecret } from './app-secret.ts';

export const DEFAULT_ACCOUNT = 'default';

/**
 * The ids of the accounts in a section: first `default`, if the top level has its own App ID, then
 * the keys of `accounts` in the order of the file.
 */
export function listAccounts(section: {
  readonly appId?: unknown;
  readonly accounts?: object | undefined;
}): string[] {
  const named = Object.keys(section.accounts ?? {});
  const isTop = section.appId !== undefined && !named.includes(DEFAULT_ACCOUNT);
  return isTop ? [DEFAULT_ACCOUNT, ...named] : named;
}

/**
 * One account with defaults and inheritance applied; an id that is not there gives an account without
 * App ID, with the settings that it would inherit.
 */
export function resolveAccount(section: FeishuSection, id: string): ResolvedAccount {
  const accounts = section.accounts ?? {};
  const entry = Object.hasOwn(accounts, id) ? accounts[id] : undefined;
  const own: AccountSettings = entry ?? {};
  const { appId, appSecret, appSecretFile } = credentialsOf(section, entry, id);
  const of = <K extends keyof typeof accountDefaults>(key: K) =>
    own[key] ?? section[key] ?? accountDefaults[key];
  return {
    id,
    enabled: section.enabled !== false && own.enabled !== false,
    appId: appId ?? '',
    appSecret: appSecret ? new Secret(appSecret) : undefined,
    ...(appSecretFile !== undefined && { appSecretFile }),
    domain: of('domain'),
    dmPolicy: of('dmPolicy'),
    allowFrom: of('allowFrom'),
    dms: mergeEntries(section.dms, own.dms),
    groupPolicy: of('groupPolicy'),
    groupAllowFrom: of('groupAllowFrom'),
    groupSenderAllowFrom: of('groupSenderAllowFrom'),
    requireMention: of('requireMention'),
    groups: mergeEntries(section.groups, own.groups),
    replyInThread: of('replyInThread'),
    // `card` is not used yet.
    streaming: of('streaming') === 'off' ? 'off' : 'block',
    typingReaction: of('typingReaction'),
  };
}

type Credentials = Pick<AccountSettings, 'appId' | 'appSecret' | 'appSecretFile'>;

/**
 * App ID and secret belong together. An account takes both from the top level when it has neither; with
 * one of its own it takes nothing from there, so that no app is ever paired with another's secret,
 * unless its App ID says it is the same app. A secret and a secret file come from one level.
 */
function credentialsOf(
  section: FeishuSection,
  own: AccountSettings | undefined,
  id: string,
): Credentials {
  if (!own) return id === DEFAULT_ACCOUNT ? section : {};
  const hasSecret = own.appSecret !== undefined || own.appSecretFile !== undefined;
  if (own.appId === undefined && !hasSecret) return section;
  // `accounts.default` is the top level's own account, so its half completes the other half.
  const isSameApp = own.appId === undefined ? id === DEFAULT_ACCOUNT : own.appId === section.appId;
  if (!isSameApp) return own;
  return { appId: own.appId ?? section.appId, ...pickSecret(hasSecret ? own : section) };
}

function pickSecret({ appSecret, appSecretFile }: AccountSettings): Credentials {
  return { appSecret, appSecretFile };
}

function mergeEntries<T extends object>(
  top: Readonly<Record<string, T>> | undefined,
  own: Readonly<Record<string, T>> | undefined,
): Readonly<Record<string, T>> {
  const ids = [...new Set([...Object.keys(top ?? {}), ...Object.keys(own ?? {})])];
  return Object.fromEntries(ids.map((id) => [id, { ...top?.[id], ...own?.[id] } as T]));
}
