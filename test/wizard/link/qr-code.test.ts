import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { encodeAddons } from '../../../src/platform/address/console-links.ts';
import { addonsOfManifest } from '../../../src/platform/registration/registration-page.ts';
import { qrColumns, qrLines, qrPng } from '../../../src/wizard/link/qr-code.ts';
import { everyRow } from '../../support/every-row.ts';

const ink = '\u001b[38;5;16;48;5;231m';
const reset = '\u001b[0m';
const link = 'https://open.feishu.cn/page/launcher?user_code=ABCD-EFGH&from=sdk&tp=sdk';
const fullLink = `${link}&source=node-sdk%2Fmoltbot-feishu&name=Moltbot&addons=${encodeAddons(addonsOfManifest())}`;

/** What a camera that sees these modules reads. */
function scan(modules: readonly (readonly boolean[])[]): string | undefined {
  const scale = 4;
  const width = (modules[0]?.length ?? 0) * scale;
  const height = modules.length * scale;
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!modules[Math.floor(y / scale)]?.[Math.floor(x / scale)]) continue;
      pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return jsqr.default(pixels, width, height, { inversionAttempts: 'dontInvert' })?.data;
}

/** The dark modules of a drawing; `drawnIs` says whether what is drawn is dark. */
function modulesOf(lines: readonly string[], drawnIs: 'dark' | 'light'): boolean[][] {
  return lines.flatMap((line) => {
    const cells = [...line.replace(ink, '').replace(reset, '')];
    const row = (drawn: string) =>
      cells.map((cell) => drawn.includes(cell) === (drawnIs === 'dark'));
    return [row('█▀'), row('█▄')];
  });
}

function pngModules(png: Buffer, scale: number): boolean[][] {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const size = chunks.get('IHDR')!.readUInt32BE(0);
  const raw = inflateSync(chunks.get('IDAT')!);
  const perRow = Math.ceil(size / 8) + 1;
  const modules = size / scale;
  return Array.from({ length: modules }, (_, row) =>
    Array.from({ length: modules }, (_, column) => {
      const bit = column * scale;
      return (raw[row * scale * perRow + 1 + (bit >> 3)]! & (0x80 >> (bit & 7))) === 0;
    }),
  );
}

describe('the QR code in the terminal', () => {
  everyRow([
    ['in colour, on any background', true, 'dark'],
    ['without colour, on a dark background', false, 'light'],
  ] as const)('can be scanned %s', (_, color, drawnIs) => {
    expect(scan(modulesOf(qrLines(link, { color }), drawnIs))).toBe(link);
    expect(scan(modulesOf(qrLines(fullLink, { color }), drawnIs))).toBe(fullLink);
  });

  it('is as wide as it says, and fits 80 columns with the whole app manifest in it', () => {
    const lines = qrLines(fullLink, { color: false });
    for (const line of lines) expect(line).toHaveLength(qrColumns(fullLink));
    expect(qrColumns(fullLink)).toBeLessThanOrEqual(76);
    expect(qrColumns(link)).toBeLessThanOrEqual(41);
  });

  it('brings its own black and white, and gives the colours back at the end of each line', () => {
    for (const line of qrLines(link, { color: true })) {
      expect(line.startsWith(ink)).toBe(true);
      expect(line.endsWith(reset)).toBe(true);
      expect(line.slice(ink.length, -reset.length)).toMatch(/^[█▀▄ ]+$/);
    }
    expect(qrLines(link, { color: false }).join('')).toMatch(/^[█▀▄ ]+$/);
  });

  it('holds any link, up to the size of the largest code', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, minLength: 1 }).map(encodeURIComponent), (text) => {
        expect(scan(modulesOf(qrLines(text, { color: true }), 'dark'))).toBe(text);
      }),
      { numRuns: 20 },
    );
    expect(() => qrLines('x'.repeat(2954), { color: true })).toThrow(RangeError);
  });
});

describe('the QR code as a picture', () => {
  it('is a PNG that can be scanned', () => {
    const png = qrPng(fullLink, 5);
    expect(png.subarray(0, 8)).toEqual(Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'));
    expect(scan(pngModules(png, 5))).toBe(fullLink);
  });
});
