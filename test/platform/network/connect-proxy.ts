/** A small CONNECT proxy for the running test. */
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ConnectProxy {
  readonly url: string;
  /** host:port of each tunnel that was asked for. */
  readonly targets: string[];
  readonly authorizations: (string | undefined)[];
}

/** @param refuse answers CONNECT with this status instead of a tunnel; `hang` answers never */
export async function startConnectProxy(refuse?: number | 'hang'): Promise<ConnectProxy> {
  const targets: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const sockets = new Set<net.Socket>();
  const server = http.createServer((_, res) => {
    res.writeHead(400);
    res.end('only CONNECT');
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (req, socket: net.Socket) => {
    targets.push(req.url ?? '');
    authorizations.push(req.headers['proxy-authorization']);
    if (refuse === 'hang') return;
    if (refuse !== undefined) {
      socket.end(`HTTP/1.1 ${refuse} No\r\ncontent-type: text/html\r\n\r\n<html>proxy</html>`);
      return;
    }
    const { hostname, port } = new URL(`http://${req.url}`);
    const target = net.connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(target).pipe(socket);
    });
    sockets.add(target);
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, targets, authorizations };
}
