/** What a plugin costs the commands of its host, which load it each time: time and memory. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { type Host, makeHost } from '../test/host/real/gateway.ts';
import { startMockModel } from '../test/host/real/mock-model.ts';
import { startFelt } from './felt/felt-host.ts';
import { type ContenderName, contenders } from './hosted-plugin.ts';
import { median } from './start-times.ts';

export const HOST_COMMANDS = ['plugins list', 'channels status', 'status'] as const;
export type HostCommand = (typeof HOST_COMMANDS)[number];

/** Of one command: ms, and MB resident at most of its largest process. */
export interface CommandCost {
  readonly ms: number;
  readonly residentMb: number;
}

/** A host with none of the plugins. */
export const WITHOUT = 'without a plugin';

export type CommandCosts = Readonly<Record<string, Readonly<Record<HostCommand, CommandCost>>>>;

interface RunningHost {
  readonly host: Host;
  stop(): Promise<void>;
}

/**
 * Each host has its gateway up and its plugin connected; the commands are run in turn, so that what
 * slows the machine slows all. Medians.
 */
export async function measureHostCommands(rounds: number): Promise<CommandCosts> {
  const names: readonly ContenderName[] = ['moltbot-feishu', '@openclaw/feishu'];
  const hosts = new Map<string, RunningHost>([[WITHOUT, await startBare()]]);
  const aside = await mkdtemp(join(tmpdir(), 'feishu-bench-'));
  const costs = new Map<string, Record<HostCommand, CommandCost[]>>();
  try {
    for (const name of names) hosts.set(name, await startFelt(contenders[name]));
    const watcher = join(aside, 'resident.cjs');
    await writeFile(watcher, residentAtExit);
    for (let round = 0; round <= rounds; round++) {
      for (const command of HOST_COMMANDS) {
        for (const [name, { host }] of hosts) {
          const cost = await costOf(host, command, watcher);
          // The first fills the caches of the host and of the file system.
          if (round > 0) costsOf(name)[command].push(cost);
        }
      }
    }
  } finally {
    for (const { stop } of hosts.values()) await stop();
    await rm(aside, { recursive: true, force: true });
  }
  return Object.fromEntries(
    [...costs].map(([name, all]) => [name, ofEach((command) => medianCost(all[command]))]),
  );

  function costsOf(name: string): Record<HostCommand, CommandCost[]> {
    const all = costs.get(name) ?? ofEach((): CommandCost[] => []);
    costs.set(name, all);
    return all;
  }
}

const ofEach = <T>(make: (command: HostCommand) => T): Record<HostCommand, T> => ({
  'plugins list': make('plugins list'),
  'channels status': make('channels status'),
  status: make('status'),
});

function medianCost(costs: readonly CommandCost[]): CommandCost {
  return {
    ms: median(costs.map((cost) => cost.ms)),
    residentMb: median(costs.map((cost) => cost.residentMb)),
  };
}

async function startBare(): Promise<RunningHost> {
  const model = await startMockModel(() => ({ text: 'ready' }));
  const host = await makeHost('openclaw', model.baseUrl);
  await host.startGateway();
  return {
    host,
    async stop() {
      await host.stopGateway();
      await host.remove();
      await model.close();
    },
  };
}

/** Loaded into each process of a command: its name and its largest memory (KB) when it ends. */
const residentAtExit = `
const { writeFileSync } = require('node:fs');
process.on('exit', () => {
  const { maxRSS } = process.resourceUsage();
  writeFileSync(\`\${process.env.BENCH_RESIDENT}/\${process.pid}\`, String(maxRSS));
});
`;

async function costOf(host: Host, command: HostCommand, watcher: string): Promise<CommandCost> {
  const folder = await mkdtemp(join(tmpdir(), 'feishu-bench-'));
  const env = { ...host.env, NODE_OPTIONS: `--require=${watcher}`, BENCH_RESIDENT: folder };
  const words = [host.entry, ...command.split(' ')];
  try {
    const start = performance.now();
    await promisify(execFile)(host.node, words, { env, cwd: host.home, maxBuffer: 16_000_000 });
    const ms = performance.now() - start;
    const sizes = await Promise.all(
      (await readdir(folder)).map(async (pid) => Number(await readFile(join(folder, pid), 'utf8'))),
    );
    return { ms, residentMb: Math.max(...sizes) / 1024 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
