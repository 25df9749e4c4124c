/** How long programs take from start to end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';

export interface Run {
  readonly ms: number;
  readonly stdout: string;
}

/** @throws where the program ends with another code than 0 */
export async function timed(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const start = performance.now();
  const child = spawn(process.execPath, [...args], {
    env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return { ms: performance.now() - start, stdout };
}

/** In turn, so that what slows the machine slows all of them; the median of each (ms). */
export async function medianTimes<K extends string>(
  programs: Readonly<Record<K, readonly string[]>>,
  rounds: number,
): Promise<Record<K, number>> {
  const times = new Map<K, number[]>();
  const names = Object.keys(programs) as K[];
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      times.set(name, [...(times.get(name) ?? []), (await timed(programs[name])).ms]);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<
    K,
    number
  >;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
