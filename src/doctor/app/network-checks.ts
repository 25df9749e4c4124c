/** The way to the platform: proxy variables, reaching it, its certificate, the clocks. */

import { connect } from 'node:tls';
import type { PlatformClient } from '../../platform/client/client.ts';
import { createHttp } from '../../platform/network/http.ts';
import { createAgents, type ProxyEnv, proxyFor } from '../../platform/network/proxy.ts';
import { rewordedError } from '../../shared/error-catalogue.ts';
import { ExitCode, isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { asLocalized, localize } from '../../shared/text/text.ts';
import { type Check, type Finding, failure, finding } from '../check.ts';
import { networkTexts as texts } from './network-texts.ts';

export interface NetworkCheckContext {
  readonly client: PlatformClient;
  /** Where the proxy variables are read. */
  readonly env: ProxyEnv;
  readonly now: () => number;
}

type NetworkCheck = Check<NetworkCheckContext>;

const proxyVariables = [
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'ALL_PROXY',
  'all_proxy',
];

export const proxyCheck: NetworkCheck = {
  id: 'proxy',
  needs: [],
  probe({ client, env }) {
    return Promise.resolve(proxyFinding(client.endpoints.openApi, env));
  },
};

function proxyFinding(openApi: string, env: ProxyEnv): Finding {
  const set = proxyVariables.filter((name) => env[name]?.trim());
  const odd = set.find((name) => !isHttpProxy(env[name]?.trim() ?? ''));
  if (odd !== undefined) {
    return finding('warn', texts.proxyOdd, texts.proxyOddAdvice, { name: odd });
  }
  const { host, hostname } = new URL(openApi);
  const proxy = proxyFor(openApi, env);
  if (proxy && isLoopback(hostname)) {
    const params = { host, proxy: proxy.host, hostname };
    return finding('warn', texts.proxyLoopback, texts.proxyLoopbackAdvice, params);
  }
  if (proxy) return { status: 'ok', detail: localize(texts.proxyUsed, { proxy: proxy.host }) };
  return {
    status: 'ok',
    detail: set.length > 0 ? localize(texts.proxyExempt, { host }) : texts.noProxy,
  };
}

/** Hosts take `host:port` without a scheme as http, as curl does (proxy-from-env@2.1.0). */
function isHttpProxy(value: string): boolean {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

export const networkCheck: NetworkCheck = {
  id: 'network',
  isEssential: true,
  needs: [],
  unavailable: 'fail',
  async probe({ client, env, now }, signal) {
    const startedAt = now();
    const reached = (): Finding => ({
      status: 'ok',
      detail: localize(texts.reached, {
        host: new URL(client.endpoints.openApi).host,
        ms: now() - startedAt,
      }),
    });
    try {
      await client.tenantAccessToken({ signal });
      return reached();
    } catch (error) {
      if (!isMoltbotFeishuError(error)) throw error;
      if (error.details.reason === 'certificate')
        return failure(await withIssuer(error, client, env, signal));
      // A platform that rejects has been reached.
      if (error.exitCode !== ExitCode.unavailable && error.code !== 'cancelled') return reached();
      throw error;
    }
  },
};

/** Names who signed the certificate: a company's proxy is known by that. */
async function withIssuer(
  error: MoltbotFeishuError,
  client: PlatformClient,
  env: ProxyEnv,
  signal: AbortSignal,
): Promise<MoltbotFeishuError> {
  const url = new URL(client.endpoints.openApi);
  // With a proxy, the certificate is not fetched a second time.
  if (proxyFor(url.href, env)) return error;
  const issuer = await issuerOf(url, signal);
  if (issuer === undefined) return error;
  return rewordedError(error, {
    what: localize(texts.certificateBy, { what: asLocalized(error.what), issuer }),
    advice: localize(texts.certificateAdvice, { issuer }),
    details: { ...error.details, issuer },
  });
}

/** The issuer in the server's certificate; the connection carries no other data. */
function issuerOf(url: URL, signal: AbortSignal): Promise<string | undefined> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(url.port) || 443,
      servername: host,
      rejectUnauthorized: false,
    });
    const end = (issuer?: string): void => {
      signal.removeEventListener('abort', give);
      socket.destroy();
      resolve(issuer);
    };
    const give = () => end();
    signal.addEventListener('abort', give, { once: true });
    socket.setTimeout(2_000, give);
    socket.on('error', give);
    socket.once('secureConnect', () => {
      const { issuer } = socket.getPeerCertificate();
      const name = [issuer?.O, issuer?.CN].flat().find((part) => part);
      end(name?.slice(0, 80));
    });
  });
}

/** Further apart than this (ms), tokens and certificates are taken for old or not yet valid. */
const CLOCK_TOLERANCE_MS = 60_000;

export const clockCheck: NetworkCheck = {
  id: 'clock',
  needs: ['network'],
  async probe({ client, env, now }, signal) {
    const { openApi } = client.endpoints;
    const http = createHttp({ agents: createAgents(env), timeoutMs: 3_000 });
    const sentAt = now();
    const { headers } = await http({ method: 'GET', url: `${openApi}/`, headers: {}, signal });
    const serverTime = Date.parse(headers.date ?? '');
    if (Number.isNaN(serverTime)) return { status: 'not-checked', detail: texts.clockNotReported };
    // The header has whole seconds, and was written between sending and now.
    const difference = (sentAt + now()) / 2 - (serverTime + 500);
    const seconds = `${difference < 0 ? '−' : '+'}${Math.abs(difference / 1000).toFixed(1)}`;
    if (Math.abs(difference) <= CLOCK_TOLERANCE_MS) {
      return { status: 'ok', detail: localize(texts.clockRight, { seconds }) };
    }
    return finding('warn', texts.clockWrong, texts.clockAdvice, { seconds });
  },
};
