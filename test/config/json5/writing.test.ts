/** What an edit writes, byte by byte: lists, removals, line ends, and the style of a file. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ConfigEdit, planEdit } from '../../../src/config/edit.ts';
import { sameJson } from '../../../src/config/json5/json-update.ts';
import { type JsonValue, jsonOf, memberOf, parseJson5 } from '../../../src/config/json5/json5.ts';
import { everyRow } from '../../support/every-row.ts';
import { documents, values } from './json5-writer.ts';

const after = (text: string, ...edits: ConfigEdit[]) => planEdit(text, edits).text;
const set = (text: string, key: string, value: JsonValue) =>
  after(text, { path: key.split('.'), value });
const remove = (text: string, key: string) => after(text, { path: key.split('.'), remove: true });

everyRow<[string, string, JsonValue[], string]>([
  [
    'of which the first and the last are removed',
    "[\n    'a', // Ann\n    // on leave\n    'b', // Bob\n    'c' // Carl\n  ]",
    ['b'],
    "[\n    // on leave\n    'b' // Bob\n  ]",
  ],
  [
    'with other spellings',
    "[0x1F, /* two */ 'it\\'s', 3,]",
    [31, "it's"],
    "[0x1F, /* two */ 'it\\'s',]",
  ],
  ['with the same item twice', "['a', 'b', 'a']", ['a', 'a'], "['a', 'a']"],
  ['with the same item twice, once removed', "['a', /* 2 */ 'a']", ['a'], "['a' /* 2 */]"],
  ['in another order', "['a', /* Bob */ 'b']", ['b', 'a'], "[/* Bob */ 'b', 'a']"],
  [
    'of which one is replaced',
    "[\n    'a', // Ann\n    'b'\n  ]",
    ['b', 'c'],
    "[\n    'b',\n    'c'\n  ]",
  ],
  [
    'of which one is replaced, and others have comments',
    "[\n    'a', // Ann\n    // the boss\n    'b', // Bob\n    'c', // Carl\n  ]",
    ['a', 'c', 'd', 'e'],
    "[\n    'a', // Ann\n    // the boss\n    'c', // Carl\n    'd',\n    'e',\n  ]",
  ],
  [
    'of which all are replaced',
    "[\n    // the team\n    'a', // Ann\n    'b'\n  ]",
    ['c'],
    "[\n    // the team\n    'c'\n  ]",
  ],
  [
    'of which all are replaced, in one line',
    "[/* team */ 'a/b']",
    ['c'],
    "[/* team */\n    'c'\n  ]",
  ],
  [
    'of which all are removed',
    "[\n    // the team\n    'a', // Ann\n    /* on leave */\n    'b'\n  ]",
    [],
    '[\n    // the team\n    /* on leave */\n  ]',
  ],
  ['of which all are removed, in one line', "[/* team */ 'a/b']", [], '[/* team */ ]'],
  ['of which all are removed, none with a comment', "['a/b', 'c//d']", [], '[]'],
  ['of objects', '[{x: 1}, {y: 2}]', [{ y: 2 }], '[{y: 2}]'],
  ['without items', '[]', ['a', 'b'], "['a', 'b']"],
  ['without items, but blanks', '[ \n ]', ['a'], "['a']"],
  [
    'with only a comment',
    '[\n    // nobody yet\n  ]',
    ['a', 'b'],
    "[\n    // nobody yet\n    'a', 'b'\n  ]",
  ],
  ['with only a comment, in one line', '[/* nobody */]', ['a'], "[/* nobody */\n    'a'\n  ]"],
  [
    'to which objects are added',
    "[\n    'a'\n  ]",
    ['a', { x: 1 }, [{}]],
    "[\n    'a',\n    {\n      x: 1\n    },\n    [\n      {}\n    ]\n  ]",
  ],
  [
    'in one line, to which an object is added',
    '[{x: 1}]',
    [{ x: 1 }, { y: 2 }],
    '[{x: 1}, {\n    y: 2\n  }]',
  ],
])('keeps of a list %s what it can', (_name, before, value, expected) => {
  const around = (list: string) => `{\n  a: 'x',\n  list: ${list}\n}`;
  expect(set(around(before), 'list', value)).toBe(around(expected));
});

everyRow<[string, string, string]>([
  ['the only one', '{b: 2}', '{}'],
  ['the only one, with blanks', '{ b: 2 }', '{ }'],
  ['the only one, with a comma', '{ b: 2, }', '{ }'],
  ['the only one on lines', '{\n  b: 2\n}\n', '{\n}\n'],
  ['the last one, with a comma', '{a: 1, b: 2,}', '{a: 1,}'],
  ['the last one, with a comma and a blank', '{ a: 1, b: 2, }', '{ a: 1, }'],
  ['the last one behind no blank', '{a:1,b:2}', '{a:1}'],
  ['the last one with its tab', '{a: 1,\tb: 2,\n}', '{a: 1,\n}'],
  ['the first one before a comment', '{ b: 2, /* a */ a: 1 }', '{ /* a */ a: 1 }'],
  ['the last one behind a comment', '{ a: 1, /* b */ b: 2 }', '{ a: 1 /* b */ }'],
  ['one with tabs behind it', '{b: 2,\t\ta: 1}', '{a: 1}'],
  ['both of a doubled key', '{b: 1, b: 2}', '{}'],
  ['both of a doubled key at the end', '{a: 1, b: 1, b: 2}', '{a: 1}'],
  ['both of a doubled key around another', '{\n  b: 1,\n  a: 0,\n  b: 2\n}', '{\n  a: 0\n}'],
  ['one whose comma begins the next line', '{\n  b: 2\n  , a: 1\n}', '{\n  a: 1\n}'],
  ['one with a comment before its comma', '{ b: 2 /* two */, a: 1 }', '{  /* two */ a: 1 }'],
  [
    'one with a line comment before its comma',
    '{\n  b: 2 // two\n  , a: 1\n}',
    '{\n   // two\n   a: 1\n}',
  ],
  ['one with two comments on its line', '{\n  b: 2, /* x */ // y\n  a: 1\n}', '{\n  a: 1\n}'],
  [
    'one, but no comment of several lines',
    '{\n  b: 2, /* x\n  y */\n  a: 1\n}',
    '{\n  /* x\n  y */\n  a: 1\n}',
  ],
  [
    'the last one, but no comment of several lines',
    '{\n  a: 1,\n  b: 2 /* x\n  y */\n}',
    '{\n  a: 1\n /* x\n  y */\n}',
  ],
  ['one whose value has lines', '{\n  b: {\n    c: 1\n  },\n  a: 1\n}', '{\n  a: 1\n}'],
  [
    'one that begins on the last line of another',
    '{\n  a: {\n    c: 1\n  }, b: 2\n}',
    '{\n  a: {\n    c: 1\n  }\n}',
  ],
  ['one on a line that ends in blanks', '{\n  b: 2, \t\n  a: 1\n}', '{\n  a: 1\n}'],
  ['one on lines that end in \\r', '{\r  b: 2,\r  a: 1\r}', '{\r  a: 1\r}'],
  [
    'one before a comment that \\u2028 ends',
    '{\n  b: 2, // b\u2028 a: 1\n}',
    '{\n  // b\u2028 a: 1\n}',
  ],
  ['one that is null', '{b: null, a: 1}', '{a: 1}'],
  ['none below null', '{b: null}', '{b: null}'],
])('takes out %s', (_name, before, expected) => {
  expect(remove(before, before === '{b: null}' ? 'b.c' : 'b')).toBe(expected);
});

everyRow<[string, string, string]>([
  ['nothing but a BOM', '\uFEFF', '\uFEFF{\n  "c": 1\n}\n'],
  ['a BOM and a comment', '\uFEFF// x', '\uFEFF// x\n{\n  "c": 1\n}\n'],
  ['a comment and lines of Windows', '// x\r\n\r\n', '// x\r\n{\r\n  "c": 1\r\n}\r\n'],
  ['a comment and blanks', '/* x */ \t\n', '/* x */\n{\n  "c": 1\n}\n'],
  ['a root behind blanks', '\uFEFF  { }', '\uFEFF  {\n    "c": 1\n  }'],
  ['a comment that begins like its end', '{a: 1 /*/ x */}', '{a: 1 /*/ x */, c: 1}'],
  ['lines that end in \\r', '{\r\ta: 1\r}', '{\r\ta: 1,\r\tc: 1\r}'],
  ['one line between comments', '// x\n{a: 1}\n// y\n', '// x\n{a: 1, c: 1}\n// y\n'],
  ['a root without items', '// x\n{ }', '// x\n{\n  "c": 1\n}'],
  ['a value on lines in one line', '{a: {\n  b: 1\n}}', '{a: {\n  b: 1\n}, c: 1}'],
  ['a comma of its own line', '{\n  a: 1\n  ,\n}', '{\n  a: 1\n  ,\n  c: 1,\n}'],
  ['commas before the items', '{\n  a: 1\n  , b: 2\n}', '{\n  a: 1\n  , b: 2,\n  c: 1\n}'],
  ['items of one line, the brace on another', '{ a: 1, b: 2\n}', '{ a: 1, b: 2,\n  c: 1\n}'],
  ['a line that \\u2028 ends', '{\n  a: 1,\u2028// x\n}', '{\n  a: 1,\n  c: 1,\u2028// x\n}'],
  ['a comment behind the comma', '{\n  a: 1, // one\n}', '{\n  a: 1, // one\n  c: 1,\n}'],
  [
    'two comments behind the last item',
    '{\n  a: 1 /* x */ // y \n}',
    '{\n  a: 1, /* x */ // y \n  c: 1\n}',
  ],
  ['blanks behind the last item', '{\n  a: 1 \t\n}', '{\n  a: 1, \t\n  c: 1\n}'],
  [
    'a comment of lines behind the last item',
    '{\n  a: 1, /* x\n  y */\n}',
    '{\n  a: 1,\n  c: 1, /* x\n  y */\n}',
  ],
  ['a comment in its only line', '{a: 1 /* one */}', '{a: 1 /* one */, c: 1}'],
  ['a comment behind the comma of its only line', '{a: 1, /* one */ }', '{a: 1, /* one */ c: 1, }'],
  ['a comment that \\u2028 ends', '{a: 1 // x\u2028}', '{a: 1, c: 1 // x\u2028}'],
  [
    'a comment that \\u2029 ends, on lines',
    '{\n  a: 1, // x\u2029}',
    '{\n  a: 1, // x\n  c: 1,\n\u2029}',
  ],
])('adds to %s', (_name, before, expected) => {
  expect(set(before, 'c', 1)).toBe(expected);
});

everyRow<[string, string, string, string]>([
  [
    'the steps of most objects',
    '{\n    a: {\n      b: 1\n    },\n    d: {\n        e: {\n            f: 1\n        }\n    }\n}',
    'a.c',
    '{\n    a: {\n      b: 1,\n      c: {\n          x: 1\n      }\n    },\n    d: {\n        e: {\n            f: 1\n        }\n    }\n}',
  ],
  ['two blanks where no line has any', '{\na: 1\n}', 'c', '{\na: 1,\nc: {\n  x: 1\n}\n}'],
  [
    'no comma where most blocks have none',
    '{\n  a: [\n    1,\n  ],\n  b: {\n    d: 1\n  }\n}',
    'b.c',
    '{\n  a: [\n    1,\n  ],\n  b: {\n    d: 1,\n    c: {\n      x: 1\n    }\n  }\n}',
  ],
  [
    'a comma where most blocks have one',
    '{\n  a: [\n    1,\n  ],\n  b: {\n    d: 1,\n  }\n}',
    'c',
    '{\n  a: [\n    1,\n  ],\n  b: {\n    d: 1,\n  },\n  c: {\n    x: 1,\n  }\n}',
  ],
  [
    'no comma where half of the blocks have one',
    '{\n  a: [\n    1,\n  ]\n}',
    'c',
    '{\n  a: [\n    1,\n  ],\n  c: {\n    x: 1\n  }\n}',
  ],
  [
    'the steps of most objects, though the first has others',
    '{\n  a: {\n      b: 1\n  },\n  d: {\n      e: 1\n  }\n}',
    'a.c',
    '{\n  a: {\n      b: 1,\n      c: {\n          x: 1\n      }\n  },\n  d: {\n      e: 1\n  }\n}',
  ],
  ['one line in one line', '{a: {}, b: 1}', 'a.c', '{a: { c: { x: 1 } }, b: 1}'],
  ['no blanks where there are none', '{a:{},b:1}', 'a.c', '{a:{c:{x:1}},b:1}'],
  [
    'a comma in an empty object',
    '{\n  a: {},\n}',
    'a.c',
    '{\n  a: {\n    c: {\n      x: 1,\n    },\n  },\n}',
  ],
  [
    'its lines in an empty one',
    '{\n  a: {\n  }\n}',
    'a.c',
    '{\n  a: {\n    c: {\n      x: 1\n    }\n  }\n}',
  ],
  [
    'lines behind an item in one',
    '{\n  a: { b: 1 }\n}',
    'a.c',
    '{\n  a: { b: 1, c: {\n    x: 1\n  } }\n}',
  ],
  [
    'lines that end in \\r',
    '{\r\ta: {}\r}',
    'a.c',
    '{\r\ta: {\r\t\tc: {\r\t\t\tx: 1\r\t\t}\r\t}\r}',
  ],
  [
    'single quotes where most keys have them',
    `{a: 1, 'b': 2, 'd': 3}`,
    'c',
    `{a: 1, 'b': 2, 'd': 3, 'c': { 'x': 1 }}`,
  ],
  [
    'double quotes where as many keys have single ones',
    `{'a': 1, "b": 2}`,
    'c',
    `{'a': 1, "b": 2, "c": { "x": 1 }}`,
  ],
  [
    'the quotes of the keys beside it',
    `{a: 1, b: 2, d: {"e": 1}}`,
    'd.c',
    `{a: 1, b: 2, d: {"e": 1, "c": { "x": 1 }}}`,
  ],
  [
    'single quotes of the keys beside it',
    `{a: 1, b: 2, d: {'e': 1}}`,
    'd.c',
    `{a: 1, b: 2, d: {'e': 1, 'c': { 'x': 1 }}}`,
  ],
  [
    'no quotes where half of the keys have single ones',
    `{a: 1, 'b': 2}`,
    'c',
    `{a: 1, 'b': 2, c: { x: 1 }}`,
  ],
  [
    'double quotes where half of the keys have them',
    `{a: 1, "b": 2}`,
    'c',
    `{a: 1, "b": 2, "c": { "x": 1 }}`,
  ],
  ['an object where there was null', '{a: {c: null}}', 'a.c', '{a: {c: { x: 1 }}}'],
  ['lines where there was a value', '{\n  c: 1\n}', 'c', '{\n  c: {\n    x: 1\n  }\n}'],
  ['one line where an object was in one', '{\n  c: { y: 1 }\n}', 'c', '{\n  c: { x: 1 }\n}'],
  ['lines where an object was empty', '{\n  c: {}\n}', 'c', '{\n  c: {\n    x: 1\n  }\n}'],
  [
    'lines where an object had them',
    '{\n  c: {\n    y: 1\n  }\n}',
    'c',
    '{\n  c: {\n    x: 1\n  }\n}',
  ],
])('writes an object with %s', (_name, before, key, expected) => {
  expect(set(before, key, { x: 1 })).toBe(expected);
});

everyRow<[JsonValue, string]>([
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
  [Number.NaN, 'NaN'],
  [-0, '-0'],
  [0, '0'],
  [1e21, '1e+21'],
  [false, 'false'],
  [null, 'null'],
  ['a\u2028b\u2029c', String.raw`'a\u2028b\u2029c'`],
  [`"\\"'\n`, String.raw`'"\\"\'\n'`],
  [{}, '{}'],
  [[], '[]'],
  [{ 'a-b': 1, $c_1: 2, '1d': 3, é: 4 }, `{ 'a-b': 1, $c_1: 2, '1d': 3, 'é': 4 }`],
])('writes %j as %s', (value, written) => {
  expect(set(`{a: 'x'}`, 'c', value)).toBe(`{a: 'x', c: ${written}}`);
  expect(set(`{a: 'x', c: 1}`, 'c', value)).toBe(`{a: 'x', c: ${written}}`);
});

it('gives back every byte where what it added is taken out', () => {
  const texts = [
    '{a: 1}',
    '{a: 1,}',
    '{ a: 1, }',
    '{a:1,b:2}',
    '{\n  a: 1\n}\n',
    '{\r\n\ta: 1, // x\r\n}',
    '\uFEFF{ a: 1 /* x */ }',
    '{\n  a: 1 // x\n  // end\n}',
    '{a: {\n  b: 1,\n}}',
    '{a: {} ,}',
  ];
  for (const text of texts) expect(remove(set(text, 'c', { x: [1] }), 'c')).toBe(text);
});

it('leaves the items of a list as they are written where others are removed', () => {
  const lists = fc.array(values, { minLength: 1, maxLength: 4 }).map((list) => ({ list }));
  const itemsOf = (text: string) => {
    const node = memberOf(parseJson5(text), 'list')?.node;
    return node?.kind === 'array' ? node.items.map(({ start, end }) => text.slice(start, end)) : [];
  };
  fc.assert(
    fc.property(documents(lists), fc.array(fc.boolean(), { minLength: 4 }), (document, stay) => {
      const { list } = document.value as { readonly list: readonly JsonValue[] };
      const kept = list.filter((_, index) => stay[index]);
      fc.pre(kept.length > 0);
      const edited = set(document.text, 'list', kept);
      const root = parseJson5(edited);
      expect(root && sameJson(jsonOf(root), { list: kept })).toBe(true);
      const written = itemsOf(document.text);
      for (const item of itemsOf(edited)) {
        expect(written).toContain(item);
        written.splice(0, written.indexOf(item) + 1);
      }
    }),
    { numRuns: 500 },
  );
});

it('refuses an edit without a path, and one that removes below a value', () => {
  expect(() => planEdit('{}', [{ path: [], value: 1 }])).toThrow('an edit needs a path');
  expect(() => remove('{a: {b: 3}}', 'a.b.c')).toThrow(
    expect.objectContaining({ code: 'config-invalid', details: { path: 'config', key: 'a.b' } }),
  );
});
