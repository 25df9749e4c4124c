/**
 * Hides credentials in a text of any origin: those of URLs, and what follows an authorization word.
 *
 * Applied where texts become visible (rendered parameters, log fields), so that no caller has to think
 * of it. Linear in the length of the text. Pure.
 */
import { MASK } from './secret.ts';

/**
 * The text with `***` for each credential in it.
 *
 * @example maskCredentials('redis://user:pw@host/0') // 'redis://***@host/0'
 */
export function maskCredentials(text: string): string {
  let masked = text;
  if (masked.includes('//')) masked = masked.replace(AFTER_SLASHES, withoutUserInfo);
  if (/[?&;#]/.test(masked)) masked = masked.replace(QUERY_PAIR, withoutToken);
  if (AUTHORIZATION_WORD.test(masked)) masked = masked.replace(AUTHORIZATION, withoutAuthorization);
  return masked;
}

/** A password that is not encoded may hold `/`, `?` and `@`: everything up to the next blank or quote. */
const AFTER_SLASHES = /\/\/([^\s"'`<>]+)/g;

function withoutUserInfo(whole: string, rest: string): string {
  const at = lastAt(rest);
  if (at >= 0) return `//${MASK}${rest.slice(at)}`;
  const [authority = ''] = /^[^/?#\\]*/.exec(rest) ?? [];
  const colon = authority.startsWith('[') ? -1 : authority.indexOf(':');
  // `user:password` without a host: what follows the colon is no port.
  const isPort = colon < 0 || /^\d{0,5}[^\w]*$/.test(authority.slice(colon + 1));
  return isPort ? whole : `//${MASK}${rest.slice(authority.length)}`;
}

/** The last `@` that can end user info; one right behind a slash starts a name (`/@scope`). */
function lastAt(rest: string): number {
  let at = rest.lastIndexOf('@');
  while (at > 0 && rest[at - 1] === '/') at = rest.lastIndexOf('@', at - 1);
  return at > 0 ? at : -1;
}

const QUERY_PAIR = /([?&;#])([^\s=?&;#"'<>]*)=([^\s?&;#"'<>]+)/g;
const TOKEN_NAME =
  /^(?:key|pass|pwd|auth|authorization|sig|session|sid)$|(?:token|secret|password|passwd|apikey|accesskey|signature|credential)$/;

function withoutToken(whole: string, mark: string, name: string): string {
  const plain = name.toLowerCase().replace(/[-_.]/g, '');
  return TOKEN_NAME.test(plain) ? `${mark}${name}=${MASK}` : whole;
}

const AUTHORIZATION_WORD = /\b(?:bearer|basic)\b/i;
const AUTHORIZATION = /\b(bearer|basic)([ \t]+)([\w.~+/=-]{6,})/gi;
const MIN_OPAQUE = 20;

/** `Basic information` is no credential: a token has digits or marks in it, or is long. */
function withoutAuthorization(whole: string, word: string, gap: string, token: string): string {
  const isToken = /[\d._~+/=-]/.test(token) || token.length >= MIN_OPAQUE;
  return isToken ? `${word}${gap}${MASK}` : whole;
}
