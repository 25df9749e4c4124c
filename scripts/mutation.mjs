// Mutation testing of the pure cores with StrykerJS, one core after the other:
//
//     node scripts/mutation.mjs [--sample=N [--from=M]] [CORE...]
//
// Each core has its own tests (the ones without processes and servers), so that a changed version is
// tried in about a second. Prints a table of the scores; the exit code is 1 below the threshold of
// stryker.config.json over all cores together. The survivors of a core: its report in
// node_modules/.cache/stryker/CORE.json, or Stryker's own output above the table.
//
// --sample=N tries only the changes within every Nth stretch of ten lines of each file, the first one
// or, with --from=M, the one behind M others included: the whole takes more than an hour. The changes of
// a sample whose survivors were read say little about the others: another M does.
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { Stryker } from '@stryker-mutator/core';

const files = (folder, names) => names.split(' ').map((name) => `${folder}/${name}.ts`);
const all = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);

/**
 * `data`: changes that are not tried, since what they change is a table or the words of a text, which
 * the compiler and test/shared/texts.test.ts check.
 */
const cores = {
  policy: {
    mutate: [
      'src/channel/message/policy.ts',
      ...files('src/config/rules', 'access-names unknown-keys nearest'),
    ],
    tests: [
      'test/channel/message/policy.test.ts',
      'test/config/accounts.test.ts',
      'test/config/rules/*.test.ts',
    ],
  },
  masking: { mutate: all('src/config/shown'), tests: ['test/config/shown/*.test.ts'] },
  editing: {
    mutate: ['src/config/edit.ts', ...files('src/config/json5', 'splice style json5 json5-tokens')],
    tests: ['test/config/{edit,removal}.test.ts', 'test/config/json5/*.test.ts'],
  },
  inbox: {
    mutate: files('src/channel/inbox/directory', 'records ledger seen'),
    tests: ['test/channel/inbox/{inbox-store,damaged-inbox,seen,ledger}.test.ts'],
  },
  reading: {
    mutate: [
      ...all('src/channel/message/events'),
      ...all('src/channel/message/content'),
      'src/channel/message/fetched/merged.ts',
    ],
    tests: [
      'test/channel/message/{event,event-forms}.test.ts',
      'test/channel/message/content/*.test.ts',
      'test/channel/message/fetched/merged.test.ts',
    ],
  },
  cutting: {
    mutate: all('src/channel/answer/text'),
    tests: ['test/channel/answer/{formats,modes}.test.ts', 'test/channel/answer/text/**/*.test.ts'],
  },
  'app plan': {
    mutate: ['src/platform/app/app-plan.ts'],
    tests: ['test/platform/app/{app-plan,app-overview}.test.ts'],
  },
  'error table': {
    mutate: ['src/platform/errors/error-table.ts', ...all('src/platform/errors/error-table')],
    tests: ['test/platform/errors/tables.test.ts'],
    data: ['StringLiteral', 'ObjectLiteral', 'ArrayDeclaration'],
  },
};

const options = process.argv.slice(2);
const numberOf = (flag, standard) =>
  Number(options.find((one) => one.startsWith(flag))?.slice(flag.length) ?? standard);
const sample = numberOf('--sample=', 1);
const firstStretch = numberOf('--from=', 0);
const chosen = options.filter((one) => !/^--(?:sample|from)=/.test(one));
const unknown = chosen.filter((name) => !Object.hasOwn(cores, name));
if (unknown.length > 0) {
  console.error(`No core ${unknown.join(', ')}. Cores: ${Object.keys(cores).join(', ')}`);
  process.exit(2);
}

/** Lines in one stretch of a sample. */
const STRETCH = 10;

function stretches(file) {
  if (sample === 1) return [file];
  const count = Math.ceil(readFileSync(file, 'utf8').split('\n').length / STRETCH);
  return Array.from({ length: count }, (_, index) => index)
    .filter((index) => index % sample === firstStretch)
    .map((index) => `${file}:${index * STRETCH + 1}-${(index + 1) * STRETCH}`);
}

const folder = 'node_modules/.cache/stryker';
const rows = [];
for (const name of chosen.length > 0 ? chosen : Object.keys(cores)) {
  const { mutate, tests, data = [] } = cores[name];
  // The worker of Stryker hands it to vitest.mutation.config.ts.
  process.env.MUTATION_TESTS = JSON.stringify(tests);
  const results = await new Stryker({
    mutate: mutate.flatMap(stretches),
    mutator: { excludedMutations: data },
    incremental: sample === 1,
    incrementalFile: `${folder}/${name}.incremental.json`,
    // The threshold is for all cores together.
    thresholds: { break: null },
    jsonReporter: { fileName: `${folder}/${name}.json` },
  }).runMutationTest();
  const count = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  const noticed = count('Killed', 'Timeout');
  rows.push({ core: name, changes: noticed + count('Survived', 'NoCoverage'), noticed });
}

const percent = ({ changes, noticed }) => Number(((100 * noticed) / changes).toFixed(1));
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
const total = { core: 'together', changes: sum('changes'), noticed: sum('noticed') };
console.table([...rows, total].map((row) => ({ ...row, '%': percent(row) })));
const { thresholds } = JSON.parse(readFileSync('stryker.config.json', 'utf8'));
if (percent(total) < thresholds.break) process.exitCode = 1;
