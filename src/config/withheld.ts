/**
 * What of a config no child process may get: the secrets of every account, running or not, those beside
 * the section, and addresses with credentials; by value, and by the variables that hold them.
 */
import { Secret } from '../shared/secret.ts';
import { listAccounts, loadAppSecret, resolveAccount } from './account/accounts.ts';
import { isObject, type JsonValue } from './json5/json5.ts';
import type { ConfigDocument } from './read.ts';
import { isServer } from './rules/inbox-value.ts';
import { isSecretKey } from './shown/secret-look.ts';

export interface Withheld {
  readonly values: readonly Secret[];
  /** Names of environment variables. */
  readonly variables: readonly string[];
}

/** @param home the home directory that `~` means */
export async function findWithheld(document: ConfigDocument, home: string): Promise<Withheld> {
  const values = new Set<string>();
  const variables = new Set<string>();
  const take = (value: string): void => {
    for (const [, name] of value.matchAll(/\$\{([A-Za-z_]\w*)\}/g)) variables.add(name ?? '');
    if (!value.includes('${')) values.add(value);
    for (const part of credentialsIn(value)) values.add(part);
  };
  const walk = (value: JsonValue, isSecret: boolean): void => {
    if (typeof value === 'number' && isSecret) take(String(value));
    else if (typeof value === 'string') {
      const isAddress = isServer(value.trim()) || credentialsIn(value).length > 0;
      if (value !== '' && (isSecret || isAddress)) take(value);
    } else if (Array.isArray(value)) for (const item of value) walk(item as JsonValue, isSecret);
    else if (isObject(value)) {
      // A host's reference to a secret.
      const isReference = typeof value.source === 'string' && typeof value.id === 'string';
      if (value.source === 'env' && typeof value.id === 'string') variables.add(value.id);
      for (const [key, item] of Object.entries(value)) {
        walk(item, (isSecret && !isReference) || isSecretKey(key) || key === 'inbox');
      }
    }
  };
  walk(document.merged, false);
  walk(document.root, false);
  for (const secret of await fileSecrets(document, home)) values.add(secret.reveal());
  return {
    values: [...values].filter(isLongEnough).map((value) => new Secret(value)),
    variables: [...variables],
  };
}

/** Shorter ones are everyday words more often than secrets. */
const isLongEnough = (value: string): boolean => value.length >= 4;

/** The password of an address, as it is written and as it is meant. */
function credentialsIn(value: string): readonly string[] {
  const place = value.trim();
  if (!place.includes('://') || !URL.canParse(place)) return [];
  const { password } = new URL(place);
  if (password === '') return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    // A percent sign that encodes nothing: it is meant as it is written.
    return [password];
  }
}

/** Those of files, as far as they can be read: an account that is not running need not be complete. */
async function fileSecrets(
  { section, location }: ConfigDocument,
  home: string,
): Promise<readonly Secret[]> {
  const accounts = section ? listAccounts(section).map((id) => resolveAccount(section, id)) : [];
  const found = await Promise.allSettled(
    accounts
      .filter(({ appSecretFile }) => appSecretFile !== undefined)
      .map((account) => loadAppSecret(account, { location, home })),
  );
  return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
