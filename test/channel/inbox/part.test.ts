import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePart, encodePart, type Part, storedPart } from '../../../src/channel/inbox/part.ts';
import { everyRow } from '../../support/every-row.ts';
import { partSamples } from '../part-samples.ts';

test('a part is read as it was written, by both stores', () => {
  fc.assert(
    fc.property(fc.oneof(...Object.values(partSamples)), (written: Part) => {
      expect(decodePart(encodePart(written))).toEqual(written);
      expect(storedPart.parse(JSON.parse(JSON.stringify(written)))).toEqual(written);
    }),
  );
});

everyRow([
  'plain',
  '**bold**',
  '{"a":1}',
  '"quoted"',
  'null',
  '{"type":"hologram","text":"x"}',
  '{"type":"text"}',
  '',
])('the text %j that release 1.0 stored is Markdown, in both stores', (text) => {
  expect(decodePart(text)).toEqual({ type: 'post', markdown: text });
  expect(storedPart.parse(text)).toEqual({ type: 'post', markdown: text });
});
