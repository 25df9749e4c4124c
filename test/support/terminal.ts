/** The real program in a pseudo-terminal: what a person sees and types. */
import { spawn } from '@lydell/node-pty';
import { onTestFinished } from 'vitest';
import { cliPath } from './program.ts';

export const ENTER = '\r';
export const UP = '\u001B[A';
export const DOWN = '\u001B[B';
export const ESC = '\u001B';
export const CTRL_C = '\u0003';

/** How long a screen may take on a busy machine before the test gives up (ms). */
const PATIENCE_MS = 40_000;

export interface Terminal {
  /** Everything that was written, without colours and cursor moves. */
  readonly screen: string;
  readonly raw: string;
  type(keys: string): void;
  /** Gives the window another size; the program gets SIGWINCH. */
  resize(columns: number, rows: number): void;
  /** Waits until this has appeared since the last wait. */
  see(text: string | RegExp): Promise<void>;
  /** The exit code. */
  ended(): Promise<number>;
  kill(signal: NodeJS.Signals): void;
}

export function openTerminal(
  args: readonly string[],
  options: {
    readonly home: string;
    readonly env?: Readonly<Record<string, string>>;
    /** Default: 80. */
    readonly columns?: number;
    /** Default: 50. */
    readonly rows?: number;
    /** Ours unless another is named. */
    readonly program?: string;
  },
): Terminal {
  const pty = spawn(process.execPath, [options.program ?? cliPath, ...args], {
    cols: options.columns ?? 80,
    rows: options.rows ?? 50,
    env: {
      PATH: '/usr/bin:/bin',
      HOME: options.home,
      TERM: 'xterm-256color',
      LANG: 'en_US.UTF-8',
      ...options.env,
    },
  });
  let raw = '';
  let screen = '';
  let read = 0;
  let exitCode: number | undefined;
  const watchers = new Set<() => void>();
  const wake = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  pty.onData((data) => {
    raw += data;
    screen = plain(raw);
    wake();
  });
  pty.onExit((exit) => {
    exitCode = exit.exitCode;
    wake();
  });
  onTestFinished(() => {
    if (exitCode === undefined) pty.kill('SIGKILL');
  });

  /** Looks at each change of the screen. */
  function until<T>(what: string, look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const watcher = (): void => {
        const found = look();
        if (found !== undefined) settle(() => resolve(found));
        else if (exitCode !== undefined) settle(() => reject(missing(`ended with ${exitCode}`)));
      };
      const timer = setTimeout(() => settle(() => reject(missing('in time'))), PATIENCE_MS);
      const missing = (how: string) =>
        new Error(`not seen: ${what} (${how})\n${screen.slice(Math.max(0, read - 600))}`);
      const settle = (done: () => void): void => {
        clearTimeout(timer);
        watchers.delete(watcher);
        done();
      };
      watchers.add(watcher);
      watcher();
    });
  }

  return {
    get screen() {
      return screen;
    },
    get raw() {
      return raw;
    },
    type: (keys) => pty.write(keys),
    resize: (columns, rows) => pty.resize(columns, rows),
    async see(text) {
      await until(String(text), () => {
        const unread = screen.slice(read);
        const at = typeof text === 'string' ? unread.indexOf(text) : unread.search(text);
        if (at < 0) return undefined;
        const length =
          typeof text === 'string' ? text.length : (text.exec(unread)?.[0].length ?? 0);
        read += at + length;
        return true;
      });
    },
    ended: () => until('the end', () => exitCode),
    kill: (signal) => pty.kill(signal),
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const escapes = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007]*\u0007)/g;

function plain(raw: string): string {
  return raw.replace(escapes, '').replaceAll('\r', '');
}
