/**
 * One line that shows the state of awaited work, with keys to press meanwhile; removed at the end.
 *
 * In: the terminal's streams and the work. Out: the work's result. Esc goes back where the person
 * can choose, Ctrl-C cancels; both stop the work.
 */
import { emitKeypressEvents } from 'node:readline';
import { fitColumns } from '../../shared/terminal/width.ts';
import { cancelled, type WaitKey } from './conversation.ts';
import { BACK, JumpTo } from './jump-to.ts';

export interface LiveLineOptions<T> {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  /** The line at this moment, asked for each second. */
  readonly line: (elapsedS: number) => string;
  /** Draws the line in place; otherwise prints only changes of the text, each on a new line. */
  readonly isDrawn: boolean;
  readonly keys: readonly WaitKey<T>[];
  /** Called when the window has another size, before the line is drawn again. */
  readonly onResize?: () => void;
  readonly canGoBack: boolean;
  /** Says what a key has brought. */
  readonly say: (what: Awaited<ReturnType<NonNullable<WaitKey<T>['act']>>>) => void;
  /** Gets the function through which other text is printed meanwhile: above the line, not into it. */
  readonly onAside?: (aside: Aside) => void;
  readonly work: (signal: AbortSignal) => Promise<T>;
}

export type Aside = (print: () => void) => void;

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

export async function liveLine<T>(options: LiveLineOptions<T>): Promise<T> {
  const { input, output, isDrawn } = options;
  options.signal.throwIfAborted();
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const startedAt = performance.now();
  let isOver = false;
  const wipe = (): void => void (isDrawn && output.write('\r\u001B[K'));
  const draw = (): void => {
    if (isOver || !isDrawn) return;
    const text = options.line(Math.floor((performance.now() - startedAt) / 1000));
    const columns = Math.max(20, (output.columns || 80) - 1);
    output.write(`\r\u001B[K${fitColumns(text, columns)}`);
  };

  const aside: Aside = (print) => {
    if (!isOver) wipe();
    print();
    draw();
  };
  options.onAside?.(aside);

  let end: (outcome: () => T) => void = () => undefined;
  const ended = new Promise<T>((resolve, reject) => {
    end = (outcome) => {
      try {
        resolve(outcome());
      } catch (error) {
        reject(error);
      }
    };
  });
  const thrown = (error: Error) => () => {
    throw error;
  };
  const press = (pressed: WaitKey<T>): void => {
    if (pressed.end) {
      const { with: value } = pressed.end;
      end(() => value);
      return;
    }
    void pressed.act?.().then((said) => {
      if (!isOver) aside(() => options.say(said));
    });
  };
  const onKey = (character: string | undefined, key: Key): void => {
    if (key.ctrl && key.name === 'c') end(thrown(cancelled()));
    else if (key.name === 'escape' && options.canGoBack) end(thrown(new JumpTo(BACK)));
    else {
      const letter = (character ?? key.name)?.toLowerCase();
      const pressed = options.keys.find((one) => one.key === letter);
      if (pressed) press(pressed);
    }
  };
  const onAbort = (): void => end(thrown(cancelled()));

  const onResize = (): void => {
    if (isOver) return;
    options.onResize?.();
    draw();
  };
  output.on('resize', onResize);
  emitKeypressEvents(input);
  const wasRaw = input.isRaw === true;
  if (input.isTTY) input.setRawMode(true);
  input.on('keypress', onKey);
  input.resume();
  options.signal.addEventListener('abort', onAbort, { once: true });
  if (isDrawn) output.write('\u001B[?25l');
  else output.write(`${options.line(0)}\n`);
  draw();
  const ticks = setInterval(draw, 1000);
  try {
    const work = options.work(signal);
    // The end of the wait stops the work: an error that the work throws then does not matter.
    work.catch(() => undefined);
    return await Promise.race([work, ended]);
  } finally {
    isOver = true;
    clearInterval(ticks);
    stop.abort();
    options.signal.removeEventListener('abort', onAbort);
    output.off('resize', onResize);
    input.off('keypress', onKey);
    if (input.isTTY && !wasRaw) input.setRawMode(false);
    input.pause();
    wipe();
    if (isDrawn) output.write('\u001B[?25h');
  }
}
