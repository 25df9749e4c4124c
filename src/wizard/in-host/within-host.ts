/** Leaves out texts of our wizard on what its host does itself: write the config and report it. */
import { configTexts } from '../../config/texts.ts';
import { asLocalized, type Text } from '../../shared/text.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { wizardTexts as texts } from '../texts.ts';
import { onboardingTexts } from './onboarding-texts.ts';

/** About the private copy of the section, on which the wizard works. */
const aboutCopy: readonly Text[] = [
  configTexts.usesConfig,
  texts.planned,
  texts.askWrite,
  texts.wrote,
  texts.wroteBackup,
  texts.nothingToWrite,
  texts.keptPending,
  texts.left,
];

/** The text as it is true within a host; nothing where the host says it itself. */
export function textWithinHost(text: Text): Text | undefined {
  if (text === texts.keptForLater) return onboardingTexts.keptForLater;
  return aboutCopy.includes(text) ? undefined : text;
}

/** A conversation of our own wizard that a host started in the midst of its own. */
export function conversationWithinHost(conversation: Conversation): Conversation {
  const onlySaid =
    (say: Conversation['tell']): Conversation['tell'] =>
    (what) => {
      const { text, params } = asLocalized(what);
      const known = textWithinHost(text);
      if (known) say({ text: known, params });
    };
  return {
    ...conversation,
    tell: onlySaid(conversation.tell),
    warn: onlySaid(conversation.warn),
    show: (title, lines, besides) =>
      textWithinHost(asLocalized(title).text) !== undefined &&
      conversation.show(title, lines, besides),
    choose: async (ask, list) =>
      textWithinHost(asLocalized(ask).text)
        ? conversation.choose(ask, list)
        : (list[0]?.value ?? ''),
  };
}
