/** How a secret is given within a host's prompts: typed, from a file, or in our own wizard. */
import { resolve } from 'node:path';
import {
  decodedText,
  MAX_SECRET_BYTES,
  readBounded,
  readProblem,
} from '../../config/file/bounded-file.ts';
import { expandHome } from '../../config/locate.ts';
import { shownPath } from '../../config/source/pasted-credential.ts';
import type { HostPrompter } from '../../host/contract.ts';
import { type LocalizedText, localize, type Text } from '../../shared/text/text.ts';
import type { BACK } from '../conversation/jump-to.ts';
import type { Question } from '../conversation/questions.ts';
import { wizardTexts } from '../wizard-texts.ts';
import { onboardingTexts as texts } from './onboarding-texts.ts';

export type SecretChoice = 'type' | 'file' | 'own' | typeof BACK | 'leave';

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
      const found = await readSecretFile(resolve(expandHome(unquoted(named), home)));
      const problem = typeof found === 'string' ? question.refuse?.(found.trim()) : found;
      if (typeof found === 'string' && !problem) return found.trim();
      if (problem) await prompter.note(say(problem), 'Feishu');
      return undefined;
    },
  };
}

/** The text of a small regular file in any encoding, or why there is none. */
async function readSecretFile(path: string): Promise<string | LocalizedText> {
  try {
    return decodedText(await readBounded(path, MAX_SECRET_BYTES));
  } catch (error) {
    // A secret pasted in place of the path is not repeated.
    const params = { path: shownPath(path), reason: readProblem(error) };
    return localize(wizardTexts.secretFileUnreadable, params);
  }
}

/** Terminals put a dropped file's path in quotes. */
function unquoted(path: string): string {
  return /^(["'])(.+)\1$/.exec(path)?.[2] ?? path;
}
