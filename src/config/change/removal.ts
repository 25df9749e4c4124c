/** Taking an account out of `channels.feishu`: which edits that takes. Pure. */

import { DEFAULT_ACCOUNT, listAccounts } from '../account/accounts.ts';
import type { ConfigEdit } from '../edit.ts';
import { valueAt } from '../json5/json-update.ts';
import type { JsonValue } from '../json5/json5.ts';
import { isObject, jsonOf, parseJson5 } from '../json5/json5.ts';
import type { ConfigDocument } from '../read.ts';

type Fields = { readonly [key: string]: JsonValue };

const SECTION = ['channels', 'feishu'] as const;

/** At the top level these are the account `default`; all else there is inherited and stays. */
const credentialKeys = ['appId', 'appSecret', 'appSecretFile'] as const;
const ownKeys = [...credentialKeys, 'name'] as const;

/** The section as it is written, variables unresolved: removing needs none of their values. */
function writtenSection({ merged }: Pick<ConfigDocument, 'merged'>): Fields | undefined {
  const section = valueAt(merged, SECTION);
  return isObject(section) ? section : undefined;
}

function accountsIn(section: Fields): Fields {
  return isObject(section.accounts) ? section.accounts : {};
}

/** The ids of the accounts, also of those whose App ID is a variable that is not set. */
export function writtenAccounts(document: Pick<ConfigDocument, 'merged'>): string[] {
  const section = writtenSection(document);
  return section ? listAccounts({ appId: section.appId, accounts: accountsIn(section) }) : [];
}

/** Whether the config has `channels.feishu`. */
export function hasSection({ merged }: Pick<ConfigDocument, 'merged'>): boolean {
  return valueAt(merged, SECTION) !== undefined;
}

/** The edit that removes the whole channel; none if the config has no channel. */
export function sectionRemoval(document: Written): ConfigEdit[] {
  if (!hasSection(document)) return [];
  return [{ path: holdsNothingElse(document) ? [SECTION[0]] : [...SECTION], remove: true }];
}

/** The text, if known, shows which keys are in the file itself and not in an included file. */
type Written = Pick<ConfigDocument, 'merged'> & Partial<Pick<ConfigDocument, 'text'>>;

/** Whether `channels`, in the file itself and not in one that it includes, holds our section alone. */
export function holdsNothingElse({ text }: Written): boolean {
  const root = text === undefined ? undefined : parseJson5(text);
  const channels = root && valueAt(jsonOf(root), [SECTION[0]]);
  return isObject(channels) && Object.keys(channels).join() === SECTION[1];
}

/**
 * The edits that take one account out. Those that remain behave as before: what they inherit stays,
 * and the credentials of the top level move to the accounts that shared them. With the last account
 * the whole section goes, and so does one without any account, which is the default's. No edits where
 * the account is not there.
 */
export function removalEdits(
  document: Written & Pick<ConfigDocument, 'section'>,
  id: string,
): ConfigEdit[] {
  const ids = writtenAccounts(document);
  const section = writtenSection(document);
  if (ids.length === 0 && id === DEFAULT_ACCOUNT) return sectionRemoval(document);
  if (!section || !ids.includes(id)) return [];
  const remaining = ids.filter((other) => other !== id);
  if (remaining.length === 0) return sectionRemoval(document);

  const accounts = accountsIn(section);
  const edits: ConfigEdit[] = [];
  const remove = (...path: string[]) => edits.push({ path: [...SECTION, ...path], remove: true });
  if (id === DEFAULT_ACCOUNT) edits.push(...handedOn(document, section, remaining));
  if (Object.hasOwn(accounts, id)) {
    // Without the last one below it, the key would say nothing.
    if (Object.keys(accounts).length === 1) remove('accounts');
    else remove('accounts', id);
  }
  if (id === DEFAULT_ACCOUNT) {
    for (const key of ownKeys) if (Object.hasOwn(section, key)) remove(key);
  }
  if (section.defaultAccount === id) remove('defaultAccount');
  return edits;
}

/** Credentials of the top level, written down at the accounts that took them from there. */
function handedOn(
  { section: resolved }: Pick<ConfigDocument, 'section'>,
  section: Fields,
  remaining: readonly string[],
): ConfigEdit[] {
  const accounts = accountsIn(section);
  return remaining.flatMap((id) => {
    const own = accounts[id];
    if (!isObject(own) || own.appSecret !== undefined || own.appSecretFile !== undefined) return [];
    const resolvedId = resolved?.accounts?.[id]?.appId;
    const isSameApp =
      own.appId === undefined ||
      own.appId === section.appId ||
      (resolvedId !== undefined && resolvedId === resolved?.appId);
    if (!isSameApp) return [];
    return credentialKeys.flatMap((key): ConfigEdit[] => {
      const value = own[key] === undefined ? section[key] : undefined;
      return value === undefined ? [] : [{ path: [...SECTION, 'accounts', id, key], value }];
    });
  });
}
