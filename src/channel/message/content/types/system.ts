import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../placeholder.ts';
import { asObject, asText, collectTexts, type Fields } from '../untyped.ts';

/** A notice of the client: a template (`{from_user} invited {to_chatters}`) and its values. */
export const systemType: ContentType = {
  names: ['system'],
  read: (content, { lang }) => labelled(texts.system, filled(asObject(content)), lang),
};

function filled(fields: Fields): string {
  return asText(fields.template)
    .replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
      Object.hasOwn(fields, name) ? valueText(fields[name]) : '',
    )
    .trim();
}

function valueText(value: unknown): string {
  return asText(value) || collectTexts(value).join(', ');
}
