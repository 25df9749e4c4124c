/** The table component of a card, a page at a time. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { usePage } from '../context.ts';
import { type Fields, isFields, listOf, numberOf, textOf } from '../reading.ts';
import { cardMarkdownHtml } from '../text/card-markdown.ts';
import { SafeHtml } from '../text/safe-html.tsx';
import { cellText } from './card-parts.ts';

export function CardTable({ element }: { readonly element: Fields }): JSX.Element {
  const { say } = usePage();
  const [page, setPage] = useState(0);
  const columns = listOf(element.columns).filter(isFields);
  const rows = listOf(element.rows).filter(isFields);
  const size = numberOf(element.page_size) || 5;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  return (
    <div class="table">
      <table aria-label={say('tableShown')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={textOf(column.name)} scope="col">
                {textOf(column.display_name) || textOf(column.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(page * size, (page + 1) * size).map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <Cell key={textOf(column.name)} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <div class="pages">
          <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {say('previousPage')}
          </button>
          <span>{say('pageOf', { page: page + 1, pages })}</span>
          <button type="button" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            {say('nextPage')}
          </button>
        </div>
      )}
    </div>
  );
}

function Cell({ column, row }: { readonly column: Fields; readonly row: Fields }): JSX.Element {
  const page = usePage();
  const type = textOf(column.data_type);
  const text = cellText(row[textOf(column.name)], type, page.lang);
  const isMarkdown = type === 'markdown' || type === 'lark_md';
  return <td>{isMarkdown ? <SafeHtml html={cardMarkdownHtml(text, page.text)} /> : text}</td>;
}
