/** No function on text from outside grows faster than its input: growth is compared, not time. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { contentOf } from '../src/channel/answer/formats/all.ts';
import { textContent } from '../src/channel/answer/formats/text.ts';
import { answerParts, partOf } from '../src/channel/answer/parts.ts';
import {
  bareUrls,
  isSafeUrl,
  isWebAddress,
  safeAddress,
} from '../src/channel/answer/text/addresses.ts';
import { createBlockAssembler } from '../src/channel/answer/text/blocks.ts';
import { chunkText } from '../src/channel/answer/text/chunk.ts';
import { ANSWER_LIMITS } from '../src/channel/answer/text/limits.ts';
import { parseMarkdown } from '../src/channel/answer/text/parse.ts';
import { beginsBlock, isSentenceEnd } from '../src/channel/answer/text/sentences.ts';
import { wireBytes } from '../src/channel/answer/text/wire-bytes.ts';
import { readMessage } from '../src/channel/message/content/content.ts';
import { parseControlCommand } from '../src/channel/message/control.ts';
import { detectLanguage } from '../src/channel/message/language.ts';
import { parseJson5 } from '../src/config/json5/json5.ts';
import { parseRoot, parseTree } from '../src/config/parse.ts';
import { isSecretShaped, readAppId, readAppSecret } from '../src/config/pasted-credential.ts';
import {
  couldBeSecret,
  isSecretKey,
  maskConfigText,
  shownKey,
  shownValue,
} from '../src/config/shown/mask.ts';
import { commandText, isCommand, isUrgentCommand } from '../src/host/turn/command-text.ts';
import { createReplyText } from '../src/host/turn/reply-text.ts';
import { missingScopesIn } from '../src/platform/errors/rejection.ts';
import { joinChinese } from '../src/shared/chinese.ts';
import { maskCredentials } from '../src/shared/credentials.ts';
import { parseJson } from '../src/shared/json.ts';
import { createLineLogger } from '../src/shared/log.ts';
import { Secret, scrub } from '../src/shared/secret.ts';
import { sentences } from '../src/shared/sentences.ts';
import { joinLines, localize, render, verbatim } from '../src/shared/text.ts';
import { trimEndOf } from '../src/shared/trim-end.ts';
import { jsonText, visible, visibleBlock } from '../src/shared/visible.ts';
import { columnsOf, fitColumns } from '../src/shared/width.ts';

const mentions = [{ key: '@_user_1', openId: 'ou_1', name: 'A' }];
const reader = { botOpenId: 'ou_bot', lang: 'en' } as const;
const read = (messageType: string, content: unknown) =>
  readMessage({ messageType, content: JSON.stringify(content), mentions } as never, reader).text;

/** A host's text in the number of pieces that its length does not change. */
const PIECES = 64;
function inBlocks(text: string, take: (block: string) => unknown): void {
  const size = Math.ceil(text.length / PIECES);
  for (let at = 0; at < text.length; at += size) take(text.slice(at, at + size));
}
function growing(text: string, take: (whole: string) => unknown): void {
  const size = Math.ceil(text.length / PIECES);
  for (let end = size; end < text.length + size; end += size) take(text.slice(0, end));
}

const functions: Readonly<Record<string, (text: string) => unknown>> = {
  'contentOf, partOf': (text) => contentOf(partOf(text)),
  answerParts: (text) => answerParts(text, () => 'left out'),
  bareUrls: (text) => [...bareUrls(text, 0, text.length)],
  beginsBlock: (text) => beginsBlock(text, 0),
  chunkText: (text) => chunkText(text, ANSWER_LIMITS),
  columnsOf,
  commandText,
  parseControlCommand,
  createLineLogger: (text) =>
    createLineLogger({ write: () => undefined, level: 'info', now: Date.now }).info(text, { text }),
  couldBeSecret,
  'createReplyText, blocks': (text) => inBlocks(text, createReplyText().addDelivered),
  'createReplyText, a growing text': (text) => growing(text, createReplyText().addPartial),
  fitColumns: (text) => fitColumns(text, 80),
  inLines: (text) => render(joinLines([verbatim(text), verbatim(text)]), 'en'),
  isCommand,
  isSafeUrl,
  isSecretKey,
  isSecretShaped,
  isSentenceEnd: (text) => isSentenceEnd(text, text.length),
  isUrgentCommand,
  isWebAddress,
  joinChinese: (text) => joinChinese(['请看 ', text, ' 中']),
  jsonText,
  detectLanguage: (text) => detectLanguage(text, 'en'),
  maskConfigText,
  maskCredentials,
  missingScopesIn: (msg) => missingScopesIn({ code: 99991672, msg }),
  parseJson,
  parseJson5,
  parseMarkdown,
  parseRoot: (text) => parseRoot(text, 'moltbot.json'),
  parseTree: (text) => parseTree(text, 'moltbot.json'),
  textContent,
  'readMessage, a text': (text) => read('text', { text }),
  'readMessage, a post': (text) => read('post', { content: [[{ tag: 'text', text }]] }),
  'readMessage, Markdown in a post': (text) => read('post', { content: [[{ tag: 'md', text }]] }),
  readAppId,
  readAppSecret: (text) => readAppSecret(text),
  'render, a value': (text) => render(localize({ en: '{a}', zh: '{a}' }, { a: text }), 'zh'),
  'render, lines': (text) =>
    render(localize({ en: '{a:lines}', zh: '{a:lines}' }, { a: text }), 'en'),
  safeAddress,
  scrub: (text) => scrub(text, [new Secret('S3cretS3cret')]),
  sentences: (text) => sentences([text, text]),
  shownKey,
  shownValue,
  trimEndOf: (text) => trimEndOf(text, '\r\n'),
  verbatim,
  visible,
  visibleBlock,
  wireBytes,
};

/** Functions that are not in the table, each with the reason. */
const exempt: Readonly<Record<string, string>> = {
  asMessage: 'looks at no text',
  behind: 'reads one line; parseMarkdown and chunkText call it',
  closingMarks: 'takes the first 16 marks',
  codeOf: 'looks at no text',
  graphemeBoundary: 'reads a window',
  hasText: 'reads a window',
  indentAt: 'reads one line; parseMarkdown calls it',
  isMoltbotFeishuError: 'looks at no text',
  itemWidth: 'reads one line; parseMarkdown calls it',
  nextText: 'reads a window',
  prefixWithin: 'reads one line; chunkText calls it',
  readBlocks: 'parseMarkdown calls it',
  requestedLang: 'reads the arguments and the locale of this process',
  skipColumns: 'reads one line; parseMarkdown calls it',
  spansOf: 'partOf calls it for each text',
  textChunks: 'chunkText is all of its chunks',
};

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
  'chunkText',
  'parseMarkdown',
  'columnsOf',
  'fitColumns',
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
  const files = [
    ...readdirSync(source('channel/answer/text')).map((file) => `channel/answer/text/${file}`),
    ...readdirSync(source('shared')).map((file) => `shared/${file}`),
    'channel/message/content/content.ts',
    'channel/message/control.ts',
    'channel/message/language.ts',
    'config/shown/mask.ts',
    'host/turn/command-text.ts',
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
