/** Media of an answer on a full disk: what needs no room goes out, all else is said, nothing stays behind. */
import { type FileHandle, open, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { mp3, mp4, opus, png } from '../../../support/media-samples.ts';
import { fakeFfmpeg, outgoing, temporaryFolder } from './outgoing.ts';
import { loopback, serve } from './served.ts';

const media = (source: string, more: object = {}) => ({ kind: 'media', source, ...more }) as const;

/** From now on each open file takes so many more bytes, and then refuses as a full disk does. */
async function fillDisk(code: 'ENOSPC' | 'EDQUOT', bytesLeft: number): Promise<void> {
  const handle = await open(process.execPath);
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  let left = bytesLeft;
  for (const method of ['write', 'writeFile'] as const) {
    const original = prototype[method] as (this: FileHandle, ...args: unknown[]) => unknown;
    const spy = vi.spyOn(prototype, method).mockImplementation(function (
      this: FileHandle,
      ...args: unknown[]
    ) {
      left -= (args[0] as Uint8Array).byteLength;
      if (left < 0) return Promise.reject(Object.assign(new Error('no room'), { code }));
      return original.apply(this, args) as ReturnType<FileHandle[typeof method]>;
    } as never);
    onTestFinished(() => spy.mockRestore());
  }
}

const leftBehind = async (): Promise<readonly string[]> =>
  (await readdir(tmpdir())).filter((name) =>
    name.startsWith(`moltbot-feishu-media-${process.pid}-`),
  );

describe.each(['ENOSPC', 'EDQUOT'] as const)('on a full disk (%s)', (code) => {
  it('a medium of the internet becomes its link, between the texts', async () => {
    const base = await serve((_, response) => response.end(Buffer.alloc(300_000, 'x')));
    const { seen } = await outgoing({ media: loopback });
    const before = await leftBehind();
    for (const bytesLeft of [0, 100_000]) {
      await fillDisk(code, bytesLeft);
      expect(await seen('before', media(`${base}/report.txt`), 'after')).toEqual([
        'before',
        `report.txt could not be sent: there is no space on the disk. Link: ${base}/report.txt`,
        'after',
      ]);
    }
    expect(await leftBehind()).toEqual(before);
  });

  it('an image of a text stays a link', async () => {
    const base = await serve((_, response) => response.end(png()));
    const { seen } = await outgoing({ media: loopback });
    await fillDisk(code, 0);
    const found = await seen(`See ![chart](${base}/chart.png) here`);
    expect(found.join('\n')).toContain(`${base}/chart.png`);
    expect(found.join('\n')).toContain('here');
  });

  it('a recording and a video go out without what a conversion would add', async () => {
    const convert = `require('node:fs').writeFileSync(process.argv.at(-1), Buffer.from('${opus(10).toString('base64')}', 'base64'))`;
    const { root, seen } = await outgoing({ env: { PATH: await fakeFfmpeg(convert) } });
    await writeFile(join(root, 'speech.mp3'), mp3());
    await writeFile(join(root, 'clip.mp4'), mp4(5678));
    const before = await leftBehind();
    await fillDisk(code, 0);
    expect(await seen(media('speech.mp3', { asVoice: true }), media('clip.mp4'))).toEqual([
      'file stream speech.mp3',
      'The recording is sent as a file: it could not be converted to a voice message.',
      'media mp4 clip.mp4 5678 ms',
    ]);
    expect(await leftBehind()).toEqual(before);
  });
});

it('what needs no temporary file goes out where none can be made', async () => {
  const { root, seen } = await outgoing();
  await writeFile(join(root, 'a.png'), png());
  const { TMPDIR } = process.env;
  onTestFinished(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  });
  process.env.TMPDIR = join(await temporaryFolder(), 'gone');
  expect(await seen(media('a.png'))).toEqual(['image 33']);
  const long = Array.from({ length: 60 }, (_, n) => `Paragraph ${n}. ${'word '.repeat(600)}`);
  const found = await seen(long.join('\n\n'));
  expect(found.at(-1)).toMatch(/^file stream .*\.md$/);
});
