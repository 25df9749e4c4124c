/** Media from the internet, and images within a text. */
import { readdir, writeFile } from 'node:fs/promises';
import type http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { png } from '../../../support/media-samples.ts';
import { outgoing } from './outgoing.ts';
import { loopback, serve } from './served.ts';

const item = (source: string, more: object = {}) => ({ kind: 'media', source, ...more }) as const;

const partialFiles = async () =>
  (await readdir(tmpdir())).filter((name) =>
    name.startsWith(`moltbot-feishu-media-${process.pid}-`),
  );

describe('a medium of the internet', () => {
  it('is sent with the name that the server, the address or the agent gives', async () => {
    const base = await serve((request, response) => {
      const headers: http.OutgoingHttpHeaders = request.url?.startsWith('/named')
        ? {
            'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('报表.pdf')}`,
          }
        : {};
      const isImage = request.url?.endsWith('.png') === true;
      response.writeHead(200, headers).end(isImage ? png() : '%PDF-1.7\n');
    });
    const { seen } = await outgoing({ media: loopback });
    expect(
      await seen(
        item(`${base}/named?id=1`),
        item(`${base}/a/%E5%B9%B4%E6%8A%A5.pdf?token=secret`),
        item(`${base}/a`, { name: 'given' }),
        item(`${base}/chart.png`),
      ),
    ).toEqual(['file pdf 报表.pdf', 'file pdf 年报.pdf', 'file pdf given.pdf', 'image 33']);
  });

  it('becomes its link, with the reason, where it does not arrive whole and in time', async () => {
    const base = await serve((request, response) => {
      switch (request.url) {
        case '/silent':
          return;
        case '/stalled':
          response.writeHead(200, { 'content-length': 1000 }).write('begun');
          return;
        case '/slow': {
          response.writeHead(200);
          const timer = setInterval(() => response.write('x'), 100);
          response.on('close', () => clearInterval(timer));
          return;
        }
        case '/large':
          response.writeHead(200, { 'content-length': 31 * 1024 * 1024 }).write('x');
          return;
        case '/endless': {
          response.writeHead(200);
          const block = Buffer.alloc(256 * 1024);
          const more = (): void => {
            while (!response.destroyed && response.write(block));
          };
          response.on('drain', more);
          more();
          return;
        }
        case '/cut':
          response.writeHead(200, { 'content-length': 1000 }).write('begun');
          setImmediate(() => response.destroy());
          return;
        case '/empty':
          response.writeHead(200).end();
          return;
        case '/inside':
          response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
          return;
        default:
          response.writeHead(404).end('not here');
      }
    });
    const before = await partialFiles();
    // The total time is longer here, so that the endless body meets its bound of bytes.
    const reasons: Record<string, RegExp> = {
      '/silent': /it took too long/,
      '/stalled': /it took too long/,
      '/slow': /it took too long/,
      '/large': /larger than 30 MB/,
      '/cut': /did not answer/,
      '/empty': /it is empty/,
      '/inside': /location is not allowed/,
      '/missing': /did not answer/,
    };
    const { seen } = await outgoing({ media: loopback });
    const found = await seen(...Object.keys(reasons).map((path) => item(`${base}${path}`)));
    expect(found).toHaveLength(Object.keys(reasons).length);
    for (const [index, [path, reason]] of Object.entries(reasons).entries()) {
      expect(found[index]).toMatch(reason);
      expect(found[index]).toContain(`Link: ${base}${path}`);
    }
    const patient = await outgoing({
      media: { ...loopback, times: { idleMs: 5000, totalMs: 60_000 } },
    });
    expect((await patient.seen(item(`${base}/endless`)))[0]).toMatch(/larger than 30 MB/);
    expect(await partialFiles()).toEqual(before);
  });

  it('inside of the network is refused, and a secret in its address is not repeated', async () => {
    const { seen } = await outgoing();
    const [metadata, login, local] = await seen(
      item('http://169.254.169.254/latest/meta-data/role.png'),
      item('https://user:hunter2@example.com/a.png'),
      item('http://localhost:8080/admin.png'),
    );
    expect(metadata).toMatch(/^role\.png could not be sent: its location is not allowed/);
    expect(login).toBe('a.png could not be sent: its location is not allowed.');
    expect(local).toMatch(/^admin\.png could not be sent/);
  });
});

describe('the images of a text', () => {
  const uploadsOf = (sandbox: { calls(): readonly { readonly path: string }[] }) =>
    sandbox.calls().filter(({ path }) => path.endsWith('/im/v1/images')).length;

  it('are uploaded once each, in place of their addresses', async () => {
    const base = await serve((_, response) => response.end(png()));
    const { root, seen, sandbox } = await outgoing({ media: loopback });
    await writeFile(join(root, 'chart.png'), png(2, 2));
    const text = `Chart: ![chart](chart.png)\n\n![photo](${base}/a.png "title") and ![again](chart.png)`;
    const found = (await seen(text)).join('\n');
    expect(uploadsOf(sandbox)).toBe(2);
    expect(found).not.toContain('chart.png');
    expect(found).not.toContain(base);
    expect(found.match(/!\[(?:chart|photo|again)\]\(img_/g)).toHaveLength(3);
  });

  it('that cannot be shown stay links, and other files are not read', async () => {
    const base = await serve((_, response) => response.writeHead(404).end());
    const { root, seen, sandbox } = await outgoing({ media: loopback });
    await writeFile(join(root, 'secret.txt'), 'secret');
    const text = [
      `![gone](${base}/gone.png)`,
      '![secret](secret.txt)',
      '![inside](http://169.254.169.254/a.png)',
      '`![code](secret.txt)`',
      `[![badge](${base}/badge.png)](https://example.com)`,
      '![](',
    ].join('\n\n');
    const found = (await seen(text)).join('\n');
    expect(uploadsOf(sandbox)).toBe(0);
    expect(found).toContain(`${base}/gone.png`);
    expect(found).toContain('169.254.169.254');
  });

  it('are bounded in number', async () => {
    const { root, seen, sandbox } = await outgoing();
    const names = Array.from({ length: 30 }, (_, index) => `${index}.png`);
    for (const name of names) await writeFile(join(root, name), png());
    await seen(names.map((name) => `![${name}](${name})`).join('\n\n'));
    expect(uploadsOf(sandbox)).toBe(20);
  });
});
