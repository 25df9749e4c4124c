/**
 * `npm run bench`: every number of the README in this folder, measured in one run and written there.
 * `--quick` takes fewer rounds and writes nothing: to see whether something changed.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureEdit, measureInstall, measureSetup, measureStart } from './commands.ts';
import { measureFloor } from './floor.ts';
import { machine } from './machine.ts';
import { measureMedia } from './media.ts';
import { measurePresses } from './presses.ts';
import { writeNumbers } from './readme.ts';
import {
  measureAnswers,
  measureCurve,
  measureMemory,
  measureSlowAgent,
  measureThroughput,
} from './runtime.ts';
import { chart } from './svg.ts';
import { type Measured, ratioTable, tables } from './tables.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const isQuick = process.argv.includes('--quick');
const say = (text: string): void => console.error(text);

const rounds = isQuick ? 3 : 11;
say('start …');
const start = await measureStart(rounds);
say('setup …');
const setup = await measureSetup(isQuick ? 1 : 5);
say('config edit …');
const edit = await measureEdit(isQuick ? 1 : 5);
say('install …');
const install = await measureInstall();
say('throughput …');
const throughput = await measureThroughput(isQuick ? 1 : 3, isQuick ? 5000 : 20_000);
say('slow agent …');
const slowAgent = await measureSlowAgent(isQuick ? 1 : 5, isQuick ? 100 : 300);
say('answers …');
const answers = await measureAnswers(isQuick ? 30 : 100);
say('memory …');
const memory = await measureMemory(isQuick ? 1 : 5, isQuick ? 10_000 : 100_000);
say('chats …');
const byChats = await measureCurve('chats', isQuick ? 2000 : 10_000);
say('text sizes …');
const bySize = await measureCurve('textBytes', isQuick ? 2000 : 10_000);
say('files …');
const media = await measureMedia(isQuick ? 1 : 5);
say('presses …');
const presses = await measurePresses(isQuick ? 2 : 14);
say('floor …');
const floor = await measureFloor();

const measured: Measured = {
  machine: machine(),
  start,
  setup,
  edit,
  install,
  throughput,
  slowAgent,
  answers,
  memory,
  byChats,
  bySize,
  media,
  presses,
  floor,
};
console.log(JSON.stringify(measured, undefined, 1));
say(ratioTable(measured));
if (!isQuick) await keep();

async function keep(): Promise<void> {
  await mkdir(join(folder, 'curves'), { recursive: true });
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(measured, undefined, 2)}\n`);
  const curves = {
    memory: chart({
      title: 'Resident memory',
      x: 'events received, kept and acknowledged',
      y: 'MB',
      isLogX: false,
      series: { 'moltbot-feishu': memory },
    }),
    chats: chart({
      title: 'Acknowledgement, p99, 64 events in flight',
      x: 'chats',
      y: 'ms',
      isLogX: true,
      series: mapValues(byChats, ({ p99 }) => p99),
    }),
    'text-size': chart({
      title: 'Events acknowledged a second, 64 in flight',
      x: 'bytes of text',
      y: 'events/s',
      isLogX: true,
      series: mapValues(bySize, ({ perSecond }) => perSecond),
    }),
  };
  for (const [name, svg] of Object.entries(curves)) {
    await writeFile(join(folder, 'curves', `${name}.svg`), svg);
  }
  await writeNumbers(join(folder, 'README.md'), 'numbers', tables(measured));
}

function mapValues<K extends string, V, W>(
  record: Readonly<Record<K, V>>,
  change: (value: V) => W,
): Record<K, W> {
  const entries = Object.entries<V>(record).map(([key, value]) => [key, change(value)] as const);
  return Object.fromEntries(entries) as Record<K, W>;
}
