import { expect, it } from 'vitest';
import { createMemoryInbox } from '../../src/channel/inbox.ts';
import { inbound } from './messages.ts';

const HOUR = 60 * 60_000;
const any = (): boolean => true;

it('takes a message once, by its event or by itself', async () => {
  const inbox = createMemoryInbox({ now: () => 0 });
  const message = inbound();
  const received = await Promise.all([inbox.receive(message), inbox.receive(message)]);
  expect(received).toEqual(['new', 'duplicate']);
  await expect(inbox.receive({ ...message, eventId: 'another' })).resolves.toBe('duplicate');
  await expect(inbox.receive({ ...message, messageId: 'om_x' })).resolves.toBe('duplicate');
  await expect(inbox.receive(inbound())).resolves.toBe('new');
});

it('knows a message for longer than the platform sends it again', async () => {
  let time = 0;
  const inbox = createMemoryInbox({ now: () => time });
  const message = inbound();
  await inbox.receive(message);
  inbox.done(inbox.claim(any)!);
  time = 7.1 * HOUR;
  await inbox.receive(inbound());
  await expect(inbox.receive(message)).resolves.toBe('duplicate');
  time = 8 * HOUR;
  await inbox.receive(inbound());
  await expect(inbox.receive(message)).resolves.toBe('new');
});

it('remembers no more ids than it may', async () => {
  const inbox = createMemoryInbox({ now: () => 0, idLimit: 4 });
  const [first, second, third] = [inbound(), inbound(), inbound()];
  for (const message of [first, second, third]) await inbox.receive(message);
  await expect(inbox.receive(third)).resolves.toBe('duplicate');
  await expect(inbox.receive(first)).resolves.toBe('new');
});

it('gives the messages of a chat by the time of sending, one at a time, and chats take turns', async () => {
  const inbox = createMemoryInbox({ now: () => 0 });
  const say = (chatId: string, createTime: number) => inbound({ chatId, createTime });
  for (const message of [say('a', 3), say('a', 1), say('b', 9), say('a', 2)]) {
    await inbox.receive(message);
  }
  const order: string[] = [];
  const take = () => {
    const message = inbox.claim(any);
    if (message) order.push(`${message.chatId}${message.createTime}`);
    return message;
  };
  const first = take()!;
  const second = take()!;
  expect(take()).toBeUndefined();
  inbox.done(first);
  inbox.done(second);
  inbox.done(take()!);
  inbox.done(take()!);
  expect(order).toEqual(['a1', 'b9', 'a2', 'a3']);
});

it('leaves waiting what may not start, and gives out what is taken only once', async () => {
  const inbox = createMemoryInbox({ now: () => 0 });
  const [held, free] = [inbound({ chatId: 'g', chatType: 'group' }), inbound({ chatId: 'p' })];
  await inbox.receive(held);
  await inbox.receive(free);
  expect(inbox.claim((message) => message.chatType === 'p2p')).toBe(free);
  expect(inbox.waiting()).toBe(1);
  expect(inbox.waiting('p')).toBe(0);
  expect(inbox.take(held)).toBe(true);
  expect(inbox.take(held)).toBe(false);
  expect(inbox.claim(any)).toBeUndefined();
});
