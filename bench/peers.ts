/**
 * `npm run bench:peers`: the plugin beside its peers in the same real host, in one run; writes the
 * numbers into the README of this folder and into peers.json.
 *
 * `--rounds N` gives medians of N · `--trace` prints where the time of a turn goes, and writes
 * nothing · `--quick` is short and writes nothing · `--only felt|load` leaves the other half out and
 * writes nothing.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { feltPeers } from './felt/felt-peers.ts';
import { feltTables, traceText } from './felt/felt-tables.ts';
import type { ScenarioName } from './felt/scenario.ts';
import { machine } from './machine.ts';
import { measurePeers } from './peer-runs.ts';
import { peerTables } from './peer-tables.ts';
import { writeNumbers } from './readme.ts';

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
const felt =
  values.only === 'load'
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
if (values.only !== 'felt' && !values.trace) {
  const measured = { machine: machine(), amount, runs: await measurePeers(amount), felt };
  console.error(peerTables(measured));
  if (!isShort && values.only === undefined) {
    await writeFile(join(folder, 'peers.json'), `${JSON.stringify(measured, undefined, 2)}\n`);
    await writeNumbers(join(folder, 'README.md'), 'peers', peerTables(measured));
  }
}
