import { it } from 'vitest';
import { peers } from '../../../src/config/peers/keys/peer.ts';
import { type PeerKey, peerKeys } from '../../../src/config/peers/keys/peer-keys.ts';
import { documentLanguages, expectBlock, markdownTable } from '../../support/generated-block.ts';

const headings = {
  en: ['key', 'of', 'what becomes of it'],
  zh: ['键', '所属插件', '处理方式'],
};
const all = { en: 'all four', zh: '全部四个' };

function owners({ forms }: PeerKey, lang: 'en' | 'zh'): string {
  const those = peers.filter((peer) => forms[peer] !== undefined);
  return those.length === peers.length ? all[lang] : those.map((peer) => `\`${peer}\``).join(' ');
}

/** `UPDATE_DOCS=1 npx vitest run test/config/peers/peer-key-table.test.ts` writes the tables. */
it.each(documentLanguages)(
  '$folder has the keys of the other plugins',
  async ({ lang, folder }) => {
    const rows = peerKeys.map((row) => [
      `\`${row.path.replaceAll('*', 'ID').replace('.IDID', '')}\``,
      owners(row, lang),
      row.text[lang],
    ]);
    const table = markdownTable(headings[lang], rows);
    await expectBlock(
      `${folder}/coming-from-another-plugin.md`,
      'src/config/peers/keys/peer-keys.ts',
      table,
    );
  },
);
