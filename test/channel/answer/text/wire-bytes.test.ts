/** What characters weigh in a request, and how many of them fit. */
import { expect } from 'vitest';
import { prefixWithin, wireBytes } from '../../../../src/channel/answer/text/wire-bytes.ts';
import { everyRow } from '../../../support/every-row.ts';

everyRow([
  ['\u0000', 7],
  ['\u0007', 7],
  ['\b', 3],
  ['\t', 3],
  ['\n', 3],
  ['\u000b', 7],
  ['\f', 3],
  ['\r', 3],
  ['\u001f', 7],
  [' ', 1],
  ['"', 4],
  ['\\', 4],
  ['\u007f', 1],
  ['\u0080', 2],
  ['\u07ff', 2],
  ['\u0800', 3],
  ['\ud7ff', 3],
  ['\ud800', 7],
  ['\udfff', 7],
  ['\ue000', 3],
  ['\uffff', 3],
  ['😀', 4],
  ['', 0],
  ['a\n"', 8],
])('%j weighs %d bytes', (text, bytes) => {
  expect(wireBytes(text)).toBe(bytes);
  // The content of a message is a JSON text within the JSON body.
  expect(Buffer.byteLength(JSON.stringify(JSON.stringify(text))) - 6).toBe(bytes);
});

everyRow([
  ['abc', 2, 99, 2],
  ['abc', 3, 99, 3],
  ['abc', 9, 2, 2],
  ['abc', 9, 3, 3],
  ['abc', 0, 99, 0],
  ['a"b', 9, 4, 1],
  ['a"b', 9, 5, 2],
  ['😀a', 1, 99, 0],
  ['😀a', 2, 99, 2],
  ['😀a', 9, 3, 0],
  ['😀a', 9, 4, 2],
  ['', 9, 9, 0],
])('of %j, %d characters and %d bytes hold %d', (text, characters, bytes, length) => {
  expect(prefixWithin(text, { characters, bytes })).toBe(length);
});
