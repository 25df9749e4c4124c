/**
 * The long connection's wire format: `pbbp2.Frame`, as encoded by @larksuiteoapi/node-sdk@1.74.0.
 * In: frames as plain objects. Out: bytes, and back.
 * uint64 fields are `bigint` here, so that no id loses digits.
 */
import protobuf from 'protobufjs/minimal.js';

/** `method` of a frame: control carries ping and pong, data carries events and card callbacks. */
export const FrameMethod = { control: 0, data: 1 } as const;

export interface FrameHeader {
  readonly key: string;
  readonly value: string;
}

/**
 * The maximum number of frames of one event. The platform documents no limit; its largest message
 * has 150 KB. The limit bounds the memory that a wrong frame count can reserve.
 */
export const MAX_FRAGMENTS = 1024;

/** One WebSocket message of the long connection. */
export interface Frame {
  readonly seqId: bigint;
  readonly logId: bigint;
  readonly service: number;
  readonly method: number;
  readonly headers: readonly FrameHeader[];
  readonly payloadEncoding?: string;
  readonly payloadType?: string;
  readonly payload?: Uint8Array;
  readonly logIdNew?: string;
}

const { Reader, Writer } = protobuf;
const emptyBytes = new Uint8Array(0);

const tag = (field: number, wireType: number): number => (field << 3) | wireType;
const varint = 0;
const delimited = 2;

/** Encodes a frame; fields in ascending order, as the SDK writes them. */
export function encodeFrame(frame: Frame): Uint8Array {
  const writer = Writer.create();
  writer.uint32(tag(1, varint)).uint64(toLong(frame.seqId));
  writer.uint32(tag(2, varint)).uint64(toLong(frame.logId));
  writer.uint32(tag(3, varint)).int32(frame.service);
  writer.uint32(tag(4, varint)).int32(frame.method);
  for (const header of frame.headers) {
    writer.uint32(tag(5, delimited)).fork();
    writer.uint32(tag(1, delimited)).string(header.key);
    writer.uint32(tag(2, delimited)).string(header.value);
    writer.ldelim();
  }
  if (frame.payloadEncoding !== undefined) {
    writer.uint32(tag(6, delimited)).string(frame.payloadEncoding);
  }
  if (frame.payloadType !== undefined) writer.uint32(tag(7, delimited)).string(frame.payloadType);
  if (frame.payload !== undefined) writer.uint32(tag(8, delimited)).bytes(frame.payload);
  if (frame.logIdNew !== undefined) writer.uint32(tag(9, delimited)).string(frame.logIdNew);
  return writer.finish();
}

/**
 * Decodes one frame; fields it does not know are skipped.
 *
 * @throws Error where the bytes are no frame: cut short, or without one of the four required fields
 */
export function decodeFrame(bytes: Uint8Array): Frame {
  const reader = Reader.create(bytes);
  let seqId: bigint | undefined;
  let logId: bigint | undefined;
  let service: number | undefined;
  let method: number | undefined;
  const headers: FrameHeader[] = [];
  const optional: {
    payloadEncoding?: string;
    payloadType?: string;
    payload?: Uint8Array;
    logIdNew?: string;
  } = {};
  while (reader.pos < reader.len) {
    const key = reader.uint32();
    switch (key >>> 3) {
      case 1:
        seqId = readUint64(reader);
        break;
      case 2:
        logId = readUint64(reader);
        break;
      case 3:
        service = reader.int32();
        break;
      case 4:
        method = reader.int32();
        break;
      case 5:
        headers.push(decodeHeader(reader));
        break;
      case 6:
        optional.payloadEncoding = reader.string();
        break;
      case 7:
        optional.payloadType = reader.string();
        break;
      case 8:
        // A copy: the reader hands out a view into the socket's buffer.
        optional.payload = Uint8Array.from(reader.bytes());
        break;
      case 9:
        optional.logIdNew = reader.string();
        break;
      default:
        reader.skipType(key & 7);
    }
  }
  if (seqId === undefined || logId === undefined || service === undefined || method === undefined) {
    throw new Error('not a long-connection frame: a required field is missing');
  }
  return { seqId, logId, service, method, headers, ...optional };
}

/** The value of a frame's header, `undefined` where it has none; the first one wins. */
export function headerOf(frame: Frame, key: string): string | undefined {
  return frame.headers.find((header) => header.key === key)?.value;
}

/** Headers from an object, in its order. */
export function headersFrom(values: Readonly<Record<string, string | number>>): FrameHeader[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: String(value) }));
}

/** Cuts a payload into pieces of at most `bytes` bytes; an empty payload is one empty piece. */
export function fragmentFrame(payload: Uint8Array, bytes: number): Uint8Array[] {
  if (!(bytes >= 1)) throw new RangeError('a fragment holds at least one byte');
  if (payload.length === 0) return [emptyBytes];
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < payload.length; start += bytes) {
    pieces.push(payload.subarray(start, start + bytes));
  }
  return pieces;
}

function decodeHeader(reader: protobuf.Reader): FrameHeader {
  const end = reader.uint32() + reader.pos;
  let key = '';
  let value = '';
  while (reader.pos < end) {
    const field = reader.uint32();
    if (field >>> 3 === 1) key = reader.string();
    else if (field >>> 3 === 2) value = reader.string();
    else reader.skipType(field & 7);
  }
  return { key, value };
}

// Read by hand: protobufjs gives a number, and loses digits, where the `long` package is not beside it
// (as in a bundle).
function readUint64(reader: protobuf.Reader): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = reader.buf[reader.pos];
    if (byte === undefined || reader.pos >= reader.len) break;
    reader.pos += 1;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw new RangeError('not a long-connection frame: a number is cut short');
}

function toLong(value: bigint): protobuf.Long {
  return {
    low: Number(BigInt.asIntN(32, value)),
    high: Number(BigInt.asIntN(32, value >> 32n)),
    unsigned: true,
  } as protobuf.Long;
}
