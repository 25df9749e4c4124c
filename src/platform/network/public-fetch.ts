/**
 * Opens a URL of the public internet, and of nothing else: the addresses of its host are resolved
 * and checked here, the connection goes to a checked one, and each redirect is checked like a first URL.
 *
 * Behind a proxy the proxy resolves the name. What this machine resolves by itself is checked all the
 * same; a name that only the proxy knows is the proxy's decision.
 */
import { lookup as systemLookup } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Agents } from './proxy.ts';
import {
  type AllowAddress,
  hostOf,
  isPublicAddress,
  parseFetchable,
  type UrlRefusal,
} from './public-address.ts';

/** `refused`: the server's status; `redirects`: too many; `unreachable`: no answer. */
export type PublicFetchFailure = UrlRefusal | 'refused' | 'redirects' | 'unreachable' | 'encoded';

/** Why a URL gave no body; the reason alone, since a URL may hold a secret. */
export class PublicFetchError extends Error {
  override readonly name = 'PublicFetchError';
  readonly reason: PublicFetchFailure;
  /** The HTTP status, or the error code of the connection. */
  readonly code: string | number | undefined;

  constructor(reason: PublicFetchFailure, code?: string | number) {
    super(reason);
    this.reason = reason;
    this.code = code;
  }
}

export interface PublicFetchOptions {
  readonly agents: Agents;
  readonly userAgent: string;
  /** Default: the public addresses. */
  readonly isAllowed?: AllowAddress | undefined;
  /** Resolves a name to all its addresses; default: the system's. */
  readonly lookup?: ResolveAll | undefined;
}

export type ResolveAll = (host: string) => Promise<readonly ResolvedAddress[]>;

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface PublicAnswer {
  /** The caller reads it to its end or destroys it. */
  readonly body: IncomingMessage;
  /** The URL after all redirects. */
  readonly url: URL;
}

export type PublicFetch = (url: string, signal: AbortSignal) => Promise<PublicAnswer>;

const MAX_REDIRECTS = 5;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);
/** A head of an answer is some hundred bytes. */
const MAX_HEADER_BYTES = 32 * 1024;

/** The result throws PublicFetchError, and the signal's reason. */
export function createPublicFetch(options: PublicFetchOptions): PublicFetch {
  const { agents, isAllowed = isPublicAddress, lookup = resolveAll } = options;

  async function checkedAddresses(host: string): Promise<readonly ResolvedAddress[]> {
    const found = await lookup(host);
    // One address inside is enough to refuse the name: which one is used is not foreseeable.
    if (found.length === 0 || !found.every(({ address }) => isAllowed(address))) {
      throw new PublicFetchError('not-public');
    }
    return found;
  }

  /** The addresses that the socket connects to are the ones that were checked. */
  const checkedLookup: LookupFunction = (host, { all }, callback) => {
    checkedAddresses(host).then(
      (found) => {
        const [first] = found;
        if (all) callback(null, [...found]);
        else callback(null, first?.address ?? '', first?.family ?? 4);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };

  async function agentFor(url: URL): Promise<http.Agent | undefined> {
    const proxy = agents.agentFor(url.href);
    const host = hostOf(url);
    if (proxy && !ipaddr.isValid(host)) {
      await checkedAddresses(host).catch((error: unknown) => {
        if (error instanceof PublicFetchError) throw error;
        // Companies often resolve names of the internet at their proxy alone.
      });
    }
    return proxy;
  }

  async function ask(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    const agent = await agentFor(url);
    signal.throwIfAborted();
    const { get } = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const request = get(url, {
        // A connection of its own, so that no other one is used in its place.
        agent: agent ?? false,
        lookup: checkedLookup,
        signal,
        maxHeaderSize: MAX_HEADER_BYTES,
        headers: {
          'user-agent': options.userAgent,
          accept: '*/*',
          'accept-encoding': 'identity',
        },
      });
      request.once('response', resolve);
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (signal.aborted) reject(signal.reason);
        else if (error instanceof PublicFetchError) reject(error);
        else reject(new PublicFetchError('unreachable', error.code));
      });
    });
  }

  return async (address, signal) => {
    let url = fetchable(address, isAllowed);
    for (let redirects = 0; ; redirects += 1) {
      const answer = await ask(url, signal);
      const { statusCode = 0, headers } = answer;
      if (statusCode === 200) {
        const encoding = headers['content-encoding'] ?? 'identity';
        if (encoding === 'identity') return { body: answer, url };
        answer.destroy();
        throw new PublicFetchError('encoded', encoding.slice(0, 20));
      }
      answer.destroy();
      if (!redirectStatuses.has(statusCode) || headers.location === undefined) {
        throw new PublicFetchError('refused', statusCode);
      }
      if (redirects >= MAX_REDIRECTS) throw new PublicFetchError('redirects');
      if (!URL.canParse(headers.location, url.href)) throw new PublicFetchError('invalid');
      url = fetchable(new URL(headers.location, url).href, isAllowed);
    }
  };
}

function fetchable(address: string, isAllowed: AllowAddress): URL {
  const url = parseFetchable(address, isAllowed);
  if (typeof url === 'string') throw new PublicFetchError(url);
  return url;
}

const resolveAll: ResolveAll = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true, verbatim: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });
