import { JsonParser } from '@croct/json5-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameJson } from '../../../src/config/json5/json-update.ts';
import {
  Json5Error,
  type JsonValue,
  jsonOf,
  memberOf,
  parseJson5,
} from '../../../src/config/json5/json5.ts';
import { everyRow } from '../../support/every-row.ts';
import { documents, values } from './json5-writer.ts';

const read = (text: string) => {
  const root = parseJson5(text);
  return root && jsonOf(root);
};

describe('JSON5 as the hosts take it', () => {
  it('reads what was meant, in whatever style it is written', () => {
    fc.assert(
      fc.property(documents(values), ({ value, text }) => {
        // Not by toStrictEqual, which takes a key `__proto__` for the prototype.
        expect(sameJson(read(text), value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('reads plain JSON as JSON.parse does, and as another parser does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(sameJson(read(text), JSON.parse(text))).toBe(true);
        expect(sameJson(read(text), JsonParser.parse(text).toJSON() as JsonValue)).toBe(true);
      }),
    );
  });

  everyRow<[string, unknown]>([
    ['{default: 1, class: 2, null: 3, true: 4}', { default: 1, class: 2, null: 3, true: 4 }],
    [String.raw`'\x41\u0042\0\v\q\'\"'`, 'AB\0\vq\'"'],
    [String.raw`{\u0061bc: 1}`, { abc: 1 }],
    ['"a\\\r\nb"', 'ab'],
    ['"\u2028"', '\u2028'],
    [
      '[0xFf, .5, 5., +1, -0, 1e3, Infinity, -Infinity]',
      [255, 0.5, 5, 1, -0, 1000, Infinity, -Infinity],
    ],
    [
      '[10, 1.25, 12.5e+10, 2E-7, .5e1, -0x1F, +.5, 0, 0., 1e10]',
      [10, 1.25, 12.5e10, 2e-7, 5, -31, 0.5, 0, 0, 1e10],
    ],
    [String.raw`'\b\f\n\r\t\v'`, '\b\f\n\r\t\v'],
    [String.raw`{\u00e9\u00E9: 1}`, { éé: 1 }],
    ['[true, false, null]', [true, false, null]],
    ['\uFEFF{\u00a0a:1,}', { a: 1 }],
    ['{a: 1, a: 2}', { a: 2 }],
    ['NaN', Number.NaN],
    [
      String.raw`{a\u0031: 1, \u0024\u005f\u200c\u200D: 2, 𝒳é: 3}`,
      { a1: 1, '$_\u200c\u200d': 2, 𝒳é: 3 },
    ],
    [String.raw`'\x7f\uFFfF\0a\/'`, '\x7F\uFFFF\0a/'],
    ['"a\\\u2028b\\\u2029c\\\nd\\\re"', 'abcde'],
    [`["it's", 'say "hi"']`, ["it's", 'say "hi"']],
    ['/**/ // x\r[1,/*/ */2,]// y\u2029 /* z */', [1, 2]],
    ['\t\v\f\u00a0\u3000\u2028\u2029\uFEFF1', 1],
    ['[0x0, 0XaF, -.5e-1]', [0, 175, -0.05]],
    ['[{}, [], {a: {},}]', [{}, [], { a: {} }]],
    ['// nothing\n/* here */', undefined],
  ])('reads %j', (text, value) => {
    expect(read(text)).toStrictEqual(value);
  });

  everyRow<[string, number]>([
    ['{a: foo}', 4],
    // A name that every object has.
    ['{a: toString}', 4],
    ['{a: constructor}', 4],
    ['[__proto__]', 1],
    ['{a:1,,}', 5],
    ['[1,,2]', 3],
    ['{a:1} x', 6],
    ['{a:"x" "b":1}', 7],
    ['{a:/* open', 3],
    ['{a:"open}', 3],
    ['{a:"line\n"}', 3],
    ['{a:01}', 3],
    ...['1a', '1$', '1..2', '1.2.3', '0xG', '0x', '1e', '1_0', '--1', '1\\u0061', 'Infinityx'].map(
      (word): [string, number] => [`[${word}]`, 1],
    ),
    ['{a:1', 4],
    ['{a', 2],
    [String.raw`{a:"\u12"}`, 4],
    [String.raw`{a:"\1"}`, 4],
    ['{a:- 1}', 3],
    ['{1:2}', 1],
    // What an escape says must be allowed in a name, too, and by itself.
    ...['\\u0020', 'a\\u002d', '\\u0031a', '\\u200ca', '\\ud835\\udcb3'].map(
      (name): [string, number] => [`{${name}: 1}`, 1],
    ),
    [String.raw`{a\u{41}: 1}`, 2],
    [String.raw`tru\u0065`, 0],
    [String.raw`'\08'`, 1],
    [String.raw`"\x4"`, 1],
    [String.raw`"\xfg"`, 1],
    ['"\\', 1],
    ['\'a"', 0],
    ['"a\r"', 0],
    ['/*/', 0],
    ['[1, /* *', 4],
    ['/', 0],
    ['[,]', 1],
    ['{,}', 1],
    ['[1 2]', 3],
    ['{"a" 1}', 5],
    ['[1}', 2],
    ['{a:1]', 4],
    ['[.]', 1],
    ['[+]', 1],
    ['[08]', 1],
    ['[-00]', 1],
    ['[truex]', 1],
    ['{a:1}}', 5],
    ['😀', 0],
    [`${'['.repeat(600)}`, 500],
  ])('refuses %j at index %i', (text, index) => {
    const fault = (() => {
      try {
        return parseJson5(text);
      } catch (error) {
        return error;
      }
    })();
    expect(fault).toBeInstanceOf(Json5Error);
    expect((fault as Json5Error).index).toBe(index);
  });

  everyRow([
    ['{a: foo}', 'a word'],
    ['{a:1,,}', '","'],
    ['{a:1', 'the end of the file'],
    ['[1] [', '"["'],
  ])('says what it found in %j, but no part of a word', (text, found) => {
    expect(() => parseJson5(text)).toThrow(found);
    expect(() => parseJson5(text)).not.toThrow('"f"');
  });

  everyRow([
    ['{a 1}', 'expected ":", found a word that is not quoted'],
    ['[1 2]', 'expected "," / "]", found a word that is not quoted'],
    ['{a:1 b:2}', 'expected "," / "}", found a word that is not quoted'],
    ['[1', 'expected "," / "]", found the end of the file'],
    ['{a:}', 'expected a value, found "}"'],
    ['{,}', 'expected a key, found ","'],
    ['{a:1}}', 'unexpected "}"'],
    ['[] é', 'unexpected a word that is not quoted'],
    ['😀', 'expected a value, found "😀"'],
    ['"x', 'this string is never closed'],
    ['/* x', 'this comment is never closed'],
    [String.raw`"\1"`, 'JSON5 knows no such escape'],
    ['['.repeat(501), 'nested too deeply'],
  ])('says of %j what is wrong with it', (text, message) => {
    expect(() => parseJson5(text)).toThrow(
      expect.objectContaining({ name: 'Json5Error', message }),
    );
  });

  it('never fails but by a Json5Error, and ends', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      "'",
      '\\',
      '/*',
      '*/',
      '//',
      '\n',
      'a',
      '1',
      ' ',
      '\\u',
      '\uFEFF',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        try {
          parseJson5(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(Json5Error);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('reads 500 levels, and as many objects beside each other as there are', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(() => parseJson5(nested(500))).not.toThrow();
    expect(() => parseJson5(nested(501))).toThrow(Json5Error);
    expect(read(`[${'{},[],'.repeat(400)}]`)).toHaveLength(800);
  });

  it('knows where a value stands, behind characters of two units', () => {
    const text = '{"😀": "😀😀", b: [1, /* 😀 */ "here"]}';
    const list = memberOf(parseJson5(text), 'b')?.node;
    const item = list?.kind === 'array' ? list.items[1] : undefined;
    expect(text.slice(item?.start, item?.end)).toBe('"here"');
  });
});
