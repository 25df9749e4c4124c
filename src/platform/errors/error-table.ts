/**
 * Every error code of the Open Platform that we know, as data: meaning, advice, in zh and en.
 *
 * In: an API family and a code. Out: the row to show and to act on; an unknown code gets a row that
 * shows the platform's own words. Source: docs/platform/errors.md.
 */

import { platformTexts } from '../platform-texts.ts';
import type { ErrorEntry, ErrorFamily } from './entry.ts';
import { applicationErrors } from './error-table/application.ts';
import { cardErrors } from './error-table/cards.ts';
import { generalErrors } from './error-table/general.ts';
import { longConnectionErrors } from './error-table/long-connection.ts';
import { mediaErrors } from './error-table/media.ts';
import { messageErrors } from './error-table/messages.ts';
import { registrationErrors } from './error-table/registration.ts';
import { tokenErrors } from './error-table/tokens.ts';

export type { ErrorEntry, ErrorFamily, PlatformErrorCode } from './entry.ts';

export const errorTable: readonly ErrorEntry[] = [
  ...tokenErrors,
  ...generalErrors,
  ...messageErrors,
  ...mediaErrors,
  ...cardErrors,
  ...longConnectionErrors,
  ...registrationErrors,
  ...applicationErrors,
];

const rows = new Map(errorTable.map((entry) => [`${entry.family} ${entry.code}`, entry]));

/**
 * The row for a code: of its family, else the general one, else a row for the unknown.
 *
 * Texts may hold `{code}` and `{msg}`; render them with what the platform answered.
 */
export function lookup(family: ErrorFamily, code: number | string): ErrorEntry {
  return rows.get(`${family} ${code}`) ?? rows.get(`general ${code}`) ?? unknownError(family, code);
}

/** Whether the table has a row for the code, its own or a general one. */
export function isKnownError(family: ErrorFamily, code: number | string): boolean {
  return rows.has(`${family} ${code}`) || rows.has(`general ${code}`);
}

function unknownError(family: ErrorFamily, code: number | string): ErrorEntry {
  const words = {
    meaning: platformTexts.unknownCode,
    advice: platformTexts.unknownCodeAdvice,
  };
  // The token endpoint answers 10000–10099 for what is wrong with the pair it was given.
  const isPair = family === 'token' && typeof code === 'number' && code >= 10_000 && code < 10_100;
  return isPair
    ? {
        ...words,
        family,
        code,
        error: 'credentials-rejected',
        outcome: 'terminal',
        page: 'baseinfo',
      }
    : { ...words, family, code, error: 'platform-rejected', outcome: 'terminal' };
}
