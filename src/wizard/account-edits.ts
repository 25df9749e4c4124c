/** From what was chosen to the edits of `channels.feishu`: pure. */
import type { ConfigEdit } from '../config/edit.ts';
import type { Secret } from '../shared/secret.ts';
import type { SecretRef } from './secret-source.ts';

export interface AccountChoice {
  readonly accountId: string;
  readonly appId: string;
  /** The secret itself, or what the config stores instead; `undefined` leaves the current value. */
  readonly secret:
    | { readonly kind: 'literal'; readonly value: Secret }
    | SecretRef
    | { readonly kind: 'keep' };
  readonly domain: string;
  readonly dmPolicy?: string | undefined;
  readonly allowFrom?: readonly string[] | undefined;
}

/** The part of the section that decides the path of an account's keys. */
export interface SectionShape {
  readonly enabled?: boolean | undefined;
  readonly appId?: string | undefined;
  readonly domain?: string | undefined;
  readonly defaultAccount?: string | undefined;
  readonly accounts?: Readonly<Record<string, SectionShape | undefined>> | undefined;
}

const SECTION = ['channels', 'feishu'] as const;

/** The account `default` is at the top level, unless the file already lists it by name. */
function accountPath(section: SectionShape | undefined, accountId: string): string[] {
  const atTop = accountId === 'default' && section?.accounts?.default === undefined;
  return atTop ? [...SECTION] : [...SECTION, 'accounts', accountId];
}

export function accountEdits(
  section: SectionShape | undefined,
  choice: AccountChoice,
): ConfigEdit[] {
  const path = accountPath(section, choice.accountId);
  const atTop = path.length === SECTION.length;
  const current = atTop ? section : section?.accounts?.[choice.accountId];
  const edits: ConfigEdit[] = [];
  const set = (key: string, value: string | boolean | string[]) =>
    edits.push({ path: [...path, key], value });
  const remove = (key: string) => edits.push({ path: [...path, key], remove: true });

  if (section?.enabled !== true) edits.push({ path: [...SECTION, 'enabled'], value: true });
  if (!atTop && current?.enabled === false) set('enabled', true);
  set('appId', choice.appId);
  switch (choice.secret.kind) {
    case 'literal':
      set('appSecret', choice.secret.value.reveal());
      remove('appSecretFile');
      break;
    case 'env':
      set('appSecret', `\${${choice.secret.name}}`);
      remove('appSecretFile');
      break;
    case 'file':
      remove('appSecret');
      set('appSecretFile', choice.secret.path);
      break;
    case 'keep':
      break;
  }
  // "feishu" is the default: said only where another value would be in force.
  const inherited = atTop ? undefined : section?.domain;
  if (choice.domain !== (inherited ?? 'feishu') || current?.domain !== undefined) {
    set('domain', choice.domain);
  }
  if (choice.dmPolicy !== undefined) set('dmPolicy', choice.dmPolicy);
  if (choice.allowFrom !== undefined && choice.allowFrom.length > 0) {
    set('allowFrom', [...choice.allowFrom]);
  }
  return [...edits, ...pendingRemoval(section, choice)];
}

const besides = (accountId: string): string => `${accountId}-new`;

/**
 * Where an app is kept until setup is done: the account itself where that is free. Beside an account
 * that works, it gets an entry of its own, so that nothing that runs is disturbed.
 */
function pendingPath(
  section: SectionShape | undefined,
  { accountId, appId }: Pick<AccountChoice, 'accountId' | 'appId'>,
): string[] {
  const isNamed = accountId !== 'default' || section?.accounts?.default !== undefined;
  const own = isNamed ? section?.accounts?.[accountId]?.appId : section?.appId;
  if (own !== undefined && own !== appId) return [...SECTION, 'accounts', besides(accountId)];
  const hasOthers = Object.keys(section?.accounts ?? {}).length > 0;
  // Turned off at the top level, the whole channel would be off.
  return isNamed || hasOthers ? [...SECTION, 'accounts', accountId] : [...SECTION];
}

/** Keeps an app that setup is not done with: there, and not running. */
export function pendingEdits(
  section: SectionShape | undefined,
  { accountId, appId, secret, domain }: AccountChoice,
): ConfigEdit[] {
  const path = pendingPath(section, { accountId, appId });
  const keys = {
    enabled: false,
    appId,
    ...(secret.kind === 'literal' && { appSecret: secret.value.reveal() }),
    ...(domain !== 'feishu' && { domain }),
  };
  return Object.entries(keys).map(([key, value]) => ({ path: [...path, key], value }));
}

/** The account under which an app is kept, if it is. */
export function pendingAccount(
  section: SectionShape | undefined,
  { accountId, appId }: Pick<AccountChoice, 'accountId' | 'appId'>,
): string | undefined {
  const accounts = section?.accounts ?? {};
  const isKept = (entry: SectionShape | undefined) =>
    entry?.enabled === false && entry.appId === appId;
  if (isKept(accounts[besides(accountId)])) return besides(accountId);
  if (isKept(accounts[accountId])) return accountId;
  return accountId === 'default' && isKept(section) ? accountId : undefined;
}

function pendingRemoval(
  section: SectionShape | undefined,
  { accountId, appId }: AccountChoice,
): ConfigEdit[] {
  if (section?.accounts?.[besides(accountId)]?.appId !== appId) return [];
  const isLast = Object.keys(section.accounts).length === 1 && accountId === 'default';
  const path = [...SECTION, 'accounts', ...(isLast ? [] : [besides(accountId)])];
  return [{ path, remove: true }];
}
