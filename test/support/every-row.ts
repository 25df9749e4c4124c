/** One test for a rule over a table: every row is tried, and those that fail are named. */
import { format } from 'node:util';
import { it } from 'vitest';

/** Written as `it.each`, for checks that leave nothing behind: the rows share one test. */
export const everyRow = ((rows: readonly unknown[]) =>
  (name: string, check: (...row: unknown[]) => unknown): void => {
    it(name.replace(SLOTS, '…'), () => {
      const failures: { readonly row: string; readonly error: unknown }[] = [];
      for (const [index, row] of rows.entries()) {
        const cells = Array.isArray(row) ? row : [row];
        try {
          const result = check(...cells);
          if (result instanceof Promise) throw new TypeError('A check of a row may not be async.');
        } catch (error) {
          failures.push({ row: rowName(name, cells, index), error });
        }
      }
      const [first, ...others] = failures;
      if (!first) return;
      // The first failure itself, since it has the difference between what was expected and what came.
      const error = first.error instanceof Error ? first.error : new Error(String(first.error));
      const names = others.map(({ row }) => row).join('\n');
      error.message = `${first.row}: ${error.message}${names === '' ? '' : `\nThese rows fail too:\n${names}`}`;
      throw error;
    });
  }) as typeof it.each;

const SLOTS = /%[sdifjoO]|\$\w+/g;

function rowName(name: string, cells: readonly unknown[], index: number): string {
  let next = 0;
  const title = name.replace(SLOTS, (slot) => {
    if (slot.startsWith('%')) return format(slot, cells[next++]);
    const [row] = cells;
    return String((row as Record<string, unknown> | undefined)?.[slot.slice(1)]);
  });
  return `row ${index + 1}, ${title}`;
}
