/** Finds out why a server could not be reached: the pure half of every network call. */
import { ExitCode, MoltbotFeishuError } from '../../shared/errors.ts';
import { localize, type Text } from '../../shared/text/text.ts';
import { platformError } from '../platform-errors.ts';
import { platformTexts as texts } from '../platform-texts.ts';
import { ProxyError } from './proxy.ts';

export type UnreachableReason =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'no-route'
  | 'certificate'
  | 'tls'
  | 'proxy-unreachable'
  | 'proxy-refused'
  | 'proxy-login'
  | 'other';

const reasonTexts: Readonly<Record<UnreachableReason, readonly [what: Text, advice: Text]>> = {
  dns: [texts.unreachableDns, texts.unreachableDnsAdvice],
  refused: [texts.unreachableRefused, texts.unreachableRefusedAdvice],
  reset: [texts.unreachableReset, texts.unreachableResetAdvice],
  timeout: [texts.unreachableTimeout, texts.unreachableTimeoutAdvice],
  'no-route': [texts.unreachableRoute, texts.unreachableRouteAdvice],
  certificate: [texts.unreachableCertificate, texts.unreachableCertificateAdvice],
  tls: [texts.unreachableTls, texts.unreachableTlsAdvice],
  'proxy-unreachable': [texts.unreachableProxy, texts.unreachableProxyAdvice],
  'proxy-refused': [texts.unreachableProxyRefused, texts.unreachableProxyRefusedAdvice],
  'proxy-login': [texts.unreachableProxyLogin, texts.unreachableProxyLoginAdvice],
  other: [texts.unreachableOther, texts.unreachableOtherAdvice],
};

/** Node's and OpenSSL's codes for a certificate that is not trusted (Node docs, tls, X509 errors). */
const certificateCodes = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
]);

/** The reason for a network error, by its code. */
export function reasonOfCode(code: string): UnreachableReason {
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'dns';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') return 'reset';
  if (code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') return 'timeout';
  if (['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'].includes(code)) {
    return 'no-route';
  }
  if (certificateCodes.has(code) || code.startsWith('CERT_')) return 'certificate';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return 'tls';
  return 'other';
}

/** Finds the proxy's own failure in what a request threw, also under wrappers. */
function proxyErrorIn(thrown: unknown): ProxyError | undefined {
  let current = thrown;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    if (current instanceof ProxyError) return current;
    current = current.cause;
  }
  return undefined;
}

/** The error code of what a request threw (`ECONNREFUSED`, `HPE_…`), or an empty text. */
export function codeOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

/** A request that got no answer, as our error; nothing of the request travels with it. */
export function unreachable(host: string, thrown: unknown): MoltbotFeishuError {
  const proxyError = proxyErrorIn(thrown);
  if (proxyError) return proxyUnreachable(host, proxyError);
  const code = codeOf(thrown);
  return unreachableBecause(reasonOfCode(code), { host, detail: code || 'no error code' });
}

/** The time for connecting and answering is over. */
export function timeoutError(host: string, timeoutMs: number): MoltbotFeishuError {
  return unreachableBecause('timeout', { host, detail: `${timeoutMs} ms` });
}

function unreachableBecause(
  reason: UnreachableReason,
  params: Readonly<Record<string, string | number>>,
): MoltbotFeishuError {
  const [what, advice] = reasonTexts[reason];
  return new MoltbotFeishuError({
    code: 'platform-unreachable',
    exitCode: ExitCode.unavailable,
    what: localize(what, params),
    advice: localize(advice, params),
    details: { retryable: true, reason, ...params },
  });
}

function proxyUnreachable(host: string, error: ProxyError): MoltbotFeishuError {
  const { proxy, status, reason: detail } = error;
  if (status === undefined) return unreachableBecause('proxy-unreachable', { host, proxy, detail });
  const reason = status === 407 ? 'proxy-login' : 'proxy-refused';
  return unreachableBecause(reason, { host, proxy, status });
}

export function cancelled(): MoltbotFeishuError {
  return platformError('cancelled');
}
