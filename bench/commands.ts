/** What the program costs: its start, an unattended setup, a large config, its size on disk. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { median, medianTimes, timed } from './start-times.ts';
import { cli } from './subject.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export async function measureStart(rounds: number) {
  const ms = await medianTimes(
    { node: ['-e', '0'], version: [cli, '--version'], help: [cli, '--help'] },
    rounds,
  );
  return { ...ms, versionRatio: ms.version / ms.node, helpRatio: ms.help / ms.node };
}

/** Setup and doctor against the sandbox; setup's network calls made again, one after the other, bare. */
export async function measureSetup(rounds: number) {
  const sandbox = spawn(process.execPath, [cli, 'sandbox'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await firstLine(sandbox.stdout);
  const { url = '', appId = '', appSecret = '', controlUrl } = JSON.parse(line);
  const setups: Parts[] = [];
  const doctors: Parts[] = [];
  const networks: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const home = await mkdtemp(join(tmpdir(), 'feishu-bench-'));
      const env = { HOME: home, FEISHU_APP_SECRET: appSecret };
      const args = ['setup', '--app-id', appId, '--domain', url, '--yes', '--json'];
      const setup = await inParts(args, env, controlUrl);
      setups.push(setup.parts);
      networks.push(await callBare(url, setup.calls));
      doctors.push((await inParts(['doctor', '--json'], env, controlUrl)).parts);
      await rm(home, { recursive: true, force: true });
    }
  } finally {
    sandbox.kill('SIGTERM');
  }
  const setup = medianParts(setups);
  const networkMs = median(networks);
  return {
    setup,
    doctor: medianParts(doctors),
    networkMs,
    ratio: setup.wholeMs / networkMs,
  };
}

/** Where the time of a command goes; the median of each part, so that the sum is near the whole. */
interface Parts {
  readonly wholeMs: number;
  /** Until its first call came: Node, the modules, the config. */
  readonly beforeMs: number;
  /** From its first call to its last. */
  readonly callsMs: number;
  /** Until its end: what is written, and the last lines. */
  readonly afterMs: number;
}

const medianParts = (all: readonly Parts[]): Parts => ({
  wholeMs: median(all.map(({ wholeMs }) => wholeMs)),
  beforeMs: median(all.map(({ beforeMs }) => beforeMs)),
  callsMs: median(all.map(({ callsMs }) => callsMs)),
  afterMs: median(all.map(({ afterMs }) => afterMs)),
});

async function inParts(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  controlUrl: string,
) {
  const before = await callsSoFar(controlUrl);
  const startedAt = Date.now();
  const { ms: wholeMs } = await timed([cli, ...args], env);
  const calls = (await callsSoFar(controlUrl)).slice(before.length);
  const times = calls.map(({ at }) => at - startedAt);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const parts: Parts = {
    wholeMs,
    beforeMs: first,
    callsMs: last - first,
    afterMs: wholeMs - last,
  };
  return { parts, calls };
}

/** @returns ms for all of them */
async function callBare(url: string, calls: readonly Call[]): Promise<number> {
  const start = performance.now();
  for (const { method, path, body } of calls) {
    if (path.startsWith('/callback/ws/v2')) continue;
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    await response.text();
  }
  return performance.now() - start;
}

/** The same edit of a small config and of one of 1 MB, through the whole program. */
export async function measureEdit(rounds: number) {
  const small: number[] = [];
  const large: number[] = [];
  for (let round = 0; round < rounds; round++) {
    small.push(await editOf('{}\n'));
    large.push(await editOf(largeConfig()));
  }
  const [smallMs, largeMs] = [median(small), median(large)];
  return { smallMs, largeMs, ratio: largeMs / smallMs };
}

async function editOf(config: string): Promise<number> {
  const home = await mkdtemp(join(tmpdir(), 'feishu-bench-'));
  await mkdir(join(home, '.clawdbot'));
  await writeFile(join(home, '.clawdbot/moltbot.json'), config);
  const args = ['setup', '--app-id', 'cli_0123456789abcdef', '--no-verify', '--yes', '--json'];
  const { ms } = await timed([cli, ...args], { HOME: home, FEISHU_APP_SECRET: 'bench' });
  await rm(home, { recursive: true, force: true });
  return ms;
}

function largeConfig(): string {
  const lines = Array.from(
    { length: 12_000 },
    (_, n) =>
      `    // entry ${n}\n    entry${n}: { name: 'entry ${n}', values: [1, 2, 3], on: true },\n`,
  );
  return `{\n  custom: {\n${lines.join('')}  },\n}\n`;
}

/** The published package, installed from its tarball without a network. */
export async function measureInstall() {
  const directory = await mkdtemp(join(tmpdir(), 'feishu-bench-'));
  try {
    const npm = (...args: string[]) =>
      execFileSync('npm', args, {
        cwd: directory,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    const tarball = npm('pack', root, '--silent').trim().split('\n').at(-1) ?? '';
    const tarballMb = (await stat(join(directory, tarball))).size / 1e6;
    await writeFile(join(directory, 'package.json'), '{"private":true}');
    npm('install', '--offline', '--no-audit', '--no-fund', `./${tarball}`);
    const modules = join(directory, 'node_modules');
    const packages = (await readdir(modules)).filter((name) => !name.startsWith('.')).length;
    return { installedMb: (await sizeOf(modules)) / 1e6, tarballMb, packages };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function sizeOf(path: string): Promise<number> {
  const status = await stat(path);
  if (!status.isDirectory()) return status.size;
  const sizes = (await readdir(path)).map((name) => sizeOf(join(path, name)));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** ms since 1970. */
  readonly at: number;
}

async function callsSoFar(controlUrl: string): Promise<readonly Call[]> {
  const response = await fetch(`${controlUrl}/calls`);
  return ((await response.json()) as { calls: readonly Call[] }).calls;
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<[string]> {
  for await (const line of createInterface({ input: stream })) return [line];
  throw new Error('the program ended without a word');
}
