import { it } from 'vitest';
import { configKeys } from '../../src/config/rules/schema.ts';
import { documentLanguages, expectBlock, markdownTable } from '../support/generated-block.ts';

const headings = {
  en: ['key', 'type', 'default', 'meaning'],
  zh: ['键', '类型', '默认值', '含义'],
};
/** The schema names types in English. */
const typesInChinese: readonly (readonly [RegExp, string])[] = [
  [/^list of text$/, '文本列表'],
  [/^text$/, '文本'],
  [/^number$/, '数字'],
  [/^object$/, '对象'],
];

/** `UPDATE_DOCS=1 npx vitest run test/config/key-table.test.ts` writes the tables. */
it.each(documentLanguages)(
  '$folder has the config keys of the schema',
  async ({ lang, folder }) => {
    const typeIn = (type: string) =>
      lang === 'en' ? type : (typesInChinese.find(([name]) => name.test(type))?.[1] ?? type);
    const rows = configKeys.map(({ key, type, default: byDefault, description }) => [
      `\`${key}\``,
      typeIn(type),
      byDefault && `\`${byDefault}\``,
      description[lang],
    ]);
    const table = markdownTable(headings[lang], rows);
    await expectBlock(`${folder}/configuration.md`, 'src/config/rules/schema.ts', table);
  },
);
