/** A server on the loopback whose name looks public, and a policy that may fetch from it. */
import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MediaPolicy } from '../../../../src/channel/answer/media/media-policy.ts';
import { cleanUp } from '../../harness.ts';

/** Names lead to the loopback, which alone may be fetched here. */
export const loopback: Omit<MediaPolicy, 'roots'> = {
  lookup: async () => [{ address: '127.0.0.1', family: 4 }],
  isAllowedAddress: (address) => address === '127.0.0.1',
  times: { idleMs: 300, totalMs: 1500 },
};

export async function serve(listener: RequestListener): Promise<string> {
  const server = http.createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://files.example.com:${(server.address() as AddressInfo).port}`;
}
