/** Whether a key or a text has the look of a secret. Pure, and without the schema: each host start loads it. */
import { maskCredentials } from '../../shared/credentials.ts';
import { MASK } from '../../shared/secret.ts';

const SECRET_KEY =
  /secret|token|passw|passphrase|passcode|key$|credential|authorization|bearer|cookie/i;
/** Keys that only say where a secret is, or how many tokens there may be. */
const HARMLESS_KEY = /(?:file|path|dir|env|tokens)$/i;

/** Whether the value of a key is to be hidden. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key) && !HARMLESS_KEY.test(key);
}

/** `${VAR}` alone says only where the secret is. */
export const isReference = (value: string): boolean => /^\$\{[A-Z_][A-Z0-9_]*\}$/.test(value);

/** Ids of the platform: public, and long enough to be taken for a secret. */
const PUBLIC_ID = /^(?:cli|ou|oc|om|on|od)_\w+$/;
const OPAQUE = /[A-Za-z0-9]{20,}/;
const APP_SECRET = /(?<![A-Za-z0-9_])[A-Za-z0-9]{32}(?![A-Za-z0-9_])/;

/** Whether a text has the look of a secret: 32 letters and digits, or a long mix of them. */
export function couldBeSecret(text: string): boolean {
  if (PUBLIC_ID.test(text)) return false;
  if (APP_SECRET.test(text)) return true;
  const run = OPAQUE.exec(text)?.[0] ?? '';
  return /\d/.test(run) && /[A-Za-z]/.test(run);
}

/** Shorter texts and numbers (characters) are too short for a secret. */
export const MIN_SECRET = 8;

/**
 * Whether an undocumented name could be a password: digits between letters, eight digits in a row, or any
 * digit in a long name.
 *
 * @example couldBePassword('Passw0rdOfAnn') // true
 * @example couldBePassword('team2026') // false
 */
export function couldBePassword(name: string): boolean {
  if (name.length < MIN_SECRET || PUBLIC_ID.test(name)) return false;
  return /[A-Za-z]\d{1,20}[A-Za-z]|\d{8}/.test(name) || (name.length >= 16 && /\d/.test(name));
}

/** A name that a person chose, as of an account, as far as it may be shown. */
export function shownName(name: string): string {
  return couldBeSecret(name) ? MASK : maskCredentials(name);
}
