/** What is measured, as a process: started against a platform, watched from outside, stopped. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchApp } from './event-body.ts';
import { type BenchPlatform, startPlatform } from './platform.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const cli = join(root, 'dist/cli.js');

export interface Subject {
  readonly platform: BenchPlatform;
  readonly pid: number;
  /** Processor time so far, this process alone (ms); `undefined` where the system does not say. */
  cpuMs(): number | undefined;
  /** Resident memory (MB). */
  residentMb(): number | undefined;
  /** What it holds; only of a watched one. */
  ask(): Promise<Held>;
  /** Lets its clock run so many times as fast; only of a watched one. */
  hurry(clockFactor: number): void;
  stop(): Promise<void>;
}

/** Resources by their names in Node, and memory (bytes). */
export interface Held {
  readonly resources: Readonly<Record<string, number>>;
  readonly memory: NodeJS.MemoryUsage;
  /** By its own clock (ms since 1970). */
  readonly time: number;
}

/** The runtime as `run` starts it, with the settings of a bench. */
export async function startOurs(
  settings: Readonly<Record<string, unknown>>,
  mode: readonly string[] = ['--echo'],
  isWatched = false,
): Promise<Subject> {
  const home = await mkdtemp(join(tmpdir(), 'feishu-bench-'));
  const subject = await start(
    home,
    async (platform) => {
      await mkdir(join(home, '.clawdbot'), { recursive: true });
      const feishu = { ...benchApp, domain: platform.url, ...settings };
      await writeFile(
        join(home, '.clawdbot', 'moltbot.json'),
        JSON.stringify({ channels: { feishu } }),
      );
      return [cli, 'run', '--json', ...mode];
    },
    isWatched,
  );
  return {
    ...subject,
    async stop() {
      await subject.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A program of `bench/subjects`. */
export function startPeer(name: 'sdk-ws-client' | 'sdk-lark-channel'): Promise<Subject> {
  const program = join(root, 'bench/subjects', `${name}.mjs`);
  return start(tmpdir(), async (platform) => [program, platform.url]);
}

async function start(
  home: string,
  argsFor: (platform: BenchPlatform) => Promise<readonly string[]>,
  isWatched = false,
): Promise<Subject> {
  const platform = await startPlatform();
  const watch = isWatched ? ['--import', join(root, 'bench/subjects/watched.mjs')] : [];
  const child = spawn(process.execPath, [...watch, ...(await argsFor(platform))], {
    env: {
      PATH: process.env.PATH,
      HOME: home,
      LANG: 'en_US.UTF-8',
    },
    stdio: ['ignore', 'pipe', 'inherit', ...(isWatched ? (['ipc'] as const) : [])],
  });
  child.stdout?.resume();
  const ended = once(child, 'exit');
  await Promise.race([
    platform.connected(),
    ended.then(() => {
      throw new Error('the subject ended before it was connected');
    }),
  ]);
  return {
    platform,
    pid: child.pid ?? 0,
    cpuMs: () => cpuOf(child),
    residentMb: () => residentOf(child),
    async ask() {
      child.send({});
      const [held] = await once(child, 'message');
      return held as Held;
    },
    hurry: (clockFactor) => void child.send({ clockFactor }),
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 6000);
      await ended;
      clearTimeout(late);
      await platform.close();
    },
  };
}

/** Fields 14 and 15 of /proc/<pid>/stat, in ticks of 10 ms (proc(5)). */
function cpuOf({ pid }: ChildProcess): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function residentOf({ pid }: ChildProcess): number | undefined {
  if (process.platform === 'win32') return undefined;
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}
