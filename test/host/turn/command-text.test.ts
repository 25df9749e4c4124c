import { expect, it } from 'vitest';
import { mayCommand } from '../../../src/channel/message/authority.ts';
import { commandText, isUrgentCommand } from '../../../src/host/turn/context/command-text.ts';
import { everyRow } from '../../support/every-row.ts';

everyRow([
  ['/status', '/status'],
  ['／status', '/status'],
  ['、new', '/new'],
  ['／ new', '/new'],
  ['/model：gpt', '/model gpt'],
  ['/model: gpt', '/model gpt'],
  ['/new 你好', '/new 你好'],
  ['你好', '你好'],
  ['1/2 是多少', '1/2 是多少'],
  ['/path/to/file', '/path/to/file'],
  ['、好的', '、好的'],
])('reads %s as %s', (typed, meant) => {
  expect(commandText(typed)).toBe(meant);
});

it('lets only commands about a running turn overtake it', () => {
  expect(isUrgentCommand('／stop')).toBe(true);
  expect(isUrgentCommand('/status')).toBe(true);
  expect(isUrgentCommand('/new')).toBe(false);
  expect(isUrgentCommand('stop it')).toBe(false);
});

const nobody = { dmPolicy: 'open', allowFrom: [], approved: [], senderOpenId: 'ou_a' } as const;

everyRow([
  ['an open bot in a direct message', { ...nobody, isDirect: true }, true],
  ['an open bot in a group', { ...nobody, isDirect: false }, false],
  [
    'another one where somebody is named',
    { ...nobody, isDirect: true, allowFrom: ['ou_b'] },
    false,
  ],
  ['who is named, in a group', { ...nobody, isDirect: false, allowFrom: ['ou_a'] }, true],
  ['who is paired', { ...nobody, isDirect: true, dmPolicy: 'pairing', approved: ['ou_a'] }, true],
  [
    'nobody without an id',
    { ...nobody, isDirect: false, allowFrom: [''], senderOpenId: '' },
    false,
  ],
  ['whom the group names', { ...nobody, isDirect: false, groupPeople: ['ou_a'] }, true],
] as const)('decides on commands: %s', (_case, authority, may) => {
  const { isDirect, senderOpenId, approved, ...account } = authority;
  const groupPeople = 'groupPeople' in authority ? authority.groupPeople : undefined;
  const message = {
    chatType: isDirect ? 'p2p' : 'group',
    chatId: 'oc_here',
    senderOpenId,
  } as const;
  const groups = groupPeople ? { oc_here: { allowFrom: [...groupPeople] } } : {};
  const lists = { ...account, allowFrom: [...account.allowFrom], groups };
  expect(mayCommand(message, lists, approved)).toBe(may);
});
