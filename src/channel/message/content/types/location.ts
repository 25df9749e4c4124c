import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../pieces/placeholder.ts';
import { asObject, asText } from '../untyped.ts';

export const locationType: ContentType = {
  names: ['location'],
  read: (content, { lang }) => {
    const { name, latitude, longitude } = asObject(content);
    const place = [latitude, longitude].map((value) => asText(value) || numberText(value));
    return labelled(texts.location, [asText(name), place.filter(Boolean).join(' ')], lang);
  },
};

const numberText = (value: unknown): string => (typeof value === 'number' ? String(value) : '');
