/** Guesses the language that a person writes. Pure. */
import type { Lang } from '../../shared/text/text.ts';

/** Chinese if the text has a Chinese character, English if it has Latin words only. */
export function detectLanguage(text: string, fallback: Lang): Lang {
  if (/\p{Script=Han}/u.test(text)) return 'zh';
  return /[a-z]{2}/i.test(text) ? 'en' : fallback;
}
