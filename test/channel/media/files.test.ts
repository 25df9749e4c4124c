/** Files of messages: fetched for the turn, within bounds, and gone afterwards. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { Agent, Turn } from '../../../src/channel/agent/agent.ts';
import { accountOf, channelWith, sandboxWith } from '../harness.ts';

/** The smallest PNG: a signature and an empty header. */
const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489',
  'hex',
);

interface Looked {
  readonly turn: Turn;
  /** What was in the files while the turn ran. */
  readonly contents: readonly (Buffer | undefined)[];
  readonly modes: readonly number[];
}

/** Reads the files of its turns, as an agent does. */
function lookingAgent(): Agent & { readonly seen: Looked[] } {
  const seen: Looked[] = [];
  return {
    seen,
    async *answer(turn) {
      const paths = turn.attachments.map(({ path }) => path);
      const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
      const read = paths.map(async (path) => path && readFile(path));
      const found = paths.filter((path) => path !== undefined);
      const modes = await Promise.all(
        found.flatMap((path) => [modeOf(path), modeOf(dirname(path))]),
      );
      seen.push({
        turn,
        contents: (await Promise.all(read)).map((one) => one || undefined),
        modes,
      });
      yield 'seen';
    },
  };
}

async function lookedAt(
  say: (sandbox: Awaited<ReturnType<typeof sandboxWith>>) => void,
  patch: Parameters<typeof accountOf>[1] = {},
): Promise<Looked & { readonly sandbox: Awaited<ReturnType<typeof sandboxWith>> }> {
  const sandbox = await sandboxWith();
  const agent = lookingAgent();
  const { event } = channelWith([accountOf(sandbox, patch)], { agent });
  await event('ready');
  say(sandbox);
  await event('answered');
  const [looked] = agent.seen;
  if (!looked) throw new Error('no turn');
  return { ...looked, sandbox };
}

it('an image is on the disk while the turn runs, readable by its owner alone, and gone after it', async () => {
  const { turn, contents, modes } = await lookedAt((sandbox) => {
    sandbox.say({ images: [sandbox.putResource('image', png)] });
  });
  expect(turn.content.text).toBe('[image 1]');
  expect(turn.attachments).toMatchObject([
    { id: 1, kind: 'image', mime: 'image/png', bytes: png.length, name: 'image-1.png' },
  ]);
  expect(contents).toEqual([png]);
  if (process.platform !== 'win32') expect(modes).toEqual([0o600, 0o700]);
  const folder = dirname(turn.attachments[0]?.path ?? '');
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 20_000 });
});

it('files keep their names, made safe, and two of one name are two', async () => {
  const { turn, contents } = await lookedAt((sandbox) => {
    const of = (text: string, name: string) => sandbox.putResource('file', Buffer.from(text), name);
    sandbox.say({
      text: 'look',
      files: [of('a', '报告 2026.pdf'), of('b', '../../报告 2026.pdf'), of('c', 'CON.txt')],
    });
  });
  expect(turn.attachments.map(({ name }) => name)).toEqual([
    '报告 2026.pdf',
    '2-报告 2026.pdf',
    'CON_.txt',
  ]);
  expect(contents.map(String)).toEqual(['a', 'b', 'c']);
  expect(new Set(turn.attachments.map(({ path }) => dirname(path ?? ''))).size).toBe(1);
});

it('a voice message has its type, length and transcript', async () => {
  const { turn } = await lookedAt((sandbox) => {
    const key = sandbox.putResource('file', Buffer.from('OggS\u0000\u0002'), 'voice');
    sandbox.say({ audio: { key, durationMs: 2000, speechToText: '你好' } });
  });
  expect(turn.attachments).toMatchObject([
    { kind: 'audio', mime: 'audio/ogg; codecs=opus', durationMs: 2000, transcript: '你好' },
  ]);
});

it('a quoted picture comes along, with the id of its own message', async () => {
  const { turn, contents } = await lookedAt((sandbox) => {
    const picture = sandbox.say({
      chatType: 'group',
      images: [sandbox.putResource('image', png)],
    });
    sandbox.say({
      chatType: 'group',
      chatId: picture.chatId,
      mentionBot: true,
      text: 'what is in this picture?',
      parentId: picture.messageId,
    });
  });
  expect(turn.quote).toMatchObject({ text: '[image 1]', attachments: [{ mime: 'image/png' }] });
  expect(turn.content.text).toBe('what is in this picture?');
  expect(contents).toEqual([]);
});

it('what is too large, gone or refused is named in the text, and the turn goes on', async () => {
  const reasons = {
    'too-large': 'larger than 1 MB',
    deleted: 'deleted or expired',
    unsupported: 'Feishu does not give it out to bots',
    'not-permitted': 'the app has no permission to read it',
    failed: 'the download failed',
  };
  const faults = {
    'too-large': undefined,
    deleted: { kind: 'code', code: 234005, msg: 'deleted' },
    unsupported: { kind: 'code', code: 234043, msg: 'unsupported' },
    'not-permitted': { kind: 'code', code: 99991672, msg: 'scope' },
    failed: { kind: 'cut', afterBytes: 10 },
  } as const;
  for (const [failure, fault] of Object.entries(faults)) {
    const { turn } = await lookedAt(
      (sandbox) => {
        const bytes = fault ? 1000 : 2_000_000;
        if (fault) sandbox.fault({ match: { path: '/resources/' }, do: fault });
        sandbox.say({ text: 'see', files: [sandbox.putResource('file', { bytes }, 'data.bin')] });
      },
      { mediaMaxMb: 1 },
    );
    expect(turn.attachments, failure).toMatchObject([{ id: 1, failure }]);
    expect(turn.attachments[0]?.path).toBeUndefined();
    expect(turn.content.text).toContain(`data.bin, ${reasons[failure as keyof typeof reasons]}]`);
  }
});

it('a download that stands still delays no acknowledgement and no other chat', async () => {
  const sandbox = await sandboxWith();
  const agent = lookingAgent();
  const { event } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  sandbox.fault({ match: { path: '/resources/' }, do: { kind: 'stall', afterBytes: 10 } });
  const slow = sandbox.say({
    files: [sandbox.putResource('file', { bytes: 1000 }, 'slow.bin')],
    from: { openId: 'ou_slow' },
  });
  await vi.waitFor(
    () => expect(sandbox.calls().some(({ path }) => path.includes('/resources/'))).toBe(true),
    { timeout: 20_000 },
  );
  sandbox.say({ text: 'quick', from: { openId: 'ou_quick' } });
  await event('answered');
  expect(agent.seen.map(({ turn }) => turn.content.text)).toEqual(['quick']);
  const delivery = sandbox.deliveries().find(({ eventId }) => eventId === slow.eventId);
  expect(delivery?.ackCode).toBe(200);
});

it('a recall ends the download, and leaves nothing', async () => {
  const sandbox = await sandboxWith({
    app: { events: ['im.message.receive_v1', 'im.message.recalled_v1'] },
  });
  const agent = lookingAgent();
  const { event } = channelWith([accountOf(sandbox)], { agent });
  await event('ready');
  sandbox.fault({ match: { path: '/resources/' }, do: { kind: 'stall', afterBytes: 10 } });
  const { messageId } = sandbox.say({
    files: [sandbox.putResource('file', { bytes: 1000 }, 'slow.bin')],
  });
  await vi.waitFor(
    () => expect(sandbox.calls().some(({ path }) => path.includes('/resources/'))).toBe(true),
    { timeout: 20_000 },
  );
  sandbox.recall({ messageId });
  expect(await event('ignored')).toMatchObject({ reason: 'message-recalled' });
  expect(agent.seen).toEqual([]);
});
