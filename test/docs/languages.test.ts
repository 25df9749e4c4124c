/** The English and the Chinese documents say the same: same sections, commands, tables and links. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { everyRow } from '../support/every-row.ts';
import { parsePage, readPage, root, withoutMadeBlocks } from './pages.ts';

const names = readdirSync(`${root}docs/en`);
const pairs = [
  { english: 'README.md', chinese: 'README.zh-CN.md' },
  ...names.map((name) => ({ english: `docs/en/${name}`, chinese: `docs/zh-CN/${name}` })),
];

/** What one language calls otherwise: words of the program itself. */
const translated: Readonly<Record<string, string>> = { '[图片 1]': '[image 1]' };

const page = (path: string) => {
  const { text } = readPage(path);
  return parsePage(path, withoutMadeBlocks(text));
};

/** A link as its counterpart in English. */
const inEnglish = (link: string): string =>
  link
    .replace(/#.*/, '')
    .replace('docs/zh-CN/', 'docs/en/')
    .replace('../zh-CN/', '../en/')
    .replace('transcripts/zh-', 'transcripts/en-')
    .replace('README.zh-CN.md', 'README.md')
    .replace(/\.zh-CN\.(svg|png)$/, '.$1');

it('exist in both languages', () => {
  expect(readdirSync(`${root}docs/zh-CN`)).toEqual(names);
});

everyRow(pairs)('$chinese equals $english', ({ english, chinese }) => {
  const shape = (path: string) => {
    const { levels, fences, codes, tables, links } = page(path);
    return {
      levels,
      tables,
      fences: fences.map(({ info, content }) => ({
        info,
        // Comments and what a bot says are in the language of the page.
        lines: info === 'sh' ? content.replace(/ *#.*$/gm, '') : content.split('\n').length,
      })),
      codes: [...new Set(codes.map((code) => translated[code] ?? code))].sort(),
      links: [...new Set(links.map(inEnglish))].sort().filter((link) => link !== inSwitch(path)),
    };
  };
  expect(shape(chinese)).toEqual(shape(english));
});

/** The link to the same page in the other language, as {@link inEnglish} shows it. */
function inSwitch(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  return path.startsWith('README') ? 'README.md' : `../en/${name}`;
}

everyRow(pairs)('$english and $chinese link to each other', ({ english, chinese }) => {
  const up = english.startsWith('docs/') ? '../../' : '';
  const relative = (path: string) => (up ? `../${path.replace('docs/', '')}` : path);
  expect(page(english).links).toContain(relative(chinese));
  expect(page(chinese).links).toContain(relative(english));
});

it('use the words of the console in Chinese', () => {
  const others = /通道|作用域|权限范围|管理者|持久连接|组织/;
  const found = pairs.flatMap(({ chinese }) =>
    readPage(chinese)
      .text.split('\n')
      .filter((line) => others.test(line))
      .map((line) => `${chinese}: ${line}`),
  );
  expect(found).toEqual([]);
});

it('have a README that shows the two commands of a clone soon, and ends soon', () => {
  for (const path of ['README.md', 'README.zh-CN.md']) {
    const lines = readPage(path).text.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(150);
    const start = lines.slice(0, 60).join('\n');
    expect(start).toContain('npm ci && npm run demo');
    expect(start).toContain('npm ci && npm test');
    expect(start).toContain('npx moltbot-feishu setup');
  }
});
