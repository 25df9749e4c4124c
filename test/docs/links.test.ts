/** Every relative link of the documents leads somewhere, in the repository and in the package. */
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { pagePaths, parsePage, readPage, root } from './pages.ts';

interface Link {
  readonly from: string;
  readonly target: string;
  /** From the root of the project. */
  readonly path: string;
  readonly anchor: string | undefined;
}

const links: readonly Link[] = pagePaths.flatMap((from) =>
  readPage(from)
    .links.filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file = '', anchor] = target.split('#');
      return { from, target, anchor, path: file ? posix.join(posix.dirname(from), file) : from };
    }),
);

const shown = ({ from, target }: Link) => `${from} → ${target}`;

it('leads to a file, and to a heading of it', () => {
  expect(links.length).toBeGreaterThan(50);
  const dead = links.filter(({ path, anchor }) => {
    if (!existsSync(root + path)) return true;
    return anchor !== undefined && !readPage(path).anchors.includes(anchor);
  });
  expect(dead.map(shown)).toEqual([]);
});

it('leads to what is published, from what is published', () => {
  const { files } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { files: string[] };
  const isPublished = (path: string) =>
    path === 'package.json' ||
    files.some((entry) => path === entry || path.startsWith(`${entry}/`));
  expect(['README.md', 'README.zh-CN.md'].filter((path) => !isPublished(path))).toEqual([]);
  const lost = links.filter(({ from, path }) => isPublished(from) && !isPublished(path));
  expect(lost.map(shown)).toEqual([]);
});

it('finds the headings as a page shows them', () => {
  const page = parsePage('a.md', '# One, two!\n\n## `code` & 事件与回调\n\n## One, two!\n');
  expect(page.anchors).toEqual(['one-two', 'code--事件与回调', 'one-two-1']);
});

it('names only files that exist, in CONTRIBUTING', () => {
  const { codes, text } = readPage('CONTRIBUTING.md');
  const paths = [...codes, ...(text.match(/^ {4,}.*/gm) ?? []).join(' ').split(/\s+/)].filter(
    (word) => /^(?:src|test|scripts|docs)\/[\w./-]+$/.test(word),
  );
  expect(paths.length).toBeGreaterThan(40);
  expect(paths.filter((path) => !existsSync(root + path))).toEqual([]);
});
