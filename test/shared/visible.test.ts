/** Text from outside at each writer: nothing of it is obeyed by a terminal, hidden, or a line of its own. */
import { PassThrough, Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountEvent } from '../../src/channel/account-event.ts';
import { showError } from '../../src/commands/failure.ts';
import { showAccounts, showSummary } from '../../src/commands/output/doctor-output.ts';
import { eventDocument, eventLines } from '../../src/commands/output/run-lines.ts';
import type { Shell } from '../../src/commands/shell.ts';
import { hostLogger } from '../../src/host/account/logger.ts';
import { ExitCode, MoltbotFeishuError } from '../../src/shared/errors.ts';
import { createLineLogger, silentLogger } from '../../src/shared/log.ts';
import { createColors } from '../../src/shared/terminal/color.ts';
import { jsonText, visible, visibleBlock } from '../../src/shared/terminal/visible.ts';
import { localize, render, verbatim } from '../../src/shared/text/text.ts';
import { guidedConversation } from '../../src/wizard/conversation/guided.ts';
import { plainConversation } from '../../src/wizard/conversation/plain.ts';
import { hostConversation } from '../../src/wizard/in-host/host-conversation.ts';
import { plainContent } from '../channel/messages.ts';
import { everyRow } from '../support/every-row.ts';

/** What no terminal may get from outside, written down by code point. */
const ranges: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff],
];
const isUnsafe = (code: number) => ranges.some(([from, to]) => code >= from && code <= to);
const unsafeIn = (text: string) =>
  [...text].filter((character) => isUnsafe(character.codePointAt(0) ?? 0));

const hostileCharacter = fc
  .constantFrom(...ranges)
  .chain(([from, to]) => fc.integer({ min: from, max: to }))
  .map((code) => (code >= 0xd800 && code <= 0xdfff ? '\ud83d' : String.fromCodePoint(code)));
const sequences = [
  '\u001b]0;title\u0007',
  '\u001b]52;c;ZXZpbA==\u0007',
  '\u001b[2J\u001b[31m',
  '\u009b31m',
  '\r\n✓ FAKE line',
  '\nFAKE',
  '\u2028FAKE',
  'a\u202egpj.exe',
];
const hostile = fc
  .array(
    fc.oneof(hostileCharacter, fc.constantFrom(...sequences), fc.string({ unit: 'grapheme' })),
    { maxLength: 12 },
  )
  .map((parts) => `H${parts.join('')}H`);

describe('visible', () => {
  it('leaves nothing that a terminal obeys or hides, and is stable', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        // Joiners within emoji and scripts are drawn; what is drawn stays.
        const shown = visible(text).replace(
          /\u200c|\u200d|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu,
          '',
        );
        expect(unsafeIn(shown)).toEqual([]);
        expect(visible(visible(text))).toBe(visible(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('escapes each unsafe character by itself', () => {
    const wrong: string[] = [];
    for (const [from, to] of ranges) {
      for (let code = from; code <= to; code++) {
        const shown = visible(`a${String.fromCodePoint(code)}b`);
        if (!/^a\\(?:[nrt]|u\{[0-9a-f]+\})b$/.test(shown)) wrong.push(code.toString(16));
      }
    }
    expect(wrong).toEqual([]);
  });

  everyRow([
    ['👩‍👩‍👧‍👦 family', '👩‍👩‍👧‍👦 family'],
    ['❤️ and 1️⃣', '❤️ and 1️⃣'],
    ['🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['می‌خواهم', 'می‌خواهم'],
    ['क्‍ष', 'क्‍ष'],
    ['葛󠄀城', '葛󠄀城'],
    ['飞书 Café ｆｕｌｌ　width', '飞书 Café ｆｕｌｌ　width'],
    ['pay\u200dpal', 'pay\\u{200d}pal'],
    ['x\u{e0061}\u{e0062}', 'x\\u{e0061}\\u{e0062}'],
    ['a\ufe0fb', 'a\\u{fe0f}b'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['one\r\ntwo\tthree', 'one\\r\\ntwo\\tthree'],
    ['half \ud83d', 'half \\u{d83d}'],
  ])('shows %j as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('keeps the layout of a block, and nothing else', () => {
    expect(visibleBlock('{\r\n\t"a": "\u001b[2J\r"\n}')).toBe('{\n\t"a": "\\u{1b}[2J\\r"\n}');
  });
});

it('JSON for a terminal is the same value, in safe ASCII escapes', () => {
  fc.assert(
    fc.property(fc.dictionary(hostile, fc.oneof(hostile, fc.array(hostile))), (value) => {
      const text = jsonText({ value });
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ value })));
      expect(unsafeIn(text)).toEqual([]);
    }),
  );
});

interface Sink extends NodeJS.WriteStream {
  text(): string;
}

function sink(): Sink {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return Object.assign(stream, {
    columns: 5000,
    isTTY: false,
    text: () => text,
  }) as unknown as Sink;
}

function shellOn(out: Sink, json = false): Shell {
  return {
    env: {},
    home: '/home',
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    stdout: out,
    stderr: out,
    human: out,
    now: () => 0,
    signal: new AbortController().signal,
    lang: 'en',
    isLangGuessed: false,
    color: false,
    json,
    verbose: true,
    interactive: false,
    paint: createColors(false),
    log: silentLogger,
    within: undefined,
    choice: {},
    say: (text) => render(text, 'en'),
  };
}

function errorWith(text: string): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'test',
    exitCode: ExitCode.config,
    what: localize({ en: 'what {text}', zh: 'what {text}' }, { text }),
    advice: localize({ en: 'fix {text}\nsecond line', zh: 'fix {text}' }, { text }),
    url: `https://example.com/${text}`,
  });
}

const inbound = (text: string) =>
  ({
    eventId: text,
    messageId: text,
    chatId: text,
    messageType: 'text',
    content: JSON.stringify({ text }),
    mentions: [],
    senderOpenId: text,
    createTime: 0,
  }) as never;

const checkWith = (text: string) => ({
  id: 'bot',
  ms: 1,
  status: 'fail' as const,
  detail: verbatim(text),
  advice: verbatim(text),
  url: `https://example.com/${text}`,
});

/** Each writer with the text in every place it takes; the result is what was written. */
const say: Shell['say'] = (text) => render(text, 'en');

const writers: Readonly<Record<string, (text: string) => string>> = {
  'log lines'(text) {
    const out: string[] = [];
    const log = createLineLogger({ write: (line) => out.push(line), level: 'debug', now: () => 0 });
    log.warn(text, { field: text, [text]: 1 });
    return out.join('');
  },
  'the log of a host'(text) {
    const out: string[] = [];
    const mark = { stateDir: '/state', accountId: text, startedAt: 0 };
    hostLogger({ info: (line: string) => out.push(line) } as never, mark).info(text, { f: text });
    return out.join('\n');
  },
  errors(text) {
    const out = sink();
    showError(shellOn(out), errorWith(text));
    showError(shellOn(out), new Error(text));
    return out.text();
  },
  'errors as JSON'(text) {
    const out = sink();
    showError({ ...shellOn(out, true), verbose: false }, errorWith(text), { steps: [text] });
    return out.text();
  },
  'the lines of run'(text) {
    const shown = { ...shellOn(sink()), lang: 'en', verbose: true } as const;
    const content = plainContent(text);
    const events: AccountEvent[] = [
      { event: 'ready', account: text, bot: { name: text, openId: text } },
      { event: 'state', account: text, state: 'failed', error: errorWith(text) },
      { event: 'received', account: text, message: inbound(text), content },
      { event: 'answered', account: text, message: inbound(text), parts: 1, ms: 1 },
      { event: 'ignored', account: text, message: inbound(text), content, reason: 'not-mentioned' },
      { event: 'error', account: text, error: errorWith(text), message: inbound(text) },
    ];
    return events
      .flatMap((event) => [...eventLines(event, shown), jsonText(eventDocument(event, shown))])
      .join('\n');
  },
  'the doctor'(text) {
    const out = sink();
    const account = { id: text, appId: text, botName: text, checks: [checkWith(text)], fixes: [] };
    const examined = { accounts: [account as never], ms: 1 };
    showAccounts(shellOn(out), examined);
    showSummary(shellOn(out), examined);
    return out.text();
  },
  'plain lines of the wizard'(text) {
    const output = sink();
    const input = new PassThrough() as unknown as NodeJS.ReadStream;
    const { signal } = new AbortController();
    const conversation = plainConversation({ input, output, say, signal });
    conversation.tell(verbatim(text));
    conversation.warn(verbatim(text));
    conversation.show(verbatim(text), text.replaceAll(/[\r\n\t]/g, ''));
    conversation.step(checkWith(text));
    return output.text();
  },
  'the guided wizard'(text) {
    const output = sink();
    const input = new PassThrough() as unknown as NodeJS.ReadStream;
    const { signal } = new AbortController();
    const interrupt = () => undefined;
    const options = { input, output, env: {}, say, color: false, signal, interrupt };
    const conversation = guidedConversation(options);
    conversation.tell(verbatim(text));
    conversation.warn(verbatim(text));
    conversation.show(verbatim(text), text.replaceAll(/[\r\n\t]/g, ''));
    conversation.step(checkWith(text));
    conversation.close();
    // Colours of the frame are clack's own.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
    return output.text().replaceAll(/\u001b\[\d+m/g, '');
  },
};

everyRow(Object.entries(writers))('%s show hostile text as visible escapes', (_name, write) => {
  const legible = (text: string) =>
    text.replace(/\u200c|\u200d|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu, '');
  fc.assert(
    fc.property(hostile, (text) => {
      const written = write(text);
      expect(unsafeIn(legible(written)).filter((character) => character !== '\n')).toEqual([]);
      expect(written).not.toMatch(/^\W*FAKE/m);
    }),
    { numRuns: 60, examples: sequences.map((sequence): [string] => [`H${sequence}H`]) },
  );
});

it('the prompts of a host show hostile text as visible escapes', async () => {
  const shown: string[] = [];
  const prompter = {
    note: async (text: string) => void shown.push(text),
    text: async (asked: { message: string; initialValue?: string }) => {
      shown.push(asked.message, asked.initialValue ?? '');
      return 'x';
    },
    select: async (asked: { message: string; options: { label: string }[] }) => {
      shown.push(asked.message, ...asked.options.map(({ label }) => label));
      return 'x';
    },
    progress: (text: string) => {
      shown.push(text);
      return { stop: () => undefined };
    },
  };
  const { signal } = new AbortController();
  const conversation = hostConversation({
    prompter: prompter as never,
    say,
    signal,
    terminal: undefined,
    hidesSecrets: false,
    home: '/home',
  });
  for (const text of sequences) {
    conversation.tell(verbatim(text));
    conversation.warn(verbatim(text));
    conversation.step(checkWith(text));
    const ask = { id: 'q', kind: 'text', ask: verbatim(text) } as never;
    await conversation.ask(ask, text);
    await conversation.choose(verbatim(text), [{ value: text, label: verbatim(text) }]);
    await conversation.during(verbatim(text), async () => undefined);
  }
  const written = shown.join('\n');
  expect(unsafeIn(written).filter((character) => character !== '\n')).toEqual([]);
  expect(written).not.toMatch(/^\W*FAKE/m);
});
