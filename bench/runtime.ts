/** What the runtime costs, beside the SDK's own clients: throughput, acknowledgement, answers, memory. */
import type { Percentiles } from './percentiles.ts';
import { median } from './start-times.ts';
import { type Subject, startOurs, startPeer } from './subject.ts';

/** Nobody is on the list: each event is received, kept, acknowledged and judged; none is answered. */
const unanswered = { dmPolicy: 'allowlist' } as const;
/** Enough that the slower side is busy all the time. */
const IN_FLIGHT = 512;
const WARM_UP = 3000;

const subjects = {
  'moltbot-feishu': () => startOurs(unanswered),
  'SDK WSClient, empty handler': () => startPeer('sdk-ws-client'),
  'SDK LarkChannel, echo': () => startPeer('sdk-lark-channel'),
} as const;
export type SubjectName = keyof typeof subjects;
const subjectNames = Object.keys(subjects) as SubjectName[];

export interface Throughput {
  readonly acksPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMsPer1000: number | undefined;
  readonly residentMb: number | undefined;
}

/** Each in turn, several times; medians. */
export async function measureThroughput(rounds: number, count: number) {
  const runs = new Map<SubjectName, Throughput[]>();
  for (let round = 0; round < rounds; round++) {
    for (const name of subjectNames) {
      const run = await using(subjects[name], (subject) => throughputOf(subject, count));
      runs.set(name, [...(runs.get(name) ?? []), run]);
    }
  }
  return Object.fromEntries(
    subjectNames.map((name) => [name, medianRun(runs.get(name) ?? [])]),
  ) as Record<SubjectName, Throughput>;
}

async function throughputOf(subject: Subject, count: number): Promise<Throughput> {
  await subject.platform.offer({ count: WARM_UP, inFlight: IN_FLIGHT });
  const before = subject.cpuMs();
  const { acksPerSecond, ackMs } = await subject.platform.offer({ count, inFlight: IN_FLIGHT });
  const after = subject.cpuMs();
  const used = before === undefined || after === undefined ? undefined : after - before;
  return {
    acksPerSecond,
    p50Ms: ackMs.p50,
    p99Ms: ackMs.p99,
    cpuMsPer1000: used === undefined ? undefined : used / (count / 1000),
    residentMb: subject.residentMb(),
  };
}

function medianRun(runs: readonly Throughput[]): Throughput {
  const of = (key: keyof Throughput) => median(runs.map((run) => run[key] ?? Number.NaN));
  return {
    acksPerSecond: of('acksPerSecond'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    cpuMsPer1000: of('cpuMsPer1000'),
    residentMb: of('residentMb'),
  };
}

/** Acknowledgement (p99) while an agent that takes 30 s works, and while one that takes none does. */
export async function measureSlowAgent(rounds: number, count: number) {
  const ackOf = (mode: readonly string[]): Promise<Percentiles> =>
    using(
      () => startOurs({}, mode),
      async ({ platform }) => {
        await platform.offer({ count: 50, perSecond: 20 });
        return (await platform.offer({ count, perSecond: 20 })).ackMs;
      },
    );
  const quick: number[] = [];
  const slow: number[] = [];
  for (let round = 0; round < rounds; round++) {
    quick.push((await ackOf(['--exec', 'cat >/dev/null; echo ok'])).p99);
    slow.push((await ackOf(['--exec', 'cat >/dev/null; sleep 30; echo ok'])).p99);
  }
  const [quickP99Ms, slowP99Ms] = [median(quick), median(slow)];
  return { quickP99Ms, slowP99Ms, ratio: slowP99Ms / quickP99Ms };
}

/** From the event to its answer, echoed, at a rate that the platform's limits allow. */
export async function measureAnswers(count: number) {
  const answersOf = (start: () => Promise<Subject>): Promise<Percentiles> =>
    using(start, async ({ platform }) => {
      // Turns wait a little after a line came up.
      await platform.offer({ count: 5, perSecond: 1 });
      await platform.offer({ count, perSecond: 10 });
      return platform.answers(count);
    });
  return {
    'moltbot-feishu': await answersOf(() => startOurs({})),
    'SDK LarkChannel, echo': await answersOf(() => startPeer('sdk-lark-channel')),
  };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Resident memory (MB) over events, with no more in flight than a busy day has: medians of several
 * processes, since what is read of one depends on how long ago its heap was collected.
 */
export async function measureMemory(rounds: number, most: number): Promise<readonly Point[]> {
  const runs: (readonly Point[])[] = [];
  for (let round = 0; round < rounds; round++) {
    runs.push(await using(subjects['moltbot-feishu'], (subject) => memoryOf(subject, most)));
  }
  return (runs[0] ?? []).map(({ x }, index) => ({
    x,
    y: median(runs.map((points) => points[index]?.y ?? Number.NaN)),
  }));
}

async function memoryOf(subject: Subject, most: number): Promise<readonly Point[]> {
  const points: Point[] = [];
  let events = 0;
  for (const x of [1000, 5000, 10_000, 20_000, 40_000, 60_000, 80_000, 100_000]) {
    if (x > most) break;
    await subject.platform.offer({ count: x - events, inFlight: 64 });
    events = x;
    points.push({ x, y: subject.residentMb() ?? Number.NaN });
  }
  return points;
}

/** Events a second and the p99 of their acknowledgement (ms), over chats or over the size of the text. */
export async function measureCurve(over: 'chats' | 'textBytes', count: number) {
  const xs = over === 'chats' ? [1, 50, 2000] : [20, 1000, 10_000, 100_000];
  const curves = new Map<SubjectName, { perSecond: Point[]; p99: Point[] }>();
  for (const name of subjectNames) {
    const curve = { perSecond: [] as Point[], p99: [] as Point[] };
    await using(subjects[name], async ({ platform }) => {
      await platform.offer({ count: WARM_UP, inFlight: IN_FLIGHT });
      for (const x of xs) {
        // Large texts are fewer, so that each point takes about as long.
        const events =
          over === 'textBytes' ? Math.max(200, Math.round(count / (1 + x / 2000))) : count;
        const offered = await platform.offer({ count: events, inFlight: 64, [over]: x });
        curve.perSecond.push({ x, y: offered.acksPerSecond });
        curve.p99.push({ x, y: offered.ackMs.p99 });
      }
    });
    curves.set(name, curve);
  }
  return Object.fromEntries(curves) as Record<SubjectName, { perSecond: Point[]; p99: Point[] }>;
}

async function using<T>(start: () => Promise<Subject>, work: (subject: Subject) => Promise<T>) {
  const subject = await start();
  try {
    return await work(subject);
  } finally {
    await subject.stop();
  }
}
