/** Each rule of what is shown of a config, by itself: hidden is what it does not name. */
import { applyPatch } from 'diff';
import { describe, expect, it } from 'vitest';
import { maskedDiff } from '../../../src/config/shown/diff.ts';
import { maskConfigText, shownKey, shownValue } from '../../../src/config/shown/mask.ts';
import { couldBeSecret, isReference } from '../../../src/config/shown/secret-look.ts';
import { everyRow } from '../../support/every-row.ts';

const SECRET = 'q7GeT4vKx93mZpLw8RtYb2NcHs5JdFu1';

it('takes 32 letters and digits for a secret, and a long mix of them', () => {
  const texts = {
    [SECRET]: true,
    [`key=${SECRET}!`]: true,
    abcdefghijklmnopqrstuvwxyzabcdef: true,
    a1b2c3d4e5f6g7h8i9j0k1: true,
    a1b2c3d4e5f6g7h8i9j: false,
    abcdefghijklmnopqrstuvwxy: false,
    'abcdefghijklmnopqrstuvwxy 1': false,
    '12345678901234567890': false,
    '12345678901234567890 a': false,
    [`ou_${SECRET}`]: false,
    'a sentence with 1 number': false,
  };
  const found = Object.keys(texts).map((text) => [text, couldBeSecret(text)]);
  expect(Object.fromEntries(found)).toStrictEqual(texts);
});

it('takes for a reference only a variable alone', () => {
  const texts = ['${A_1}', 'x${A_1}', '${A_1}x', '${1A}', '${a}', 'A_1'];
  expect(texts.filter(isReference)).toEqual(['${A_1}']);
});

it('shows of a wrong value its kind, small numbers, and words where a word is expected', () => {
  const shown = [[], { a: 1 }, null, undefined, true, 1234567, 12345678, 'opne', '*', 'OPEN'].map(
    (value) => shownValue(value),
  );
  expect(shown).toEqual([
    ...['[…]', '{…}', 'null', 'undefined', 'true', '1234567', '***', '"***"', '"*"', '"OPEN"'],
  ]);
  const words = ['opne', 'sevenab', 'eightabc', 'a b', 'a1'];
  expect(words.map((word) => shownValue(word, true))).toEqual([
    ...['"opne"', '"sevenab"', '"***"', '"***"', '"***"'],
  ]);
  expect(['appSecret', 'my-team', SECRET].map(shownKey)).toEqual(['appSecret', 'my-team', '***']);
  const passwords = ['Pr0xyUserPassw0rd', '4815162342', 'EnvSecretValue2026'];
  expect(passwords.map(shownKey)).toEqual(['***', '***', '***']);
  const names = ['team2026', 'ou_a1b2c3d4e5f6', 'webhookPort', 'p2p'];
  expect(names.map(shownKey)).toEqual(names);
});

describe('a config', () => {
  everyRow<[string, string, string]>([
    [
      'short names, no others',
      '{abcdefg: 1, abcdefgh: 1, "a b": 1}',
      '{abcdefg: 1, ***: 1, "***": 1}',
    ],
    ['small numbers', '{a: 1234567, b: 12345678}', '{a: 1234567, b: ***}'],
    [
      'what is no secret at the place of one',
      '{token: null, secret: true, password: "", apiKey: "${A}"}',
      '{token: null, secret: true, password: "", apiKey: "${A}"}',
    ],
    ['nothing below a secret key', '{token: [30, {a: 30}]}', '{token: [***, {***: ***}]}'],
    [
      'the variables of the root only',
      '{env: {A: 30}, agents: {env: {A: 31}}}',
      '{env: {***: ***}, agents: {env: {A: 31}}}',
    ],
    [
      'no name that is also a secret',
      '{appSecret: "short", short: 1}',
      '{appSecret: "***", ***: 1}',
    ],
    ['no number that is also a secret', '{token: 30, a: 30, b: 31}', '{token: ***, a: ***, b: 31}'],
    ['comments as such', '// a\n{/* b\nc */a: 1} // d', '// ***\n{/* ***\n */a: 1} // ***'],
    [
      'ids at their own place',
      '{channels: {feishu: {appId: "cli_a1b2c3d4e5f60718"}}}',
      '{channels: {feishu: {appId: "cli_a1b2c3d4e5f60718"}}}',
    ],
    [
      'no id of another channel',
      '{channels: {slack: {appId: "cli_a1b2c3d4e5f60718"}}}',
      '{channels: {slack: {appId: "***"}}}',
    ],
    [
      'no id outside of the channels',
      '{plugins: {feishu: {appId: "cli_a1b2c3d4e5f60718"}}}',
      '{plugins: {feishu: {appId: "***"}}}',
    ],
    [
      'names of groups and accounts',
      '{channels: {feishu: {groups: {oc_0123456789: {}}}}}',
      '{channels: {feishu: {groups: {oc_0123456789: {}}}}}',
    ],
    [
      'no names of another channel',
      '{channels: {slack: {groups: {oc_0123456789: {}}}}}',
      '{channels: {slack: {groups: {***: {}}}}}',
    ],
    [
      'no name elsewhere',
      '{channels: {feishu: {oc_0123456789: {}}}}',
      '{channels: {feishu: {***: {}}}}',
    ],
    [
      'a text in escapes as it is meant',
      String.raw`{channels: {feishu: {domain: 'https\u003a//h'}}}`,
      "{channels: {feishu: {domain: 'https://h'}}}",
    ],
  ])('shows %s', (_, text, shown) => {
    expect(maskConfigText(text)).toBe(shown);
  });

  it('shows each person of a list, however long', () => {
    const people = Array.from({ length: 12 }, (_, index) => `"ou_0123456789${index}"`).join(', ');
    const text = `{channels: {feishu: {allowFrom: [${people}]}}}`;
    expect(maskConfigText(text)).toBe(text);
  });

  it('shows what an edit sets, where it sets it, and nothing else', () => {
    const names = Array.from({ length: 12 }, (_, index) => `'list item ${index}'`);
    const text = `{agents: {'7up': 'some text', up7: 'some text', list: [${names.join(', ')}], 'my long name': {inner: 'other text'}}, note: 'some text'}`;
    const own = [
      { path: ['agents', '7up'], value: 'some text' },
      { path: ['agents', 'up7'], value: 'some text' },
      { path: ['agents', 'list'], value: ['list item 0', 'list item 11'] },
      { path: ['agents', 'my long name'], value: { inner: 'other text' } },
    ];
    const hiddenItems = names.map((name, index) => (index % 11 === 0 ? name : "'***'"));
    expect(maskConfigText(text, { own })).toBe(
      text
        .replace(names.join(', '), hiddenItems.join(', '))
        .replace("note: 'some text'", "note: '***'"),
    );
    expect(maskConfigText(text, { own, structureOnly: true })).not.toMatch(/text|item/);
    expect(maskConfigText(text)).not.toMatch(/long|text|item/);
    const removal = [{ path: ['agents', 'my long name'], remove: true as const }];
    expect(maskConfigText("{agents: {'my long name': 'other text'}}", { own: removal })).toBe(
      "{agents: {'my long name': '***'}}",
    );
  });

  it('hides what was a secret before the change, and marks only the secret that changes', () => {
    const previous = { text: '{appSecret: "short", token: "same"}', changed: '(new)' };
    expect(maskConfigText('{appSecret: "next", token: "same", short: 1}', { previous })).toBe(
      '{appSecret: "*** (new)", token: "***", ***: 1}',
    );
  });

  it('hides a part of a config that stands below a secret key', () => {
    expect(maskConfigText('{a: 30}', { base: ['hooks', 'token'] })).toBe('{***: ***}');
    expect(maskConfigText('{a: 30}', { base: ['hooks'] })).toBe('{a: 30}');
  });
});

describe('a diff of a config', () => {
  const list = (...numbers: readonly number[]) =>
    `[\n${numbers.map((n) => `  ${n},\n`).join('')}]\n`;
  const numbers = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => from + n);

  everyRow([0, 2, 10])('of more than a thousand lines can be applied, %i equal around', (equal) => {
    const [head, tail] = [numbers(0, equal), numbers(90_000, equal)];
    const before = list(...head, ...numbers(100, 900), ...tail);
    const after = list(...head, ...numbers(10_000, 700), ...tail);
    for (const [from, to] of [
      [before, after],
      [after, before],
      [before, list(...head, ...tail)],
    ]) {
      const diff = maskedDiff('c.json', from ?? '', to ?? '', { lang: 'en' });
      expect(applyPatch(from ?? '', diff)).toBe(to);
      const context = diff.split('\n').filter((line) => line.startsWith(' '));
      expect(context.length).toBeLessThanOrEqual(6);
    }
  });

  it('takes each kind of line end for one, and no byte order mark for a change', () => {
    const diff = maskedDiff('c.json', '\uFEFF{\r"a": 1,\r\n"b": 2\n}', '{\n"a": 1,\n"b": 3\n}', {
      lang: 'en',
    });
    expect(diff.split('\n').slice(2)).toEqual([
      ...['@@ -1,4 +1,4 @@', ' {', ' "a": 1,', '-"b": 2', '+"b": 3', ' }'],
      ...['\\ No newline at end of file', ''],
    ]);
  });
});
