import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sentences } from '../../src/shared/text/sentences.ts';

it('separates what was written apart', () => {
  const cases: readonly (readonly [readonly (string | undefined)[], string])[] = [
    [
      ['The secret is wrong (10014)', 'copy it again'],
      'The secret is wrong (10014). copy it again',
    ],
    [['The secret is wrong.', 'Copy it again'], 'The secret is wrong. Copy it again'],
    [['Really?', 'Yes'], 'Really? Yes'],
    [['密钥错误', '请重新复制'], '密钥错误。请重新复制'],
    [['密钥错误（10014）', '请重新复制'], '密钥错误（10014）。请重新复制'],
    [['密钥错误。', '请重新复制'], '密钥错误。请重新复制'],
    [
      ['see https://open.feishu.cn/app', 'then again'],
      'see https://open.feishu.cn/app · then again',
    ],
    [['He said “no.”', 'Ask again'], 'He said “no.” Ask again'],
    [[undefined, 'only one', ''], 'only one'],
    [[], ''],
  ];
  for (const [parts, expected] of cases) expect(sentences(parts)).toBe(expected);
});

it('keeps every part, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (parts) => {
      const joined = sentences(parts);
      let at = 0;
      for (const part of parts.map((one) => one.trim()).filter(Boolean)) {
        at = joined.indexOf(part, at);
        expect(at).toBeGreaterThanOrEqual(0);
        at += part.length;
      }
    }),
  );
});
