import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { LocalizedText, Text } from '../../src/shared/text.ts';
import * as questions from '../../src/wizard/conversation/questions.ts';
import { wizardTexts } from '../../src/wizard/texts.ts';
import { columnsOf } from '../support/columns.ts';

const source = fileURLToPath(new URL('../../src', import.meta.url));

interface Found {
  readonly name: string;
  readonly text: Text;
}

/** Every text within a value, by its way there. */
function textsIn(value: unknown, name: string, seen = new Set<unknown>()): Found[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  if ('en' in value && 'zh' in value) return [{ name, text: value as Text }];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${name} ${key}`, seen));
}

/** The rooms' texts, and the tables that carry their own. */
async function allTexts(): Promise<Found[]> {
  const files = (await readdir(source, { recursive: true })).filter(
    (file) =>
      /texts\.ts$/.test(file) || /platform[\\/](?:error-table|app-manifest)\.ts$/.test(file),
  );
  const found = await Promise.all(
    files.sort().map(async (file) => textsIn(await import(join(source, file)), file)),
  );
  for (const [index, texts] of found.entries()) expect(texts, files[index]).not.toHaveLength(0);
  return found.flat();
}

const texts = await allTexts();
const rows = (of: readonly Found[]) => of.map(({ name, text }) => [name, text] as const);

/** What reads the same in every language, taken out: names, commands, flags, keys, paths, links. */
function prose(text: string): string {
  return text
    .replace(/\{(?:host|command|name)\}[a-z ]*/g, ' ')
    .replace(/\{\w+\}/g, ' ')
    .replace(/ \/[a-z]+[!a-z |]*/g, ' ')
    .replace(/“[^”]*”|"[^"]*"|`[^`]*`/g, ' ')
    .replace(/\([^()]*\)|（[^（）]*）/g, ' ')
    .replace(/(?:npx |\$ )?\b(?:moltbot|clawdbot|openclaw|npm|chmod|sudo)\b[\w .:/@=-]*/g, ' ')
    .replace(/[\w.]*[\w][._/:@=][\w./:@=-]*|--?[\w-]+|\b[A-Z][A-Z0-9_]+\b/g, ' ');
}

/** Two ordinary words side by side, which is more than a name. */
const ENGLISH = /[a-z]{2,}[ ,']+[a-z]+|(?:[A-Za-z]{2,}[ ,']+){2}[A-Za-z]+/;

it('are told from names and commands', () => {
  expect(prose('请 run it 重试')).toMatch(ENGLISH);
  expect(prose('请运行：moltbot-feishu doctor --fix，再看 App Secret')).not.toMatch(ENGLISH);
});

it('are found in every room', () => {
  expect(texts.length).toBeGreaterThan(700);
});

describe.each(rows(texts))('%s', (_name, { en, zh }) => {
  it('says something in both languages, with the same placeholders', () => {
    const placeholders = (value: string) => [...value.matchAll(/\{\w+\}/g)].map(String).sort();
    expect(en.trim()).not.toBe('');
    expect(zh.trim()).not.toBe('');
    expect([...new Set(placeholders(zh))]).toEqual([...new Set(placeholders(en))]);
  });

  it('has no English sentence in Chinese', () => {
    expect(prose(zh)).not.toMatch(ENGLISH);
    if (ENGLISH.test(prose(en))) expect(zh).toMatch(/[\u4e00-\u9fff]/);
  });

  it('uses the punctuation of its language', () => {
    expect(zh.replace(/\{\w+\}/g, 'x')).not.toMatch(
      /[\u4e00-\u9fff][,;?!]|[\u4e00-\u9fff]\.(?:\s|$)/,
    );
    expect(prose(en)).not.toMatch(/[，。；？！：]/);
  });
});

const COLUMNS = 80;
const asText = (text: LocalizedText | Text): Text => ('text' in text ? text.text : text);
const isQuestion = (value: unknown): value is questions.Question =>
  typeof value === 'object' && value !== null && 'ask' in value;
const asked = Object.values(questions).filter(isQuestion);

describe.each(['en', 'zh'] as const)('in 80 columns, in %s', (lang) => {
  const back = columnsOf(wizardTexts.escBack[lang]);

  it.each(rows(texts.filter(({ name }) => / ask[A-Z]\w*$/.test(name))))(
    'the prompt %s is one line',
    (_name, text) => {
      // The mark before it, the way back behind it.
      expect(3 + columnsOf(text[lang]) + 2 + back).toBeLessThanOrEqual(COLUMNS);
    },
  );

  it.each(rows(texts.filter(({ name }) => / (?:choice|policy|way|task|lang)[A-Z]\w*$/.test(name))))(
    'the label %s is one line',
    (_name, text) => {
      expect(5 + columnsOf(text[lang])).toBeLessThanOrEqual(COLUMNS);
    },
  );

  it.each(asked.map((question) => [question.id, question] as const))(
    'the question %s is, with the hints beside its answers',
    (_id, { ask, options = [] }) => {
      expect(3 + columnsOf(asText(ask)[lang]) + 2 + back).toBeLessThanOrEqual(COLUMNS);
      for (const { label, hint } of options) {
        const beside = hint ? columnsOf(` (${asText(hint)[lang]})`) : 0;
        expect(5 + columnsOf(asText(label)[lang]) + beside).toBeLessThanOrEqual(COLUMNS);
      }
    },
  );
});
