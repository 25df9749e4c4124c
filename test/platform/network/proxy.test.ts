import { expect, it } from 'vitest';
import { createAgents, proxyFor } from '../../../src/platform/network/proxy.ts';
import { everyRow } from '../../support/every-row.ts';

const p = 'http://proxy.example:3128';

everyRow([
  ['https by HTTPS_PROXY', 'https://a.example', { HTTPS_PROXY: p }, true],
  ['https by https_proxy', 'https://a.example', { https_proxy: p }, true],
  ['wss as https', 'wss://a.example/ws', { HTTPS_PROXY: p }, true],
  ['ws as http', 'ws://a.example/ws', { HTTP_PROXY: p }, true],
  ['http not by HTTPS_PROXY', 'http://a.example', { HTTPS_PROXY: p }, false],
  ['any by ALL_PROXY', 'wss://a.example', { all_proxy: p }, true],
  [
    'a host by NO_PROXY',
    'https://a.example',
    { HTTPS_PROXY: p, NO_PROXY: 'b.example, a.example' },
    false,
  ],
  [
    'a domain by no_proxy',
    'https://x.a.example',
    { HTTPS_PROXY: p, no_proxy: '.a.example' },
    false,
  ],
  [
    'a port by NO_PROXY',
    'https://a.example:8443',
    { HTTPS_PROXY: p, NO_PROXY: 'a.example:443' },
    true,
  ],
  ['everything by NO_PROXY=*', 'https://a.example', { HTTPS_PROXY: p, NO_PROXY: '*' }, false],
  ['nothing by an empty environment', 'https://a.example', {}, false],
  ['nothing by a proxy that is no URL', 'https://a.example', { HTTPS_PROXY: 'http://' }, false],
  ['nothing by a SOCKS proxy', 'https://a.example', { ALL_PROXY: 'socks5://x:1' }, false],
])('proxies %s', (_, url, env, isProxied) => {
  expect(proxyFor(url, env)?.host).toBe(isProxied ? 'proxy.example:3128' : undefined);
  expect(createAgents(env).agentFor(url) !== undefined).toBe(isProxied);
});

it('reads the environment it is given, and leaves the process’s own as it was', () => {
  const own = process.env;
  const before = { ...own };
  process.env.HTTPS_PROXY = 'http://other.example:1';
  try {
    expect(proxyFor('https://a.example', {})).toBeUndefined();
    expect(proxyFor('https://a.example', process.env)?.host).toBe('other.example:1');
    expect(process.env).toBe(own);
  } finally {
    if (before.HTTPS_PROXY === undefined) delete process.env.HTTPS_PROXY;
    else process.env.HTTPS_PROXY = before.HTTPS_PROXY;
  }
  expect({ ...process.env }).toEqual(before);
});

it('keeps one agent for one proxy', () => {
  const agents = createAgents({ ALL_PROXY: p });
  expect(agents.agentFor('https://a.example')).toBe(agents.agentFor('wss://b.example'));
});
