/** A line for people on the standard output of a command, or on standard error beside JSON. */
import { fitted } from '../../shared/layout/fitted.ts';
import type { Shell } from '../shell.ts';

/** In a terminal it is broken between words. */
export function writeLine({ human }: Pick<Shell, 'human'>, line: string): void {
  human.write(`${fitted(human, line)}\n`);
}
