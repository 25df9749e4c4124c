/** The plugins side by side, as tables in Markdown. Pure. */

import { feltCurves } from './felt/felt-curves.ts';
import type { FeltPeers } from './felt/felt-peers.ts';
import { feltTables } from './felt/felt-tables.ts';
import { type CommandCosts, HOST_COMMANDS } from './host-commands.ts';
import { type Machine, machineLine } from './machine.ts';
import { given, ms, table } from './markdown-table.ts';
import {
  type Amount,
  IN_FLIGHT,
  type measurePeers,
  PER_SECOND,
  type PeerRun,
} from './peer-runs.ts';

export interface MeasuredPeers {
  readonly machine: Machine;
  readonly amount: Amount;
  readonly runs: Awaited<ReturnType<typeof measurePeers>>;
  /** Absent where only the load was measured. */
  readonly felt?: FeltPeers | undefined;
  readonly commands?: CommandCosts | undefined;
}

export function peerTables({ machine, amount, runs, felt, commands }: MeasuredPeers): string {
  const all = Object.entries(runs);
  const rows = (cells: (run: PeerRun) => readonly string[]) =>
    all.map(([name, run]) => [`${name} ${run.version}`, ...cells(run)]);
  const [first] = all;
  return `Machine: ${machineLine(machine)}; the host is
${first?.[1].host ?? 'unknown'}; rounds: ${amount.rounds}

${felt ? `${feltTables(felt.plugins)}\n\n${curvesOf(felt)}\n\n${notMeasured(felt)}` : ''}
Agent that answers at once, ${amount.answered} messages, ${PER_SECOND} a second, 10 chats:

${table(
  ['plugin', 'ack p50', 'ack p99', 'answer p50', 'answer p99'],
  rows((run) => [ms(run.ackP50), ms(run.ackP99), ms(run.answerP50), ms(run.answerP99)]),
)}

People who may not talk, ${amount.unanswered} events, ${IN_FLIGHT} in flight, 50 chats:

${table(
  ['plugin', 'events/s', 'ack p50', 'ack p99', 'CPU / 1,000 events', 'memory, the host included'],
  rows((run) => [
    run.acksPerSecond.toFixed(0),
    ms(run.loadAckP50),
    ms(run.loadAckP99),
    given(run.cpuMsPer1000, 'ms'),
    given(run.residentMb, 'MB'),
  ]),
)}

${amount.crash} messages at 4 a second, each from a person of its own, and one kill -9 of the gateway among
them:

${table(
  ['plugin', 'answered once', 'lost', 'answered twice'],
  rows(({ crash }) => [`${crash.once}`, `${crash.lost}`, `${crash.twice}`]),
)}

${commands ? commandTable(commands) : ''}
`;
}

/** What a command of the host takes with each plugin, and without one. */
export function commandTable(commands: CommandCosts): string {
  const rows = Object.entries(commands).map(([name, costs]) => [
    name,
    ...HOST_COMMANDS.map(
      (command) => `${ms(costs[command].ms)}, ${costs[command].residentMb.toFixed(0)} MB`,
    ),
  ]);
  const head = ['plugin', ...HOST_COMMANDS.map((command) => `\`${command}\``)];
  return `Commands of the host, its gateway up: time, and memory of the largest process:\n\n${table(head, rows)}`;
}

const curvesOf = ({ plugins }: FeltPeers): string =>
  Object.keys(feltCurves(plugins))
    .map((name) => `![${name.replaceAll('-', ' ')}](curves/${name}.svg)`)
    .join('\n');

const notMeasured = ({ notLoaded }: FeltPeers): string =>
  Object.entries(notLoaded)
    .map(([name, why]) => `Not measured: ${name} (${why.split('\n')[0]}).\n`)
    .join('');
