/** The language a person seems to write. Pure. */
import type { Lang } from '../../shared/text.ts';

/** Chinese where there is a Chinese character, English where there are Latin words only. */
export function languageOf(text: string, fallback: Lang): Lang {
  if (/\p{Script=Han}/u.test(text)) return 'zh';
  return /[a-z]{2}/i.test(text) ? 'en' : fallback;
}
