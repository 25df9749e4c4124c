import { expect, it } from 'vitest';
import { answerParts } from '../../../src/channel/answer/parts.ts';
import type { Part } from '../../../src/channel/inbox/part.ts';
import { partSamples } from '../part-samples.ts';

/** What a text never becomes: these are made of a file, of a choice, or while an answer grows. */
const notOfText: readonly Part['type'][] = [
  'audio',
  'file',
  'growing-card',
  'image',
  'ready-card',
  'video',
];

it('chooses every format of texts for one of them', () => {
  const texts = ['hello', 'a **bold** word', '| a | b |\n| - | - |\n| 1 | 2 |'];
  const chosen = texts.flatMap((text) => {
    const { parts } = answerParts(text, {
      leftOut: () => '…',
      style: { renderMode: 'auto', allowMentionAll: false },
    });
    return parts.map(({ type }) => type);
  });
  expect([...chosen, ...notOfText].sort()).toEqual(Object.keys(partSamples).sort());
});
