/**
 * Company proxies: one mechanism for HTTP and for the WebSocket.
 *
 * In: an environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY, in either case). Out: the agent
 * for a URL, which tunnels by CONNECT, or nothing where the connection is direct.
 */
import type http from 'node:http';
import type { Socket } from 'node:net';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

export type ProxyEnv = Readonly<Record<string, string | undefined>>;

export interface Agents {
  /** The agent for an http(s) or ws(s) URL; `undefined` means: connect directly. */
  agentFor(url: string): http.Agent | undefined;
}

export function createAgents(env: ProxyEnv): Agents {
  const agents = new Map<string, ProxyAgent>();
  return {
    agentFor(url) {
      const proxy = proxyFor(url, env);
      if (!proxy) return undefined;
      const known = agents.get(proxy.href);
      if (known) return known;
      const agent = new ProxyAgent(proxy);
      agents.set(proxy.href, agent);
      return agent;
    },
  };
}

/** The proxy that an environment names for a URL; a value that is no URL counts as none. */
export function proxyFor(url: string, env: ProxyEnv): URL | undefined {
  // A WebSocket goes where its HTTP upgrade would go.
  const upgrade = url.replace(/^ws(s?):/i, 'http$1:');
  const proxy = withEnvironment(env, () => getProxyForUrl(upgrade));
  if (!proxy || !URL.canParse(proxy)) return undefined;
  const parsed = new URL(proxy);
  return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed : undefined;
}

/**
 * A proxy refused or could not be reached: the target was never asked.
 *
 * `status` is the proxy's answer to CONNECT; without one the proxy itself was not reached.
 */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  /** host:port, never the credentials. */
  readonly proxy: string;
  readonly status: number | undefined;
  readonly reason: string;

  constructor(proxy: URL, failure: { status?: number; reason: string }) {
    super(`proxy ${proxy.host}: ${failure.reason}`);
    this.proxy = proxy.host;
    this.status = failure.status;
    this.reason = failure.reason;
  }
}

/** Tunnels http and https targets alike; tells the proxy's failures from the target's. */
export class ProxyAgent extends Agent {
  readonly #proxy: URL;

  constructor(proxy: URL) {
    super({ keepAlive: true });
    this.#proxy = proxy;
  }

  override async connect(req: http.ClientRequest, options: AgentConnectOpts): Promise<Socket> {
    const abandoned = new AbortController();
    const stopWatching = onDestroy(req, () => abandoned.abort());
    let status = 0;
    req.once('proxyConnect', (answer: { statusCode: number }) => {
      status = answer.statusCode;
    });
    try {
      const tunnel = new HttpsProxyAgent(this.#proxy, { signal: abandoned.signal });
      const socket = await tunnel.connect(req, options);
      if (status === 200) return socket;
      socket.destroy();
    } catch (error) {
      throw new ProxyError(this.#proxy, { reason: reasonOf(error) });
    } finally {
      stopWatching();
    }
    throw new ProxyError(this.#proxy, { status, reason: `CONNECT answered ${status}` });
  }
}

/**
 * Calls back when a request is given up before it has a socket: a proxy that never answers must not
 * outlive it. Node (20–24) tells this by no event, so `destroy` itself is watched.
 */
function onDestroy(req: http.ClientRequest, callback: () => void): () => void {
  const { destroy } = req;
  if (req.destroyed) callback();
  req.destroy = (error) => {
    callback();
    return destroy.call(req, error);
  };
  return () => {
    req.destroy = destroy;
  };
}

function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'no valid answer to CONNECT';
}

/**
 * Runs a synchronous function that reads `process.env` (proxy-from-env@2.1.0 has no parameter for
 * it) with another environment in place. No other code can run meanwhile and see it.
 */
function withEnvironment<T>(env: ProxyEnv, read: () => T): T {
  const own = process.env;
  if (env === own) return read();
  process.env = { ...env };
  try {
    return read();
  } finally {
    process.env = own;
  }
}
