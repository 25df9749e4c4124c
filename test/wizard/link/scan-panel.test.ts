/** The code always fits the window, with its heading, its keys and the row below. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addonsOfManifest, pageFor } from '../../../src/platform/registration/registration-page.ts';
import { columnsOf } from '../../../src/shared/terminal/width.ts';
import {
  type Lang,
  type LocalizedText,
  localize,
  render,
  type Text,
} from '../../../src/shared/text/text.ts';
import { linksOf, scanPanel } from '../../../src/wizard/link/scan-panel.ts';
import { scanTexts } from '../../../src/wizard/link/scan-texts.ts';
import { everyRow } from '../../support/every-row.ts';
import { linkOn } from '../stage.ts';

const pageOf = (host: string, name = 'Moltbot') =>
  pageFor(new URL(`https://${host}/page/launcher?user_code=ABCD-EFGH`), {
    domain: 'feishu',
    addons: addonsOfManifest(),
    createOnly: true,
    appPreset: { name, desc: scanTexts.description.en },
  });
const feishu = pageOf('open.feishu.cn');

const FOOTER = '[o] open here  [c] copy link  [p] save as PNG  [esc] back';
const panel = (url: string, columns: number, rows: number, lang: Lang = 'en') =>
  scanPanel({
    url,
    window: { columns, rows },
    color: false,
    footer: FOOTER,
    say: (text: LocalizedText | Text) => render(text, lang),
  });
const isCode = (line: string) => /[▀▄█]{3}/.test(line);

everyRow([
  [120, 60, 'the manifest, name and description', 0],
  [120, 40, 'the manifest', 2],
  [80, 24, 'the plain link', 3],
  [80, 22, 'the bare link', 4],
] as const)('draws in a window of %i × %i the code of %s', (columns, rows, _name, nth) => {
  const lines = panel(feishu, columns, rows);
  expect(lines.length).toBeLessThan(rows);
  const expected = panel(linksOf(feishu)[nth] ?? '', 400, 400).filter(isCode);
  expect(lines.filter(isCode)).toEqual(expected);
});

everyRow([
  [60, 20],
  [30, 60],
])('offers in a window of %i × %i the page or the picture instead', (columns, rows) => {
  const lines = panel(feishu, columns, rows);
  expect(lines.filter(isCode)).toEqual([]);
  expect(lines.join(' ')).toContain('[o]');
  expect(linkOn(lines.join('\n'))).toContain('user_code=ABCD-EFGH');
});

it('fits every window, for every name and host, in both languages', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 40, max: 250 }),
      fc.integer({ min: 12, max: 90 }),
      fc.constantFrom('open.feishu.cn', 'open.larksuite.com', '127.0.0.1:40001'),
      fc.string({ maxLength: 32, unit: fc.constantFrom('a', '中', '🙂', ' ') }),
      fc.constantFrom<Lang>('en', 'zh'),
      (columns, rows, host, name, lang) => {
        const lines = panel(pageOf(host, name), columns, rows, lang);
        return lines.length < rows && lines.every((line) => columnsOf(line) <= columns);
      },
    ),
    { numRuns: 40 },
  );
});

it('says how large a window is needed, and that one is enough', () => {
  const [first = ''] = /\d+ × \d+/.exec(panel(feishu, 60, 20).join(' ')) ?? [];
  const [columns = 0, rows = 0] = first.split(' × ').map(Number);
  expect(panel(feishu, columns, rows).some(isCode), render(localize(scanTexts.scanNow), 'en')).toBe(
    true,
  );
});
