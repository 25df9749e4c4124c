/** The known name that a mistyped one most likely meant. Pure. */
import { distance } from 'fastest-levenshtein';

/** `undefined` where none is near: much more than a third wrong is another word. */
export function nearest(key: string, known: readonly string[]): string | undefined {
  const bare = (name: string) => name.toLowerCase().replaceAll(/[-_]/g, '');
  const [best] = known
    .map((name) => ({ name, edits: distance(bare(name), bare(key)) }))
    .sort((a, b) => a.edits - b.edits);
  return best && best.edits <= Math.max(1, Math.round(key.length / 3)) ? best.name : undefined;
}
