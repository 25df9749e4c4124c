import { get, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { RESOURCE_DOWNLOAD_BYTES } from '../../../src/platform/limits.ts';
import type { AppState, FaultRule } from '../../../src/sandbox/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { useSandboxes } from '../cleanup.ts';
import { caller, tokenOf } from '../http/http.ts';
import { sdkClient } from '../sdk.ts';

const { start } = useSandboxes();

async function room(app: Partial<AppState> = {}) {
  const sandbox = await start({ app });
  const authorization = `Bearer ${(await tokenOf(sandbox)).body.tenant_access_token}`;
  const path = (messageId: string, key: string, type: string) =>
    `im/v1/messages/${messageId}/resources/${key}?type=${type}`;
  const call = await caller(sandbox);
  const code = async (messageId: string, key: string, type = 'file') =>
    (await call('GET', path(messageId, key, type))).body.code;
  /** The answer with its body unread, and headers as the bytes that came. */
  const open = (at: string, headers: Record<string, string> = {}): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      get(`${sandbox.url}/open-apis/${at}`, { headers: { authorization, ...headers } }, resolve).on(
        'error',
        reject,
      );
    });
  return { sandbox, path, call, code, open };
}

async function sizeOf(response: IncomingMessage, each: () => void = () => undefined) {
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    each();
  }
  return size;
}

describe('a download', () => {
  it('has the type of the image or of the name, and is octet-stream for a voice message', async () => {
    const { sandbox, path, open } = await room();
    const typeOf = async (kind: 'image' | 'file', content: Buffer, name?: string) => {
      const key = sandbox.putResource(kind, content, name);
      const said = sandbox.say(kind === 'image' ? { images: [key] } : { files: [key] });
      const response = await open(path(said.messageId, key, kind));
      expect(await sizeOf(response)).toBe(content.length);
      return response.headers['content-type'];
    };
    const gif = Buffer.from('GIF89a.......');
    expect(await typeOf('image', gif)).toBe('image/gif');
    expect(await typeOf('image', Buffer.from('89504e470d0a1a0a', 'hex'))).toBe('image/png');
    expect(await typeOf('file', Buffer.from('%PDF'), 'a.PDF')).toBe('application/pdf');
    expect(await typeOf('file', Buffer.from('OggS'), 'voice.opus')).toBe(
      'application/octet-stream',
    );
    expect(await typeOf('file', Buffer.from('x'), 'constructor')).toBe('application/octet-stream');
  });

  it('has a name only for a request that is JSON, as raw bytes of UTF-8', async () => {
    const { sandbox, path, open } = await room();
    const key = sandbox.putResource('file', Buffer.from('x'), '季度"报告\n.txt');
    const at = path(sandbox.say({ files: [key] }).messageId, key, 'file');
    expect((await open(at)).headers).not.toHaveProperty('content-disposition');
    const named = await open(at, { 'content-type': 'application/json' });
    const header = named.headers['content-disposition'] ?? '';
    expect(Buffer.from(header, 'latin1').toString('utf8')).toBe(
      'attachment; filename="季度_报告_.txt"',
    );
  });

  it('is refused with the platform’s codes', async () => {
    const { sandbox, code } = await room();
    const key = sandbox.putResource('file', Buffer.from('x'), 'a.txt');
    const { messageId, chatId } = sandbox.say({ files: [key] });
    expect(await code(messageId, key, 'image')).toBe(234001);
    expect(await code(messageId, key, 'film')).toBe(234001);
    expect(await code('om_none', key)).toBe(234001);
    expect(await code(messageId, 'file_v3_none')).toBe(234003);
    const sticker = sandbox.say({ sticker: key });
    expect(await code(sticker.messageId, key)).toBe(234043);
    const folder = sandbox.say({ messageType: 'folder', content: { file_key: key } });
    expect(await code(folder.messageId, key)).toBe(234043);
    const large = sandbox.putResource('file', { bytes: RESOURCE_DOWNLOAD_BYTES + 1 }, 'l.bin');
    expect(await code(sandbox.say({ files: [large] }).messageId, large)).toBe(234037);
    sandbox.setMembership(chatId, false);
    expect(await code(messageId, key)).toBe(234004);
    sandbox.setMembership(chatId, true);
    sandbox.recall({ messageId });
    expect(await code(messageId, key)).toBe(234005);
  });

  it('of a merged message’s file needs the id of the message that holds it, where it works', async () => {
    const { sandbox, call, code } = await room();
    const key = sandbox.putResource('image', { bytes: 30 });
    const inner = { merged: [{ images: [key] }] };
    const { messageId } = sandbox.say({ merged: [{ text: 'x' }, inner] });
    const { items } = (await call('GET', `im/v1/messages/${messageId}`)).body.data;
    const child = items.at(-1).message_id;
    expect(await code(child, key, 'image')).toBe(234043);
    expect(await code(messageId, key, 'image')).toBeUndefined();
    sandbox.configureApp({ servesMergedFiles: false });
    expect(await code(messageId, key, 'image')).toBe(234043);
  });

  it('of inline images in a post works, and of the app’s own upload by its key alone', async () => {
    const { sandbox, call, code } = await room();
    const key = sandbox.putResource('image', { bytes: 30 });
    const md = { tag: 'md', text: `![](${key})` };
    const { messageId } = sandbox.say({ content: { title: '', content: [], content_v2: [[md]] } });
    expect(await code(messageId, key, 'image')).toBeUndefined();
    expect((await call('GET', `im/v1/images/${key}`)).body.code).toBe(234008);
    const image = Buffer.from('89504e470d0a1a0a0000', 'hex');
    const uploaded = await sdkClient(sandbox).im.v1.image.create({
      data: { image_type: 'message', image },
    });
    expect((await call('GET', `im/v1/images/${uploaded?.image_key}`)).status).toBe(200);
    expect((await call('GET', `im/v1/files/${uploaded?.image_key}`)).body.code).toBe(234001);
  });

  it('of 100 MB comes whole, and is never in memory as a whole', async () => {
    const { sandbox, path, open } = await room();
    const key = sandbox.putResource('file', { bytes: RESOURCE_DOWNLOAD_BYTES }, 'film.mp4');
    const { messageId } = sandbox.say({ video: { key } });
    const response = await open(path(messageId, key, 'file'));
    expect(response.headers['content-length']).toBe(String(RESOURCE_DOWNLOAD_BYTES));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const size = await sizeOf(response, () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    });
    expect(size).toBe(RESOURCE_DOWNLOAD_BYTES);
    expect(most).toBeLessThan(RESOURCE_DOWNLOAD_BYTES / 2);
  });

  it('has the bytes of its pattern at every place', async () => {
    const { sandbox, path, open } = await room();
    const size = 70_000;
    const key = sandbox.putResource('file', { bytes: size });
    const response = await open(path(sandbox.say({ files: [key] }).messageId, key, 'file'));
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    const expected = Buffer.from(Array.from({ length: size }, (_, place) => place % 251));
    expect(Buffer.concat(chunks).equals(expected)).toBe(true);
  });
});

describe('a fault of the network', () => {
  const size = 500_000;
  async function faulty(fault: FaultRule['do']) {
    const { sandbox, path, open } = await room();
    const key = sandbox.putResource('file', { bytes: size });
    const { messageId } = sandbox.say({ files: [key] });
    sandbox.fault({ match: { path: '/resources/' }, do: fault });
    return { sandbox, response: await open(path(messageId, key, 'file')) };
  }

  it('cut: ends the connection after so many bytes', async () => {
    const { response } = await faulty({ kind: 'cut', afterBytes: 100_000 });
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
    });
    await expect(new Promise((_, reject) => response.on('error', reject))).rejects.toThrow(
      /aborted/,
    );
    expect(size).toBe(100_000);
  });

  it('stall: sends so many bytes and then nothing, without an end', async () => {
    const { response } = await faulty({ kind: 'stall', afterBytes: 100_000 });
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
    });
    await waitFor(() => expect(size).toBe(100_000));
    expect(response.complete).toBe(false);
    response.destroy();
  });

  it('slow: comes whole, piece by piece', async () => {
    const { response } = await faulty({ kind: 'slow', bytesPerSecond: size * 2 });
    let pieces = 0;
    expect(await sizeOf(response, () => (pieces += 1))).toBe(size);
    expect(pieces).toBeGreaterThan(3);
  });

  it('wrong-length: says more than comes', async () => {
    const { response } = await faulty({ kind: 'wrong-length', declaredBytes: size + 10 });
    expect(response.headers['content-length']).toBe(String(size + 10));
    await expect(sizeOf(response)).rejects.toThrow(/aborted/);
  });

  it('wrong-length: says less than comes', async () => {
    const { response } = await faulty({ kind: 'wrong-length', declaredBytes: 10 });
    expect(await sizeOf(response)).toBe(10);
  });

  it('leaves the calls that it does not match alone', async () => {
    const { sandbox } = await faulty({ kind: 'stall', afterBytes: 0 });
    expect((await (await caller(sandbox))('GET', 'bot/v3/info')).body.code).toBe(0);
  });
});
