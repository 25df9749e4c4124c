import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConfigEdit, planEdit } from '../../src/config/edit.ts';
import { sameJson, updated } from '../../src/config/json5/json-update.ts';
import { type Json5Node, jsonOf, memberOf, parseJson5 } from '../../src/config/json5/json5.ts';
import { everyRow } from '../support/every-row.ts';
import { configs, documents, values } from './json5/json5-writer.ts';

const read = (text: string) => {
  const root = parseJson5(text);
  return root ? jsonOf(root) : {};
};

const sectionKeys = fc.constantFrom('enabled', 'appId', 'appSecret', 'list', 'my-key', "it's");
const paths = fc.oneof(
  sectionKeys.map((key) => ['channels', 'feishu', key]),
  fc
    .tuple(fc.constantFrom('a', 'work', 'b-c'), sectionKeys)
    .map(([id, key]) => ['channels', 'feishu', 'accounts', id, key]),
);
const edits: fc.Arbitrary<ConfigEdit> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ path: paths, value: values }) },
  { weight: 1, arbitrary: paths.map((path) => ({ path, remove: true as const })) },
);

const reference = (value: ReturnType<typeof read>, list: readonly ConfigEdit[]) =>
  list.reduce(
    (result, edit) => updated(result, edit.path, 'value' in edit ? edit.value : undefined),
    value,
  );

/** Where the edit may be: the value of channels.feishu, or of what is nearest above it. */
function editable(text: string): { from: number; to: number } | undefined {
  let node: Json5Node | undefined = parseJson5(text);
  for (const key of ['channels', 'feishu']) {
    const member = memberOf(node, key);
    if (member?.node.kind !== 'object') break;
    node = member.node;
  }
  return node && { from: node.start, to: node.end };
}

describe('an edit of a config', () => {
  it('says what was asked and leaves every byte outside of it', () => {
    fc.assert(
      fc.property(
        documents(configs),
        fc.array(edits, { minLength: 1, maxLength: 4 }),
        ({ value, text }, list) => {
          let result: { text: string; changed: boolean };
          try {
            result = planEdit(text, list);
          } catch (error) {
            // Only where the way leads through something that is no object.
            expect(error).toMatchObject({ code: 'config-invalid' });
            return;
          }
          const expected = reference(value, list);
          expect(sameJson(read(result.text), expected)).toBe(true);
          if (sameJson(value, expected)) return;
          const range = editable(text);
          expect(range).toBeDefined();
          const { from, to } = range ?? { from: 0, to: 0 };
          expect(result.text.slice(0, from)).toBe(text.slice(0, from));
          expect(result.text.slice(result.text.length - (text.length - to))).toBe(text.slice(to));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(
        documents(configs),
        fc.record({ path: paths, value: values }),
        ({ text }, edit) => {
          let once: string;
          try {
            once = planEdit(text, [edit]).text;
          } catch {
            // Refused the first time (tested above): there is no second.
            return;
          }
          expect(planEdit(once, [edit])).toStrictEqual({ text: once, changed: false });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps every comment when a value is set', () => {
    const comments = (text: string) =>
      text
        .match(/"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g)
        ?.filter((token) => token.startsWith('/')) ?? [];
    fc.assert(
      fc.property(
        documents(configs),
        fc.record({ path: paths, value: fc.string() }),
        ({ value, text }, edit) => {
          fc.pre(sameJson(updated(value, edit.path, undefined), value));
          let after: string;
          try {
            after = planEdit(text, [edit]).text;
          } catch {
            // Refused (tested above): nothing was set.
            return;
          }
          // What was null on the way gives way to an object, never a comment.
          expect(comments(after)).toStrictEqual(comments(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps the line ends, the indentation and the quotes of the file', () => {
    const text =
      "\uFEFF{\r\n\t// mine\r\n\tagents: {list: ['a'],},\r\n\tchannels: {\r\n\t\ttelegram: {on: true}, // tg\r\n\t},\r\n}\r\n";
    const { text: after } = planEdit(text, [
      { path: ['channels', 'feishu', 'appId'], value: 'cli_1' },
      { path: ['channels', 'feishu', 'accounts', 'it-dept', 'allowFrom'], value: ['ou_a', 'ou_b'] },
    ]);
    expect(after).toBe(
      "\uFEFF{\r\n\t// mine\r\n\tagents: {list: ['a'],},\r\n\tchannels: {\r\n\t\ttelegram: {on: true}, // tg\r\n" +
        "\t\tfeishu: {\r\n\t\t\tappId: 'cli_1',\r\n\t\t\taccounts: {\r\n\t\t\t\t'it-dept': {\r\n\t\t\t\t\tallowFrom: ['ou_a', 'ou_b'],\r\n\t\t\t\t},\r\n\t\t\t},\r\n\t\t},\r\n" +
        '\t},\r\n}\r\n',
    );
  });
});

const feishu = (key: string) => ['channels', 'feishu', key];

describe('the shapes that an edit meets', () => {
  everyRow<[string, string, string]>([
    ['nothing', '', '{\n  "channels": {\n    "feishu": {\n      "enabled": true\n    }\n  }\n}\n'],
    [
      'only a comment',
      '// later\n',
      '// later\n{\n  "channels": {\n    "feishu": {\n      "enabled": true\n    }\n  }\n}\n',
    ],
    [
      'an empty object',
      '{}',
      '{\n  "channels": {\n    "feishu": {\n      "enabled": true\n    }\n  }\n}',
    ],
    ['one line', '{"a":1}', '{"a":1,"channels":{"feishu":{"enabled":true}}}'],
    ['one spaced line', '{ a: 1, }', '{ a: 1, channels: { feishu: { enabled: true } }, }'],
    [
      'a last item with a comment',
      '{\n  "a": 1 // one\n}\n',
      '{\n  "a": 1, // one\n  "channels": {\n    "feishu": {\n      "enabled": true\n    }\n  }\n}\n',
    ],
    [
      'an object that ends in a comment',
      '{channels: {feishu: {\n  appId: 1,\n  // end\n}}}',
      '{channels: {feishu: {\n  appId: 1,\n  enabled: true,\n  // end\n}}}',
    ],
    [
      'an object with only a comment',
      '{\n  channels: {\n    feishu: {\n      // empty\n    }\n  }\n}',
      '{\n  channels: {\n    feishu: {\n      // empty\n      enabled: true\n    }\n  }\n}',
    ],
    [
      'a brace behind the last item',
      '{channels: {feishu: {\n  a: 1 }}}',
      '{channels: {feishu: {\n  a: 1,\n  enabled: true\n }}}',
    ],
    [
      'a key that stands twice',
      '{channels: {feishu: {enabled: 1, enabled: 2}}}',
      '{channels: {feishu: {enabled: 1, enabled: true}}}',
    ],
    [
      'a key in escapes',
      String.raw`{"ch\u0061nnels": {'feishu': {\u0065nabled: false}}}`,
      String.raw`{"ch\u0061nnels": {'feishu': {\u0065nabled: true}}}`,
    ],
    ['null on the way', '{channels: null}', '{channels: { feishu: { enabled: true } }}'],
    [
      'a value with comments around it',
      '{channels: {feishu: {enabled /* a */ : /* b */ false /* c */ ,}}}',
      '{channels: {feishu: {enabled /* a */ : /* b */ true /* c */ ,}}}',
    ],
  ])('%s', (_name, before, after) => {
    expect(planEdit(before, [{ path: feishu('enabled'), value: true }])).toStrictEqual({
      text: after,
      changed: true,
    });
  });

  everyRow<[string, string, string]>([
    [
      'in the middle',
      '{channels: {feishu: {\n  a: 1, // a\n  // above\n  b: 2, // b\n  c: 3\n}}}',
      '{channels: {feishu: {\n  a: 1, // a\n  // above\n  c: 3\n}}}',
    ],
    [
      'at the end, without comma',
      '{channels: {feishu: {\n  a: 1, // a\n  b: 2 // b\n}}}',
      '{channels: {feishu: {\n  a: 1 // a\n}}}',
    ],
    [
      'at the end, with comma',
      '{channels: {feishu: {\n  a: 1,\n  b: 2,\n}}}',
      '{channels: {feishu: {\n  a: 1,\n}}}',
    ],
    ['in one line', '{channels: {feishu: { b: 2, a: 1 }}}', '{channels: {feishu: { a: 1 }}}'],
    ['last in one line', '{channels: {feishu: { a: 1, b: 2 }}}', '{channels: {feishu: { a: 1 }}}'],
    [
      'every one of a doubled key',
      '{channels: {feishu: {b: 1, a: 0, b: 2}}}',
      '{channels: {feishu: {a: 0}}}',
    ],
    ['where there is none', '{channels: {}} // b', '{channels: {}} // b'],
    [
      'beside a comment before its comma',
      '{channels: {feishu: {\n  b: 2 /* two */,\n  a: 1\n}}}',
      '{channels: {feishu: {\n   /* two */\n  a: 1\n}}}',
    ],
    [
      'on a line that ends with the brace',
      '{channels: {feishu: {\n  a: 1,\n  b: 2 }}}',
      '{channels: {feishu: {\n  a: 1\n }}}',
    ],
    [
      'between others on a line',
      '{channels: {feishu: {\n  a: 1, b: 2, c: 3,\n}}}',
      '{channels: {feishu: {\n  a: 1, c: 3,\n}}}',
    ],
    [
      'on the line of the brace',
      '{channels: {feishu: {b: 2,\n  a: 1\n}}}',
      '{channels: {feishu: {\n  a: 1\n}}}',
    ],
    [
      'whose line ends in \\r\\n',
      '{channels: {feishu: {\r\n\tb: 2,\r\n\ta: 1\r\n}}}',
      '{channels: {feishu: {\r\n\ta: 1\r\n}}}',
    ],
    [
      'last on lines, with blanks of both kinds before it',
      '{channels: {feishu: {\n  a: 1, \tb: 2\n}}}',
      '{channels: {feishu: {\n  a: 1\n}}}',
    ],
  ])('takes a key out %s', (_name, before, after) => {
    expect(planEdit(before, [{ path: feishu('b'), remove: true }])).toStrictEqual({
      text: after,
      changed: after !== before,
    });
  });

  everyRow<[string, string, string]>([
    ['quotes of values and of keys', `{"a": 'x', "b": 'y'}`, `, "c": 'z'`],
    ['the quotes of most values', `{a: "w", b: 'x', d: 'y'}`, `, c: 'z'`],
    ['double quotes of as many values', `{a: "w", b: 'x'}`, ', c: "z"'],
    ['the quotes of keys where no value has any', `{'a': 1}`, `, 'c': 'z'`],
    ['double quotes where nothing has any', '{a: 1}', ', c: "z"'],
    ['most of the keys', `{"a": 1, b: 2, d: 3}`, ', c: "z"'],
    ['no blank behind most colons', '{a:1,b:2,d: 3}', ',c:"z"'],
    ['a blank behind as many colons', '{a:1,b: 2}', ', c: "z"'],
  ])('is written with %s', (_name, before, written) => {
    const { text } = planEdit(before, [{ path: ['c'], value: 'z' }]);
    expect(text).toBe(before.replace(/\}$/, `${written}}`));
  });

  everyRow<[string, string, string]>([
    [
      'on lines',
      '{\n\ta: 1\n}',
      '{\n\ta: 1,\n\tc: [\n\t\t{\n\t\t\tx: 1,\n\t\t\ty: [1, null]\n\t\t},\n\t\t[],\n\t\t{}\n\t]\n}',
    ],
    ['in one line', '{a: 1}', '{a: 1, c: [{ x: 1, y: [1, null] }, [], {}]}'],
  ])('writes a list of objects %s', (_name, before, after) => {
    const value = [{ x: 1, y: [1, null] }, [], {}];
    expect(planEdit(before, [{ path: ['c'], value }]).text).toBe(after);
  });

  it('adds to a list as it is written', () => {
    const text = "{channels: {feishu: {\n  allowFrom: [\n    'a', // Ann\n    'b'\n  ]\n}}}";
    expect(planEdit(text, [{ path: feishu('allowFrom'), value: ['a', 'b', 'c'] }]).text).toBe(
      "{channels: {feishu: {\n  allowFrom: [\n    'a', // Ann\n    'b',\n    'c'\n  ]\n}}}",
    );
  });

  everyRow<[string, string, string[], string]>([
    ['on lines of its own', "[\n    'a',\n    'b',\n  ]", ['c', 'd'], "[\n    'c',\n    'd',\n  ]"],
    ['that becomes shorter', "[\n    'a',\n    'b'\n  ]", ['b'], "[\n    'b'\n  ]"],
    ['that becomes empty', "[\n    'a',\n  ]", [], '[]'],
    [
      'to which two are added',
      "[\n    'a'\n  ]",
      ['a', 'b', 'c'],
      "[\n    'a',\n    'b',\n    'c'\n  ]",
    ],
    ['in one line', "['a', 'b']", ['c', 'd'], "['c', 'd']"],
    ['in one line, to which two are added', "['a']", ['a', 'b', 'c'], "['a', 'b', 'c']"],
    ['that is longer, and another one', "['a']", ['b', 'c'], "['b', 'c']"],
  ])('keeps the style of a list %s', (_name, before, value, after) => {
    const comma = before.includes(',\n  ]') ? ',' : '';
    const around = (list: string) =>
      `{channels: {feishu: {\n  enabled: true,\n  allowFrom: ${list}${comma}\n}${comma}}${comma}}`;
    expect(planEdit(around(before), [{ path: feishu('allowFrom'), value }])).toStrictEqual({
      text: around(after),
      changed: true,
    });
  });

  it('carries out the edits behind one that changes nothing', () => {
    expect(
      planEdit('{channels: {feishu: {a: 1}}}', [
        { path: feishu('a'), value: 1 },
        { path: feishu('b'), remove: true },
        { path: feishu('a'), value: 2 },
      ]),
    ).toStrictEqual({ text: '{channels: {feishu: {a: 2}}}', changed: true });
    expect(planEdit('', [{ path: feishu('b'), remove: true }])).toStrictEqual({
      text: '',
      changed: false,
    });
  });

  it('leaves a value that says the same as it is written', () => {
    const text = String.raw`{channels: {feishu: {mediaMaxMb: 0x1E, appId: 'cli\u005f1', list: [1, /* two */ 2,]}}}`;
    const same = [
      { path: feishu('mediaMaxMb'), value: 30 },
      { path: feishu('appId'), value: 'cli_1' },
      { path: feishu('list'), value: [1, 2] },
    ];
    expect(planEdit(text, same)).toStrictEqual({ text, changed: false });
  });

  everyRow([
    ['[1]', ''],
    ['"text"', ''],
    ['{channels: 3}', 'channels'],
    ['{channels: {feishu: []}}', 'channels.feishu'],
  ])('refuses %s, which leads nowhere', (text, key) => {
    expect(() => planEdit(text, [{ path: feishu('a'), value: 1 }])).toThrowError(
      expect.objectContaining({
        code: 'config-invalid',
        exitCode: 5,
        details: { path: 'config', key },
      }),
    );
  });
});
