import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  FrameMethod,
  fragmentFrame,
  headerOf,
  headersFrom,
} from '../../../src/platform/connection/frames.ts';

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const text = fc.string({ unit: 'binary' });
const frames: fc.Arbitrary<Frame> = fc.record(
  {
    seqId: uint64,
    logId: uint64,
    service: int32,
    method: int32,
    headers: fc.array(fc.record({ key: text, value: text })),
    payloadEncoding: text,
    payloadType: text,
    payload: fc.uint8Array(),
    logIdNew: text,
  },
  { requiredKeys: ['seqId', 'logId', 'service', 'method', 'headers'] },
);

describe('pbbp2.Frame', () => {
  it('comes back as it was encoded', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
      }),
    );
  });

  it('decodes a Buffer as it decodes plain bytes', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(decodeFrame(Buffer.from(encodeFrame(frame)))).toEqual(frame);
      }),
    );
  });

  it('has the bytes of the protobuf definition', () => {
    const bytes = encodeFrame({
      seqId: 1n,
      logId: 300n,
      service: 2,
      method: FrameMethod.data,
      headers: headersFrom({ type: 'event' }),
      payload: Uint8Array.of(0xff),
    });
    expect(Buffer.from(bytes).toString('hex')).toBe(
      `080110ac0218022001${'2a0d'}${'0a0474797065'}${'12056576656e74'}${'4201ff'}`,
    );
  });

  it('throws on any bytes that are no frame, and never hangs or returns half a frame', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        let frame: Frame | undefined;
        try {
          frame = decodeFrame(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          return;
        }
        expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses a frame without a required field', () => {
    expect(() => decodeFrame(new Uint8Array(0))).toThrow(/required/);
    expect(() => decodeFrame(Uint8Array.of(8, 0x80))).toThrow(/cut short/);
  });

  it('skips fields that it does not know', () => {
    const known = encodeFrame({ seqId: 0n, logId: 0n, service: 1, method: 0, headers: [] });
    const unknown = Uint8Array.of(0x7a, 2, 1, 2); // field 15, two bytes
    expect(decodeFrame(Buffer.concat([known, unknown]))).toEqual(decodeFrame(known));
  });

  it('finds a header by its key', () => {
    const frame = {
      seqId: 0n,
      logId: 0n,
      service: 1,
      method: 0,
      headers: headersFrom({ a: 1, b: 'x' }),
    };
    expect(headerOf(frame, 'a')).toBe('1');
    expect(headerOf(frame, 'b')).toBe('x');
    expect(headerOf(frame, 'c')).toBeUndefined();
  });

  it('fragments put together are the payload', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 40 }), (payload, bytes) => {
        const pieces = fragmentFrame(payload, bytes);
        expect(pieces.every((piece) => piece.length <= bytes)).toBe(true);
        expect(pieces).toHaveLength(Math.max(1, Math.ceil(payload.length / bytes)));
        expect(Buffer.concat(pieces)).toEqual(Buffer.from(payload));
      }),
    );
    expect(() => fragmentFrame(Uint8Array.of(1), 0)).toThrow(RangeError);
  });
});
