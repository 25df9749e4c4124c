/** The conversation on a host's own prompts; what is said in passing is shown before the next question. */

import { checkLine } from '../doctor/check-line.ts';
import type { HostPrompter } from '../host/contract.ts';
import { asMessage, type Lang, type Message, render, type Text } from '../shared/text.ts';
import { visible, visibleBlock } from '../shared/visible.ts';
import type { Conversation } from './conversation.ts';

export interface HostConversation extends Conversation {
  /** Shows what has been said since the last question. */
  flush(): Promise<void>;
}

export interface HostConversationOptions {
  readonly prompter: HostPrompter;
  readonly lang: Lang;
  readonly signal: AbortSignal;
  /** What a host says itself, or what is not so in it. */
  readonly isUnsaid: (text: Text) => boolean;
}

export function hostConversation(options: HostConversationOptions): HostConversation {
  const { prompter, lang } = options;
  const say = (text: Message | Text): string => render(text, lang);
  const said: string[] = [];

  function note(what: Message | Text, line: string): void {
    if (!options.isUnsaid(asMessage(what).text)) said.push(line);
  }

  async function flush(): Promise<void> {
    const lines = said.splice(0);
    if (lines.length > 0) await prompter.note(lines.join('\n'), 'Feishu');
  }

  async function during<T>(
    what: Message | Text,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    await flush();
    const progress = prompter.progress(say(what));
    try {
      return await work(options.signal);
    } finally {
      progress.stop();
    }
  }

  return {
    guided: true,
    flush,
    async ask(question, suggestion) {
      await flush();
      const ask = { message: say(question.ask) };
      if (question.kind === 'select') {
        const choices = (question.options ?? []).map(({ value, label, hint }) => ({
          value,
          label: say(label),
          ...(hint && { hint: say(hint) }),
        }));
        const initial = suggestion === undefined ? {} : { initialValue: suggestion };
        return prompter.select({ ...ask, options: choices, ...initial });
      }
      const validate = (answer: string): string | undefined => {
        const problem = question.refuse?.((answer ?? '').trim());
        return problem && say(problem);
      };
      const isSecret = question.kind === 'secret';
      const answer = await prompter.text({
        ...ask,
        validate,
        ...(isSecret && { sensitive: true }),
        ...(!isSecret && suggestion !== undefined && { initialValue: visible(suggestion) }),
      });
      return answer.trim();
    },
    async choose(ask, choices) {
      // The host writes its config itself, after its own questions.
      if (options.isUnsaid(asMessage(ask).text)) return choices[0]?.value ?? '';
      await flush();
      return prompter.select({
        message: say(ask),
        options: choices.map(({ value, label }) => ({ value, label: say(label) })),
      });
    },
    tell: (what) => note(what, say(what)),
    warn: (what) => note(what, `! ${say(what)}`),
    show: (title, lines) => note(title, `${say(title)}\n${visibleBlock(lines)}`),
    step: (result) => void said.push(checkLine(result, say)),
    during,
    async wait({ status, work }) {
      return during(status(), work);
    },
    // A host's prompter draws no picture and has no clipboard: the link is said.
    picture: undefined,
    draw: () => undefined,
    close: () => undefined,
    copy: () => false,
  };
}
