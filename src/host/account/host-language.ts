/** Texts as they are shown within a host: the person's language, the host's own commands. */
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { sentences } from '../../shared/text/sentences.ts';
import { type LocalizedText, languageOfLocale, render, type Text } from '../../shared/text/text.ts';
import { rewriteCommands } from '../machine/installed/command-names.ts';
import { runningHost } from '../section/config-location.ts';

export type Say = (text: LocalizedText | Text) => string;

/** @param entry `process.argv[1]`: its package says which host runs us */
export function hostSay(
  env: Readonly<Record<string, string | undefined>>,
  entry: string | undefined,
): Say {
  const lang = languageOfLocale(env) ?? 'en';
  const host = runningHost(entry);
  return (text) => rewriteCommands(host, render(text, lang));
}

/** The fault and its advice as one text, since a host shows only one. */
export function describeError(
  { what, advice }: Pick<MoltbotFeishuError, 'what' | 'advice'>,
  say: Say,
) {
  return sentences([say(what), advice && say(advice)]);
}
