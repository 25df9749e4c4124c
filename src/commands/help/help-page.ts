/**
 * The first page of help, as the build has it printed by the program itself: to lay it out takes as
 * long as Node's own start. Where the terminal is not as wide as usual it is laid out anew.
 */
import { languageOfLocale } from '../../shared/text.ts';
import { outputColumns, readNow, USUAL_COLUMNS } from '../output/standard-output.ts';

export const helpPage = (lang: string): string => `help.${lang}.txt`;

/** `undefined` where there is none that fits. */
export function builtHelp(env: NodeJS.ProcessEnv): string | undefined {
  if (outputColumns() !== USUAL_COLUMNS) return undefined;
  return readNow(`${import.meta.dirname}/${helpPage(languageOfLocale(env) ?? 'en')}`);
}
