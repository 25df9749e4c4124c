/** The App Secret of an account: from the config, or from the file it names. */
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Secret } from '../../shared/secret.ts';
import { type LocalizedText, localize } from '../../shared/text/text.ts';
import { trimEndOf } from '../../shared/text/trim-end.ts';
import { configError } from '../config-errors.ts';
import { configTexts as texts } from '../config-texts.ts';
import { decodedText, MAX_SECRET_BYTES, readBounded, readProblem } from '../file/bounded-file.ts';
import { readTextFile } from '../file/read-text.ts';
import { sameJson, valueAt } from '../json5/json-update.ts';
import { isObject, type JsonValue } from '../json5/json5.ts';
import { type ConfigLocation, expandHome } from '../locate.ts';
import { shownName } from '../shown/secret-look.ts';
import { isSecretShaped, readAppSecret, shownPath } from '../source/pasted-credential.ts';
import type { ResolvedAccount } from './account.ts';

export interface SecretPlace {
  readonly location: Pick<ConfigLocation, 'path'>;
  /** The home directory that `~` means. */
  readonly home: string;
  /** Default: that of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Called when other users can read the secret's file. */
  readonly warn?: (warning: LocalizedText) => void;
}

/**
 * The App Secret: the literal when there is one, else what a reference names, else what
 * `appSecretFile` holds, in any encoding and in any of the forms in which people save it.
 *
 * @throws MoltbotFeishuError (exit 5) `secret-missing`, `secret-unreadable` (details: account, path)
 */
export async function loadAppSecret(
  account: Pick<ResolvedAccount, 'id' | 'appSecret' | 'appSecretRef' | 'appSecretFile'>,
  place: SecretPlace,
): Promise<Secret> {
  if (account.appSecret) return account.appSecret;
  if (account.appSecretRef) return referredSecret(account.id, account.appSecretRef, place);
  const path =
    account.appSecretFile && secretFilePath(account.appSecretFile, place.location, place.home);
  if (!path) {
    const details = { account: account.id };
    throw configError('secretMissing', details, { details });
  }
  const params = { account: account.id, path: shownPath(path) };
  let value: string;
  try {
    value = trimEndOf(decodedText(await readBounded(path, MAX_SECRET_BYTES)), '\r\n');
    if (place.warn && process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) {
      place.warn(localize(texts.secretFileOpen, { path }));
    }
  } catch (error) {
    if (params.path !== path) throw configError('secretAsPath', params, { details: params });
    const reason = readProblem(error);
    throw configError('secretUnreadable', { ...params, reason }, { details: params });
  }
  if (value.trim() === '') throw configError('secretEmpty', params, { details: params });
  const { appSecret, problem } = readAppSecret(value);
  if (appSecret !== undefined) {
    // A secret of another form than Feishu's is what the file says, blanks included.
    const isForeign = appSecret === value.trim() && !isSecretShaped(appSecret);
    return new Secret(isForeign ? value : appSecret);
  }
  const unusable = { ...params, problem: problem ?? '' };
  throw configError('secretUnusable', unusable, { details: params });
}

/** What a reference names. What reads it is loaded only where there is one. */
async function referredSecret(
  account: string,
  reference: object,
  place: SecretPlace,
): Promise<Secret> {
  const { path } = place.location;
  const [{ resolveSecretRef }, { SecretRefError, secretRefTexts }, { readMerged }, variables] =
    await Promise.all([
      import('../secret-ref/resolve-secret-ref.ts'),
      import('../secret-ref/secret-ref-texts.ts'),
      import('../source/include.ts'),
      import('../source/variables.ts'),
    ]);
  const { home, env = process.env } = place;
  let key = dottedPath();
  try {
    const root = await readMerged(path, readTextFile);
    const accountKey = ['channels', 'feishu', 'accounts', account, 'appSecret'];
    if (sameJson(valueAt(root ?? null, accountKey), reference as JsonValue)) {
      key = dottedPath(account);
    }
    const secrets = isObject(root) ? root.secrets : undefined;
    const inForce = variables.variablesOf(root ?? null, env);
    const value = await resolveSecretRef(reference, {
      secrets: secrets === undefined ? undefined : variables.substitute(secrets, inForce).value,
      configPath: path,
      home,
      env: inForce,
    });
    return new Secret(value);
  } catch (error) {
    const reason =
      error instanceof SecretRefError
        ? localize(secretRefTexts[error.problem])
        : readProblem(error);
    throw configError('secretRefFailed', { key, account, reason }, { details: { account, key } });
  }
}

/** Where the reference is written: an account may have it from the top level. */
function dottedPath(account?: string): string {
  const level = account === undefined ? [] : ['accounts', shownName(account)];
  return ['channels', 'feishu', ...level, 'appSecret'].join('.');
}

/** Where `appSecretFile` is: `~` is the home directory, anything relative starts at the config's directory. */
export function secretFilePath(
  path: string,
  location: Pick<ConfigLocation, 'path'>,
  home: string,
): string {
  return expandHome(path, home, dirname(location.path));
}
