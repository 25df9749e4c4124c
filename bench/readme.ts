/** The blocks of numbers in the README of this folder, each between two comments that name it. */
import { readFile, writeFile } from 'node:fs/promises';

const blocks = {
  numbers: ['<!-- numbers: written by npm run bench -->', '<!-- end of numbers -->'],
  peers: ['<!-- peers: written by npm run bench:peers -->', '<!-- end of peers -->'],
} as const;

/** @throws where the page has not both comments of the block */
export async function writeNumbers(
  path: string,
  block: keyof typeof blocks,
  markdown: string,
): Promise<void> {
  const [start, end] = blocks[block];
  const text = await readFile(path, 'utf8');
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no block between ${start} and ${end}`);
  await writeFile(path, `${text.slice(0, from)}${start}\n\n${markdown}\n${text.slice(to)}`);
}
