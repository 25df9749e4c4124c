/** The frames of the long connection, read and written with protobufjs from the protocol's description. */
import protobuf from 'protobufjs';

const Frame = protobuf
  .parse(`
    syntax = "proto2";
    message Header { required string key = 1; required string value = 2; }
    message Frame {
      required uint64 SeqID = 1;
      required uint64 LogID = 2;
      required int32 service = 3;
      required int32 method = 4;
      repeated Header headers = 5;
      optional string payload_encoding = 6;
      optional string payload_type = 7;
      optional bytes payload = 8;
      optional string LogIDNew = 9;
    }`)
  .root.lookupType('Frame')
  // Now: the SDK in this process, loaded later, takes the 64-bit numbers out of the library.
  .setup();

export const CONTROL = 0;
export const DATA = 1;
export const SERVICE = 7;

export interface WireFrame {
  readonly method: number;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly payload: Uint8Array;
}

export function frameOf(
  method: number,
  headers: Readonly<Record<string, string>>,
  payload: unknown,
): Uint8Array {
  return Frame.encode({
    SeqID: 0,
    LogID: 0,
    service: SERVICE,
    method,
    headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
    payload: Buffer.from(JSON.stringify(payload)),
  }).finish();
}

/** @throws Error where the bytes are no frame */
export function readFrame(bytes: Uint8Array): WireFrame {
  return Frame.decode(bytes) as unknown as WireFrame;
}

export function headerIn({ headers }: WireFrame, key: string): string | undefined {
  return headers.find((header) => header.key === key)?.value;
}
