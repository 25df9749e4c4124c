/** How many pixels an image has, by its first bytes: what the platform bounds, too. Pure. */

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/**
 * @param head the first bytes, or all
 * @returns `undefined` for an unknown format, and where the size lies behind what was given
 */
export function imageSize(head: Uint8Array): ImageSize | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const mark = bytes.toString('latin1', 0, 12);
  if (mark.startsWith('\x89PNG') && bytes.length >= 24) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (mark.startsWith('GIF8') && bytes.length >= 10) {
    return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  if (mark.startsWith('BM') && bytes.length >= 26) {
    return { width: Math.abs(bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)) };
  }
  if (mark.startsWith('RIFF') && mark.endsWith('WEBP') && bytes.length >= 30)
    return webpSize(bytes);
  return mark.startsWith('\xff\xd8') ? jpegSize(bytes) : undefined;
}

function webpSize(bytes: Buffer): ImageSize | undefined {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    default:
      return undefined;
  }
}

/** Goes from segment to segment up to the frame (SOF), which has the size. */
function jpegSize(bytes: Buffer): ImageSize | undefined {
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const type = bytes[at + 1] ?? 0;
    // Filling, and marks without content.
    if (type === 0xff) at += 1;
    else if (type === 0x01 || (type >= 0xd0 && type <= 0xd8)) at += 2;
    else if (isFrame(type)) {
      return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    } else at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
  }
  return undefined;
}

/** SOF0 to SOF15, without the marks for tables among them (DHT, JPG, DAC). */
function isFrame(type: number): boolean {
  return type >= 0xc0 && type <= 0xcf && type !== 0xc4 && type !== 0xc8 && type !== 0xcc;
}
