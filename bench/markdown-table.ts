/** Tables and cells in Markdown. Pure. */
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

export const times = (value: number): string => `${value.toFixed(2)}×`;

/** A number that not every system gives. */
export const given = (value: number | undefined, unit: string): string =>
  value === undefined || Number.isNaN(value) ? 'not measured' : `${value.toFixed(0)} ${unit}`;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
