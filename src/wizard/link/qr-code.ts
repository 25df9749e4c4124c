/** A QR code for the terminal and as a picture. Pure: text → lines, text → PNG bytes. */
import { deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** Light modules around the code: 4 by the standard; 2 are enough for phones and save columns. */
const QUIET_MODULES = 2;
/** The standard's own, in a picture that may be printed. */
const PICTURE_QUIET_MODULES = 4;

export interface TerminalQrOptions {
  /**
   * With colours the code is black on white on every terminal. Without, its light modules are drawn,
   * which is right on a dark background.
   */
  readonly color: boolean;
}

/**
 * The code in half blocks: two rows of modules a line, one column a module, so about square.
 *
 * A link with the whole app manifest in it takes about 73 columns and 37 lines: measure `[0]` of a
 * colourless drawing, or {@link qrColumns}, before showing it.
 *
 * @throws RangeError where the text is longer than a QR code can hold (2953 bytes)
 */
export function qrLines(text: string, { color }: TerminalQrOptions): readonly string[] {
  const { data, size } = modulesOf(text, QUIET_MODULES);
  const isDark = (row: number, column: number) => data[row]?.[column] ?? false;
  // Only the foreground is drawn: dark on our white, or light on the terminal's dark.
  const isDrawn = (row: number, column: number) => isDark(row, column) === color && row < size;
  const lines: string[] = [];
  for (let row = 0; row < size; row += 2) {
    let line = '';
    for (let column = 0; column < size; column++) {
      const upper = isDrawn(row, column);
      const lower = isDrawn(row + 1, column);
      line += upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ';
    }
    // Colours 16 and 231 of the 256 are black and white whatever the theme.
    lines.push(color ? `\u001b[38;5;16;48;5;231m${line}\u001b[0m` : line);
  }
  return lines;
}

/** How many columns {@link qrLines} takes. */
export function qrColumns(text: string): number {
  return modulesOf(text, QUIET_MODULES).size;
}

/** How many lines {@link qrLines} gives. */
export function qrRows(text: string): number {
  return Math.ceil(qrColumns(text) / 2);
}

/** The code as a PNG, black on white, `scale` pixels a module. */
export function qrPng(text: string, scale = 8): Buffer {
  const { data, size } = modulesOf(text, PICTURE_QUIET_MODULES);
  const pixels = size * scale;
  const bytesPerRow = Math.ceil(pixels / 8);
  // Each row begins with its filter, 0: none. One bit a pixel, 1 is white.
  const raw = Buffer.alloc((bytesPerRow + 1) * pixels, 0);
  for (let y = 0; y < pixels; y++) {
    const start = y * (bytesPerRow + 1) + 1;
    const row = data[Math.floor(y / scale)] ?? [];
    for (let x = 0; x < pixels; x++) {
      if (row[Math.floor(x / scale)]) continue;
      raw[start + (x >> 3)] = (raw[start + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels, 0);
  header.writeUInt32BE(pixels, 4);
  // Bit depth 1, greyscale; no compression, filter or interlace method but the one there is.
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function modulesOf(text: string, border: number) {
  try {
    return encode(text, { ecc: 'L', border });
  } catch (cause) {
    throw new RangeError('the text is too long for a QR code', { cause });
  }
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** CRC-32 as PNG has it; Node's own (`zlib.crc32`) came after 20.12. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
