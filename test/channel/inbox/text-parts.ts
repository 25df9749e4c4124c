import type { Part } from '../../../src/channel/inbox/part.ts';

export const textParts = (...texts: readonly string[]): readonly Part[] =>
  texts.map((text) => ({ type: 'text', text }));
