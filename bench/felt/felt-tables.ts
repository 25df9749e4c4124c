/** What was felt of each plugin, side by side, as tables and waterfalls in Markdown. Pure. */
import { given, ms, table } from '../markdown-table.ts';
import type { Percentiles } from '../percentiles.ts';
import { median } from '../start-times.ts';
import type { Felt } from './felt-runs.ts';
import { type ScenarioName, scenarios } from './scenario.ts';
import type { Step } from './waterfall.ts';

/** Of one plugin in one round: each scenario, with each number of chats. */
export type FeltRound = Readonly<Partial<Record<ScenarioName, readonly Felt[]>>>;

export interface FeltPlugin {
  readonly version: string;
  readonly rounds: readonly FeltRound[];
}

type Numbers = Omit<Felt, 'waterfalls'>;

/** The medians of the rounds, number by number. */
export function medianFelt(rounds: readonly Felt[]): Numbers {
  const [first] = rounds;
  if (!first) throw new RangeError('no round was measured');
  const number = (pick: (felt: Felt) => number): number => median(rounds.map(pick));
  const times = (pick: (felt: Felt) => Percentiles): Percentiles => ({
    p50: number((felt) => pick(felt).p50),
    p99: number((felt) => pick(felt).p99),
    most: number((felt) => pick(felt).most),
  });
  return {
    chats: first.chats,
    turns: first.turns,
    sign: times(({ sign }) => sign),
    firstText: times(({ firstText }) => firstText),
    gap: times(({ gap }) => gap),
    whole: times(({ whole }) => whole),
    afterLast: times(({ afterLast }) => afterLast),
    unseen: number(({ unseen }) => unseen),
    callsPerTurn: number(({ callsPerTurn }) => callsPerTurn),
    cpuMsPerTurn: number(({ cpuMsPerTurn }) => cpuMsPerTurn),
    residentMb: number(({ residentMb }) => residentMb),
  };
}

const both = ({ p50, p99 }: Percentiles): string => `${ms(p50)} / ${ms(p99)}`;

export function feltTables(plugins: Readonly<Record<string, FeltPlugin>>): string {
  const sections = (Object.keys(scenarios) as ScenarioName[]).flatMap((name) =>
    scenarios[name].chats.map(({ count }, index) => {
      const rows = Object.entries(plugins).flatMap(([plugin, { version, rounds }]) => {
        const measured = rounds.flatMap((round) => round[name]?.[index] ?? []);
        return measured.length === 0 ? [] : [rowOf(`${plugin} ${version}`, medianFelt(measured))];
      });
      return rows.length === 0 ? '' : `${headOf(name, count)}\n\n${table(columns, rows)}`;
    }),
  );
  return sections.filter((section) => section !== '').join('\n\n');
}

const headOf = (name: ScenarioName, chats: number): string =>
  `An agent that ${scenarios[name].name}; ${chats === 1 ? 'one chat' : `${chats} chats at once`} (p50 / p99):`;

const columns = [
  'plugin',
  'first sign',
  'first text',
  'longest pause',
  'whole',
  'after the last word',
  'not whole',
  'calls',
  'CPU',
  'memory, the host included',
];

function rowOf(plugin: string, felt: Numbers): string[] {
  return [
    plugin,
    both(felt.sign),
    both(felt.firstText),
    ms(felt.gap.most),
    both(felt.whole),
    both(felt.afterLast),
    `${felt.unseen} of ${felt.turns}`,
    felt.callsPerTurn.toFixed(1),
    given(felt.cpuMsPerTurn, 'ms'),
    given(felt.residentMb, 'MB'),
  ];
}

/** For `--trace`: what happened in the turn of the median, and in the slowest, one line a step. */
export function traceText(plugin: string, round: FeltRound): string {
  return Object.entries(round)
    .flatMap(([name, runs]) => runs.map((run) => ({ name, ...run })))
    .flatMap(({ name, chats, waterfalls }) => [
      `\n${plugin}: ${name}, ${chats} chats, p50`,
      ...waterfalls.p50.map(stepLine),
      `\n${plugin}: ${name}, ${chats} chats, p99`,
      ...waterfalls.p99.map(stepLine),
    ])
    .join('\n');
}

const stepLine = ({ at, what }: Step): string => `${at.toFixed(0).padStart(7)} ms  ${what}`;
