import { expect, it } from 'vitest';
import { scopeOf, sessionKeyOf } from '../../../src/host/turn/context/session-scope.ts';
import { inbound } from '../../channel/messages.ts';
import { everyRow } from '../../support/every-row.ts';

const chatKey = 'agent:main:feishu:group:oc_team';
const senderOpenId = 'ou_anna';
const threadId = 'omt_Topic';

everyRow([
  ['group', chatKey],
  ['group_sender', `${chatKey}:sender:ou_anna`],
  ['group_topic', `${chatKey}:thread:omt_Topic`],
  ['group_topic_sender', `${chatKey}:sender:ou_anna:thread:omt_Topic`],
] as const)('gives a topic of a group the session that the scope %s says', (scope, expected) => {
  const message = inbound({ chatType: 'group', senderOpenId, threadId });
  expect(sessionKeyOf(chatKey, message, scope)).toBe(expected);
});

everyRow([
  ['group', chatKey],
  ['group_sender', `${chatKey}:sender:ou_anna`],
  ['group_topic', chatKey],
  ['group_topic_sender', `${chatKey}:sender:ou_anna`],
] as const)(
  'gives a group without topics the session that the scope %s says',
  (scope, expected) => {
    const message = inbound({ chatType: 'group', senderOpenId });
    expect(sessionKeyOf(chatKey, message, scope)).toBe(expected);
  },
);

it('gives a message without a sender the session of its group', () => {
  const message = inbound({ chatType: 'group', senderOpenId: '' });
  expect(sessionKeyOf(chatKey, message, 'group_sender')).toBe(chatKey);
});

everyRow(['group', 'group_sender', 'group_topic', 'group_topic_sender'] as const)(
  'gives a topic of a direct chat a session of its own under the scope %s',
  (scope) => {
    const direct = 'agent:main:main';
    const inTopic = sessionKeyOf(direct, inbound({ senderOpenId, threadId }), scope);
    expect(inTopic).toBe(`${direct}:thread:omt_Topic`);
    expect(sessionKeyOf(direct, inbound({ senderOpenId }), scope)).toBe(direct);
  },
);

it('takes the scope of the group, then that of all groups, then that of the account', () => {
  const groups = {
    oc_team: { groupSessionScope: 'group_sender' },
    oc_plain: {},
    '*': { groupSessionScope: 'group' },
  } as const;
  const account = { groups, groupSessionScope: 'group_topic' } as const;
  const others = { ...account, groups: { oc_team: groups.oc_team } };
  expect([
    scopeOf(account, 'oc_team'),
    scopeOf(account, 'oc_plain'),
    scopeOf(account, 'oc_other'),
    scopeOf(others, 'oc_other'),
    scopeOf(others, 'constructor'),
  ]).toEqual(['group_sender', 'group_topic', 'group', 'group_topic', 'group_topic']);
});
