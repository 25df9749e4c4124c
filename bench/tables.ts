/** The numbers as tables in Markdown. Pure. */
import type { measureEdit, measureInstall, measureSetup, measureStart } from './commands.ts';
import type { measureFloor } from './floor.ts';
import { type Machine, machineLine } from './machine.ts';
import { given, ms, table, times } from './markdown-table.ts';
import type { measureMedia, Transfer } from './media.ts';
import type { measurePresses } from './presses.ts';
import type {
  measureAnswers,
  measureCurve,
  measureSlowAgent,
  measureThroughput,
  Point,
} from './runtime.ts';

type Result<F extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<F>>;

export interface Measured {
  readonly machine: Machine;
  readonly start: Result<typeof measureStart>;
  readonly setup: Result<typeof measureSetup>;
  readonly edit: Result<typeof measureEdit>;
  readonly install: Result<typeof measureInstall>;
  readonly throughput: Result<typeof measureThroughput>;
  readonly slowAgent: Result<typeof measureSlowAgent>;
  readonly answers: Result<typeof measureAnswers>;
  readonly memory: readonly Point[];
  readonly byChats: Result<typeof measureCurve>;
  readonly bySize: Result<typeof measureCurve>;
  readonly media: Result<typeof measureMedia>;
  readonly presses: Result<typeof measurePresses>;
  readonly floor: Result<typeof measureFloor>;
}

/** An app may send 1,000 messages a minute: 500 times as many events are to be taken. */
const MIN_EVENTS_PER_SECOND = (500 * 1000) / 60;

/** Each number of the contract, beside what it should be. */
export function ratioTable(measured: Measured): string {
  const { start, setup, edit, install, throughput, slowAgent, memory, media, presses } = measured;
  const ours = throughput['moltbot-feishu'].acksPerSecond;
  const sdk = throughput['SDK WSClient, empty handler'].acksPerSecond;
  const [first, last] = [memory[0], memory.at(-1)];
  const growth = (last?.y ?? Number.NaN) / (first?.y ?? Number.NaN);
  return table(
    ['what', 'measured', 'ratio', 'bound'],
    [
      [
        '`--version` against `node -e 0`',
        `${ms(start.version)} / ${ms(start.node)}`,
        times(start.versionRatio),
        '≤ 2×',
      ],
      [
        '`--help` against `node -e 0`',
        `${ms(start.help)} / ${ms(start.node)}`,
        times(start.helpRatio),
        '≤ 2×',
      ],
      [
        'unattended setup against its network calls, made bare',
        `${ms(setup.setup.wholeMs)} / ${ms(setup.networkMs)}`,
        times(setup.ratio),
        '–',
      ],
      [
        'unattended setup: before its first call, its calls, after them',
        parts(setup.setup),
        '–',
        '–',
      ],
      ['doctor: before its first call, its calls, after them', parts(setup.doctor), '–', '–'],
      [
        'events/s, durable, against WSClient with an empty handler',
        `${ours.toFixed(0)} / ${sdk.toFixed(0)}`,
        times(ours / sdk),
        `≥ ${MIN_EVENTS_PER_SECOND.toFixed(0)} events/s`,
      ],
      [
        'p99 acknowledgement, agent of 30 s against none',
        `${ms(slowAgent.slowP99Ms)} / ${ms(slowAgent.quickP99Ms)}`,
        times(slowAgent.ratio),
        '≤ 1.1×',
      ],
      [
        `memory after ${last?.x ?? 0} events against after ${first?.x ?? 0}`,
        `${last?.y.toFixed(0)} MB / ${first?.y.toFixed(0)} MB`,
        times(growth),
        '≤ 1.1×',
      ],
      ...transferRows('a file comes in', media.in30),
      ...transferRows('a file comes in', media.in100),
      ...transferRows('a file goes out', media.out30),
      [
        'a press of a button, the agent busy, p50 and p99',
        `${ms(presses.p50)} / ${ms(presses.p99)}`,
        '–',
        'p99 ≤ 300 ms',
      ],
      [
        'config edit, 1 MB against empty',
        `${ms(edit.largeMs)} / ${ms(edit.smallMs)}`,
        times(edit.ratio),
        '–',
      ],
      [
        'size on disk, packages',
        `${install.installedMb.toFixed(1)} MB, ${install.packages}`,
        '–',
        '≤ 8 MB, 1',
      ],
    ],
  );
}

const parts = (of: Result<typeof measureSetup>['setup']): string =>
  [of.beforeMs, of.callsMs, of.afterMs].map(ms).join(' + ');

function transferRows(what: string, transfer: Transfer): string[][] {
  const { megabytes, aboveIdleMb, ms: took, bareMs } = transfer;
  return [
    [`${what}, ${megabytes} MB: memory above idle`, given(aboveIdleMb, 'MB'), '–', '≤ 16 MB'],
    [
      `${what}, ${megabytes} MB: against the bare transfer`,
      `${ms(took)} / ${ms(bareMs)}`,
      times(took / bareMs),
      '≤ 1.5×',
    ],
  ];
}

export function tables(measured: Measured): string {
  const { machine, throughput, answers, floor } = measured;
  const sideBySide = table(
    ['subject', 'events/s', 'ack p50', 'ack p99', 'CPU / 1,000 events', 'memory'],
    Object.entries(throughput).map(([name, run]) => [
      name,
      run.acksPerSecond.toFixed(0),
      ms(run.p50Ms),
      ms(run.p99Ms),
      given(run.cpuMsPer1000, 'ms'),
      given(run.residentMb, 'MB'),
    ]),
  );
  const answered = table(
    ['subject', 'answer p50', 'answer p99'],
    Object.entries(answers).map(([name, { p50, p99 }]) => [name, ms(p50), ms(p99)]),
  );
  const ownUs = 1e6 / throughput['moltbot-feishu'].acksPerSecond;
  const floorUs = floor.codecUs + (floor.syncMs * 1000) / 32;
  return `Machine: ${machineLine(machine)}

${ratioTable(measured)}

512 events in flight, 50 chats, texts of 20 bytes:

${sideBySide}

Echo, 10 events a second:

${answered}

![memory](curves/memory.svg)
![chats](curves/chats.svg)
![text size](curves/text-size.svg)

The floor: ${floor.codecUs.toFixed(1)} µs for decoding a frame and encoding its acknowledgement, ${floor.syncMs.toFixed(2)} ms for a sync
that 32 events share: ${floorUs.toFixed(0)} µs an event. We take ${ownUs.toFixed(0)} µs.
`;
}
