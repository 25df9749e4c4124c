/**
 * The guided conversation as plain lines: for a dumb terminal, one without UTF-8, and screen readers.
 * Options are numbered; nothing is drawn over; `<` goes back.
 */
import { createInterface, emitKeypressEvents } from 'node:readline';
import { checkLine } from '../../doctor/report/check-line.ts';
import { asciiMarks } from '../../doctor/report/marks.ts';
import { visible, visibleBlock } from '../../shared/terminal/visible.ts';
import type { LocalizedText, Text } from '../../shared/text/text.ts';
import { wizardTexts as texts } from '../wizard-texts.ts';
import { type Conversation, cancelled } from './conversation.ts';
import { BACK, JumpTo } from './jump-to.ts';
import { liveLine } from './live-line.ts';
import type { Option, Question } from './questions.ts';

export interface PlainOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  /** Renders a text in the person's language. */
  readonly say: (text: LocalizedText | Text) => string;
  readonly signal: AbortSignal;
}

/** Typed alone, it goes back to the question before. */
const BACK_WORD = '<';

export function plainConversation({ input, output, say, signal }: PlainOptions): Conversation {
  const write = (line: string): void => void output.write(`${line}\n`);
  let mayGoBack = false;

  async function line(prompt: string): Promise<string> {
    signal.throwIfAborted();
    const answer = await new Promise<string | undefined>((resolve) => {
      const reader = createInterface({ input, output, terminal: false });
      const stop = (): void => reader.close();
      let said: string | undefined;
      reader.once('line', (text) => {
        said = text;
        reader.close();
      });
      reader.once('close', () => {
        signal.removeEventListener('abort', stop);
        resolve(said);
      });
      signal.addEventListener('abort', stop, { once: true });
      output.write(prompt);
    });
    if (answer === undefined) throw cancelled();
    if (mayGoBack && answer.trim() === BACK_WORD) throw new JumpTo(BACK);
    return answer.trim();
  }

  /** Typed text stays hidden, without stars: a screen reader would read them aloud. */
  function hiddenLine(prompt: string): Promise<string> {
    emitKeypressEvents(input);
    if (input.isTTY) input.setRawMode(true);
    input.resume();
    output.write(prompt);
    let typed = '';
    return new Promise<string>((resolve, reject) => {
      const end = (settle: () => void): void => {
        input.off('keypress', onKey);
        signal.removeEventListener('abort', onAbort);
        if (input.isTTY) input.setRawMode(false);
        input.pause();
        output.write('\n');
        settle();
      };
      const onAbort = (): void => end(() => reject(cancelled()));
      const onKey = (
        character: string | undefined,
        key: { name?: string; ctrl?: boolean },
      ): void => {
        const isEnter = key.name === 'return' || key.name === 'enter';
        if (key.ctrl && (key.name === 'c' || key.name === 'd')) onAbort();
        else if (key.name === 'escape' || (isEnter && typed === BACK_WORD)) {
          if (mayGoBack) end(() => reject(new JumpTo(BACK)));
          else typed = '';
        } else if (isEnter) end(() => resolve(typed.trim()));
        else if (key.name === 'backspace') typed = typed.slice(0, -1);
        else if (character && !key.ctrl) typed += character;
      };
      input.on('keypress', onKey);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  async function pick(
    ask: LocalizedText | Text,
    list: readonly Option[],
    initial = 0,
  ): Promise<string> {
    write(say(ask));
    for (const [index, { label, hint }] of list.entries()) {
      write(`  ${index + 1}) ${say(label)}${hint ? ` - ${say(hint)}` : ''}`);
    }
    for (;;) {
      const back = mayGoBack ? ` (${BACK_WORD} ${say(texts.choiceBack)})` : '';
      const answer = await line(`${initial + 1}?${back} `);
      const chosen = list[answer === '' ? initial : Number(answer) - 1];
      if (chosen) return chosen.value;
      write(`  1-${list.length}`);
    }
  }

  async function askLine(question: Question, suggestion: string | undefined): Promise<string> {
    const isSecret = question.kind === 'secret';
    const known = suggestion && !isSecret ? ` [${visible(suggestion)}]` : '';
    for (;;) {
      const prompt = `${say(question.ask)}${known}: `;
      const typed = isSecret ? await hiddenLine(prompt) : await line(prompt);
      const answer = typed === '' && !isSecret ? (suggestion ?? '') : typed;
      const problem = question.refuse?.(answer);
      if (!problem) return answer;
      write(`! ${say(problem)}`);
    }
  }

  return {
    guided: true,
    drawsPanels: false,
    picture: undefined,
    draw: () => undefined,
    ask(question, suggestion) {
      if (question.kind !== 'select') return askLine(question, suggestion);
      const list = question.options ?? [];
      const initial = list.findIndex(({ value }) => value === suggestion);
      return pick(question.ask, list, Math.max(0, initial));
    },
    choose: (ask, list) => pick(ask, list),
    tell: (what) => write(say(what)),
    warn: (what) => write(`! ${say(what)}`),
    show(title, lines) {
      write(`${say(title)}\n${visibleBlock(lines)}`);
      return false;
    },
    json: (json) => write(visible(json)),
    step: (result) => write(`${asciiMarks[result.status]} ${checkLine(result, say)}`),
    during: (what, work) =>
      liveLine({
        input,
        output,
        signal,
        isDrawn: false,
        keys: [],
        canGoBack: false,
        say: () => undefined,
        line: () => `${say(what)} ...`,
        work,
      }),
    wait({ status, keys = [], work }) {
      if (keys.length > 0) {
        write(keys.map(({ key, label }) => `[${key}] ${say(label)}`).join('  '));
      }
      return liveLine({
        input,
        output,
        signal,
        isDrawn: false,
        keys,
        canGoBack: mayGoBack && keys.length > 0,
        say: (what) => write(say(what)),
        line: () => `${say(status())} ...`,
        work,
      });
    },
    end: (lines) => write(lines.map(say).join('\n')),
    close: () => undefined,
    copy: () => false,
    allowBack: (isAllowed) => {
      mayGoBack = isAllowed;
    },
  };
}

/** Whether a terminal can take more than plain lines. */
export function isPlainTerminal(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.TERM === 'dumb' || (env.ACCESSIBLE && env.ACCESSIBLE !== '0')) return true;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  // Terminals of today use UTF-8 where no locale is set.
  return locale !== undefined && locale !== '' && !/utf-?8/i.test(locale);
}
