import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planMedia } from '../../../../src/channel/answer/media/found/media-kind.ts';
import { mp4Duration } from '../../../../src/channel/answer/media/found/mp4-duration.ts';
import { oggOpusDuration } from '../../../../src/channel/answer/media/found/ogg-duration.ts';
import { imageSize } from '../../../../src/platform/media/image-size.ts';
import { box, gif, jpeg, mp4, oggPage, opus, png } from '../../../support/media-samples.ts';

/** Reads from a buffer, and counts the bytes that were asked for. */
function reading(bytes: Buffer) {
  const asked = { bytes: 0, reads: 0 };
  const readAt = async (position: number, length: number) => {
    asked.bytes += length;
    asked.reads += 1;
    return Buffer.from(bytes.subarray(position, position + length));
  };
  return { readAt, asked };
}

describe('the length of a recording', () => {
  const durationOf = (bytes: Buffer) => oggOpusDuration(reading(bytes).readAt, bytes.length);

  it('is on its last page', async () => {
    expect(await durationOf(opus(1234))).toBe(1234);
    const long = Buffer.concat([
      opus(10),
      ...Array.from({ length: 2000 }, () => oggPage(Buffer.alloc(200), -1n, 7)),
      oggPage(Buffer.alloc(1), 48_312n, 7),
    ]);
    expect(await durationOf(long)).toBe(1000);
  });

  it('is that of its own stream', async () => {
    const other = oggPage(Buffer.alloc(10), 99_000_000n, 8);
    expect(await durationOf(Buffer.concat([opus(700), other]))).toBe(700);
  });

  it('is not known of what is no Opus, cut off, or claims what cannot be', async () => {
    const vorbis = oggPage(Buffer.from('\x01vorbis\0\0\0\0\x02\x44\xac\0\0', 'latin1'), 0n, 1);
    const endless = Buffer.concat([
      opus(1).subarray(0, 47),
      oggPage(Buffer.alloc(1), 2n ** 62n, 7),
    ]);
    for (const bytes of [vorbis, endless, opus(5).subarray(0, 20), Buffer.alloc(0), png()]) {
      expect(await durationOf(bytes)).toBeUndefined();
    }
  });
});

describe('the length of a video', () => {
  const durationOf = (bytes: Buffer) => mp4Duration(reading(bytes).readAt, bytes.length);

  it('is in its movie header, in both forms', async () => {
    expect(await durationOf(mp4(98_765))).toBe(98_765);
    expect(await durationOf(mp4(98_765, 1))).toBe(98_765);
  });

  it('is not known where the header is missing or broken', async () => {
    const many = Buffer.concat([...Array.from({ length: 1000 }, () => box('free')), mp4(5)]);
    const large = box('moov', box('mvhd', Buffer.alloc(3)));
    const zero = box('moov', box('mvhd', Buffer.alloc(100)));
    const claiming = mp4(5);
    claiming.writeUInt32BE(0xffffffff, 0);
    for (const bytes of [many, large, zero, claiming, Buffer.alloc(0), Buffer.alloc(100)]) {
      expect(await durationOf(bytes)).toBeUndefined();
    }
  });
});

it('hostile headers are read within bounds', async () => {
  const samples = [opus(1234), mp4(5000), mp4(5000, 1), png(), gif(1, 1), jpeg(3, 4, 50)];
  const damaged = fc
    .tuple(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 20 }),
    )
    .map(([sample, changes]) => {
      const bytes = Buffer.from(sample);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return bytes;
    });
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, fc.uint8Array().map(Buffer.from)), async (bytes) => {
      const { readAt, asked } = reading(bytes);
      const lengths = [
        await oggOpusDuration(readAt, bytes.length),
        await mp4Duration(readAt, bytes.length),
      ];
      for (const ms of lengths) {
        if (ms !== undefined) expect(ms).toBeGreaterThan(0);
        expect(ms ?? 0).toBeLessThanOrEqual(86_400_000);
      }
      expect(asked.bytes).toBeLessThan(100_000);
      expect(asked.reads).toBeLessThan(600);
      imageSize(bytes);
    }),
  );
});

it('the size of an image is in its header', () => {
  expect(imageSize(png(640, 480))).toEqual({ width: 640, height: 480 });
  expect(imageSize(gif(2000, 3))).toEqual({ width: 2000, height: 3 });
  expect(imageSize(jpeg(1024, 768, 30_000))).toEqual({ width: 1024, height: 768 });
  const webp = Buffer.from(
    `RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0${'\xff\x0f\0'}${'\x0f\0\0'}`,
    'latin1',
  );
  expect(imageSize(webp)).toEqual({ width: 4096, height: 16 });
  const bmp = Buffer.alloc(30);
  bmp.write('BM');
  bmp.writeInt32LE(5, 18);
  bmp.writeInt32LE(-6, 22);
  expect(imageSize(bmp)).toEqual({ width: 5, height: 6 });
  expect(imageSize(jpeg(1024, 768, 30_000).subarray(0, 100))).toBeUndefined();
  expect(imageSize(Buffer.from('text'))).toBeUndefined();
});

it('each type of file is sent as the platform shows it best', () => {
  const facts = { isOpus: false, bytes: 100, name: 'a.bin' };
  const mb = 1024 * 1024;
  const table: readonly (readonly [string, Parameters<typeof planMedia>, object])[] = [
    ['png', [{ ...facts, mime: 'image/png' }, undefined, false], { kind: 'image' }],
    ['heic', [{ ...facts, mime: 'image/heic' }, undefined, false], { kind: 'image' }],
    [
      'png as file',
      [{ ...facts, mime: 'image/png' }, 'file', false],
      { kind: 'file', uploadType: 'stream' },
    ],
    [
      '10 MB',
      [{ ...facts, mime: 'image/png', bytes: 10 * mb }, undefined, false],
      { kind: 'image' },
    ],
    [
      'above',
      [{ ...facts, mime: 'image/png', bytes: 10 * mb + 1 }, undefined, false],
      { kind: 'file', because: 'image-too-large' },
    ],
    [
      'wide',
      [{ ...facts, mime: 'image/png', size: { width: 12_001, height: 1 } }, undefined, false],
      { because: 'image-too-large' },
    ],
    [
      'wide GIF',
      [{ ...facts, mime: 'image/gif', size: { width: 1, height: 2001 } }, undefined, false],
      { because: 'image-too-large' },
    ],
    [
      'GIF',
      [{ ...facts, mime: 'image/gif', size: { width: 2000, height: 2000 } }, undefined, false],
      { kind: 'image' },
    ],
    [
      'svg',
      [{ ...facts, mime: 'image/svg+xml' }, undefined, false],
      { kind: 'file', because: 'image-unknown' },
    ],
    [
      'avif',
      [{ ...facts, mime: 'image/avif' }, 'image', false],
      { kind: 'file', because: 'image-unknown' },
    ],
    ['opus', [{ ...facts, mime: 'audio/ogg', isOpus: true }, undefined, false], { kind: 'voice' }],
    ['vorbis', [{ ...facts, mime: 'audio/ogg' }, undefined, false], { kind: 'file' }],
    [
      'mp3',
      [{ ...facts, mime: 'audio/mpeg' }, undefined, false],
      { kind: 'file', uploadType: 'stream' },
    ],
    ['mp3 as voice', [{ ...facts, mime: 'audio/mpeg' }, undefined, true], { kind: 'convert' }],
    ['mp3 as audio', [{ ...facts, mime: 'audio/mpeg' }, 'audio', false], { kind: 'convert' }],
    ['text as audio', [{ ...facts, mime: 'text/plain' }, 'audio', true], { kind: 'file' }],
    ['mp4', [{ ...facts, mime: 'video/mp4' }, undefined, false], { kind: 'video' }],
    ['mov', [{ ...facts, mime: 'video/quicktime' }, 'video', false], { kind: 'video' }],
    ['mkv', [{ ...facts, mime: 'video/matroska' }, 'video', false], { kind: 'file' }],
    [
      'mp4 as file',
      [{ ...facts, mime: 'video/mp4' }, 'file', false],
      { kind: 'file', uploadType: 'stream' },
    ],
    [
      'pdf',
      [{ ...facts, mime: 'application/pdf', name: 'a.PDF' }, undefined, false],
      { uploadType: 'pdf' },
    ],
    [
      'docx',
      [{ ...facts, mime: 'application/zip', name: '报告.docx' }, undefined, false],
      { uploadType: 'doc' },
    ],
    [
      'xls',
      [{ ...facts, mime: 'application/x-cfb', name: 'a.xls' }, undefined, false],
      { uploadType: 'xls' },
    ],
    [
      'pptx',
      [{ ...facts, mime: 'application/zip', name: 'a.pptx' }, undefined, false],
      { uploadType: 'ppt' },
    ],
    [
      'constructor',
      [{ ...facts, mime: 'text/plain', name: 'a.constructor' }, undefined, false],
      { uploadType: 'stream' },
    ],
  ];
  const wrong = table.flatMap(([what, args, wanted]) => {
    const plan = planMedia(...args);
    const isRight = Object.entries(wanted).every(
      ([key, value]) => Reflect.get(plan, key) === value,
    );
    return isRight ? [] : [[what, plan]];
  });
  expect(wrong).toEqual([]);
});
