/**
 * Hides secrets in what another program wrote: a command line, its errors, a host's words.
 *
 * The form of such a text is unknown, so a secret is found by the name before it (`API_KEY=…`,
 * `--password …`, `"token": "…"`), by its own look, or by its block. Linear. Pure.
 */
import { maskCredentials } from '../../shared/credentials.ts';
import { MASK } from '../../shared/secret.ts';
import { couldBePassword, couldBeSecret } from './secret-look.ts';

/**
 * The text with `***` for each secret in it.
 *
 * @example maskProgramText('API_KEY=abc ./bot') // 'API_KEY=*** ./bot'
 */
export function maskProgramText(text: string): string {
  return maskCredentials(text.replace(PRIVATE_KEY, `$1${MASK}`))
    .replace(NAMED_VALUE, withoutNamedValue)
    .replace(FLAG_VALUE, withoutFlagValue)
    .replace(CHINESE_VALUE, `$1${MASK}`)
    .replace(USER_AND_PASSWORD, withoutPassword)
    .replace(ATTACHED_PASSWORD, (whole, value: string) =>
      couldBePassword(value) ? `-p${MASK}` : whole,
    )
    .replace(WORD, (word) => (isCredential(word) ? MASK : word));
}

const PRIVATE_KEY =
  /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g;

const SECRET_NAME =
  /(?:token|secret|password|passwd|passphrase|passcode|apikey|accesskey|secretkey|privatekey|authkey|credentials?|authorization|cookie)$|^(?:pass|pwd|pw|auth)$/;

const isSecretName = (name: string): boolean =>
  SECRET_NAME.test(name.toLowerCase().replace(/[-_.]/g, ''));

/** A name, a sign, and a value in quotes or up to the next blank. */
const NAMED_VALUE =
  /(?<![\w.-])([\w.-]{2,64})(\\?["']?[ \t]{0,3}[=:][ \t]{0,3})("[^"\n]+"|'[^'\n]+'|\\"[^"\\\n]+\\"|[^\s"',;&|)}]+)/g;

function withoutNamedValue(whole: string, name: string, sign: string, value: string): string {
  if (!isSecretName(name) || isReference(value)) return whole;
  // `password: incorrect` is a sentence and `token = read()` is code; `PASSWORD=incorrect` sets a value.
  const isSet = sign === '=' || /^\\?["']/.test(value);
  return isSet || isOpaque(value) ? `${name}${sign}${masked(value)}` : whole;
}

const FLAG_VALUE =
  /(?<![\w.-])(--?)([\w.-]{2,64})([ \t]{1,3})("[^"\n]+"|'[^'\n]+'|[^\s"'-][^\s"']*)/g;

function withoutFlagValue(
  whole: string,
  dashes: string,
  name: string,
  gap: string,
  value: string,
): string {
  if (!isSecretName(name) || isReference(value)) return whole;
  return `${dashes}${name}${gap}${masked(value)}`;
}

const CHINESE_VALUE =
  /((?:密码|密钥|口令|令牌)["']?[ \t]{0,3}[=:：][ \t]{0,3}["']?)[^\s"',，。;；]+/g;

/** As curl takes them. */
const USER_AND_PASSWORD =
  /(?<![^\s"'])((?:-u|--user|--proxy-user)[= \t]{0,3}["']?[^\s:"'=]{1,100}:)([^\s"']+)/g;

/** `-u 1000:1000` is a user and a group. */
function withoutPassword(whole: string, start: string, password: string): string {
  return /^\d{1,6}$/.test(password) || isReference(password) ? whole : `${start}${MASK}`;
}

/** As mysql takes it. */
const ATTACHED_PASSWORD = /(?<!\S)-p([^\s"']{8,100})/g;

const WORD = /[A-Za-z0-9_.-]+/g;

/** Keys of model providers and of other services begin with one of these. */
const KEY_START =
  /^(?:(?:sk|pk|rk|gsk|xai|hf|npm|glpat|xox[a-z]|gh[a-z]|github_pat)[-_][\w.-]{6,}|AIza[\w-]{6,}|AKIA\w{8,}|eyJ[\w-]{8,}\.[\w.-]+)$/;

function isCredential(word: string): boolean {
  return KEY_START.test(word) || couldBeSecret(word);
}

/** `$VAR` and `$(command)` only say where a secret is. */
const isReference = (value: string): boolean => /^["']?\$[\w{(]/.test(value) || value === MASK;

const MIN_OPAQUE = 20;
const isOpaque = (value: string): boolean =>
  value.length >= MIN_OPAQUE || (value.length >= 6 && /\d/.test(value));

/** Keeps the quotes, so that the line reads as what it was. */
function masked(value: string): string {
  const quote = /^\\?["']/.exec(value)?.[0] ?? '';
  return `${quote}${MASK}${quote}`;
}
