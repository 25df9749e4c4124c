/**
 * The agent for the SDK's WSClient: through the proxy where there is one, and without its gap.
 *
 * The gap: the SDK (node-sdk@1.74.0) listens for messages some microtasks after the socket opens. A
 * frame that arrives together with the answer to the upgrade is emitted before, and lost. This
 * agent keeps the socket paused until the SDK has had its turn.
 */
import type http from 'node:http';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { ProxyAgent, type ProxyEnv, proxyFor } from '../network/proxy.ts';

export function createLongConnectionAgent(env: ProxyEnv): LongConnectionAgent {
  return new LongConnectionAgent(env);
}

/** For one connection. */
class LongConnectionAgent extends Agent {
  readonly #env: ProxyEnv;
  #socket: net.Socket | undefined;
  #isHeld = false;

  constructor(env: ProxyEnv) {
    super({ keepAlive: false });
    this.#env = env;
  }

  /** Reads no more, but for what is read already: the rest of a burst waits in the socket. */
  hold(): void {
    this.#isHeld = true;
    this.#socket?.pause();
  }

  /** Whether nothing more is read now. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  letGo(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    if (this.#socket?.destroyed === false) this.#socket.resume();
  }

  override connect(
    req: http.ClientRequest,
    options: AgentConnectOpts,
  ): Promise<Duplex | http.Agent> | Duplex {
    // ws has registered its own listener by now: ours must run before it.
    req.prependOnceListener('upgrade', (_answer, socket: net.Socket) => {
      holdBack(socket);
      holdable(socket, () => this.#isHeld);
      this.#socket = socket;
      gatherWrites(socket);
    });
    const proxy = proxyFor(targetOf(options), this.#env);
    if (proxy) return new ProxyAgent(proxy).connect(req, options);
    return options.secureEndpoint ? tls.connect(withServerName(options)) : net.connect(options);
  }
}

/**
 * Lets no data through until every microtask after the 'open' event has run: a listener does not
 * start an explicitly paused stream.
 */
function holdBack(socket: net.Socket): void {
  socket.pause();
  setImmediate(() => {
    if (!socket.destroyed) socket.resume();
  });
}

/** Lets nothing flow on while it is held; ws pauses for each chunk, and lets it flow on at once. */
function holdable(socket: net.Socket, isHeld: () => boolean): void {
  const resume = socket.resume;
  socket.resume = function unlessHeld(this: net.Socket): net.Socket {
    return isHeld() ? this : (Reflect.apply(resume, this, []) as net.Socket);
  };
}

type OnWritten = (error?: Error | null) => void;

/**
 * What is written at one time leaves as one piece: acknowledgements come in bursts, one for each event
 * that shared a sync of the disk, and a system call for each costs as much as all the rest of
 * receiving it. ws (8.x) writes buffers only.
 */
function gatherWrites(socket: net.Socket): void {
  const write = socket.write;
  let pieces: Uint8Array[] = [];
  let waiting: OnWritten[] = [];
  function flush(): void {
    const callbacks = waiting;
    const all = Buffer.concat(pieces);
    pieces = [];
    waiting = [];
    Reflect.apply(write, socket, [
      all,
      (error?: Error | null) => {
        for (const callback of callbacks) callback(error);
      },
    ]);
  }
  socket.write = function gathered(piece: Uint8Array | string, ...rest: unknown[]): boolean {
    if (typeof piece === 'string') {
      if (pieces.length > 0) flush();
      return Reflect.apply(write, socket, [piece, ...rest]) as boolean;
    }
    // Behind every promise that is settled by now, before anything else happens.
    if (pieces.length === 0) process.nextTick(flush);
    pieces.push(piece);
    const onWritten = rest.at(-1);
    if (typeof onWritten === 'function') waiting.push(onWritten as OnWritten);
    return !socket.writableNeedDrain;
  };
}

function targetOf(options: AgentConnectOpts): string {
  const { port } = options;
  const host = options.host ?? 'localhost';
  const name = net.isIPv6(host) ? `[${host}]` : host;
  return `${options.secureEndpoint ? 'https' : 'http'}://${name}:${port}`;
}

function withServerName(options: tls.ConnectionOptions): tls.ConnectionOptions {
  const { host, servername } = options;
  // SNI takes no addresses.
  const needsName = servername === undefined && host !== undefined && net.isIP(host) === 0;
  return {
    ...options,
    ALPNProtocols: ['http/1.1'],
    ...(needsName && { servername: host }),
  };
}
