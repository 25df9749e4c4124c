import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createFileFetcher } from '../../../src/channel/message/media/fetch-files.ts';
import type { HistoryEntry } from '../../../src/host/turn/context/history.ts';
import { createHistoryImages } from '../../../src/host/turn/context/history-images.ts';
import { createPlatformClient } from '../../../src/platform/client/client.ts';
import { silentLogger } from '../../../src/shared/log.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { sandboxWith } from '../../channel/harness.ts';

const png = (mark: number): Buffer =>
  Buffer.from(`89504e470d0a1a0a0000000d4948445200000001000000010806000000${mark}f15c489`, 'hex');

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

async function stage() {
  const sandbox = await sandboxWith();
  const client = createPlatformClient({
    appId: sandbox.appId,
    appSecret: new Secret(sandbox.appSecret),
    domain: sandbox.url,
  });
  const fetched: string[] = [];
  const files = createFileFetcher({
    client: {
      download: (request, options) => {
        fetched.push(request.path);
        return client.download(request, options);
      },
    },
    maxBytes: 1000,
    log: silentLogger,
  });
  const saved: Buffer[] = [];
  const media = {
    saveMediaBuffer: (bytes: Buffer) => {
      saved.push(bytes);
      return Promise.resolve({ path: `/store/${saved.length}.png`, contentType: 'image/png' });
    },
  };
  const images = createHistoryImages({ files, log: silentLogger, now: () => NOW });
  const store = { media, maxBytes: 1000, log: silentLogger };

  /** A message with pictures, sent some minutes ago. */
  function entry(minutesAgo: number, ...marks: readonly number[]): HistoryEntry {
    const keys = marks.map((mark) => sandbox.putResource('image', png(mark)));
    const { messageId } = sandbox.say({
      chatId: 'oc_album',
      chatType: 'group',
      images: keys,
      mentionBot: false,
    });
    return {
      messageId,
      senderOpenId: 'ou_anna',
      at: NOW - minutesAgo * MINUTE,
      text: '[image 1]',
      images: keys.map((key, index) => {
        const id = index + 1;
        return { id, key, kind: 'image', placeholder: `[image ${id}]` } as const;
      }),
    };
  }
  return { entry, images, store, saved, fetched };
}

it('stores the four newest images of the last half hour, each with its message', async () => {
  const { entry, images, store, saved } = await stage();
  const history = [entry(31, 1), entry(29, 2, 3), entry(2, 4), entry(1, 5, 6)];
  const stored = await images.store(history, store, new AbortController().signal);
  const paths = history.map(({ messageId }) => stored.get(messageId)?.map(({ path }) => path));
  expect(paths).toEqual([
    undefined,
    ['/store/1.png'],
    ['/store/2.png'],
    ['/store/3.png', '/store/4.png'],
  ]);
  expect(saved).toEqual([3, 4, 5, 6].map(png));
});

it('an image that is gone is left out; the others come', async () => {
  const { entry, images, store } = await stage();
  const first = entry(3, 1);
  const broken: HistoryEntry = {
    ...first,
    images: first.images.map((image) => ({ ...image, key: 'img_gone' })),
  };
  const second = entry(2, 2);
  const stored = await images.store([broken, second], store, new AbortController().signal);
  expect([...stored.keys()]).toEqual([second.messageId]);
});

it('fetches nothing for a host without a media store, and leaves no folder behind', async () => {
  const { entry, images, store, fetched } = await stage();
  const history = [entry(1, 1)];
  const { signal } = new AbortController();
  expect((await images.store(history, { ...store, media: undefined }, signal)).size).toBe(0);
  expect(fetched).toEqual([]);
  let path = '';
  const looking = {
    files: {
      fetch: (_: unknown, { folder }: { folder: string }) => {
        path = folder;
        return Promise.reject(new Error('the disk is gone'));
      },
    },
    log: silentLogger,
    now: () => NOW,
  };
  expect((await createHistoryImages(looking).store(history, store, signal)).size).toBe(0);
  expect(path).not.toBe('');
  expect(existsSync(path)).toBe(false);
});

it('ends with the turn', async () => {
  const { entry, images, store } = await stage();
  const ended = AbortSignal.abort(new Error('stopped'));
  await expect(images.store([entry(1, 1)], store, ended)).rejects.toThrow('stopped');
});
