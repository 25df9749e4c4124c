/**
 * What a person pastes where an App ID or an App Secret is asked for.
 *
 * A value comes in quotes, as a JSON snippet, as a line of an `.env` file, with invisible or full-width
 * characters, twice, or beside the other one. It is taken apart where that is certain, and else named for
 * what it is: a problem never repeats the value. Linear. Pure.
 */

import { MASK } from '../../shared/secret.ts';
import { type LocalizedText, localize, type Text } from '../../shared/text/text.ts';
import { couldBePassword, couldBeSecret } from '../shown/secret-look.ts';
import { credentialTexts as texts } from './credential-texts.ts';

export type PastedCredentials = {
  readonly appId?: string | undefined;
  readonly appSecret?: string | undefined;
  /** What the pasted value is, if it is not the one that was asked for. */
  readonly problem?: LocalizedText | undefined;
};

/** Longer texts are no credentials (characters). */
const MAX_LENGTH = 8192;

/** A shorter word beside a label or an App ID is no secret (characters). */
const MIN_VALUE = 8;

const APP_ID = /^cli_[0-9a-f]{16}$/i;
const SECRET_SHAPE = /^[A-Za-z0-9]{32}$/;
const OTHER_ID = /^(?:ou|oc|om|on|od)_\w+$/;
const ACCESS_TOKEN = /^[tu]-[\w.-]{16,}$/;
const REFERENCE = /^(?:\$\{?\w+\}?|%\w+%|\$?\{\{[^{}]*\}\}|env:\w+|process\.env\.\w+)$/;
const LABEL = /^(?:app|id|appid|[\w.-]*app_?id|[\w.-]*secret|export|set|密钥|应用|凭证)$/i;
const SECRET_LABEL = /secret$|^密钥$/i;

/** Whether it has the form that Feishu gives an App Secret. */
export function isSecretShaped(value: string): boolean {
  return SECRET_SHAPE.test(value);
}

/** A path as an error may show it: people also write the App Secret where a file is asked for. */
export function shownPath(path: string): string {
  const start = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  const name = path.slice(start).trim();
  // A secret may have lost characters; names of files rarely are one long run of letters and digits.
  const isRun = /^[A-Za-z0-9]{12,}$/.test(name);
  const hides = couldBeSecret(name) || (isRun && couldBePassword(name));
  return hides ? path.slice(0, start) + MASK : path;
}

/** Reads an answer to the question for the App ID; an App Secret beside it comes along. */
export function readAppId(pasted: string): PastedCredentials {
  const text = cleaned(pasted);
  if (text === '' || text.length > MAX_LENGTH) return problem(texts.notAppId);
  const { appIds, secrets, bare } = partsOf(text);
  const [appId, ...others] = appIds;
  if (others.length > 0) return problem(texts.severalAppIds);
  if (appId !== undefined)
    return { appId, appSecret: secrets.length === 1 ? secrets[0] : undefined };
  // Wrapped by a terminal or a mail.
  const joined = text.replace(/\s/g, '');
  if (APP_ID.test(joined)) return { appId: withPrefix(joined) };
  if (REFERENCE.test(bare)) return problem(texts.isReference);
  if (secrets.length > 0) return problem(texts.isAppSecret);
  return problem(OTHER_ID.test(bare) ? texts.isOtherId : texts.notAppId);
}

/**
 * Reads an answer to the question for the App Secret.
 *
 * @param appId the App ID that it belongs to: another one beside the secret is a problem
 */
export function readAppSecret(pasted: string, appId?: string): PastedCredentials {
  const text = cleaned(pasted);
  if (text === '') return problem(texts.emptySecret);
  if (text.length > MAX_LENGTH) return problem(texts.severalWords);
  const { appIds, secrets, bare, isReferenced } = partsOf(text);
  if (REFERENCE.test(bare) || isReferenced) return problem(texts.isReference);
  if (isHidden(bare)) return problem(texts.isHidden);
  if (isPlaceholder(bare)) return problem(texts.isPlaceholder);
  const [found, ...others] = secrets;
  if (others.length > 0) return problem(texts.severalSecrets);
  const isOfAnother = appId !== undefined && appIds.length > 0 && !appIds.includes(appId);
  if (found !== undefined) {
    return isOfAnother ? problem(texts.ofAnotherApp) : { appSecret: found, appId: appIds[0] };
  }
  if (appIds.length > 0) return problem(texts.isAppId);
  if (/\s/.test(bare)) return problem(texts.severalWords);
  if (OTHER_ID.test(bare)) return problem(texts.isOtherId);
  if (ACCESS_TOKEN.test(bare)) return problem(texts.isToken);
  if (/^https?:\/\//i.test(bare)) return problem(texts.isLink);
  if (bare === '' || /[^\x21-\x7e]/.test(bare)) return problem(texts.strangeCharacters);
  return { appSecret: bare };
}

interface Parts {
  readonly appIds: readonly string[];
  /** What can only be the secret: by its label, by its shape, or by what is beside it. */
  readonly secrets: readonly string[];
  /** The whole text without quotes and commas around it. */
  readonly bare: string;
  /** The secret is given as the name of a variable. */
  readonly isReferenced: boolean;
}

function partsOf(text: string): Parts {
  const bare = once(trimmed(text, '"\'`<>()[],;'));
  const words = text.split(/[\s"'`,;{}()[\]<>|:=]+/).map(once);
  const named = words.filter((word) => word !== '');
  const appIds = new Set(named.filter((word) => APP_ID.test(word)).map(withPrefix));
  const isValue = (word: string) => !APP_ID.test(word) && !LABEL.test(word);
  const labelled = named.filter((word, index) => isValue(word) && isLabelled(named, index));
  const shaped = named.filter((word) => SECRET_SHAPE.test(word));
  const beside =
    appIds.size > 0 ? named.filter((word) => isValue(word) && word.length >= MIN_VALUE) : [];
  const best = [labelled, shaped, beside].find((list) => list.length > 0) ?? [];
  const secrets = [...new Set(best)];
  return { appIds: [...appIds], secrets, bare, isReferenced: secrets[0]?.startsWith('$') === true };
}

/** `App Secret`, `appSecret`, `FEISHU_APP_SECRET` right before the word. */
function isLabelled(words: readonly string[], index: number): boolean {
  const isLong = (words[index]?.length ?? 0) >= MIN_VALUE || words[index]?.startsWith('$') === true;
  return isLong && index > 0 && SECRET_LABEL.test(words[index - 1] ?? '');
}

/** The marks that a terminal puts around a paste. */
const PASTE_START = '\u001b[200~';
const PASTE_END = '\u001b[201~';

/** Invisible characters removed, full-width and curly ones as ASCII has them. */
function cleaned(pasted: string): string {
  return pasted
    .slice(0, 2 * MAX_LENGTH)
    .replaceAll(PASTE_START, '')
    .replaceAll(PASTE_END, '')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu, '')
    .normalize('NFKC')
    .replace(/[“”„‟«»「」『』]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[^\P{Cc}\n\r\t]/gu, '')
    .trim();
}

function trimmed(text: string, around: string): string {
  let start = 0;
  let end = text.length;
  const isAround = (at: number) => around.includes(text[at] ?? '') || /\s/.test(text[at] ?? '');
  while (start < end && isAround(start)) start += 1;
  while (end > start && isAround(end - 1)) end -= 1;
  return text.slice(start, end);
}

/** A value that was pasted twice in a row. */
function once(word: string): string {
  const half = word.length / 2;
  const isTwice = half >= 16 && word.slice(0, half) === word.slice(half);
  return isTwice ? word.slice(0, half) : word;
}

const withPrefix = (appId: string): string => `cli_${appId.slice(4)}`;

/** Dots or stars in place of the value. */
function isHidden(bare: string): boolean {
  return bare.length >= 3 && /^[*•●⬤∙·◦▪.]+$/.test(bare);
}

function isPlaceholder(bare: string): boolean {
  const letters = bare.toLowerCase().replace(/[^a-z]/g, '');
  return letters.length >= bare.length / 2 && PLACEHOLDER.test(letters);
}

const PLACEHOLDER =
  /^(?:(?:your|my|the)?(?:feishu|lark)?(?:app)?secret(?:here)?|change(?:me|it)|replaceme|todo|x{3,}|undefined|null)$/;

function problem(text: Text): PastedCredentials {
  return { problem: localize(text) };
}
