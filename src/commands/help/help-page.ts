/**
 * The first page of help, printed to a file at build time, because its layout takes as long as the
 * start of Node. A terminal of an unusual width gets a fresh layout.
 */
import { languageOfLocale } from '../../shared/text/text.ts';
import { outputColumns, readNow, USUAL_COLUMNS } from '../output/standard-output.ts';

export const helpPage = (lang: string): string => `help.${lang}.txt`;

/** `undefined` where no stored page fits the terminal. */
export function builtHelp(env: NodeJS.ProcessEnv): string | undefined {
  if (outputColumns() !== USUAL_COLUMNS) return undefined;
  return readNow(`${import.meta.dirname}/${helpPage(languageOfLocale(env) ?? 'en')}`);
}
