/**
 * `npm run bench:peers`: the plugin beside its peer in the same real host, in one run; writes the
 * numbers into the README of this folder and into peers.json. `--rounds N` gives medians of N; `--quick` is short and
 * writes nothing.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from './machine.ts';
import { measurePeers } from './peer-runs.ts';
import { peerTables } from './peer-tables.ts';
import { writeNumbers } from './readme.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string', default: '1' } },
});
const [isQuick, rounds] = [values.quick, Math.max(1, Number.parseInt(values.rounds, 10) || 1)];

const amount = isQuick
  ? { rounds, answered: 10, unanswered: 300, crash: 8 }
  : { rounds, answered: 30, unanswered: 1000, crash: 20 };
const measured = { machine: machine(), amount, runs: await measurePeers(amount) };
console.log(JSON.stringify(measured, undefined, 1));
console.error(peerTables(measured));
if (!isQuick) {
  await writeFile(join(folder, 'peers.json'), `${JSON.stringify(measured, undefined, 2)}\n`);
  await writeNumbers(join(folder, 'README.md'), 'peers', peerTables(measured));
}
