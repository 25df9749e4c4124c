/** The real program as a process: `run` against a sandbox, to be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { cliPath } from '../support/program.ts';
import { cleanUp } from './harness.ts';
import { BEGUN } from './load.ts';

/**
 * An agent that takes as long as the last word of its message says (s), and repeats the message and
 * when it began. A shell's own words, so that many of them are cheap.
 */
export const sleepyEcho = [
  'begun=$(date +%s%3N)',
  'read -r line',
  't=${line##*\\"text\\":\\"}',
  't=${t%%\\"*}',
  'sleep "${t##* }"',
  `echo "$t${BEGUN}$begun"`,
].join('; ');

export interface RuntimeLine {
  readonly event: string;
  readonly [key: string]: unknown;
}

export interface RuntimeProcess {
  readonly child: ChildProcess;
  readonly lines: readonly RuntimeLine[];
  /** Resolves with the first line that fits, also an earlier one; rejects when the process ends first. */
  line(fits: (line: RuntimeLine) => boolean): Promise<RuntimeLine>;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Writes the config of one account, with what a test sets besides. */
export async function configure(
  home: string,
  sandbox: Pick<Sandbox, 'url' | 'appId' | 'appSecret'>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await mkdir(join(home, '.clawdbot'), { recursive: true });
  const { url: domain, appId, appSecret } = sandbox;
  await writeFile(
    join(home, '.clawdbot', 'moltbot.json'),
    JSON.stringify({
      channels: { feishu: { appId, appSecret, domain, streaming: 'block', ...settings } },
    }),
  );
}

export function startRuntime(
  home: string,
  { exec, format = 'text' }: { readonly exec?: string; readonly format?: 'text' | 'jsonl' } = {},
): RuntimeProcess {
  const mode = exec === undefined ? ['--echo'] : ['--exec', exec, '--exec-format', format];
  const child = spawn(process.execPath, [cliPath, 'run', '--json', ...mode], {
    env: { PATH: process.env.PATH, HOME: home, LANG: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  cleanUp(() => child.kill('SIGKILL'));
  const lines: RuntimeLine[] = [];
  const listeners = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(JSON.parse(text) as RuntimeLine);
    for (const listener of [...listeners]) listener();
  });
  return {
    child,
    lines,
    line: (fits) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find(fits);
          if (!found) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        void ended.then(() => reject(new Error('the runtime ended before')));
        look();
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}
