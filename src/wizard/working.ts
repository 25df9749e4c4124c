/**
 * A line that shows that something is going on, and for how long, until it ends.
 *
 * Not clack's spinner: that one ends the process with exit code 0 when Ctrl-C is pressed meanwhile
 * (`block`, @clack/core@1.9.0), and nobody hears of it. Here Ctrl-C stays the terminal's: a signal.
 */
export interface WorkingOptions {
  readonly output: NodeJS.WritableStream;
  /** A terminal that can draw over a line; elsewhere the line stands once, without a clock. */
  readonly draws: boolean;
  readonly now: () => number;
}

const FRAMES = ['◒', '◐', '◓', '◑'];
const FRAME_MS = 100;
const CLEAR_LINE = '\r\x1b[K';

/** Shows `text` until the returned function is called; then the line is gone. */
export function showWorking(text: string, { output, draws, now }: WorkingOptions): () => void {
  if (!draws) {
    output.write(`${text} …\n`);
    return () => undefined;
  }
  const startedAt = now();
  let frame = 0;
  const draw = (): void => {
    const seconds = Math.floor((now() - startedAt) / 1000);
    output.write(`${CLEAR_LINE}${FRAMES[frame++ % FRAMES.length]}  ${text} [${seconds}s]`);
  };
  output.write('\x1b[?25l');
  draw();
  const timer = setInterval(draw, FRAME_MS);
  return () => {
    clearInterval(timer);
    output.write(`${CLEAR_LINE}\x1b[?25h`);
  };
}
