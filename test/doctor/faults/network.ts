/** Faults of the network between this machine and the platform. */
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { testCertificate, testKey } from '../../platform/network/certificate.ts';
import type { Workplace } from '../workplace.ts';
import { type DoctorFault, feishu } from './fault.ts';

async function serve(workplace: Workplace, server: Server): Promise<number> {
  const sockets = new Set<import('node:net').Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  workplace.later(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function platformThat(workplace: Workplace, answer: http.RequestListener): Promise<void> {
  const port = await serve(workplace, http.createServer(answer));
  feishu({ domain: `http://127.0.0.1:${port}` })(workplace);
}

async function proxyThat(workplace: Workplace, status: number): Promise<void> {
  const server = http.createServer();
  server.on('connect', (_request, socket) => {
    socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
  });
  workplace.env.HTTP_PROXY = `http://127.0.0.1:${await serve(workplace, server)}`;
}

export const networkFaults: readonly DoctorFault[] = [
  {
    broken: 'a proxy variable is not an http(s) address',
    check: 'proxy',
    status: 'warn',
    fix: 'write HTTPS_PROXY as http://host:port',
    make: ({ env }) => {
      env.HTTPS_PROXY = 'socks5://127.0.0.1:1080';
    },
  },
  {
    broken: 'the proxy cannot be reached',
    check: 'network',
    fix: 'Check HTTPS_PROXY / HTTP_PROXY',
    also: ['proxy'],
    make: ({ env }) => {
      env.HTTP_PROXY = 'http://127.0.0.1:1';
    },
  },
  {
    broken: 'the proxy refuses the connection',
    check: 'network',
    fix: 'to be allowed on the proxy',
    also: ['proxy'],
    make: (workplace) => proxyThat(workplace, 403),
  },
  {
    broken: 'the proxy wants a login',
    check: 'network',
    fix: 'Put user and password into the proxy variable',
    also: ['proxy'],
    make: (workplace) => proxyThat(workplace, 407),
  },
  {
    broken: 'the host name does not resolve',
    check: 'network',
    fix: 'the DNS and the domain setting',
    make: feishu({ domain: 'http://feishu.invalid' }),
  },
  {
    broken: 'nothing listens at that address',
    check: 'network',
    fix: 'Check that the address and port are right',
    make: feishu({ domain: 'http://127.0.0.1:1' }),
  },
  {
    broken: 'a company proxy shows its own certificate',
    check: 'network',
    fix: 'set NODE_EXTRA_CA_CERTS',
    make: async (workplace) => {
      const server = https.createServer({ key: testKey, cert: testCertificate });
      feishu({ domain: `https://127.0.0.1:${await serve(workplace, server)}` })(workplace);
    },
  },
  {
    broken: 'the domain is https, and the server speaks http',
    check: 'network',
    fix: 'Check http/https in the domain setting',
    make: async (workplace) => {
      const port = await serve(workplace, http.createServer());
      feishu({ domain: `https://127.0.0.1:${port}` })(workplace);
    },
  },
  {
    broken: 'the platform never answers',
    check: 'network',
    fix: 'behind a company proxy set HTTPS_PROXY',
    make: async (workplace) => {
      workplace.options = { exchangeMs: 300 };
      await platformThat(workplace, () => undefined);
    },
  },
  {
    broken: 'the connection is cut',
    check: 'network',
    fix: 'a firewall or proxy is closing the connection',
    make: (workplace) =>
      platformThat(workplace, (request) => void request.socket.resetAndDestroy()),
  },
  {
    broken: 'a web page answers instead of the platform',
    check: 'network',
    fix: 'domain',
    make: (workplace) =>
      platformThat(workplace, (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in</h1>');
      }),
  },
  {
    broken: 'the platform answers 500',
    check: 'network',
    fix: 'try again in a few minutes',
    make: (workplace) =>
      platformThat(workplace, (_request, response) => void response.writeHead(500).end()),
  },
  {
    broken: 'the clock is wrong',
    check: 'clock',
    status: 'warn',
    fix: 'set the clock',
    make: (workplace) => {
      workplace.options = { now: () => Date.now() + 300_000 };
    },
  },
];
