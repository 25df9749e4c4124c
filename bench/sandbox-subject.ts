/** The runtime with a command as its agent, on the sandbox: for what the bench's own platform has not. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';
import { cli } from './subject.ts';

export interface SandboxSubject {
  readonly sandbox: Sandbox;
  /** A directory from which the agent may send files; it is the command's working directory. */
  readonly folder: string;
  /** Resident memory (MB); NaN where the system does not say. */
  residentMb(): number;
  stop(): Promise<void>;
}

/** @param program the source of the agent, a module of Node that answers in JSON lines */
export async function startOnSandbox(
  program: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<SandboxSubject> {
  const sandbox = await startSandbox();
  const home = await mkdtemp(join(tmpdir(), 'feishu-bench-'));
  const folder = join(home, 'bot');
  await mkdir(join(home, '.clawdbot'));
  await mkdir(folder);
  await writeFile(join(folder, 'bot.mjs'), program);
  const { appId, appSecret, url: domain } = sandbox;
  const access = { dmPolicy: 'open', allowFrom: ['*'] };
  const feishu = { enabled: true, appId, appSecret, domain, ...access, ...settings };
  await writeFile(
    join(home, '.clawdbot', 'moltbot.json'),
    JSON.stringify({ channels: { feishu } }),
  );
  const words = ['--json', '--exec', `'${process.execPath}' bot.mjs`, '--exec-format', 'jsonl'];
  const child = spawn(process.execPath, [cli, 'run', ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: home, TMPDIR: home, LANG: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  const ended = once(child, 'exit');
  while (sandbox.connections() === 0) {
    if (child.exitCode !== null) throw new Error('the subject ended before it was connected');
    await delay(20);
  }
  return {
    sandbox,
    folder,
    residentMb: () => residentOf(child),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await sandbox.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Field 2 of /proc/<pid>/statm, in pages of 4 KB (proc(5)): cheap enough to be read often. */
function residentOf({ pid }: ChildProcess): number {
  if (process.platform !== 'linux') return Number.NaN;
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) / 256;
}
