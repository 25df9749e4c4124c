/** The guided conversation: clack's prompts on the terminal's own streams; Esc goes back. */
import { emitKeypressEvents } from 'node:readline';
import * as clack from '@clack/prompts';
import type { CheckResult, CheckStatus } from '../../doctor/check.ts';
import { checkLine, ID_WIDTH } from '../../doctor/report/check-line.ts';
import { wrapped, wrappedJson } from '../../shared/layout/wrapped.ts';
import { visible, visibleBlock } from '../../shared/terminal/visible.ts';
import { columnsOf } from '../../shared/terminal/width.ts';
import type { LocalizedText, Text } from '../../shared/text/text.ts';
import { localize, verbatim } from '../../shared/text/text.ts';
import { wizardTexts as texts } from '../wizard-texts.ts';
import { betweenPrompts } from './between-prompts.ts';
import { clipboardSequence } from './clipboard.ts';
import { type Conversation, cancelled, type Waiting, type WaitKey } from './conversation.ts';
import { BACK, JumpTo } from './jump-to.ts';
import { type Aside, type LiveLineOptions, liveLine } from './live-line.ts';
import type { Option } from './questions.ts';
import { showing, shownText } from './typed-text.ts';

/** An empty screen, the cursor at its top; what scrolled away before stays there. */
const CLEAR = '\u001B[2J\u001B[H';

const BACK_KEY = Symbol('back');

/** The bar of the flow, and two blanks. */
const BAR_COLUMNS = 3;

/** Continues a line of the flow in the next row. */
const UNDER_BAR = `\n${clack.S_BAR}  `;

/** The title of a block, with the row before it and the row behind the block. */
const TITLE_ROWS = 3;

/**
 * One mark for each state of a step, other than those of questions (◆ asks, ◇ answered, ▲ refused,
 * ■ cancelled), so that they differ without colour.
 */
const marks: Readonly<Record<CheckStatus, string>> = {
  ok: clack.unicodeOr('✓', '+'),
  warn: '!',
  fail: clack.unicodeOr('✗', 'x'),
  'not-checked': clack.unicodeOr('–', '-'),
  skipped: clack.unicodeOr('–', '-'),
};
const colors: Readonly<Record<CheckStatus, number>> = {
  ok: 32,
  warn: 33,
  fail: 31,
  'not-checked': 2,
  skipped: 2,
};

function paintMark(mark: string, status: CheckStatus, color: boolean): string {
  return color ? `\u001B[${colors[status]}m${mark}\u001B[0m` : mark;
}

export interface GuidedOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Renders a text in the person's language. */
  readonly say: (text: LocalizedText | Text) => string;
  readonly color: boolean;
  readonly signal: AbortSignal;
  /** Ends the command as Ctrl-C does; the signal is aborted then. */
  readonly interrupt: () => void;
}

export function guidedConversation(options: GuidedOptions): Conversation {
  const { input, output, say, signal, env, color } = options;
  /** Lines to the right of the bar, broken between words at the width of the window. */
  const lines = (text: string, hang?: number): string[] =>
    wrapped(text, (output.columns || 80) - BAR_COLUMNS, hang);
  const wrap = (what: LocalizedText | Text): string => lines(say(what)).join('\n');
  const streams = { input, output, signal };
  let mayGoBack = false;
  const quiet = say(texts.cancelled);
  clack.updateSettings({ messages: { cancel: quiet, error: quiet } });

  /**
   * Turns off echo between prompts, too: a secret pasted a moment too early would appear on the
   * screen. The typed text waits for the next prompt instead.
   */
  const hush = (isOn: boolean): void => {
    if (input.isTTY) input.setRawMode(isOn);
  };
  hush(true);
  const between = betweenPrompts(input, options.interrupt);
  between.begin();
  const directly: Aside = (print) => print();
  let printed = directly;
  const watched = async <T>(options: LiveLineOptions<T>): Promise<T> => {
    between.end();
    try {
      return await liveLine({
        ...options,
        onAside: (aside) => {
          printed = aside;
        },
      });
    } finally {
      printed = directly;
      between.begin();
    }
  };
  const log = (text: string | string[], symbol?: string): void =>
    printed(() => clack.log.message(text, { output, ...(symbol !== undefined && { symbol }) }));

  /** The prompt's answer; distinguishes Esc from Ctrl-C, which clack treats alike. */
  async function answered<T>(
    prompt: (signal: AbortSignal) => Promise<T>,
  ): Promise<Exclude<T, symbol>> {
    for (;;) {
      const answer = await answeredOnce(prompt);
      if (answer !== BACK_KEY) return answer as Exclude<T, symbol>;
      if (mayGoBack) throw new JumpTo(BACK);
      // Nothing is behind this question: Esc asks it again.
    }
  }

  async function answeredOnce<T>(
    prompt: (signal: AbortSignal) => Promise<T>,
  ): Promise<Exclude<T, symbol> | typeof BACK_KEY> {
    let last: string | undefined;
    let isInterrupted = false;
    const onKey = (_character: unknown, key: { name?: string; ctrl?: boolean } | undefined) => {
      last = key?.name;
      // Also one that came in the same breath as the answer: no prompt would see it.
      isInterrupted ||= key?.ctrl === true && key.name === 'c';
    };
    // A prompt listens to its signal for ever: one of its own ends with it.
    const ended = new AbortController();
    const onAbort = (): void => ended.abort(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    between.end();
    emitKeypressEvents(input);
    input.on('keypress', onKey);
    try {
      const answer = await prompt(ended.signal);
      if (isInterrupted) throw cancelled();
      if (typeof answer !== 'symbol') return answer as Exclude<T, symbol>;
      if (last === 'escape' && !signal.aborted) return BACK_KEY;
      throw cancelled();
    } finally {
      signal.removeEventListener('abort', onAbort);
      input.off('keypress', onKey);
      hush(true);
      between.begin();
    }
  }

  const shown = (list: readonly Option[]) =>
    list.map(({ value, label, hint }) => ({
      value,
      label: say(label),
      ...(hint && { hint: say(hint) }),
    }));
  const markOf = (status: CheckStatus): string => paintMark(marks[status], status, color);
  /** A question, with its way back, on lines that fit: clack breaks those of lists only. */
  const asked = (ask: LocalizedText | Text): string[] => {
    const rows = lines(say(ask), 0);
    if (!mayGoBack) return rows;
    const back = say(texts.escBack);
    const last = `${rows.pop()}  `;
    const fits = columnsOf(last + back) <= (output.columns || 80) - BAR_COLUMNS;
    return [...rows, ...(fits ? [last + dim(back)] : [last.trimEnd(), dim(back)])];
  };
  const dim = (text: string): string => (color ? `\u001B[2m${text}\u001B[22m` : text);
  const keyLine = <T>(keys: readonly WaitKey<T>[]): LocalizedText | undefined =>
    keys.length === 0
      ? undefined
      : verbatim(keys.map(({ key, label }) => `[${key}] ${say(label)}`).join('  '));

  /** The keys in rows that fit, each key with its label. */
  const keyRows = <T>(keys: readonly WaitKey<T>[]): string[] => {
    const pieces = keys.map(({ key, label }) => `[${key}] ${say(label)}`);
    if (mayGoBack) pieces.push(say(texts.escBack));
    const rows: string[] = [];
    for (const piece of pieces) {
      const row = rows.at(-1);
      const longer = `${row}  ${piece}`;
      const fits = columnsOf(longer) <= (output.columns || 80) - BAR_COLUMNS;
      if (row !== undefined && fits) rows[rows.length - 1] = longer;
      else rows.push(piece);
    }
    return rows;
  };

  const spinning = (text: string, elapsedS: number): string =>
    `◒  ${text}${elapsedS > 0 ? `  ${elapsedS} s` : ''}`;

  /** The panel fills the window; on a change it is drawn again on an empty screen. */
  function waitInPanel<T>({ status, keys, panel, work }: Required<Waiting<T>>): Promise<T> {
    const back = mayGoBack ? `  ${say(texts.escBack)}` : '';
    let footer = `${say(keyLine(keys) ?? verbatim(''))}${back}`;
    const drawPanel = (): void => {
      const window = { columns: output.columns || 80, rows: output.rows || 24 };
      output.write(`${panel(window, footer).join('\n')}\n`);
    };
    const drawAgain = (): void => {
      output.write(CLEAR);
      drawPanel();
    };
    drawPanel();
    return watched({
      ...streams,
      isDrawn: true,
      keys,
      canGoBack: mayGoBack,
      onResize: drawAgain,
      say: (what) => {
        footer = say(what);
        drawAgain();
      },
      line: () => spinning(say(status()), 0),
      work,
    });
  }

  return {
    guided: true,
    drawsPanels: true,
    picture: { columns: (output.columns || 80) - 1, color },
    draw: (lines) => void output.write(`${lines.join('\n')}\n`),
    async ask(question, suggestion) {
      const validate = (answer: string | undefined) => {
        const problem = question.refuse?.((answer ?? '').trim());
        return problem && say(problem);
      };
      const common = { message: asked(question.ask).join(UNDER_BAR), ...streams };
      const initial = suggestion === undefined ? {} : { initialValue: suggestion };
      const editable = suggestion === undefined ? {} : { initialValue: visible(suggestion) };
      switch (question.kind) {
        case 'text':
          return (
            await answered((signal) =>
              clack.text({
                ...common,
                output: showing(output, question.shown ?? shownText),
                signal,
                ...editable,
                validate,
              }),
            )
          ).trim();
        case 'secret':
          return (
            await answered((signal) => clack.password({ ...common, signal, validate }))
          ).trim();
        case 'select': {
          const list = shown(question.options ?? []);
          return answered((signal) =>
            clack.select<string>({
              ...common,
              message: asked(question.ask).join('\n'),
              signal,
              ...initial,
              options: list,
              showInstructions: false,
            }),
          );
        }
      }
    },
    choose: (ask, list) =>
      answered((promptSignal) =>
        clack.select<string>({
          message: asked(ask).join('\n'),
          options: shown(list),
          showInstructions: false,
          ...streams,
          signal: promptSignal,
        }),
      ),
    tell: (what) => log(wrap(what)),
    warn: (what) => log(wrap(what), markOf('warn')),
    show(title, block, besides) {
      const all = lines(visibleBlock(block).trimEnd());
      const room = Math.max(3, (output.rows || 24) - TITLE_ROWS - (besides ?? 0));
      const isCut = besides !== undefined && all.length > room;
      const seen = isCut ? all.slice(0, room - 1) : all;
      const more = localize(texts.moreLines, { count: all.length - seen.length });
      log([wrap(title), ...seen, ...(isCut ? [wrap(more)] : [])]);
      return isCut;
    },
    json: (json) =>
      void output.write(`${wrappedJson(visible(json), output.columns || 80).join('\n')}\n`),
    step: (result: CheckResult) => {
      const text = lines(checkLine(result, say), result.id === '' ? 2 : ID_WIDTH).join('\n');
      log(text, markOf(result.status));
    },
    during: (what, work) =>
      watched({
        ...streams,
        isDrawn: true,
        keys: [],
        canGoBack: false,
        say: () => undefined,
        line: (elapsedS) => spinning(say(what), elapsedS),
        work,
      }),
    wait({ status, keys = [], panel, work }) {
      if (panel) return waitInPanel({ status, keys, panel, work });
      if (keys.length > 0) clack.log.message(keyRows(keys).join('\n'), { output });
      return watched({
        ...streams,
        isDrawn: true,
        keys,
        canGoBack: mayGoBack && keys.length > 0,
        say: (what) => clack.log.message(wrap(what), { output }),
        line: (elapsedS) => spinning(say(status()), keys.length > 0 ? 0 : elapsedS),
        work,
      });
    },
    end: (all) =>
      clack.outro(
        all
          .map((line) => wrap(line))
          .join('\n')
          .replaceAll('\n', '\n   '),
        { output },
      ),
    close: () => {
      between.end();
      hush(false);
    },
    allowBack: (isAllowed) => {
      mayGoBack = isAllowed;
    },
    copy(text) {
      const sequence = clipboardSequence(text, env);
      if (sequence !== undefined) output.write(sequence);
      return sequence !== undefined;
    },
  };
}
