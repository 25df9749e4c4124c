/**
 * `npm run soak [-- events]`: a day in minutes. A million events through the real runtime; its memory,
 * open files and threads are told as they go. Ends with 1 where they grow.
 */
import { readdirSync } from 'node:fs';
import { type Subject, startOurs } from './subject.ts';

const events = Number(process.argv[2] ?? 1_000_000);
const STEPS = 40;
/** Memory is that of a runtime at work: what its first events load has been loaded (events). */
const WARM_UP = 20_000;
const BOUND = 1.1;

const subject = await startOurs({ dmPolicy: 'allowlist' });
try {
  await subject.platform.offer({ count: 1000, inFlight: 64 });
  const atFirst = look(subject);
  await subject.platform.offer({ count: WARM_UP, inFlight: 64 });
  const warm = look(subject);
  let last = warm;
  const count = Math.ceil(events / STEPS);
  for (let step = 1; step <= STEPS; step++) {
    const { acksPerSecond, ackMs } = await subject.platform.offer({
      count,
      inFlight: 64,
      chats: 2000,
    });
    last = look(subject);
    const shown = {
      events: step * count,
      ...last,
      acksPerSecond: Math.round(acksPerSecond),
      p99Ms: Math.round(ackMs.p99),
    };
    console.log(JSON.stringify(shown));
  }
  const ratio = {
    afterFirst1000: last.residentMb / atFirst.residentMb,
    afterWarmUp: last.residentMb / warm.residentMb,
  };
  const isSteady =
    ratio.afterWarmUp <= BOUND && last.files <= warm.files + 2 && last.threads <= warm.threads;
  console.log(JSON.stringify({ atFirst, warm, last, ratio, isSteady }));
  process.exitCode = isSteady ? 0 : 1;
} finally {
  await subject.stop();
}

/** Open files and threads from /proc: elsewhere they are not measured (0). */
function look({ pid, residentMb }: Subject) {
  const entries = (name: string): number =>
    process.platform === 'linux' ? readdirSync(`/proc/${pid}/${name}`).length : 0;
  return {
    residentMb: Math.round(residentMb() ?? Number.NaN),
    files: entries('fd'),
    threads: entries('task'),
  };
}
