/** A table of a card as a Markdown table. Pure. */

import { oneLine } from '../../../../shared/text/one-line.ts';
import { type Lang, localize, render } from '../../../../shared/text/text.ts';
import { contentTexts as texts } from '../content-texts.ts';
import { timeText } from '../time-text.ts';
import { asArray, asObject, asText, collectTexts, type Fields } from '../untyped.ts';

const MAX_ROWS = 50;
const MAX_COLUMNS = 50;
const MAX_CELL = 500;

/** @returns the lines of the table; none if it has no columns */
export function tableLines(table: Fields, lang: Lang): readonly string[] {
  const columns = asArray(table.columns).slice(0, MAX_COLUMNS).map(asObject);
  if (columns.length === 0) return collectTexts(table);
  const rows = asArray(table.rows).map(asObject);
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  const left = localize(texts.moreRows, { count: rows.length - MAX_ROWS });
  return [
    line(columns.map(({ display_name: shown, name }) => asText(shown) || asText(name))),
    `|${' --- |'.repeat(columns.length)}`,
    ...rows.slice(0, MAX_ROWS).map((row) => line(columns.map((column) => cellText(row, column)))),
    ...(rows.length > MAX_ROWS ? [`[${render(left, lang)}]`] : []),
  ];
}

function cellText(row: Fields, { name, data_type: type }: Fields): string {
  const value = Object.hasOwn(row, asText(name)) ? row[asText(name)] : undefined;
  if (type === 'date' && timeText(value) !== '') return timeText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return asText(value) || collectTexts(value).join(', ');
}

/** A line break or a bar would end the cell. */
const escaped = (cell: string): string => oneLine(cell, MAX_CELL).replaceAll('|', '\\|');
