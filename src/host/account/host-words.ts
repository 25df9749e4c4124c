/** Texts as they are shown within a host: the person's language, the host's own commands. */
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { sentences } from '../../shared/sentences.ts';
import { languageOfLocale, type Message, render, type Text } from '../../shared/text.ts';
import { inCommandsOf } from '../machine/command-names.ts';
import { runningHost } from '../section/config-location.ts';

export type Say = (text: Message | Text) => string;

/** @param entry `process.argv[1]`: its package says which host runs us */
export function hostSay(
  env: Readonly<Record<string, string | undefined>>,
  entry: string | undefined,
): Say {
  const lang = languageOfLocale(env) ?? 'en';
  const host = runningHost(entry);
  return (text) => inCommandsOf(host, render(text, lang));
}

/** The fault and its advice as one text, since a host shows only one. */
export function errorInWords({ what, fix }: Pick<MoltbotFeishuError, 'what' | 'fix'>, say: Say) {
  return sentences([say(what), fix && say(fix)]);
}
