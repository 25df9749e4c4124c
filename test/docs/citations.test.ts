/** Comments cite pages of this project: each citation leads to a page, and to a heading of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readPage, root } from './pages.ts';

const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, code: readFileSync(`${root}src/${file}`, 'utf8') }));

it('leads to a heading', () => {
  const citations = sources.flatMap(({ file, code }) =>
    [...code.matchAll(/\b(docs\/[\w/-]+\.md)(?:#([\p{L}\p{N}_-]+))?/gu)].map(
      ([, path = '', anchor]) => ({ file, path, anchor }),
    ),
  );
  expect(citations.length).toBeGreaterThan(50);
  const dead = citations.filter(({ path, anchor }) => {
    if (!existsSync(root + path)) return true;
    return anchor !== undefined && !readPage(path).anchors.includes(anchor);
  });
  expect(dead).toEqual([]);
});

it('names no source that a reader does not have', () => {
  const foreign = /\bshelf\b|feishu-wire|host-contract|open-platform\.md|\[(?:d|g|i|L)-\w+\]/;
  const found = sources.filter(({ code }) => foreign.test(code)).map(({ file }) => file);
  expect(found).toEqual([]);
});

it('explains each limit of the platform', () => {
  const limits = readFileSync(`${root}src/platform/limits.ts`, 'utf8');
  const constants = [...limits.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
  const explained = readPage('docs/platform/limits.md').codes.filter((code) =>
    /^[A-Z_]+$/.test(code),
  );
  expect(explained.sort()).toEqual(constants.sort());
});
