/** The known name that a mistyped one most likely meant. Pure. */
import { distance } from 'fastest-levenshtein';

/** A name without case, separators, blanks and invisible characters: what remains when it is read aloud. */
export function bare(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** `undefined` where none is near: much more than a third wrong is another word. */
export function nearest(key: string, known: readonly string[]): string | undefined {
  return closest(key, known, Math.max(1, Math.round(key.length / 3)));
}

/** The known name of which this is the same word, misspelt: one slip, two in a long name. */
export function findMisspelling(key: string, known: readonly string[]): string | undefined {
  return closest(key, known, key.length < 8 ? 1 : 2);
}

function closest(key: string, known: readonly string[], most: number): string | undefined {
  const [best] = known
    .map((name) => ({ name, edits: distance(bare(name), bare(key)) }))
    .sort((a, b) => a.edits - b.edits);
  return best && best.edits <= most ? best.name : undefined;
}
