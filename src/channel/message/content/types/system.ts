import type { Lang } from '../../../../shared/text/text.ts';
import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../pieces/placeholder.ts';
import { asArray, asObject, asText, collectTexts, type Fields } from '../untyped.ts';

/** A notice of the client: a template (`{from_user} invited {to_chatters}`) and its values. */
export const systemType: ContentType = {
  names: ['system'],
  read: (content, { lang }) => {
    const fields = asObject(content);
    const said = filled(fields, lang) || collectTexts(fields).join(' ');
    return labelled(texts.system, said, lang);
  },
};

/** A `{name}` without a value is dropped. */
function filled(fields: Fields, lang: Lang): string {
  return asText(fields.template)
    .replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
      Object.hasOwn(fields, name) ? valueText(fields[name], lang) : '',
    )
    .trim();
}

/** A text, a list of names, or a text with its translations. */
function valueText(value: unknown, lang: Lang): string {
  if (Array.isArray(value)) {
    const names = asArray(value).map((one) => asText(one) || nameIn(one, lang));
    return names.filter((name) => name !== '').join(lang === 'zh' ? '、' : ', ');
  }
  return asText(value) || nameIn(value, lang);
}

function nameIn(value: unknown, lang: Lang): string {
  const { name, text, i18n_text: translations } = asObject(value);
  const locale = lang === 'zh' ? 'zh_CN' : 'en_US';
  const { [locale]: translated } = asObject(translations);
  return asText(translated) || asText(text) || asText(name) || collectTexts(value).join(', ');
}
