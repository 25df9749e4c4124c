/** Chats that fill an inbox, in each way in which a message can be large. */
import { expect } from 'vitest';
import type { Inbox } from '../../../src/channel/inbox/inbox.ts';
import { inbound } from '../messages.ts';

/** Says things in a chat until it is refused. @returns how many were taken */
export async function fill(
  inbox: Pick<Inbox, 'receive'>,
  chatId: string,
  patch: Parameters<typeof inbound>[0] = {},
): Promise<number> {
  for (let count = 0; count < 5000; count++) {
    try {
      await inbox.receive(inbound({ ...patch, chatId }));
    } catch (error) {
      expect(error).toMatchObject({ code: 'inbox-full', details: { retryable: true } });
      return count;
    }
  }
  throw new Error('it was never full');
}

/** What makes a message large. */
export const sizes: readonly (readonly [string, Parameters<typeof inbound>[0]])[] = [
  ['long texts', { content: 'x'.repeat(20_000) }],
  [
    'ids',
    { threadId: 'omt_'.padEnd(7000, 'x'), rootId: 'r'.repeat(7000), parentId: '汉'.repeat(2000) },
  ],
  ['types', { messageType: 'x'.repeat(20_000) }],
  ['Chinese texts', { content: '汉'.repeat(7000) }],
  [
    'mentions',
    {
      mentions: Array.from({ length: 100 }, (_, n) => ({
        key: `@_user_${n}`,
        openId: 'ou_x',
        name: '名'.repeat(50),
      })),
    },
  ],
];
