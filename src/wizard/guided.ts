/** The guided conversation: clack's prompts on the terminal's own streams. */
import * as clack from '@clack/prompts';
import type { CheckResult } from '../doctor/check.ts';
import { checkLine } from '../doctor/check-line.ts';
import type { Lang, Message, Text } from '../shared/text.ts';
import { render } from '../shared/text.ts';
import { type Conversation, cancelled } from './conversation.ts';
import { wizardTexts as texts } from './texts.ts';
import { showWorking } from './working.ts';

export interface GuidedOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly lang: Lang;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** The terminal draws over its lines. */
  readonly draws: boolean;
}

export function guidedConversation(options: GuidedOptions): Conversation {
  const { input, output, lang, signal, now, draws } = options;
  const say = (text: Message | Text) => render(text, lang);
  const streams = { input, output, signal };
  const answered = <T>(answer: T): Exclude<T, symbol> => {
    if (typeof answer === 'symbol') throw cancelled();
    return answer as Exclude<T, symbol>;
  };
  clack.updateSettings({
    messages: { cancel: say(texts.cancelled), error: say(texts.cancelled) },
  });

  return {
    guided: true,
    async ask(question, suggestion) {
      const validate = (answer: string | undefined) => {
        const problem = question.refuse?.((answer ?? '').trim());
        return problem && say(problem);
      };
      const common = { message: say(question.ask), ...streams };
      switch (question.kind) {
        case 'text': {
          const initial = suggestion === undefined ? {} : { initialValue: suggestion };
          return answered(await clack.text({ ...common, ...initial, validate })).trim();
        }
        case 'secret':
          return answered(await clack.password({ ...common, validate })).trim();
        case 'select':
          return answered(
            await clack.select<string>({
              ...common,
              options: (question.options ?? []).map((option) => ({
                value: option.value,
                label: say(option.label),
              })),
              ...(suggestion !== undefined && { initialValue: suggestion }),
            }),
          );
      }
    },
    async choose(ask, options) {
      return answered(
        await clack.select<string>({
          message: say(ask),
          options: options.map((option) => ({ value: option.value, label: say(option.label) })),
          ...streams,
        }),
      );
    },
    async confirm(ask) {
      const words = lang === 'zh' ? { active: '是', inactive: '否' } : {};
      return answered(await clack.confirm({ message: say(ask), ...words, ...streams }));
    },
    tell: (what) => clack.log.info(say(what), { output }),
    warn: (what) => clack.log.warn(say(what), { output }),
    show: (title, lines) => clack.log.message([say(title), ...lines.split('\n')], { output }),
    step: (result: CheckResult) => {
      const lines = checkLine(result, say);
      if (result.status === 'fail') clack.log.error(lines, { output });
      else if (result.status === 'warn') clack.log.warn(lines, { output });
      else if (result.status === 'ok') clack.log.success(lines, { output });
      else clack.log.step(lines, { output });
    },
    async during(what, work) {
      const done = showWorking(say(what), { output, draws, now });
      try {
        return await work();
      } finally {
        done();
      }
    },
  };
}
