/** The accounts of a section, each with everything it inherits. Pure. */
import { Secret } from '../../shared/secret.ts';
import { type AccountKey, accountKeys } from '../rules/account-keys.ts';
import type { AccountSettings, FeishuSection } from '../rules/schema.ts';
import type { ResolvedAccount } from './account.ts';

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

/** The ids of the enabled accounts that use an app. */
export function accountsWithApp(section: FeishuSection, appId: string): string[] {
  return listAccounts(section).filter((id) => {
    const account = resolveAccount(section, id);
    return account.enabled && account.appId === appId;
  });
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
  const welcome = own.welcome ?? section.welcome;
  return {
    ...inherited(section, own),
    id,
    enabled: section.enabled !== false && own.enabled !== false,
    appId: appId ?? '',
    appSecret: typeof appSecret === 'string' && appSecret ? new Secret(appSecret) : undefined,
    ...(typeof appSecret === 'object' && { appSecretRef: appSecret }),
    ...(appSecretFile !== undefined && { appSecretFile }),
    ...(welcome !== undefined && { welcome }),
  };
}

type Inherited = Omit<
  ResolvedAccount,
  'id' | 'appId' | 'appSecret' | 'appSecretRef' | 'appSecretFile' | 'welcome'
>;

/** Whether the config says where an account's secret is. */
export function namesSecret(
  account: Pick<ResolvedAccount, 'appSecret' | 'appSecretRef' | 'appSecretFile'> | undefined,
): boolean {
  return Boolean(account?.appSecret ?? account?.appSecretRef ?? account?.appSecretFile);
}

/** Every setting that has a default: the account's own, else the top level's, else the default. */
function inherited(section: FeishuSection, own: AccountSettings): Inherited {
  const declared: [string, AccountKey][] = Object.entries(accountKeys);
  const settings = declared
    .filter(([, { byDefault }]) => byDefault !== undefined)
    .map(([name, { kind, byDefault }]) => {
      if (kind === 'entries')
        return [name, mergeEntries(entriesAt(section, name), entriesAt(own, name))];
      if (kind === 'switches')
        return [name, { ...entriesAt(section, name), ...entriesAt(own, name) }];
      const value = own[name] ?? section[name] ?? byDefault;
      return [name, value];
    });
  // The schema has checked each value, and the declaration names each key of the type.
  return Object.fromEntries(settings) as Inherited;
}

type Entries = Readonly<Record<string, object>>;

function entriesAt(settings: AccountSettings, name: string): Entries | undefined {
  return settings[name] as Entries | undefined;
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

function mergeEntries(top: Entries = {}, own: Entries = {}): Entries {
  const ids = [...new Set([...Object.keys(top), ...Object.keys(own)])];
  return Object.fromEntries(ids.map((id) => [id, { ...top[id], ...own[id] }]));
}
