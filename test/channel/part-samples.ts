/** Parts of every type, for tests that must hold for each. */
import fc from 'fast-check';
import type { Part } from '../../src/channel/inbox/part.ts';

const text = fc.string({ unit: 'binary' });
const only = <T extends Part['type']>(type: T) => ({ type: fc.constant(type) });

/** The compiler reports a type that is missing. */
export const partSamples: {
  readonly [T in Part['type']]: fc.Arbitrary<Extract<Part, { type: T }>>;
} = {
  text: fc.record({ ...only('text'), text, mentions: fc.array(text) }),
  post: fc.record({ ...only('post'), markdown: text, mentions: fc.array(text) }),
  card: fc.record({ ...only('card'), markdown: text, mentions: fc.array(text) }),
  'ready-card': fc.record({
    ...only('ready-card'),
    card: fc.json(),
    text,
    choice: fc.record({ cardId: text, expiresAt: fc.nat(), subject: text }),
  }),
  image: fc.record({ ...only('image'), imageKey: text, instead: text }),
  file: fc.record({ ...only('file'), fileKey: text, instead: text }),
  audio: fc.record({ ...only('audio'), fileKey: text, instead: text }),
  video: fc.record({ ...only('video'), fileKey: text, imageKey: text, instead: text }),
  'growing-card': fc.record({
    ...only('growing-card'),
    cardId: text,
    messageId: text,
    sequence: fc.nat(),
    markdown: text,
    tools: text,
    isFinal: fc.boolean(),
  }),
};
