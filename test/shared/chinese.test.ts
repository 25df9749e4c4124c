/** Chinese as it is set: every text, and every text with its values. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkNames } from '../../src/doctor/check-names.ts';
import { columnsOf } from '../../src/shared/terminal/width.ts';
import { localize, render, type Text } from '../../src/shared/text/text.ts';

const source = fileURLToPath(new URL('../../src', import.meta.url));

function textsIn(value: unknown, name: string, seen = new Set<unknown>()): [string, Text][] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  if ('en' in value && 'zh' in value) return [[name, value as Text]];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${name} ${key}`, seen));
}

/** Every text of the program: a file that holds none exports none. */
async function allTexts(): Promise<[string, Text][]> {
  const files = (await readdir(source, { recursive: true })).filter((file) =>
    /(?:texts?|names|table|manifest|manifest-scopes|questions|tokens|general|messages|media|cards|long-connection|registration|application)\.ts$/.test(
      file,
    ),
  );
  const found = await Promise.all(
    files.sort().map(async (file) => textsIn(await import(join(source, file)), file)),
  );
  return found.flat();
}

const HAN = '[\\u3400-\\u4dbf\\u4e00-\\u9fff]';
/** What is wrong in Chinese typography, by name. */
const faults: Readonly<Record<string, RegExp>> = {
  'half-width comma or period': new RegExp(`${HAN}[,.;:!?](?![\\w/])|[,;!?](?=${HAN})`),
  'half-width parentheses': new RegExp(`\\((?=[^()]*${HAN})|${HAN}\\(|\\)(?=${HAN})`),
  'half-width quotes': new RegExp(`["'](?=${HAN})|${HAN}["']`),
  'blank between Chinese characters': new RegExp(`(?<!@${HAN}*)${HAN} ${HAN}`),
  'blank beside full-width punctuation':
    /[，。；：！？、（）《》] |(?<=\S) [，。；：！？、（）《》]/,
  'no blank between Chinese and Latin': new RegExp(`${HAN}[A-Za-z0-9\`]|[A-Za-z0-9\`]${HAN}`),
  'three periods for an ellipsis': new RegExp(`${HAN}\\.\\.\\.`),
  'doubled punctuation': /[，。；：、]{2}/,
};

function faultsOf(shown: string): string[] {
  // Code is as it is typed, and the platform's own words are as it shows them.
  const text = shown.replace(/`[^`]*`/g, '`x`').replaceAll('[生成中...]', '');
  return Object.entries(faults).flatMap(([name, pattern]) => {
    const found = pattern.exec(text);
    return found
      ? [`${name} at “${text.slice(Math.max(0, found.index - 6), found.index + 8)}”`]
      : [];
  });
}

/** Values as they come: Chinese, Latin, a number, a list. */
const samples = [
  '飞书',
  'Lark',
  '3',
  'im:message',
  '/home/me/moltbot.json',
  'https://open.feishu.cn/app',
];

it('finds what it looks for', () => {
  expect(faultsOf('请检查,然后重试')).not.toEqual([]);
  expect(faultsOf('请在 飞书 中')).not.toEqual([]);
  expect(faultsOf('缺少App ID')).not.toEqual([]);
  expect(faultsOf('完成（3 项）。')).toEqual([]);
});

it('every Chinese text is set right, whatever its values', async () => {
  const texts = await allTexts();
  expect(texts.length).toBeGreaterThan(700);
  const wrong = texts.flatMap(([name, text]) =>
    [undefined, ...samples].flatMap((sample) => {
      const names = [...text.zh.matchAll(/\{(\w+)(?::lines)?\}/g)].map(([, key = '']) => key);
      if (sample !== undefined && names.length === 0) return [];
      const params = Object.fromEntries(
        names.map((key) => [key, sample ?? [samples[1] ?? '', samples[3] ?? '']]),
      );
      return faultsOf(render(localize(text, params), 'zh')).map((fault) => `${name}: ${fault}`);
    }),
  );
  expect([...new Set(wrong)]).toEqual([]);
});

it('every check and step has a name in both languages that fits its column', () => {
  const wrong = Object.entries(checkNames).filter(
    ([, { en, zh }]) => columnsOf(en) > 14 || columnsOf(zh) > 14 || !/[\u4e00-\u9fff]/.test(zh),
  );
  expect(wrong).toEqual([]);
});
