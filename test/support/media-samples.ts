/** Small media files, made by hand. */

/** A PNG by its header; the pixels are missing. */
export function png(width = 1, height = 1, bytes = 33): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d4948445200000000000000000806000000', 'hex');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return Buffer.concat([head, Buffer.alloc(Math.max(4, bytes - head.length), 0x11)]);
}

export function gif(width: number, height: number): Buffer {
  const head = Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  return head;
}

export function jpeg(width: number, height: number, exifBytes = 0): Buffer {
  const exif = Buffer.alloc(4 + exifBytes);
  exif.writeUInt16BE(0xffe1, 0);
  exif.writeUInt16BE(2 + exifBytes, 2);
  const frame = Buffer.from('ffc000110800000000030122000211010311ff', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from('ffd8', 'hex'), exif, frame, Buffer.from('ffd9', 'hex')]);
}

/** Ogg with Opus of a length; the sound is missing. */
export function opus(ms: number, serial = 7): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 'latin1');
  head[8] = 1;
  head[9] = 1;
  head.writeUInt16LE(312, 10);
  head.writeUInt32LE(16_000, 12);
  const granule = BigInt(ms * 48 + 312);
  return Buffer.concat([
    oggPage(head, 0n, serial, 2),
    oggPage(Buffer.from('OpusTags\0\0\0\0\0\0\0\0', 'latin1'), 0n, serial),
    oggPage(Buffer.alloc(200, 0x22), granule, serial, 4),
  ]);
}

export function oggPage(payload: Buffer, granule: bigint, serial: number, type = 0): Buffer {
  const head = Buffer.alloc(28);
  head.write('OggS', 'latin1');
  head[5] = type;
  head.writeBigInt64LE(granule, 6);
  head.writeUInt32LE(serial, 14);
  head[26] = 1;
  head[27] = payload.length;
  return Buffer.concat([head, payload]);
}

/** An MP4 of a length; pictures and sound are missing. */
export function mp4(ms: number, version: 0 | 1 = 0): Buffer {
  const header = Buffer.alloc(version === 0 ? 100 : 112);
  header[0] = version;
  header.writeUInt32BE(1000, version === 0 ? 12 : 20);
  if (version === 0) header.writeUInt32BE(ms, 16);
  else header.writeBigUInt64BE(BigInt(ms), 24);
  const movie = box('moov', box('free', Buffer.alloc(9)), box('mvhd', header));
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2avc1mp41', 'latin1')),
    box('mdat', Buffer.alloc(5000, 0x33)),
    movie,
  ]);
}

export function box(type: string, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** MPEG audio by its first frame. */
export function mp3(): Buffer {
  return Buffer.concat([
    Buffer.from('ID3\x04\0\0\0\0\0\x0a', 'latin1'),
    Buffer.alloc(10),
    Buffer.from('fffb9064', 'hex'),
    Buffer.alloc(600, 0x44),
  ]);
}
