import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Turn } from '../../../src/channel/agent/agent.ts';
import type { ReceivedFile } from '../../../src/channel/message/media/fetch-files.ts';
import type { HostChannelRuntime } from '../../../src/host/runtime-contract.ts';
import { storeMedia, textForHost } from '../../../src/host/turn/context/inbound-media.ts';
import { silentLogger } from '../../../src/shared/log.ts';
import { inbound, plainContent } from '../../channel/messages.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moltbot-feishu-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function received(id: number, patch: Partial<ReceivedFile> = {}): Promise<ReceivedFile> {
  const path = join(folder, `${id}.bin`);
  await writeFile(path, `bytes of ${id}`);
  const file = { id, kind: 'image', key: `img_${id}`, placeholder: `[image ${id}]`, path } as const;
  return { ...file, mime: 'image/png', name: `photo-${id}.png`, ...patch };
}

function withoutPath({ path: _, ...file }: ReceivedFile): ReceivedFile {
  return { ...file, failure: 'too-large' };
}

function turnWith(
  text: string,
  attachments: readonly ReceivedFile[],
  quoted: ReceivedFile[] = [],
): Turn {
  const turn: Turn = {
    accountId: 'default',
    message: inbound(),
    content: plainContent(text),
    lang: 'en',
    attachments,
    notes: [],
  };
  const sender = { openId: 'ou_anna', name: 'Anna', isSelf: false };
  const quote = { messageId: 'om_q', sender, text: '', attachments: quoted };
  return quoted.length === 0 ? turn : { ...turn, quote };
}

interface Saved {
  readonly bytes: string;
  readonly maxBytes: number;
  readonly name: string | undefined;
}

/** A store that refuses what has one of these names. */
function storeOf(...refused: readonly string[]) {
  const saved: Saved[] = [];
  const media: NonNullable<HostChannelRuntime['media']> = {
    async saveMediaBuffer(bytes, contentType, _folder, maxBytes, name = '') {
      if (refused.includes(name)) throw new Error('Media exceeds the limit');
      saved.push({ bytes: bytes.toString(), maxBytes, name });
      return { path: `/store/${name}`, ...(contentType && { contentType }) };
    },
  };
  return { saved, options: { media, maxBytes: 2_000_000, log: silentLogger } };
}

it('stores the files of the message, then those of the quoted one, with name, limit and type', async () => {
  const { saved, options } = storeOf();
  const turn = turnWith(
    'see',
    [await received(1)],
    [await received(2, { mime: 'image/gif', transcript: 'hm' })],
  );
  expect(await storeMedia(turn, options)).toEqual([
    { id: 1, path: '/store/photo-1.png', type: 'image/png', kind: 'image', hasTranscript: false },
    { id: 2, path: '/store/photo-2.png', type: 'image/gif', kind: 'image', hasTranscript: true },
  ]);
  expect(saved).toEqual([
    { bytes: 'bytes of 1', maxBytes: 2_000_000, name: 'photo-1.png' },
    { bytes: 'bytes of 2', maxBytes: 2_000_000, name: 'photo-2.png' },
  ]);
});

it('leaves out a file that the store refuses, that is gone, or that was not fetched', async () => {
  const { options } = storeOf('photo-1.png');
  const files = [
    await received(1),
    await received(2, { path: join(folder, 'gone') }),
    withoutPath(await received(3)),
    await received(4),
  ];
  const stored = await storeMedia(turnWith('see', files), options);
  expect(stored.map(({ path }) => path)).toEqual(['/store/photo-4.png']);
});

it('stores nothing in a host without a media store', async () => {
  const turn = turnWith('see', [await received(1)]);
  expect(await storeMedia(turn, { ...storeOf().options, media: undefined })).toEqual([]);
});

it('writes one file without words as the hosts do, and all else as it is', async () => {
  const image = await received(1);
  const audio = await received(1, { kind: 'audio', placeholder: '[voice message 1: 0:02]' });
  const spoken = { ...audio, transcript: 'twelve apples' };
  const video = await received(1, { kind: 'video', placeholder: '[video 1]' });
  const file = await received(1, { kind: 'file', placeholder: '[file 1: a.pdf]' });
  const missing = withoutPath(image);
  const cases: readonly (readonly [text: string, files: readonly ReceivedFile[], said: string])[] =
    [
      ['[image 1]', [image], '<media:image>'],
      ['[voice message 1: 0:02]', [audio], '<media:audio>'],
      ['[video 1]', [video], '<media:video>'],
      ['[file 1: a.pdf]', [file], '<media:document>'],
      ['[voice message 1: 0:02] twelve apples', [spoken], '[voice message 1: 0:02] twelve apples'],
      ['[image 1] what is it?', [image], '[image 1] what is it?'],
      ['[image 1]', [image, await received(2)], '[image 1]'],
      ['[image 1]', [missing], '[image 1]'],
      ['hello', [], 'hello'],
    ];
  const said = cases.map(([text, files]) => textForHost(turnWith(text, files)));
  expect(said).toEqual(cases.map(([, , expected]) => expected));
});
