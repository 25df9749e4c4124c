import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { LocalizedText, Text } from '../../src/shared/text/text.ts';
import { type Question, questions } from '../../src/wizard/conversation/questions.ts';
import { wizardTexts } from '../../src/wizard/wizard-texts.ts';
import { columnsOf } from '../support/columns.ts';
import { everyRow } from '../support/every-row.ts';

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
      /texts\.ts$/.test(file) || /platform[\\/].*(?:error-table|app-manifest)\.ts$/.test(file),
  );
  const found = await Promise.all(
    files.sort().map(async (file) => textsIn(await import(join(source, file)), file)),
  );
  for (const [index, texts] of found.entries()) expect(texts, files[index]).not.toHaveLength(0);
  return found.flat();
}

const texts = await allTexts();

/** What reads the same in every language, taken out: names, commands, flags, keys, paths, links. */
function prose(text: string): string {
  return text
    .replace(/\{(?:host|command|name)\}[a-z ]*/g, ' ')
    .replace(/\{\w+(?:, \w+)*\}/g, ' ')
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

/** The rules that a text breaks; empty where all is well. */
function brokenRules({ en, zh }: Text): string[] {
  const placeholders = (value: string) =>
    [...new Set([...value.matchAll(/\{\w+\}/g)].map(String))].sort().join();
  const rules: Record<string, boolean> = {
    'no text in English': en.trim() === '',
    'no text in Chinese': zh.trim() === '',
    'other placeholders in Chinese': placeholders(zh) !== placeholders(en),
    'English words in Chinese': ENGLISH.test(prose(zh)),
    'not translated': ENGLISH.test(prose(en)) && !/[\u4e00-\u9fff]/.test(zh),
    'English punctuation in Chinese': /[\u4e00-\u9fff][,;?!]|[\u4e00-\u9fff]\.(?:\s|$)/.test(
      zh.replace(/\{\w+\}/g, 'x'),
    ),
    'Chinese punctuation in English': /[，。；？！：]/.test(prose(en)),
  };
  return Object.keys(rules).filter((rule) => rules[rule]);
}

it('have both languages, the same placeholders, and the punctuation of their language', () => {
  expect(
    texts.flatMap(({ name, text }) => brokenRules(text).map((rule) => `${name}: ${rule}`)),
  ).toEqual([]);
});

it('are refused where one language is missing or has the other one’s words or punctuation', () => {
  expect(brokenRules({ en: 'Open {path}', zh: '打开 {file}' })).toEqual([
    'other placeholders in Chinese',
  ]);
  expect(brokenRules({ en: '', zh: '重试' })).toEqual(['no text in English']);
  expect(brokenRules({ en: 'try it again', zh: 'try it again' })).toEqual([
    'English words in Chinese',
    'not translated',
  ]);
  expect(brokenRules({ en: 'Stopped。', zh: '已停止,' })).toEqual([
    'English punctuation in Chinese',
    'Chinese punctuation in English',
  ]);
});

const COLUMNS = 80;
const asText = (text: LocalizedText | Text): Text => ('text' in text ? text.text : text);
const asked: readonly Question[] = questions;

everyRow(['en', 'zh'] as const)('prompts and labels fit into 80 columns, in %s', (lang) => {
  const back = columnsOf(wizardTexts.escBack[lang]);
  // The mark before a prompt, the way back behind it.
  const prompt = (text: Text) => 3 + columnsOf(text[lang]) + 2 + back;
  const label = (text: Text, hint?: Text) =>
    5 + columnsOf(text[lang]) + (hint ? columnsOf(` (${hint[lang]})`) : 0);
  const widths = [
    ...named(/ ask[A-Z]\w*$/).map(({ name, text }) => ({ name, columns: prompt(text) })),
    ...named(/ (?:choice|policy|way|task|lang)[A-Z]\w*$/).map(({ name, text }) => ({
      name,
      columns: label(text),
    })),
    ...asked.map(({ id, ask }) => ({ name: id, columns: prompt(asText(ask)) })),
    ...asked.flatMap(({ id, options = [] }) =>
      options.map((option) => ({
        name: `${id} ${asText(option.label).en}`,
        columns: label(asText(option.label), option.hint && asText(option.hint)),
      })),
    ),
  ];
  expect(widths.length).toBeGreaterThan(60);
  expect(widths.filter(({ columns }) => columns > COLUMNS)).toEqual([]);
});

function named(pattern: RegExp): readonly Found[] {
  return texts.filter(({ name }) => pattern.test(name));
}
