/**
 * `npm run bench:peers`: the plugin beside its peer in the same real host, in one run; writes the
 * numbers into the README of this folder and into peers.json. `--quick` is short and writes nothing.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine } from './machine.ts';
import { measurePeers } from './peer-runs.ts';
import { peerTables } from './peer-tables.ts';
import { writeNumbers } from './readme.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const isQuick = process.argv.includes('--quick');

const runs = await measurePeers(
  isQuick
    ? { rounds: 1, answered: 10, unanswered: 500, crash: 16 }
    : { rounds: 3, answered: 50, unanswered: 5000, crash: 40 },
);
const measured = { machine: machine(), runs };
console.log(JSON.stringify(measured, undefined, 1));
console.error(peerTables(measured));
if (!isQuick) {
  await writeFile(join(folder, 'peers.json'), `${JSON.stringify(measured, undefined, 2)}\n`);
  await writeNumbers(join(folder, 'README.md'), 'peers', peerTables(measured));
}
