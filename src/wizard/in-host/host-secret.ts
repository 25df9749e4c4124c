/** How a secret is given within a host's prompts: typed, from a file, or in our own wizard. */
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errnoOf } from '../../config/file/file-system.ts';
import { expandHome } from '../../config/locate.ts';
import type { HostPrompter } from '../../host/contract.ts';
import { type LocalizedText, localize, type Text } from '../../shared/text/text.ts';
import type { BACK } from '../conversation/jump-to.ts';
import type { Question } from '../conversation/questions.ts';
import { wizardTexts } from '../wizard-texts.ts';
import { onboardingTexts as texts } from './onboarding-texts.ts';

export type SecretChoice = 'type' | 'file' | 'own' | typeof BACK | 'leave';

/** Larger than any secret (bytes): the file is another one. */
const MAX_SECRET_BYTES = 4096;

interface SecretPrompts {
  choose(choices: readonly SecretChoice[], isHidden: boolean): Promise<SecretChoice>;
  /** The secret from the file that the person names; `undefined`, with a notice, if unusable. */
  read(): Promise<string | undefined>;
}

export function hostSecretPrompts(options: {
  readonly prompter: HostPrompter;
  readonly say: (text: LocalizedText | Text) => string;
  readonly home: string;
  readonly question: Question;
}): SecretPrompts {
  const { prompter, say, home, question } = options;
  return {
    choose: (choices, isHidden) => {
      const labels: Readonly<Record<SecretChoice, Text>> = {
        type: isHidden ? texts.secretHere : texts.secretShown,
        file: texts.secretFromFile,
        own: texts.secretInOwnWizard,
        back: wizardTexts.choiceBack,
        leave: wizardTexts.choiceLeave,
      };
      return prompter.select({
        message: say(texts.askSecretInput),
        options: choices.map((value) => ({ value, label: say(labels[value]) })),
      });
    },
    async read() {
      const named = (await prompter.text({ message: say(texts.askSecretFile) })).trim();
      const path = resolve(expandHome(named, home));
      const found = await secretIn(path);
      const problem =
        typeof found === 'string'
          ? question.refuse?.(found.trim())
          : localize(wizardTexts.secretFileUnreadable, { path, reason: found.reason });
      if (typeof found === 'string' && !problem) return found.trim();
      if (problem) await prompter.note(say(problem), 'Feishu');
      return undefined;
    },
  };
}

/** The text of a small regular file, or why there is none. */
async function secretIn(path: string): Promise<string | { readonly reason: string }> {
  try {
    const entry = await stat(path);
    if (!entry.isFile()) return { reason: 'not a file' };
    if (entry.size > MAX_SECRET_BYTES) return { reason: `more than ${MAX_SECRET_BYTES} bytes` };
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = errnoOf(error);
    if (reason === undefined) throw error;
    return { reason };
  }
}
