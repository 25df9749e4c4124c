import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { faults } from './faults.ts';

const readme = fileURLToPath(new URL('../../README.md', import.meta.url));
const START = '<!-- doctor table: made from test/doctor/faults.ts -->\n';
const END = '<!-- end of doctor table -->';

/** `UPDATE_README=1 npx vitest run test/doctor/readme-table.test.ts` writes the table anew. */
it('has the table of faults that the tests break', async () => {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = faults.map(
    ({ broken, check, status, fix, isMendable }) =>
      `| ${cell(broken)} | \`${check}\`${status === 'warn' ? ' (warns)' : ''} | ${cell(fix)}${isMendable ? ' · `--fix`' : ''} |\n`,
  );
  const table = `| what is broken | named by | what it advises |\n|---|---|---|\n${rows.join('')}`;
  const text = await readFile(readme, 'utf8');
  const [before = '', rest = ''] = text.split(START);
  const after = rest.slice(rest.indexOf(END));
  if (process.env.UPDATE_README) await writeFile(readme, before + START + table + after);
  else expect(text).toBe(before + START + table + after);
});
