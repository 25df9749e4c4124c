import { expect, it } from 'vitest';
import { checkName } from '../../src/doctor/check-names.ts';
import { render } from '../../src/shared/text/text.ts';
import { documentLanguages, expectBlock, markdownTable } from '../support/generated-block.ts';
import { faults } from './faults/all.ts';
import { faultsInChinese } from './faults/in-chinese.ts';

const headings = {
  en: ['what is broken', 'named by', 'what it advises'],
  zh: ['什么坏了', '由哪项检查指出', '建议'],
};

/** `UPDATE_DOCS=1 npx vitest run test/doctor/fault-table.test.ts` writes the tables. */
it.each(documentLanguages)('$folder has the table of faults that the tests break', async (page) => {
  const { lang, folder } = page;
  const rows = faults.map(({ broken, check, status, fix, isFixable }) => {
    const shown = lang === 'en' ? { broken, fix } : faultsInChinese[broken];
    const name = render(checkName(check), lang);
    return [
      shown?.broken ?? '',
      `\`${name}\`${status === 'warn' ? { en: ' (warns)', zh: '（警告）' }[lang] : ''}`,
      `${shown?.fix ?? ''}${isFixable ? ' · `--fix`' : ''}`,
    ];
  });
  const table = markdownTable(headings[lang], rows);
  await expectBlock(`${folder}/doctor.md`, 'test/doctor/faults/all.ts', table);
});

it('has each fault in Chinese, and no other', () => {
  expect(Object.keys(faultsInChinese).sort()).toEqual(faults.map(({ broken }) => broken).sort());
});
