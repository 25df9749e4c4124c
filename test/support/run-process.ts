/** `run --json` as a process: its events as they come. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { onTestFinished } from 'vitest';
import { cliPath } from './program.ts';

export interface RunProcess {
  readonly child: ChildProcess;
  readonly stderr: () => string;
  readonly lines: Record<string, unknown>[];
  event(name: string, count?: number): Promise<Record<string, unknown>>;
  exit(): Promise<number | null>;
}

export function startRun(home: string, ...args: string[]): RunProcess {
  return startRunIn(process.cwd(), home, ...args);
}

/** @param cwd from where the command runs, and from which it may send files */
export function startRunIn(cwd: string, home: string, ...args: string[]): RunProcess {
  const child = spawn(process.execPath, [cliPath, 'run', '--json', ...args], {
    env: { PATH: process.env.PATH, HOME: home, LANG: 'en_US.UTF-8' },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const news = new EventEmitter();
  const lines: Record<string, unknown>[] = [];
  let rest = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const complete = (rest + text).split('\n');
    rest = complete.pop() ?? '';
    lines.push(...complete.map((line) => JSON.parse(line) as Record<string, unknown>));
    news.emit('line');
  });
  const exited = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return {
    child,
    lines,
    stderr: () => stderr,
    async event(name, count = 1) {
      for (;;) {
        const found = lines.filter((line) => line.event === name)[count - 1];
        if (found) return found;
        await Promise.race([
          once(news, 'line'),
          exited.then((code) => {
            throw new Error(`ended with ${code} before "${name}": ${stderr}`);
          }),
        ]);
      }
    },
    exit: () => exited,
  };
}
