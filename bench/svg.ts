/** Curves as an SVG that reads on light and dark pages. Pure. */
import type { Point } from './runtime.ts';

export interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly isLogX: boolean;
  readonly series: Readonly<Record<string, readonly Point[]>>;
}

const SIZE = { width: 640, height: 320, left: 64, right: 16, top: 40, bottom: 72 } as const;
const COLORS = ['#3370ff', '#e8710a', '#2ba471', '#8a38f5'] as const;

export function chart({ title, x, y, isLogX, series }: Chart): string {
  const all = Object.values(series).flat();
  const place = isLogX ? Math.log10 : (value: number) => value;
  const xs = all.map((point) => place(point.x));
  const [least, most] = [Math.min(...xs), Math.max(...xs)];
  const top = Math.max(...all.map((point) => point.y)) * 1.1 || 1;
  const inner = {
    width: SIZE.width - SIZE.left - SIZE.right,
    height: SIZE.height - SIZE.top - SIZE.bottom,
  };
  const atX = (value: number) =>
    SIZE.left + ((place(value) - least) / (most - least || 1)) * inner.width;
  const atY = (value: number) => SIZE.top + inner.height - (value / top) * inner.height;
  const label = (left: number, down: number, text: string, more = '') =>
    `<text x="${left.toFixed(1)}" y="${down.toFixed(1)}" ${more}>${text}</text>`;

  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const line = `<line x1="${SIZE.left}" x2="${SIZE.width - SIZE.right}" y1="${atY(top * share).toFixed(1)}" y2="${atY(top * share).toFixed(1)}" stroke="#8884"/>`;
    return (
      line + label(SIZE.left - 6, atY(top * share) + 4, short(top * share), 'text-anchor="end"')
    );
  });
  const marks = [...new Set(all.map((point) => point.x))].map((value) =>
    label(atX(value), SIZE.height - SIZE.bottom + 16, short(value), 'text-anchor="middle"'),
  );
  const lines = Object.entries(series).map(([name, points], index) => {
    const color = COLORS[index % COLORS.length] ?? '#888';
    const path = points
      .map((point) => `${atX(point.x).toFixed(1)},${atY(point.y).toFixed(1)}`)
      .join(' ');
    const legend = SIZE.left + index * 190;
    return [
      `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"/>`,
      ...points.map(
        (point) =>
          `<circle cx="${atX(point.x).toFixed(1)}" cy="${atY(point.y).toFixed(1)}" r="3" fill="${color}"/>`,
      ),
      `<rect x="${legend}" y="${SIZE.height - 18}" width="10" height="10" fill="${color}"/>`,
      label(legend + 14, SIZE.height - 9, name),
    ].join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="system-ui, sans-serif" font-size="11" fill="#888">
<title>${title}</title>
${label(SIZE.left, 20, title, 'font-size="14" font-weight="600"')}
${grid.join('\n')}
${marks.join('\n')}
${label(SIZE.left + inner.width / 2, SIZE.height - 34, x, 'text-anchor="middle"')}
${label(8, SIZE.top - 8, y)}
${lines.join('\n')}
</svg>
`;
}

function short(value: number): string {
  if (value >= 1000) return `${Number((value / 1000).toFixed(1))}k`;
  return String(Number(value.toFixed(value < 10 ? 1 : 0)));
}
