/** The picture of the READMEs: drawn from a recorded transcript, and current. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { excerptOf, screenOf, terminalSvg } from '../../scripts/terminal-svg.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pictures = [
  { transcript: 'en-paste', picture: 'docs/pictures/setup.svg', readme: 'README.md' },
  { transcript: 'zh-paste', picture: 'docs/pictures/setup.zh-CN.svg', readme: 'README.zh-CN.md' },
];

describe.each(pictures)('$picture', ({ transcript, picture, readme }) => {
  const page = () => readFile(`${root}docs/transcripts/${transcript}.md`, 'utf8');

  /** `UPDATE_DOCS=1 npx vitest run test/scripts/terminal-svg.test.ts` draws it. */
  it('is current', async () => {
    const svg = terminalSvg(excerptOf(screenOf(await page())), 'npx moltbot-feishu setup');
    if (process.env.UPDATE_DOCS) await writeFile(root + picture, svg);
    else expect(await readFile(root + picture, 'utf8')).toBe(svg);
  });

  it('shows what the transcript says, in its order', async () => {
    const said = screenOf(await page()).map(compact);
    let at = -1;
    for (const row of rowsOf(await readFile(root + picture, 'utf8')).map(compact)) {
      const next = said.indexOf(row, at + 1);
      expect(next, row).toBeGreaterThan(at);
      at = next;
    }
  });

  it('is in the README', async () => {
    expect(await readFile(root + readme, 'utf8')).toContain(`](${picture})`);
  });
});

/** The lines of a picture. */
function rowsOf(svg: string): string[] {
  const rows: string[] = [];
  for (const [, row, text = ''] of svg.matchAll(/data-row="(\d+)">([^<]*)</g))
    rows[Number(row)] = `${rows[Number(row)] ?? ''} ${plain(text)}`;
  return [...rows];
}

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** Without its blanks: a picture places its pieces instead. */
function compact(line: string): string {
  return line.replace(/\s+/g, '');
}
