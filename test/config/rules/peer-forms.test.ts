/** Values as other plugins write them, where they mean the same: read as ours, and never wider. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { resolveAccount } from '../../../src/config/account/accounts.ts';
import { checkSection, keyWarnings } from '../../../src/config/check.ts';
import type { JsonValue } from '../../../src/config/json5/json5.ts';
import { feishuJsonSchema } from '../../../src/config/rules/schema.ts';

const read = (section: JsonValue) =>
  resolveAccount(checkSection(section, 'moltbot.json'), 'default');
const problemOf = (section: JsonValue): string => {
  try {
    read(section);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

it('people with the prefixes of hosts and other plugins are their open_ids', () => {
  const account = read({
    allowFrom: ['feishu:ou_a', 'user:ou_b', 'Feishu:user:ou_c', 'open_id:ou_d', 'ou_e', '*'],
    groupSenderAllowFrom: ['lark:ou_f'],
    groups: { oc_g: { allowFrom: ['feishu:ou_h'] } },
  });
  expect(account.allowFrom).toEqual(['ou_a', 'ou_b', 'ou_c', 'ou_d', 'ou_e', '*']);
  expect(account.groupSenderAllowFrom).toEqual(['ou_f']);
  expect(account.groups.oc_g?.allowFrom).toEqual(['ou_h']);
});

it('what names no person is refused with the place and what is allowed', () => {
  const refused = [
    'feishu:*',
    'feishu:',
    'user:oc_a',
    'discord:ou_a',
    'feishu: ou_a',
    'ou_',
    'Anna',
  ];
  const passed = refused.filter(
    (entry) => !/"?ou_…|open_id/.test(problemOf({ allowFrom: [entry] })),
  );
  expect(passed).toEqual([]);
});

it('replyInThread takes the words of other plugins, and nothing else', () => {
  const written: readonly (readonly [JsonValue, boolean])[] = [
    [true, true],
    ['enabled', true],
    [false, false],
    ['disabled', false],
  ];
  for (const [replyInThread, expected] of written) {
    const account = read({ replyInThread, groups: { oc_g: { replyInThread } } });
    expect([account.replyInThread, account.groups.oc_g?.replyInThread]).toEqual([
      expected,
      expected,
    ]);
  }
  expect(problemOf({ replyInThread: 'yes' })).toMatch(/replyInThread.*"yes".*true/);
});

it('a closed direct chat stays closed', () => {
  expect(read({ dmPolicy: 'disabled' }).dmPolicy).toBe('disabled');
});

it('the JSON Schema of the manifest takes the same forms', () => {
  const { properties } = feishuJsonSchema() as {
    properties: Record<string, { enum?: unknown[]; items?: { pattern: string } }>;
  };
  expect(properties.replyInThread?.enum).toEqual([true, false, 'enabled', 'disabled']);
  const pattern = new RegExp(properties.allowFrom?.items?.pattern ?? '^$');
  expect(['*', 'ou_a', 'feishu:ou_a'].every((entry) => pattern.test(entry))).toBe(true);
  expect(pattern.test('feishu:*')).toBe(false);
});

it('no entry of a list lets in anyone but the person whom it names', () => {
  const piece = fc.constantFrom(
    'feishu:',
    'user:',
    'lark:',
    'open_id:',
    'ou_',
    '*',
    'a',
    ' ',
    'on_',
    'oc_',
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
      const entry = pieces.join('');
      if (problemOf({ allowFrom: [entry] }) !== 'none') return;
      const [openId = ''] = read({ allowFrom: [entry] }).allowFrom;
      expect(openId === '*' ? entry === '*' : /^ou_\w+$/.test(openId)).toBe(true);
      expect(entry.endsWith(openId)).toBe(true);
      expect(keyWarnings({ allowFrom: [entry] })).toEqual([]);
    }),
  );
});
