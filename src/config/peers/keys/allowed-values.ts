/** The values that plugins allow for a key, as a person writes them. Pure. */
import { type LocalizedText, localize, type Text } from '../../../shared/text/text.ts';
import { configTexts } from '../../config-texts.ts';
import { listTexts } from '../peer-texts.ts';
import type { Owner, PeerKey } from './peer-keys.ts';

const kinds: Readonly<Record<string, Text>> = {
  switch: configTexts.allowedBoolean,
  number: configTexts.allowedNumber,
  text: configTexts.allowedText,
  texts: listTexts.texts,
  people: listTexts.people,
  chats: listTexts.chats,
  object: configTexts.anObject,
  secret: configTexts.allowedSecret,
};

/** @param owners whose values; a value that several allow is there once */
export function allowedValues(
  { forms }: Pick<PeerKey, 'forms'>,
  owners: readonly Owner[],
): readonly (string | LocalizedText)[] {
  const words = owners.flatMap((owner) => forms[owner]?.split(' ') ?? []);
  return [...new Set(words)].map((word) => {
    const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
    return kind ? localize(kind) : word;
  });
}
