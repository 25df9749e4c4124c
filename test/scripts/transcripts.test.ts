import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { screenAfter, wrapLine } from '../../scripts/transcripts/screen.ts';
import { everyRow } from '../support/every-row.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const names = ['scan', 'paste', 'console', 'doctor', 'run'];

describe.each(names)('the transcript %s', (name) => {
  it.each(['en', 'zh'])('is there in %s, without secrets, ids and places', async (lang) => {
    const path = `docs/transcripts/${lang}-${name}.md`;
    const text = await readFile(root + path, 'utf8');
    expect(text).toMatch(/^\$ moltbot-feishu /m);
    expect(text.includes('用真实程序')).toBe(lang === 'zh');
    for (const [, value] of text.matchAll(/["']?appSecret["']?: *["']([^"']*)/g))
      expect(value).toBe('***');
    // The form of a secret, and of what else differs from app to app.
    expect(text.replaceAll('\n', '')).not.toMatch(/(?<![\w-])[A-Za-z0-9]{32}(?![\w-])/);
    expect(new Set(text.match(/cli_\w{16}/g) ?? []).size).toBeLessThanOrEqual(1);
    expect(text).not.toMatch(/\/tmp\/|\/home\/|\/root\/|127\.0\.0\.1:(?!9000)/);
    const readme = lang === 'en' ? 'README.md' : 'README.zh-CN.md';
    expect(await readFile(root + readme, 'utf8')).toContain(path);
  });
});

describe('what a terminal shows', () => {
  everyRow([
    ['lines', 'one\r\ntwo\r\n', ['one', 'two']],
    ['colours left out', '\u001b[31mred\u001b[39m', ['red']],
    ['a line drawn again', 'first\r\u001b[Knew', ['new']],
    ['lines above erased', 'a\r\nb\r\nc\u001b[2A\r\u001b[Jd', ['d']],
    ['a part written over', 'hello\u001b[5DJ', ['Jello']],
    ['full-width characters', '飞书\u001b[2D宿', ['飞宿']],
    ['one line where it was wrapped', '0123456789abc', ['0123456789abc']],
    ['nothing of a title', '\u001b]0;title\u0007x', ['x']],
  ])('is %s', (_name, output, lines) => {
    expect(screenAfter(output, 10)).toStrictEqual(lines);
  });

  it('is wrapped by columns, not by characters', () => {
    expect(wrapLine('飞书ab宿主', 5)).toStrictEqual(['飞书a', 'b宿主']);
  });
});
