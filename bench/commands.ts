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

/** Setup against the embedded platform, and its network calls made again, one after the other, bare. */
export async function measureSetup(rounds: number) {
  const sandbox = spawn(process.execPath, [cli, 'sandbox'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await firstLine(sandbox.stdout);
  const { url, appId, appSecret, controlUrl } = JSON.parse(line) as Record<string, string>;
  const setups: number[] = [];
  const networks: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const home = await mkdtemp(join(tmpdir(), 'feishu-bench-'));
      const before = await callsSoFar(controlUrl);
      const args = [
        cli,
        'setup',
        '--app-id',
        appId ?? '',
        '--domain',
        url ?? '',
        '--yes',
        '--json',
      ];
      const { ms } = await timed(args, { HOME: home, FEISHU_APP_SECRET: appSecret ?? '' });
      setups.push(ms);
      const calls = (await callsSoFar(controlUrl)).slice(before.length);
      const start = performance.now();
      for (const { method, path, body } of calls) {
        if (path.startsWith('/callback/ws/v2')) continue;
        const response = await fetch(`${url}${path}`, {
          method,
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        await response.text();
      }
      networks.push(performance.now() - start);
      await rm(home, { recursive: true, force: true });
    }
  } finally {
    sandbox.kill('SIGTERM');
  }
  const [setupMs, networkMs] = [median(setups), median(networks)];
  return { setupMs, networkMs, ratio: setupMs / networkMs };
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
}

async function callsSoFar(controlUrl: string | undefined): Promise<readonly Call[]> {
  const response = await fetch(`${controlUrl}/calls`);
  return ((await response.json()) as { calls: readonly Call[] }).calls;
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<[string]> {
  for await (const line of createInterface({ input: stream })) return [line];
  throw new Error('the program ended without a word');
}
