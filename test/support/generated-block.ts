/** Tables of the documents that are made from the code: compared, or written with `UPDATE_DOCS=1`. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const root = new URL('../../', import.meta.url);

export const documentLanguages = [
  { lang: 'en', folder: 'docs/en' },
  { lang: 'zh', folder: 'docs/zh-CN' },
] as const;

/**
 * A block begins with `<!-- made from SOURCE -->` and ends with `<!-- end -->`, each on a line of its
 * own; `content` is what belongs between them.
 */
export async function expectBlock(path: string, source: string, content: string): Promise<void> {
  const file = fileURLToPath(new URL(path, root));
  const start = `<!-- made from ${source} -->\n`;
  const text = await readFile(file, 'utf8');
  const at = text.indexOf(start);
  const end = text.indexOf('<!-- end -->', at);
  if (at < 0 || end < 0) throw new Error(`${path} has no block made from ${source}`);
  const made = text.slice(0, at) + start + content + text.slice(end);
  if (process.env.UPDATE_DOCS) await writeFile(file, made);
  else expect(text).toBe(made);
}

export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|') || '–').join(' | ')} |\n`;
  return `${line(headings)}|${headings.map(() => '---|').join('')}\n${rows.map(line).join('')}`;
}
