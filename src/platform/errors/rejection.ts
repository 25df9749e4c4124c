/** Turns a code that the Open Platform answered into our error: text, scopes, link and log id. */
import { ExitCode, MoltbotFeishuError } from '../../shared/errors.ts';
import { type LocalizedText, localize } from '../../shared/text/text.ts';
import type { ConsoleLinks } from '../address/console-links.ts';
import { appManifest } from '../manifest/app-manifest.ts';
import type { Envelope } from '../network/answer.ts';
import { platformTexts as texts } from '../platform-texts.ts';
import {
  type ErrorEntry,
  type ErrorFamily,
  lookup,
  type PlatformErrorCode,
} from './error-table.ts';

export interface Rejection {
  readonly family: ErrorFamily;
  readonly envelope: Envelope;
  readonly logId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly links: ConsoleLinks;
  /** Removes secrets from the platform's text: a server may echo a request. */
  readonly clean: (text: string) => string;
}

export const exitCodes: Readonly<Record<PlatformErrorCode, ExitCode>> = {
  'credentials-rejected': ExitCode.credentialsRejected,
  'platform-unreachable': ExitCode.unavailable,
  'platform-error': ExitCode.unavailable,
  'rate-limited': ExitCode.unavailable,
  'scope-missing': ExitCode.appNotReady,
  'bot-off': ExitCode.appNotReady,
  'app-not-ready': ExitCode.appNotReady,
  'ip-denied': ExitCode.appNotReady,
  'too-many-connections': ExitCode.appNotReady,
  'under-review': ExitCode.appNotReady,
  'store-app': ExitCode.appNotReady,
  'not-console-made': ExitCode.appNotReady,
  'wrong-app': ExitCode.appNotReady,
  'wrong-brand': ExitCode.appNotReady,
  'not-permitted': ExitCode.appNotReady,
  'change-refused': ExitCode.appNotReady,
  'version-refused': ExitCode.appNotReady,
  // No confirmation: the person refused, or did not confirm in time.
  'scan-denied': ExitCode.cancelled,
  'scan-expired': ExitCode.unavailable,
  'scan-unavailable': ExitCode.unavailable,
  'platform-rejected': ExitCode.appNotReady,
};

/** The longest platform text that is repeated in an error (characters). */
const MAX_SHOWN = 500;

export function rejectionError(rejection: Rejection): MoltbotFeishuError {
  const { envelope } = rejection;
  const clean = (text: string): string => rejection.clean(text).slice(0, MAX_SHOWN);
  const entry = lookup(rejection.family, envelope.code);
  const scopes = missingScopesIn(envelope).map(clean);
  const error = scopes.length > 0 ? 'scope-missing' : entry.error;
  const params = { code: envelope.code, msg: clean(envelope.msg) };
  return new MoltbotFeishuError({
    code: error,
    exitCode: exitCodes[error],
    what:
      scopes.length > 0
        ? localize(texts.scopeMissing, { scopes, code: envelope.code })
        : whatOf(entry, params),
    advice: localize(entry.advice, params),
    url: error === 'scope-missing' ? scopeUrl(rejection, scopes) : pageUrl(rejection.links, entry),
    feishuCode: envelope.code,
    logId: rejection.logId === undefined ? undefined : clean(rejection.logId),
    retryAfterMs: error === 'rate-limited' ? rejection.retryAfterMs : undefined,
    details: {
      retryable: entry.outcome !== 'terminal',
      outcome: entry.outcome,
      family: rejection.family,
      msg: params.msg,
      ...(error === 'scope-missing' && { scopes }),
      ...(error === 'credentials-rejected' && { which: wrongCredential(envelope) }),
    },
  });
}

function pageUrl(links: ConsoleLinks, { page }: ErrorEntry): string | undefined {
  return page === 'auth' ? links.auth() : page && links[page];
}

function whatOf(entry: ErrorEntry, params: { code: number; msg: string }): LocalizedText {
  return localize(texts.rejected, { meaning: localize(entry.meaning, params), ...params });
}

/**
 * Which of the two values is wrong, if the answer shows it: 10015, or a 10014 whose text names the
 * secret, means the secret; 10003, or a 10014 whose text names the id, means the id (docs/platform/credentials.md#which-of-the-two-is-wrong).
 */
function wrongCredential({ code, msg }: Envelope): 'app-id' | 'app-secret' | 'unknown' {
  if (code === 10015 || /secret/i.test(msg)) {
    return /app[ _]?id or app[ _]?secret/i.test(msg) ? 'unknown' : 'app-secret';
  }
  if (code === 10003 || /app[ _]?id\b/i.test(msg)) return 'app-id';
  return 'unknown';
}

/** The scopes an answer asks for, any one being enough: machine-readable, else out of the text. */
export function missingScopesIn(envelope: Envelope): readonly string[] {
  const named = (envelope.error?.permission_violations ?? [])
    .map((violation) => violation.subject)
    .filter((subject) => subject !== undefined && isScopeName(subject)) as string[];
  if (named.length > 0) return [...new Set(named)];
  if (envelope.code !== 99991672) return [];
  const list = bracketed(envelope.msg);
  return [...new Set(list.split(/[,，\s]+/).filter(isScopeName))];
}

/** The text inside the first pair of square brackets. */
function bracketed(text: string): string {
  const start = text.indexOf('[') + 1;
  const end = text.indexOf(']', start);
  return start === 0 || end === -1 ? '' : text.slice(start, end);
}

function isScopeName(value: string): boolean {
  return /^[a-z][\w.-]*(:[\w.-]+)+$/.test(value);
}

/** The platform's own ready link, else ours with one scope: of our manifest, else a reading one. */
function scopeUrl(rejection: Rejection, scopes: readonly string[]): string {
  const { envelope, links } = rejection;
  const help = envelope.error?.helps?.find((entry) => isWebLink(entry.url))?.url;
  const inText = /https?:\/\/[^\s"'<>，。）)]+/.exec(envelope.msg)?.[0];
  const offered = help ?? inText;
  if (offered !== undefined && isWebLink(offered)) return rejection.clean(offered);
  const ours = new Set<string>(appManifest.scopes.map(({ scope }) => scope));
  const best =
    scopes.find((scope) => ours.has(scope)) ??
    scopes.find((scope) => /read(only)?$/.test(scope)) ??
    scopes[0];
  return links.auth(best === undefined ? [] : [best]);
}

function isWebLink(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url);
}
