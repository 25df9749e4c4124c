import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapped } from '../../../src/shared/layout/wrapped.ts';
import { columnsOf } from '../../../src/shared/terminal/width.ts';
import { everyRow } from '../../support/every-row.ts';

const url = 'https://open.feishu.cn/app/cli_a1b2c3d4e5f60718/auth?q=im:message';

describe('a text', () => {
  everyRow([
    ['that fits', 'one two', ['one two']],
    ['of words', 'one two three four five', ['one two three', '  four five']],
    ['of lines', 'one\ntwo', ['one', 'two']],
    ['that is indented', '    one two three', ['    one two', '    three']],
    ['in Chinese', '请在其他设备打开它，然后', ['请在其他设备打', '  开它，然后']],
    ['whose line would begin with a comma', '请在其他设备打，开', ['请在其他设备', '  打，开']],
    ['with a link', `Open ${url} now`, ['Open', url, '  now']],
    ['with a link behind Chinese', `打开：${url}`, ['打开：', url]],
    ['with a long word', 'a-word-of-many-columns b', ['a-word-of-many-columns', '  b']],
  ])('%s', (_name, text, lines) => {
    expect(wrapped(text, 15)).toStrictEqual(lines);
  });

  it('keeps every word, and is wider only where one piece alone is', () => {
    const word = fc.constantFrom('a', 'permission', '权限', '（权限）', 'im:message,', url, '→');
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1 }),
        fc.integer({ min: 20, max: 80 }),
        (words, columns) => {
          const lines = wrapped(words.join(' '), columns);
          expect(lines.join(' ').replace(/\s+/g, '')).toBe(words.join(''));
          for (const line of lines) {
            const isAlone = !line.includes(' ');
            expect(isAlone || columnsOf(line) <= columns).toBe(true);
          }
        },
      ),
    );
  });
});
