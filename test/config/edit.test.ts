import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planEdit } from '../../src/config/edit.ts';
import { toValue } from '../../src/config/json5.ts';
import { parseRoot } from '../../src/config/parse.ts';

const value = (text: string) => {
  const root = parseRoot(text, 'test');
  return root && toValue(root);
};
const appId = { path: ['channels', 'feishu', 'appId'], value: 'cli_1' };

describe('an edit of a hand-written file', () => {
  it.each([
    [
      'comments, trailing commas, single quotes',
      `{\n  // mine\n  a: 'x', /* b */\n  'b': [1, 2,],\n}\n`,
    ],
    ['tabs and CRLF', '{\r\n\t"a": 1,\r\n\t"b": {\r\n\t\t"c": true // why\r\n\t}\r\n}\r\n'],
    [
      'an existing channels',
      `{\n  "channels": {\n    "telegram": { "enabled": true } // tg\n  },\n  "z": 0x1F\n}\n`,
    ],
    ['a byte order mark', '\uFEFF{ "a": +1 }\n'],
    ['one line', `{a:1,b:'c'}`],
    ['an empty object', '{}'],
    ['an object with only a comment', '{\n  // nothing yet\n}\n'],
    ['an include and a variable', `{\n  $include: './more.json5',\n  token: '\${TOKEN}',\n}\n`],
    ['an unclosed habit', '{"channels":{"feishu":{"unknown":"kept", // yes\n"appSecret":"s"}}}'],
  ])('keeps every byte around it: %s', (_name, text) => {
    const edited = planEdit(text, [appId]);
    expect(edited.changed).toBe(true);
    expect(Object(value(edited.text)).channels.feishu.appId).toBe('cli_1');
    // What was there is still there, in its order: the edit only put something in between.
    let at = 0;
    for (const char of text) {
      const found = edited.text.indexOf(char, at);
      expect(found).toBeGreaterThanOrEqual(at);
      at = found + 1;
    }
    for (const line of text.split(/\r?\n/).filter((entry) => entry.includes('//')))
      expect(edited.text).toContain(line.slice(line.indexOf('//')).trim());
    expect(planEdit(edited.text, [appId])).toEqual({ text: edited.text, changed: false });
  });

  it('takes the file’s indentation, quotes, line ends and comma habit', () => {
    expect(planEdit(`{\n\t'a': 'b',\n}\n`, [appId]).text).toBe(
      `{\n\t'a': 'b',\n\t'channels': {\n\t\t'feishu': {\n\t\t\t'appId': 'cli_1',\n\t\t},\n\t},\n}\n`,
    );
    expect(planEdit('{\r\n    "a": 1\r\n}', [appId]).text).toBe(
      '{\r\n    "a": 1,\r\n    "channels": {\r\n        "feishu": {\r\n            "appId": "cli_1"\r\n        }\r\n    }\r\n}',
    );
  });

  it('replaces, and removes without leaving a dangling comma', () => {
    const text = `{\n  "channels": {\n    "feishu": {\n      "appId": "old", // note\n      "appSecret": "s"\n    }\n  }\n}\n`;
    const edited = planEdit(text, [
      appId,
      { path: ['channels', 'feishu', 'appSecret'], remove: true },
    ]).text;
    expect(edited).toBe(
      `{\n  "channels": {\n    "feishu": {\n      "appId": "cli_1" // note\n    }\n  }\n}\n`,
    );
    expect(() => JSON.parse(edited.replace(/\/\/.*/g, ''))).not.toThrow();
  });
});

/** A value written in a random style: quotes, comments, blanks, trailing commas. */
function write(data: unknown, pick: (n: number) => number, depth: number, eol: string): string {
  const blank = () =>
    ['', ' ', '\t', `${eol}${'  '.repeat(depth)}`, ' /* c */ ', ` // l${eol}`][pick(6)] ?? '';
  if (Array.isArray(data)) {
    return `[${data.map((item) => blank() + write(item, pick, depth + 1, eol)).join(',')}${data.length && pick(2) ? ',' : ''}${blank()}]`;
  }
  if (typeof data === 'object' && data !== null) {
    const entries = Object.entries(data).map(([key, item]) => {
      const name =
        /^[a-z]+$/.test(key) && pick(2) ? key : pick(2) ? JSON.stringify(key) : `'${key}'`;
      return `${blank()}${name}${blank()}:${blank()}${write(item, pick, depth + 1, eol)}`;
    });
    return `{${entries.join(`${blank()},`)}${entries.length && pick(2) ? ',' : ''}${blank()}}`;
  }
  return typeof data === 'string' && pick(2) ? `'${data}'` : JSON.stringify(data);
}

const key = fc.stringMatching(/^[a-z][a-z-]{0,5}$/);
const leaf = fc.oneof(
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.stringMatching(/^[a-z ]{0,6}$/),
);
const tree = fc.dictionary(
  key,
  fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(key, leaf, { maxKeys: 3 })),
  { maxKeys: 4 },
);
const edits = fc.array(
  fc.record({
    name: fc.constantFrom('appId', 'appSecret', 'domain', 'allowFrom'),
    value: fc.oneof(
      fc.stringMatching(/^[a-z'"\\ ]{1,6}$/),
      fc.array(fc.stringMatching(/^ou_[a-z]$/)),
    ),
    remove: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);

it('says exactly what was asked, in files of any style', () => {
  fc.assert(
    fc.property(
      tree,
      fc.option(fc.dictionary(key, leaf, { maxKeys: 3 })),
      edits,
      fc.infiniteStream(fc.nat(1_000)),
      fc.constantFrom('\n', '\r\n'),
      (root, feishu, changes, numbers, eol) => {
        const pick = (n: number) => (numbers.next().value ?? 0) % n;
        const data: Record<string, unknown> = { ...root };
        delete data.channels;
        if (feishu) data.channels = { other: { on: true }, feishu };
        const text = write(data, pick, 1, eol);
        const expected = structuredClone(data) as {
          channels?: { feishu?: Record<string, unknown> };
        };
        for (const change of changes) {
          if (change.remove) {
            if (expected.channels?.feishu) delete expected.channels.feishu[change.name];
          } else {
            expected.channels ??= {};
            expected.channels.feishu ??= {};
            expected.channels.feishu[change.name] = change.value;
          }
        }
        const edited = planEdit(
          text,
          changes.map(({ name, value: wanted, remove }) => {
            const path = ['channels', 'feishu', name];
            return remove ? { path, remove } : { path, value: wanted };
          }),
        ).text;
        expect(value(edited)).toEqual(JSON.parse(JSON.stringify(expected)));
      },
    ),
    { numRuns: 500 },
  );
});
