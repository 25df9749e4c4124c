/**
 * The code to scan as it fits a window: heading, link, code and keys, with one row left for what is
 * going on. Pure: a link and a window's size → lines.
 *
 * The more a link carries, the larger its code: with the whole app manifest it takes 81 columns and 41
 * rows. Where that does not fit, the description and the name are left out (the page asks for them), then
 * the manifest (the app's own steps ask for it afterwards).
 */

import { wrapped } from '../../shared/layout/wrapped.ts';
import { columnsOf } from '../../shared/terminal/width.ts';
import { type LocalizedText, localize, type Text } from '../../shared/text/text.ts';
import type { WindowSize } from '../conversation/conversation.ts';
import { qrColumns, qrLines, qrRows } from './qr-code.ts';
import { scanTexts as texts } from './scan-texts.ts';

/** The link as the platform's page takes it, with less and less in it. */
export function linksOf(url: string): readonly string[] {
  const without = (...names: string[]): string => {
    const link = new URL(url);
    for (const name of names) link.searchParams.delete(name);
    return link.href;
  };
  const plain = ['desc', 'name', 'avatar', 'addons', 'source'];
  return [
    url,
    without('desc'),
    without('desc', 'name', 'avatar'),
    without(...plain),
    // The platform's own link, nothing added.
    without(...plain, 'from', 'tp', 'createOnly'),
  ];
}

/** The code of the link that carries most and fits; `undefined` where none does. */
export function fittingCode(
  url: string,
  { columns, rows }: WindowSize,
  { color }: { readonly color: boolean },
): readonly string[] | undefined {
  const link = linksOf(url).find((one) => qrRows(one) <= rows && qrColumns(one) <= columns);
  return link === undefined ? undefined : qrLines(link, { color });
}

export interface ScanPanel {
  readonly url: string;
  readonly window: WindowSize;
  readonly color: boolean;
  /** The keys, or what the last one brought. */
  readonly footer: string;
  readonly say: (text: LocalizedText | Text) => string;
}

/** The row below the panel tells how long the code is valid. */
const STATUS_ROWS = 1;

/** Narrower ones break the keys over several rows. */
const USUAL_COLUMNS = 60;

/** The panel's lines: never more than the window has, less the row below. */
export function scanPanel(panel: ScanPanel): readonly string[] {
  const { url, window, color, footer, say } = panel;
  const { columns } = window;
  const rows = window.rows - STATUS_ROWS;
  const links = linksOf(url);
  const [bare = url] = links.slice(-1);
  const sizes = new Map<string, number>();
  const sizeOf = (link: string): number => {
    const size = sizes.get(link) ?? qrColumns(link);
    sizes.set(link, size);
    return size;
  };
  const foot = wrapped(footer, columns, 0);
  const head = headsOf(panel, bare, columns);
  const choices = [
    // The printed link opens the full request, also where the code holds a shorter link.
    ...links.slice(0, 3).map((link) => ({ head: head.full, link })),
    ...links.flatMap((link) => [head.short, ...head.one].map((lines) => ({ head: lines, link }))),
  ];
  const fits = choices.find(
    (choice) =>
      choice.head.length + foot.length < rows &&
      sizeOf(choice.link) <= columns &&
      choice.head.length + rowsOf(sizeOf(choice.link)) + foot.length <= rows,
  );
  if (fits) return [...fits.head, ...qrLines(fits.link, { color }), ...foot];

  const width = Math.max(columns, sizeOf(bare), USUAL_COLUMNS);
  const { short, one } = headsOf(panel, bare, width);
  const around = Math.min(...[short, ...one].map(({ length }) => length));
  const needed = around + rowsOf(sizeOf(bare)) + wrapped(footer, width, 0).length + STATUS_ROWS;
  const params = { columns: width, rows: needed };
  const small = wrapped(say(localize(texts.tooSmall, params)), columns, 0);
  const link = [url, bare]
    .map((address) => linkLines(say, address, columns))
    .find((lines) => small.length + lines.length + foot.length <= rows);
  return [...small, ...(link ?? []), ...foot].slice(-rows);
}

const rowsOf = (size: number): number => Math.ceil(size / 2);

/** The possible texts above the code; `one` only where the window is wide enough. */
function headsOf({ url, say }: ScanPanel, bare: string, columns: number) {
  const scan = wrapped(say(texts.scanNow), columns, 0);
  const one = say(localize(texts.scanOrOpen, { url: bare }));
  return {
    full: [...scan, ...linkLines(say, url, columns)],
    short: [...scan, ...linkLines(say, bare, columns)],
    one: columnsOf(one) <= columns ? [[one]] : [],
  };
}

/** The link alone on its lines, broken by the terminal only, so that it can be clicked and copied. */
function linkLines(say: ScanPanel['say'], url: string, columns: number): readonly string[] {
  const line = say(localize(texts.orOpen, { url }));
  const lines: string[] = [];
  for (let rest = line; rest !== ''; ) {
    let end = rest.length;
    while (columnsOf(rest.slice(0, end)) > columns) end -= 1;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return lines;
}
