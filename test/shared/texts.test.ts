import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Text } from '../../src/shared/text.ts';

const source = fileURLToPath(new URL('../../src', import.meta.url));
const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'en' in value && 'zh' in value;

it('has every text in both languages, with the same placeholders', async () => {
  const files = (await readdir(source, { recursive: true })).filter((file) =>
    file.endsWith('texts.ts'),
  );
  expect(files.length).toBeGreaterThan(4);
  let count = 0;
  for (const file of files) {
    const room = (await import(join(source, file))) as Record<string, unknown>;
    for (const texts of Object.values(room)) {
      for (const [name, text] of Object.entries(Object(texts) as Record<string, unknown>)) {
        if (!isText(text)) continue;
        count++;
        const placeholders = (value: string) => [...value.matchAll(/\{\w+\}/g)].map(String).sort();
        expect(placeholders(text.zh), `${file} ${name}`).toEqual(placeholders(text.en));
        expect(text.en, `${file} ${name}`).not.toBe('');
        expect(text.zh, `${file} ${name}`).not.toBe('');
      }
    }
  }
  expect(count).toBeGreaterThan(150);
});
