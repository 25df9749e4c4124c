import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { configKeys } from '../../src/config/rules/schema.ts';

const readme = fileURLToPath(new URL('../../README.md', import.meta.url));
const START = '<!-- config table: made from src/config/rules/schema.ts -->\n';
const END = '<!-- end of config table -->';

/** `UPDATE_README=1 npx vitest run test/config/readme-table.test.ts` writes the table anew. */
it('has the config table that the schema says', async () => {
  const cell = (text: string) => text.replaceAll('|', '\\|') || '–';
  const rows = configKeys.map(
    (row) =>
      `| \`${row.key}\` | ${cell(row.type)} | ${cell(row.default)} | ${cell(row.description.en)} |\n`,
  );
  const table = `| key | type | default | meaning |\n|---|---|---|---|\n${rows.join('')}`;
  const text = await readFile(readme, 'utf8');
  const [before = '', rest = ''] = text.split(START);
  const after = rest.slice(rest.indexOf(END));
  if (process.env.UPDATE_README) await writeFile(readme, before + START + table + after);
  else expect(text).toBe(before + START + table + after);
});
