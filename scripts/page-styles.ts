import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes a style sheet into a folder, with the sheets that it imports inside: a browser asks once. */
export async function writeStyles(sheet: string, folder: string): Promise<void> {
  const imports = (await readFile(sheet, 'utf8')).matchAll(/^@import "(.+)";$/gm);
  const parts = [...imports].map(([, part = '']) => readFile(join(dirname(sheet), part), 'utf8'));
  await writeFile(join(folder, basename(sheet)), (await Promise.all(parts)).join(''));
}
