/**
 * `npm run bench:peers`: the plugin beside its peers in the same real host, in one run; writes the
 * numbers into the README of this folder and into peers.json.
 *
 * `--rounds N` gives medians of N · `--trace` prints where the time of a turn goes, and writes
 * nothing · `--quick` is short and writes nothing · `--only felt|load|commands` leaves the rest out and
 * writes nothing.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { feltCurves } from './felt/felt-curves.ts';
import { feltPeers } from './felt/felt-peers.ts';
import { feltTables, traceText } from './felt/felt-tables.ts';
import type { ScenarioName } from './felt/scenario.ts';
import { measureHostCommands } from './host-commands.ts';
import { machine } from './machine.ts';
import { measurePeers } from './peer-runs.ts';
import { commandTable, peerTables } from './peer-tables.ts';
import { writeNumbers } from './readme.ts';

/** The way of single turns is for `--trace`. */
const withoutTraces = (key: string, value: unknown): unknown =>
  key === 'waterfalls' ? undefined : value;

const folder = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string', default: '1' },
  },
});
const isShort = values.quick || values.trace;
const rounds = Math.max(1, Number.parseInt(values.rounds, 10) || 1);

const everything: readonly ScenarioName[] = ['instant', 'streaming', 'tools', 'slow'];
const isMeasured = (part: 'felt' | 'load' | 'commands'): boolean =>
  (values.only ?? part) === part && (part === 'felt' || !values.trace);
const felt = !isMeasured('felt')
  ? undefined
  : await feltPeers({
      rounds,
      scenarios: isShort ? ['instant', 'streaming', 'tools'] : everything,
      mostChats: isShort ? 1 : 50,
      onRound(name, round) {
        if (values.trace) console.log(traceText(name, round));
      },
    });
if (felt) console.error(feltTables(felt.plugins));
for (const [name, why] of Object.entries(felt?.notLoaded ?? {})) {
  console.error(`not measured: ${name}: ${why}`);
}

const amount = values.quick
  ? { rounds, answered: 10, unanswered: 300, crash: 8 }
  : { rounds, answered: 30, unanswered: 1000, crash: 20 };
const commands = isMeasured('commands')
  ? await measureHostCommands(values.quick ? 3 : 9)
  : undefined;
if (commands) console.error(commandTable(commands));
if (isMeasured('load')) {
  const runs = await measurePeers(amount);
  const measured = { machine: machine(), amount, runs, felt, commands };
  console.error(peerTables(measured));
  if (!isShort && values.only === undefined) {
    await writeFile(join(folder, 'peers.json'), `${JSON.stringify(measured, withoutTraces, 2)}\n`);
    for (const [name, svg] of Object.entries(felt ? feltCurves(felt.plugins) : {})) {
      await writeFile(join(folder, 'curves', `${name}.svg`), svg);
    }
    await writeNumbers(join(folder, 'README.md'), 'peers', peerTables(measured));
  }
}
