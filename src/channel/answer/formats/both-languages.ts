import type { Text } from '../../../shared/text/text.ts';

/** A text of a card in both languages: each client shows its own. */
export function inBothLanguages({ en, zh }: Text) {
  if (en === zh) return { tag: 'plain_text', content: en } as const;
  return { tag: 'plain_text', content: en, i18n_content: { en_us: en, zh_cn: zh } } as const;
}
