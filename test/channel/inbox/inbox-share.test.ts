/** An inbox that fills up: bounded by count and by bytes, fair to every chat, in each place. */
import { describe, expect, it } from 'vitest';
import { nodeJournalFiles } from '../../../src/channel/inbox/directory/journal-files.ts';
import {
  type JournalInbox,
  openJournalInbox,
} from '../../../src/channel/inbox/directory/journal-inbox.ts';
import { createEventReceiver } from '../../../src/channel/inbox/event-receiver.ts';
import { silentLogger } from '../../../src/shared/log.ts';
import { temporaryHome } from '../../support/home.ts';
import { cleanUp } from '../harness.ts';
import { inbound } from '../messages.ts';
import { fill, sizes } from './filling.ts';
import { idleListener } from './own-inbox.ts';

const MB = 1024 * 1024;

async function open(where: 'memory' | 'directory', patch: object): Promise<JournalInbox> {
  const inbox = await openJournalInbox({
    directory: where === 'memory' ? undefined : await temporaryHome(),
    files: nodeJournalFiles,
    now: Date.now,
    listener: idleListener,
    ...patch,
  });
  cleanUp(() => inbox.close());
  return inbox;
}

describe.each(['memory', 'directory'] as const)('an inbox in %s', (where) => {
  it.each(sizes)('is bounded in bytes, and fair, whatever takes them: %s', async (_name, patch) => {
    const inbox = await open(where, { maxBytes: MB });
    const first = await fill(inbox, 'loud', patch);
    expect(first).toBeGreaterThan(3);
    expect(first).toBeLessThan(12);
    // Ten more may fill their share, and then there is still room for one who says little.
    for (let chat = 0; chat < 10; chat++) await fill(inbox, `chat ${chat}`, patch);
    await expect(inbox.receive(inbound({ chatId: 'quiet' }))).resolves.toBe('new');
  });

  it('is fair in number, and takes more of a chat when that was answered', async () => {
    const inbox = await open(where, { maxWaiting: 100 });
    expect(await fill(inbox, 'loud')).toBeGreaterThanOrEqual(10);
    expect(await fill(inbox, 'other')).toBeGreaterThanOrEqual(9);
    await expect(inbox.receive(inbound({ chatId: 'quiet' }))).resolves.toBe('new');
    for (let count = 0; count < 16; count++) (await inbox.claim(() => true))?.complete();
    await expect(inbox.receive(inbound({ chatId: 'loud' }))).resolves.toBe('new');
  });

  it('gives bytes back when messages are finished', async () => {
    const inbox = await open(where, { maxBytes: MB });
    for (let round = 0; round < 3; round++) {
      expect(await fill(inbox, 'loud', { content: 'x'.repeat(20_000) })).toBeGreaterThan(3);
      for (;;) {
        const claim = await inbox.claim(() => true);
        if (!claim) break;
        claim.complete();
      }
    }
  });
});

it('a message that finds no room is not acknowledged, and that is reported once for each chat', async () => {
  const inbox = await open('memory', { maxWaiting: 100 });
  const reports: unknown[] = [];
  let at = 0;
  const receive = createEventReceiver({
    inbox,
    isBotKnown: () => true,
    press: async (message) => ({ kind: 'accepted', message, answer: () => undefined }),
    log: silentLogger,
    monotonic: () => at,
    onStored: () => undefined,
    onUnreadable: () => undefined,
    onFull: (error) => reports.push(error.details.reason),
  });
  let count = 0;
  const say = (chatId: string) => {
    count += 1;
    const message = {
      message_id: `om_${count}`,
      chat_id: chatId,
      chat_type: 'p2p',
      message_type: 'text',
      content: '{"text":"hi"}',
      create_time: '1',
    };
    return receive({
      type: 'im.message.receive_v1',
      eventId: `e${count}`,
      createTime: '1',
      body: { sender: { sender_id: { open_id: 'ou_a' }, sender_type: 'user' }, message },
    });
  };
  const refused = async (chatId: string) =>
    expect(say(chatId)).rejects.toMatchObject({ code: 'inbox-full' });
  for (let n = 0; n < 10; n++) await say('loud');
  while (inbox.waiting('loud') < 13 && reports.length === 0)
    await say('loud').catch(() => undefined);
  for (let n = 0; n < 20; n++) await refused('loud');
  expect(reports).toEqual(['chat']);
  await say('other');
  await say('other');
  await refused('loud');
  expect(reports).toEqual(['chat']);
  at += 3_600_000;
  await refused('loud');
  expect(reports).toEqual(['chat', 'chat']);
});
