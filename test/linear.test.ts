/** No function on text from outside grows faster than its input: growth is compared, not time. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createBlockAssembler } from '../src/channel/answer/text/cut/blocks.ts';
import { exempt, functions } from './support/text-functions.ts';

const separators = [...'\u0085\u00a0\u1680\u2000\u2007\u200b\u2028\u2029\u202f\u205f\u3000\ufeff'];
/** Letters and digits are alike: one of each, and every other character. */
const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter(
  (char, code) => !/[b-z2-9]/i.test(char) && (code > 31 || '\t\n\r\u001b'.includes(char)),
);
const marks = [...'*_`[]()<>!\\|-\n .a"\'/:{#\u2028'];
const longer = [
  '**a',
  '[a](',
  '![',
  '<a ',
  '```\n',
  '> ',
  '- a\n',
  '1. a\n',
  '| a ',
  '|-',
  'a\n\n',
];
const nested = ['http://', '@_user_1 ', '"a":', '{a:', '/*', '//', '${A}', '"\\', "a: 'b", 'a.b. '];
const few = [...'*[<|\n\u2028', '**a', '![', '- a\n'];
const slow = new Set([
  'contentOf, partOf',
  'answerParts',
  'cardMarkdown',
  'plainText',
  'settledMarkdown',
  'withMentions',
  'documentChunks',
  'parseMarkdown',
  'columnsOf',
  'fitColumns',
  'cardMarkdownHtml',
  'cutForCard',
  'finalForm',
  'growingMarkdown',
  'markdownOf',
  'postMarkdownHtml',
]);

const units: readonly string[] = [
  ...ascii,
  ...separators,
  ...marks.flatMap((first, index) => [
    first + (marks[(index + 1) % marks.length] ?? ''),
    `${first}${marks[(index + 5) % marks.length] ?? ''}${marks[(index + 11) % marks.length] ?? ''}`,
  ]),
  ...longer,
  ...nested,
];

/** The end makes a pattern fail that has matched so far. */
const inputOf = (unit: string, length: number): string =>
  `a${unit.repeat(Math.ceil(length / unit.length))}b`;

function cpuMs(run: () => unknown): number {
  const before = process.cpuUsage();
  try {
    run();
  } catch {
    // What throws has looked at its text, too.
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const SMALL = 10 * 1024;
const LARGE = 40 * 1024;
/** What takes less for the large input cannot have grown much. */
const FLOOR_MS = 150;
/** Four times the input: quadratic work is 16 times as much, linear work with noise well below. */
const MOST = 10;

/** Looks again while it seems to grow too fast: a busy machine is slow now and then. */
function growsTooFast(run: (text: string) => unknown, unit: string): string | undefined {
  let large = Number.POSITIVE_INFINITY;
  let small = Number.POSITIVE_INFINITY;
  // Cubic growth would still stay below the floor.
  if (cpuMs(() => run(inputOf(unit, SMALL))) < FLOOR_MS / 64) return undefined;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    large = Math.min(
      large,
      cpuMs(() => run(inputOf(unit, LARGE))),
    );
    if (large < FLOOR_MS) return undefined;
    small = Math.min(
      small,
      cpuMs(() => run(inputOf(unit, SMALL))),
    );
    if (large < small * MOST) return undefined;
  }
  return `${small} ms for 10 KB, ${large} ms for 40 KB`;
}

it('grows at most with its input, for every function on text', { timeout: 600_000 }, () => {
  const failures: string[] = [];
  for (const [name, run] of Object.entries(functions)) {
    // A parser takes longer for each character: it gets the inputs that are nested.
    for (const unit of slow.has(name) ? few : units) {
      const failure = growsTooFast(run, unit);
      if (failure !== undefined) failures.push(`${name}, ${JSON.stringify(unit)}: ${failure}`);
    }
  }
  expect(failures).toEqual([]);
});

it('grows at most with its input where an answer is streamed', { timeout: 600_000 }, () => {
  // Twice, so that the small input reaches the bound on one block, too.
  const stream = (half: string): void => {
    const text = half + half;
    const assembler = createBlockAssembler('block');
    for (let at = 0; at < text.length; at += 256) assembler.push(text.slice(at, at + 256));
    assembler.end();
  };
  const failures = few.flatMap((unit) => {
    const failure = growsTooFast(stream, unit);
    return failure === undefined ? [] : [`${JSON.stringify(unit)}: ${failure}`];
  });
  expect(failures).toEqual([]);
});

it('knows every exported function on a text', () => {
  const source = (path: string) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));
  const folders = [
    'channel/agent',
    'channel/answer/stream',
    'channel/answer/text',
    'channel/choice',
    'channel/message/media',
    'host/send',
    'sandbox/cards',
    'sandbox/page/client/text',
    'sandbox/seen',
    'shared',
    'shared/terminal',
    'shared/text',
  ];
  const files = [
    ...folders.flatMap((folder) => readdirSync(source(folder)).map((file) => `${folder}/${file}`)),
    'channel/message/content/styled-text.ts',
    'host/people/targets.ts',
    'channel/message/content/content.ts',
    'channel/message/control.ts',
    'channel/message/language.ts',
    'config/shown/mask.ts',
    'config/shown/secret-look.ts',
    'host/turn/context/command-text.ts',
    'platform/errors/rejection.ts',
  ].filter((file) => file.endsWith('.ts'));
  const known = new Set(Object.keys(functions).map((name) => name.split(',')[0] ?? ''));
  const missing = files.flatMap((file) =>
    [
      ...readFileSync(source(file), 'utf8').matchAll(
        /^export function\*? (\w+)(?:<[^>]*>)?\(([^)]*)\)/gm,
      ),
    ]
      .filter(([, , parameters]) =>
        /: (?:readonly )?(?:string|Message|unknown)\b/.test(parameters ?? ''),
      )
      .map(([, name]) => name ?? '')
      .filter((name) => !known.has(name) && !(name in exempt))
      .map((name) => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});
