import { expect, it } from 'vitest';
import { createPeopleDirectory } from '../../../src/channel/message/directory/people-directory.ts';
import type { InboundMessage, Mention } from '../../../src/channel/message/event.ts';

const message = (senderOpenId: string, mentions: readonly Mention[] = [], chatId = 'oc_1') =>
  ({ chatId, senderOpenId, senderType: 'user', mentions }) as unknown as InboundMessage;
const mention = (openId: string, name: string): Mention => ({ key: '@_user_1', openId, name });

function directory(names: Readonly<Record<string, string>> = {}) {
  const asked: string[] = [];
  const people = createPeopleDirectory({
    nameOf: async (openId) => {
      asked.push(openId);
      if (openId === 'ou_fails') throw new Error('no permission');
      return names[openId];
    },
    botOpenId: () => 'ou_bot',
  });
  return { people, asked };
}

it('knows who was mentioned at once, and who wrote when the name is known', async () => {
  const { people, asked } = directory({ ou_a: 'Ann' });
  people.note(message('ou_a', [mention('ou_b', 'Bo'), mention('ou_bot', 'Bot')]));
  people.note(message('ou_fails'));
  expect([...people.names('oc_1')]).toEqual([['Bo', 'ou_b']]);
  await people.learn('oc_1');
  expect([...people.names('oc_1')].sort()).toEqual([
    ['Ann', 'ou_a'],
    ['Bo', 'ou_b'],
  ]);
  await people.learn('oc_1');
  expect(asked.filter((openId) => openId === 'ou_a')).toHaveLength(1);
  expect(people.names('oc_2').size).toBe(0);
});

it('leaves out a name that several people have', () => {
  const { people } = directory();
  people.note(message('', [mention('ou_a', 'Ann'), mention('ou_b', 'Ann'), mention('ou_c', 'Cy')]));
  expect([...people.names('oc_1')]).toEqual([['Cy', 'ou_c']]);
});

it('keeps the people and chats seen last', () => {
  const { people } = directory();
  for (let n = 0; n < 900; n += 1) people.note(message('', [mention(`ou_${n}`, `Name ${n}`)]));
  const names = people.names('oc_1');
  expect(names.size).toBeLessThanOrEqual(600);
  for (let n = 600; n < 900; n += 1) expect(names.has(`Name ${n}`)).toBe(true);
  expect(names.has('Name 0')).toBe(false);
  for (let n = 0; n < 2500; n += 1) people.note(message('', [mention('ou_x', 'X')], `oc_n${n}`));
  expect(people.names('oc_1').size).toBe(0);
  expect(people.names('oc_n2499').size).toBe(1);
});
