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
  const plain = bare(key);
  const [best] = known
    .filter((name) => mayBeNear(plain, bareKnown(name), most))
    .map((name) => ({ name, edits: distance(bareKnown(name), plain) }))
    .sort((a, b) => a.edits - b.edits);
  return best && best.edits <= most ? best.name : undefined;
}

/** Two names differ in at least as many letters as in their lengths. */
export function mayBeNear(one: string, other: string, most: number): boolean {
  return Math.abs(one.length - other.length) <= most;
}

const bareNames = new Map<string, string>();

/** {@link bare} for a name of ours: each is compared with every key of a config. */
export function bareKnown(name: string): string {
  const before = bareNames.get(name);
  if (before !== undefined) return before;
  const plain = bare(name);
  bareNames.set(name, plain);
  return plain;
}
