/** What a host's gateway holds: memory, open files, timers. Told by itself when it is signalled. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { groupUsage } from './process-group.ts';

export interface Held {
  readonly residentMb: number;
  /** After a collection. */
  readonly heapMb: number;
  readonly files: number;
  readonly threads: number;
  readonly timers: number;
  readonly handles: number;
  /** Files below the plugin's own directories. */
  readonly stored: number;
}

export interface GatewayWatch {
  /** For the environment of the gateway. */
  readonly variables: Readonly<Record<string, string>>;
  look(pid: number, home: string): Promise<Held>;
}

/** Loaded into the gateway: after SIGWINCH, which means nothing without a terminal, it writes what it holds. */
const watcher = `
const { writeFileSync, renameSync } = require('node:fs');
require('node:v8').setFlagsFromString('--expose-gc');
const collect = require('node:vm').runInNewContext('gc');
process.on('SIGWINCH', () => {
  collect();
  const resources = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  const path = process.env.BENCH_HELD + '/' + process.pid;
  writeFileSync(path + '.part', JSON.stringify({ resources, memory: process.memoryUsage() }));
  renameSync(path + '.part', path + '-' + Date.now());
});
`;

const TELL_MS = 30_000;

/** @param folder an own directory, for what the gateway tells */
export async function gatewayWatch(folder: string): Promise<GatewayWatch> {
  const path = join(folder, 'watcher.cjs');
  const told = join(folder, 'told');
  await mkdir(told);
  await writeFile(path, watcher);
  /** Below /proc nothing may be followed: there are links to all of the machine. */
  const countOf = async (directory: string): Promise<number> =>
    (await readdir(directory).catch(() => [])).length;

  async function storedIn(state: string): Promise<number> {
    const own = (await readdir(state)).filter((name) => name.includes('feishu'));
    const files = own.map((name) => readdir(join(state, name), { recursive: true }));
    return (await Promise.all(files.map((one) => one.catch(() => [])))).flat().length;
  }

  async function tell(pid: number): Promise<string> {
    const before = new Set(await readdir(told));
    process.kill(pid, 'SIGWINCH');
    const until = Date.now() + TELL_MS;
    while (Date.now() < until) {
      const name = (await readdir(told)).find(
        (one) => !before.has(one) && one.startsWith(`${pid}-`) && !one.endsWith('.part'),
      );
      if (name) return readFile(join(told, name), 'utf8');
      await delay(50);
    }
    throw new Error('the gateway does not tell what it holds');
  }

  return {
    variables: { NODE_OPTIONS: `--require=${path}`, BENCH_HELD: told },
    async look(pid, home) {
      const { resources, memory } = JSON.parse(await tell(pid)) as {
        readonly resources: Readonly<Record<string, number>>;
        readonly memory: { readonly heapUsed: number };
      };
      const { Timeout: timers = 0, ...handles } = resources;
      return {
        residentMb: Math.round(groupUsage(pid)?.residentMb ?? Number.NaN),
        heapMb: Math.round(memory.heapUsed / 2 ** 20),
        files: await countOf(`/proc/${pid}/fd`),
        threads: await countOf(`/proc/${pid}/task`),
        timers,
        handles: Object.values(handles).reduce((sum, each) => sum + each, 0),
        stored: await storedIn(join(home, '.openclaw')),
      };
    },
  };
}
