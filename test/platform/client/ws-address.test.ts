import { expect, it } from 'vitest';
import { consoleLinks } from '../../../src/platform/address/console-links.ts';
import { resolveEndpoints } from '../../../src/platform/address/endpoints.ts';
import { askWsEndpoint } from '../../../src/platform/client/ws-endpoint.ts';

function ask(url: string, isSecure: boolean): Promise<unknown> {
  return askWsEndpoint({
    host: 'open.feishu.cn',
    isSecure,
    links: consoleLinks(resolveEndpoints('feishu'), 'cli_0123456789abcdef'),
    retry: (attempt) => attempt(),
    ask: async () => ({ code: 0, data: { URL: url } }),
    proveCredentials: async () => undefined,
  });
}

it.each([
  'ws://msg.feishu.cn/?ticket=t',
  'WS://msg.feishu.cn/',
  'ws://127.0.0.1:1/',
  'ws://[::1]/',
])('a platform that is asked over https may not send messages over %s', async (url) => {
  await expect(ask(url, true)).rejects.toMatchObject({ code: 'platform-error' });
  await expect(ask(url, false)).resolves.toMatchObject({ url });
});

it('takes an encrypted address from any platform', async () => {
  for (const isSecure of [true, false]) {
    await expect(ask('wss://msg.feishu.cn/', isSecure)).resolves.toBeDefined();
  }
});
