import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { accountKeys } from '../../../src/config/rules/account-keys.ts';

const source = fileURLToPath(new URL('../../../src', import.meta.url));

/** What the rooms beyond the config read, without their comments. */
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/^(?:config|doctor|wizard)[\\/]/.test(file))
  .map((file) => readFileSync(join(source, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))
  .join('\n');

it('has code behind every key', () => {
  const isRead = (key: string) => new RegExp(`[.{,]\\s*${key}\\b(?!')`).test(code);
  expect(Object.keys(accountKeys).filter((key) => !isRead(key))).toEqual([]);
});
