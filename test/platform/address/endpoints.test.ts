import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consoleLinks, encodeAddons } from '../../../src/platform/address/console-links.ts';
import { isAppId, resolveEndpoints } from '../../../src/platform/address/endpoints.ts';
import { MoltbotFeishuError } from '../../../src/shared/errors.ts';
import { render } from '../../../src/shared/text/text.ts';
import { everyRow } from '../../support/every-row.ts';

describe('resolveEndpoints', () => {
  everyRow([
    ['feishu', 'feishu', 'https://open.feishu.cn', 'https://accounts.feishu.cn'],
    [' Lark ', 'lark', 'https://open.larksuite.com', 'https://accounts.larksuite.com'],
    ['https://open.feishu.cn/', 'feishu', 'https://open.feishu.cn', 'https://accounts.feishu.cn'],
    ['http://127.0.0.1:8080//', 'custom', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['https://x.example/base/', 'custom', 'https://x.example/base', 'https://x.example/base'],
  ])('%s', (domain, brand, openApi, accounts) => {
    expect(resolveEndpoints(domain)).toMatchObject({ brand, openApi, accounts });
  });

  everyRow(['', 'fieshu', 'ftp://x', 'open.feishu.cn', 'https://x/?a=1', 'https://x/#a'])(
    'refuses %j as a usage error',
    (domain) => {
      expect(() => resolveEndpoints(domain)).toThrow(
        expect.objectContaining({ code: 'domain-invalid', exitCode: 2 }),
      );
    },
  );

  it('does not repeat a password that stands in the URL', () => {
    try {
      resolveEndpoints('https://user:passw0rd@x.example');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(MoltbotFeishuError);
      expect(render((error as MoltbotFeishuError).what, 'zh')).not.toContain('passw0rd');
    }
  });

  it('throws nothing but its own error, whatever the domain', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (domain) => {
        try {
          expect(resolveEndpoints(domain).openApi).toMatch(/^https?:\/\/.*[^/]$/);
        } catch (error) {
          expect(error).toMatchObject({ code: 'domain-invalid' });
        }
      }),
    );
  });
});

everyRow([
  ['cli_0123456789abcdef', true],
  ['cli_0123456789ABCDEF', true],
  ['cli_0123456789abcde', false],
  ['cli_0123456789abcdefg', false],
  ['0123456789abcdef', false],
  ['cli_0123456789abcdef\n', false],
])('isAppId(%j) is %s', (value, expected) => {
  expect(isAppId(value)).toBe(expected);
});

describe('consoleLinks', () => {
  const id = 'cli_0123456789abcdef';
  const links = consoleLinks(resolveEndpoints('feishu'), id);

  it('leads to the pages of one app, on the host of its brand', () => {
    expect(links).toMatchObject({
      baseinfo: `https://open.feishu.cn/app/${id}/baseinfo`,
      capability: `https://open.feishu.cn/app/${id}/capability`,
      bot: `https://open.feishu.cn/app/${id}/bot`,
      events: `https://open.feishu.cn/app/${id}/event?tab=event`,
      callbacks: `https://open.feishu.cn/app/${id}/event?tab=callback`,
      versions: `https://open.feishu.cn/app/${id}/version`,
      createVersion: `https://open.feishu.cn/app/${id}/version/create`,
      openBot: `https://applink.feishu.cn/client/bot/open?appId=${id}`,
    });
    expect(consoleLinks(resolveEndpoints('lark'), id).versions).toBe(
      `https://open.larksuite.com/app/${id}/version`,
    );
    expect(consoleLinks(resolveEndpoints('http://127.0.0.1:1/'), id).bot).toBe(
      `http://127.0.0.1:1/app/${id}/bot`,
    );
  });

  it('preselects scopes, but not twenty of them', () => {
    expect(links.auth(['im:message', 'im:resource'])).toBe(
      `https://open.feishu.cn/app/${id}/auth?q=im:message,im:resource&op_from=moltbot-feishu&token_type=tenant`,
    );
    expect(links.auth()).toBe(`https://open.feishu.cn/app/${id}/auth`);
    expect(links.auth(Array.from({ length: 20 }, (_, n) => `a:${n}`))).toBe(links.auth());
  });

  it('packs what is to be added as the launcher page unpacks it', () => {
    const addons = { scopes: { tenant: ['im:message'] }, events: { items: { tenant: ['a'] } } };
    const packed = encodeAddons(addons);
    expect(packed).toMatch(/^[\w-]+$/);
    expect(JSON.parse(gunzipSync(Buffer.from(packed, 'base64url')).toString())).toEqual(addons);
    expect(links.addToApp(addons)).toBe(
      `https://open.feishu.cn/page/launcher?clientID=${id}&addons=${packed}`,
    );
  });

  it('keeps an id from changing the path', () => {
    expect(consoleLinks(resolveEndpoints('feishu'), '../x?y').bot).toBe(
      'https://open.feishu.cn/app/..%2Fx%3Fy/bot',
    );
  });
});
