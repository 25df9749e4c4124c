/** Draws an excerpt of a recorded transcript as a terminal window (SVG) that fills step by step. Pure. */
import { columnsOf } from '../test/support/columns.ts';

const CELL = { width: 8.4, height: 20 } as const;
const MARGIN = { left: 20, top: 52, bottom: 18 } as const;
/** How long each step is the last one to be seen (s). */
const STEP_S = 1.2;
const FONT =
  "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace";

const colors = {
  window: '#1e1f29',
  bar: '#2a2c3a',
  text: '#e4e6ef',
  dim: '#7c8194',
  ok: '#5fd38d',
  ask: '#63b3ed',
} as const;

/** The lines of the terminal in a transcript page, without the command that was typed. */
export function screenOf(page: string): readonly string[] {
  const [, screen = ''] = /```\n([\s\S]*?)\n```/.exec(page) ?? [];
  return screen.split('\n').filter((line) => !line.startsWith('$ '));
}

/**
 * What a reader needs to see how setup goes: questions, results, and the comparison of the app.
 * Notes and the change of the config are left out.
 */
export function excerptOf(screen: readonly string[]): readonly string[] {
  const blocks: string[][] = [[]];
  for (const line of screen) {
    if (line.trim() === '│') blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  const isShown = (lines: readonly string[]) =>
    /^[┌└◇✓]/.test(lines[0] ?? '') ||
    (lines.length > 3 && !lines.some((line) => line.includes('@@')));
  return blocks.filter(isShown).flatMap((lines, at) => (at === 0 ? lines : ['│', ...lines]));
}

export function terminalSvg(lines: readonly string[], title: string): string {
  const columns = Math.max(...lines.map(columnsOf));
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN.left);
  const height = lines.length * CELL.height + MARGIN.top + MARGIN.bottom;
  const drawn = (line: string, row: number): string[] =>
    runsOf(line).map(({ column, text }) => {
      const x = (MARGIN.left + column * CELL.width).toFixed(1);
      const y = MARGIN.top + (row + 0.7) * CELL.height;
      return `<text x="${x}" y="${y}" fill="${colorOf(text)}" data-row="${row}">${escaped(text)}</text>`;
    });
  const groups: string[][] = [];
  for (const [row, line] of lines.entries()) {
    // A step begins after a line with the bar alone.
    if (row === 0 || lines[row - 1]?.trim() === '│') groups.push([]);
    groups.at(-1)?.push(...drawn(line, row));
  }
  const texts = groups.flatMap((group, at) => [
    `<g style="animation-delay:${(at * STEP_S).toFixed(1)}s">`,
    ...group,
    '</g>',
  ]);
  const buttons = ['#ff5f57', '#febc2e', '#28c840'].map(
    (color, at) => `<circle cx="${20 + at * 20}" cy="18" r="6" fill="${color}"/>`,
  );
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${FONT}" font-size="14" role="img" aria-label="${escaped(title)}">`,
    `<rect width="${width}" height="${height}" rx="10" fill="${colors.window}"/>`,
    `<path d="M0 36V10A10 10 0 0 1 10 0H${width - 10}A10 10 0 0 1 ${width} 10V36Z" fill="${colors.bar}"/>`,
    ...buttons,
    // Played once; without motion the whole screen is there.
    '<style>g{animation:appear .3s both}@keyframes appear{from{opacity:0}}@media (prefers-reduced-motion:reduce){g{animation:none}}</style>',
    `<text x="${width / 2}" y="23" fill="${colors.dim}" text-anchor="middle">${escaped(title)}</text>`,
    ...texts,
    '</svg>',
  ].join('\n')}\n`;
}

/**
 * Pieces of a line, each with the column in which it begins: full-width characters are not exactly two
 * cells wide in every font, so that a long text alone would not align.
 */
function runsOf(line: string): { column: number; text: string }[] {
  const runs = [...line.matchAll(/[│◇✓┌└–]|(?:[^│◇✓┌└– ]| (?! ))+/g)];
  return runs
    .map(({ index, 0: text }) => ({ column: columnsOf(line.slice(0, index)), text }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ column, text }) => {
      const start = text.length - text.trimStart().length;
      return { column: column + start, text: text.trim() };
    });
}

function colorOf(text: string): string {
  if (text === '✓') return colors.ok;
  if (text === '◇') return colors.ask;
  return /^(?:[│┌└–]|\[esc\].*)$/.test(text) ? colors.dim : colors.text;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
