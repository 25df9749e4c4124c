import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { useSandboxes } from '../cleanup.ts';

const { start } = useSandboxes();

interface Opened {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** `fetch` sets Host and Origin itself. */
function open(
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body = '',
): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    call.on('error', reject).end(body);
  });
}

describe('who may open the chat page', () => {
  it('is who has its link, in a browser on this machine', async () => {
    const sandbox = await start();
    const { port } = new URL(sandbox.url);
    const page = await open(sandbox.page);
    expect(page.status).toBe(200);
    expect(page.body).toContain('client.js');
    const named = sandbox.page.replace('127.0.0.1', 'localhost');
    expect((await open(named)).status).toBe(200);
    const own = { origin: sandbox.url };
    expect((await open(`${sandbox.controlUrl}/open`, own, 'POST', '{}')).status).toBe(200);
    expect((await open(sandbox.page.replace(/control\/\w/, 'control/0x'))).status).toBe(404);
    expect((await open(`${sandbox.url}/control/page/`)).status).toBe(404);
    expect(Number(port)).toBeGreaterThan(0);
  });

  it('is no page of another site, and nobody by another name', async () => {
    const sandbox = await start();
    const { port } = new URL(sandbox.url);
    const foreign: Record<string, string>[] = [
      { host: `evil.example:${port}` },
      { host: 'evil.example' },
      { host: '127.0.0.1:1' },
      { host: `127.0.0.1.evil.example:${port}` },
      { origin: 'https://evil.example' },
      { origin: `http://evil.example:${port}` },
      { origin: `https://127.0.0.1:${port}` },
      { origin: 'null' },
      { host: `localhost:${port}`, origin: sandbox.url },
    ];
    const paths = [
      [sandbox.page, 'GET'],
      [`${sandbox.page}feed`, 'GET'],
      [`${sandbox.controlUrl}/messages`, 'GET'],
      [`${sandbox.controlUrl}/say`, 'POST'],
      [`${sandbox.url}/page/launcher?user_code=x`, 'POST'],
      [`${sandbox.url}/app/${sandbox.appId}/auth?q=im:chat`, 'POST'],
    ] as const;
    const answers = await Promise.all(
      foreign.flatMap((headers) =>
        paths.map(async ([url, method]) => (await open(url, headers, method)).status),
      ),
    );
    expect(new Set(answers)).toEqual(new Set([403]));
    expect(sandbox.messages()).toEqual([]);
  });

  it('is a page that loads nothing from elsewhere and runs no script but its own', async () => {
    const sandbox = await start();
    const paths = [sandbox.page, `${sandbox.page}client.js`, `${sandbox.page}client.css`];
    for (const url of [...paths, `${sandbox.page}feed`, `${sandbox.url}/page/launcher`]) {
      const { headers } = await open(url);
      const policy = String(headers['content-security-policy']);
      expect(policy, url).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it('shows images and voice in place, and saves what could run', async () => {
    const sandbox = await start();
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64');
    const kinds = [
      ['a.png', png, 'image/png', 'inline'],
      [
        'a.html',
        Buffer.from('<script>alert(1)</script>'),
        'application/octet-stream',
        'attachment',
      ],
      [
        'a.svg',
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        'application/octet-stream',
        'attachment',
      ],
      ['报告".pdf', Buffer.from('%PDF-1.7'), 'application/octet-stream', 'attachment'],
    ] as const;
    for (const [name, bytes, type, disposition] of kinds) {
      const key = sandbox.putResource('file', bytes, name);
      const { status, headers } = await open(`${sandbox.page}resource/${key}`);
      expect(status).toBe(200);
      expect(headers['content-type'], name).toBe(type);
      expect(String(headers['content-disposition'])).toMatch(new RegExp(`^${disposition};`));
      expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    }
    expect((await open(`${sandbox.page}resource/none`)).status).toBe(404);
  });
});
