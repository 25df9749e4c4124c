/**
 * `npm run soak [-- events]`: a day in minutes. A million events through the real runtime, whose clock
 * runs as much faster as they come, so that it also forgets as in a day. Its memory, open files,
 * threads and timers are told as they go. Ends with 1 where they grow.
 */
import { readdirSync } from 'node:fs';
import { type Subject, startOurs } from './subject.ts';

const events = Number(process.argv[2] ?? 1_000_000);
const STEPS = 40;
const BOUND = 1.1;
const FIRST = 1000;
const DAY_S = 24 * 60 * 60;
const HOUR_MS = 60 * 60 * 1000;

const start = Date.now();
const subject = await startOurs({ dmPolicy: 'allowlist' }, ['--echo'], true);
try {
  const begun = await subject.platform.offer({ count: FIRST, inFlight: 64 });
  hurry(subject, begun.acksPerSecond);
  const first = await look(subject);
  const count = Math.ceil(events / STEPS);
  let last = first;
  for (let step = 1; step <= STEPS; step++) {
    const offer = { count, inFlight: 64, chats: 2000 };
    const { acksPerSecond, ackMs } = await subject.platform.offer(offer);
    hurry(subject, acksPerSecond);
    last = await look(subject);
    const pace = { acksPerSecond: Math.round(acksPerSecond), p99Ms: Math.round(ackMs.p99) };
    console.log(JSON.stringify({ events: step * count, ...last, ...pace }));
  }
  const ratio = last.residentMb / first.residentMb;
  const isSteady =
    ratio <= BOUND &&
    // One may be about to be closed, or opened.
    last.files <= first.files + 1 &&
    last.threads <= first.threads &&
    last.timers <= first.timers + 1;
  console.log(JSON.stringify({ first, last, ratio, isSteady }));
  process.exitCode = isSteady ? 0 : 1;
} finally {
  await subject.stop();
}

/** A day has as many events as there are: the clock follows the pace at which they come (events/s). */
function hurry(watched: Subject, pace: number): void {
  watched.hurry((DAY_S * pace) / events);
}

/** Open files and threads from /proc: elsewhere they are not measured (0). */
async function look(watched: Subject) {
  const entries = (name: string): number =>
    process.platform === 'linux' ? readdirSync(`/proc/${watched.pid}/${name}`).length : 0;
  const { resources, memory, time } = await watched.ask();
  const { Timeout: timers = 0, ...handles } = resources;
  const mb = (bytes: number): number => Math.round(bytes / 2 ** 20);
  return {
    hours: Math.round((time - start) / HOUR_MS),
    residentMb: Math.round(watched.residentMb() ?? Number.NaN),
    heapMb: mb(memory.heapUsed),
    buffersMb: mb(memory.arrayBuffers),
    files: entries('fd'),
    threads: entries('task'),
    timers,
    handles: Object.values(handles).reduce((sum, each) => sum + each, 0),
  };
}
