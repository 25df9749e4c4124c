/** Bare addresses: what belongs to them, and what is the Markdown beside them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import {
  addressLabel,
  isSafeUrl,
  isWebAddress,
  safeAddress,
} from '../../../../../src/channel/answer/text/places/addresses.ts';
import { everyRow } from '../../../../support/every-row.ts';

/** The address in a text, and the texts of the emphasis, links and code around it. */
function read(text: string) {
  const document = parseMarkdown(text);
  const [leaf] = document.leaves;
  if (leaf?.kind !== 'paragraph') throw new Error(`no paragraph: ${text}`);
  const spans = document.spansOf(leaf.text);
  const of = (...kinds: readonly string[]): string[] =>
    spans
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ start, end }) => document.source.slice(start, end));
  return { urls: of('url'), marked: of('emphasis', 'link', 'image', 'code') };
}

describe('an address has its brackets', () => {
  everyRow([
    'https://a.b/[[...slug]]/page.tsx',
    'https://a.b/docs/[[...slug]]/',
    'https://a.b/docs/[[...slug]]',
    'https://a.b/docs/[...all]',
    'https://a.b/[lang]/[id].tsx',
    'https://a.b/[lang]/[id]?x=1#top',
    'https://a.b/(app)/[team]/(.)photo/[id]/@modal',
    'https://a.b/c?filter[a][b]=1&ids[]=2',
    'https://a.b/c?q=[[a]]',
    'https://a.b/[1]/c',
    'https://a.b/[A]',
    'http://[::1]:8080/c',
  ])('%s', (url) => {
    for (const text of [url, `see ${url} [1]`, `看${url}，好`, `(${url})`]) {
      expect(read(text).urls).toEqual([url]);
    }
  });

  everyRow([
    ['https://a.b/c[1]', 'https://a.b/c'],
    ['https://a.b/[1]', 'https://a.b/'],
    ['https://a.b/[text](https://c.d)', 'https://a.b/'],
    ['https://a.b/[[text]](https://c.d)', 'https://a.b/'],
    ['[see https://a.b/c]', 'https://a.b/c'],
    ['https://a.b/c?[1]', 'https://a.b/c'],
    ['https://a.b/x[y]/z', 'https://a.b/x'],
    [`https://a.b/[${'y'.repeat(64)}]/z`, 'https://a.b/'],
  ])('and not those beside it: %s', (text, url) => {
    expect(read(text).urls[0]).toBe(url);
  });
});

describe('an address', () => {
  everyRow([
    'HTTPS://A.B/c',
    'http://a.b',
    'https://a.b/中文/d',
    'https://a.b/?q=中文&r=é',
    'https://a.b/#中文',
    'https://a.b/c-中_文.中',
    'https://a.b/(c)d_(e)',
    "https://a.b/c'd",
    'https://a.b/c\\d',
  ])('is the whole of %s', (url) => expect(read(`see ${url} there`).urls).toEqual([url]));

  everyRow([
    ['https://a.b中文', 'https://a.b'],
    ['https://a.b/c中文', 'https://a.b/c'],
    ['(https://a.b/c)d', 'https://a.b/c'],
    ['https://a.b/(c))d', 'https://a.b/(c)'],
    ['https://a.b/(c', 'https://a.b/(c'],
    ['https://a.b/c<br>', 'https://a.b/c'],
    ['https://a.b/c\u00a0d', 'https://a.b/c'],
    ['https://a.b/c》', 'https://a.b/c'],
    ['https://a.b/c。', 'https://a.b/c'],
    ['https://a.b/中文d', 'https://a.b/中文d'],
    ['https://a.b/c/é', 'https://a.b/c/é'],
    ['https://a.b/cé', 'https://a.b/c'],
    ['http://http://a.b', 'http://http://a.b'],
    ['httphttps://a.b https://c.d', 'https://c.d'],
    ['中http://a.b', 'http://a.b'],
    ['_http://a.b', 'http://a.b'],
    ['https://a.b/c?!.,:;\'|" x', 'https://a.b/c'],
    ['“https://a.b/c”', 'https://a.b/c'],
    ['\\https://a.b/c', 'https://a.b/c'],
    ['https://a.b/c\\*', 'https://a.b/c'],
    ['\\*\\*https://a.b\\*\\*', 'https://a.b'],
    ['{\\"url\\": \\"https://a.b/c\\"}', 'https://a.b/c'],
    ['https://a.b/c\\_d', 'https://a.b/c\\_d'],
    ['https://a.b/c&lt;', 'https://a.b/c'],
    ['https://a.b/c、https', 'https://a.b/c'],
  ])('ends before the text around it: %s', (text, url) => expect(read(text).urls).toEqual([url]));

  everyRow([
    'xhttps://a.b',
    '1http://a.b',
    'ftp://a.b',
    'https:// a.b',
    '://a.b',
    'https:/a.b',
    'https://.',
    'http://&lt;host>/c',
    'https://**a**',
    'http://`a`',
  ])('is not in %s', (text) => expect(read(text).urls).toEqual([]));

  it('is each one of several', () => {
    expect(read('https://a.b/c,https://d.e，http://f.g://h https://i.j').urls).toEqual([
      'https://a.b/c,https://d.e',
      'http://f.g://h',
      'https://i.j',
    ]);
  });
});

describe('an address in a link', () => {
  it('has its unsafe characters encoded, and no other ones', () => {
    const safe = 'https://a.b:8/c/?d=1&e=%20#f@g+h,i;j-k.l!$中é';
    expect(safeAddress(safe)).toBe(safe);
    expect(safeAddress('https://a.b/ ()<>[]_*~`"\'\\|')).toBe(
      'https://a.b/%20%28%29%3C%3E%5B%5D%5F%2A%7E%60%22%27%5C%7C',
    );
    expect(safeAddress('https://a.b/\u3000\t')).toBe('https://a.b/%E3%80%80%09');
  });

  it('has the brackets of its host', () => {
    expect(safeAddress('HTTP://[::1]:8/a[b]')).toBe('HTTP://[::1]:8/a%5Bb%5D');
    expect(safeAddress('https://[fe80:1.2.3.4]')).toBe('https://[fe80:1.2.3.4]');
    expect(safeAddress('https://[x]/')).toBe('https://%5Bx%5D/');
    expect(safeAddress('see http://[::1]')).toBe('see%20http://%5B::1%5D');
  });

  it('has no brackets in its label', () => {
    expect(addressLabel('https://a.b/[c]_(d)')).toBe('https://a.b/%5Bc%5D_(d)');
  });
});

everyRow([
  ['https://a.b:8/c?d=1&e=%20#f@g+h,i;j-k.l', true],
  ['HTTPS://A.B', true],
  ['https://a.b/c_d', false],
  ['https://a.b/~c', false],
  ['https://a.b/(c)', false],
  ['https://a.b/中', false],
  ['中https://a.b', false],
])('whether clients link the whole of %s: %j', (url, isSafe) => {
  expect(isSafeUrl(url)).toBe(isSafe);
});

everyRow([
  ['https://a', true],
  ['HTTP://a.b/c d', true],
  ['http:///a', false],
  ['https:// a', false],
  ['https://', false],
  ['https:/a.b', false],
  ['ftp://a.b', false],
  ['xhttps://a.b', false],
  ['httpss://a.b', false],
  ['mailto:a@b.c', false],
])('whether %j is a web address: %j', (address, isWeb) => {
  expect(isWebAddress(address)).toBe(isWeb);
});

describe('an address ends where text is marked directly behind it', () => {
  everyRow([
    ['https://a.b/c**bold**', '**bold**'],
    ['https://a.b/c**bold** and more', '**bold**'],
    ['https://a.b/c***both***', '***both***'],
    ['https://a.b/c~~gone~~', '~~gone~~'],
    ['https://a.b/c**two words**', '**two words**'],
    ['https://a.b/c**加粗**', '**加粗**'],
    ['https://a.b/c?d=1**bold**', '**bold**'],
    ['https://a.b/c`code`', '`code`'],
    ['https://a.b/c![x](img_v3_1)', '![x](img_v3_1)'],
  ])('%s', (text, mark) => {
    const { urls, marked } = read(text);
    expect(urls).toEqual([text.slice(0, text.indexOf(mark))]);
    expect(marked).toContain(mark);
  });

  everyRow([
    'https://a.b/**/*.js',
    'https://a.b/src/**/x/**/y',
    'https://a.b/__init__.py',
    'https://a.b/c_d_e',
    'https://a.b/c*d*e',
    'https://a.b/~~user/~~x/',
    'https://a.b/c**d',
  ])('and not at marks of its own: %s', (url) => {
    expect(read(`see ${url} there`).urls).toEqual([url]);
  });
});

it('loses no character between an address and what is beside it', () => {
  const piece = fc.constantFrom(
    '**',
    '~~',
    '*',
    '_',
    '[',
    ']',
    '[[...a]]',
    '/',
    'b',
    '?q=',
    '(',
    ')',
    '.',
    ' ',
    '好',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = `x https://a.b/c${pieces.join('')}`.trimEnd();
      const document = parseMarkdown(text);
      const spans = document.leaves.flatMap((leaf) =>
        leaf.kind === 'paragraph' ? document.spansOf(leaf.text) : [],
      );
      const [url] = spans.filter(({ kind }) => kind === 'url');
      expect(url?.start).toBe(2);
      // No other construct begins within the address.
      expect(spans.filter(({ start }) => start > 2 && start < (url?.end ?? 0))).toEqual([]);
    }),
  );
});
