import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createReplyText } from '../../src/host/reply-text.ts';

it('says what is streamed once, and nothing again when it is delivered', () => {
  const text = createReplyText();
  expect(text.partial('Hello')).toBe('Hello');
  expect(text.partial('Hello world.')).toBe(' world.');
  expect(text.delivered('Hello world.')).toBe('');
});

it('says the rest of a final text that goes further than what was streamed', () => {
  const text = createReplyText();
  text.partial('First.');
  expect(text.delivered('First.\n\nSecond.')).toBe('\n\nSecond.');
});

it('takes blocks that were cut elsewhere for what they are', () => {
  const text = createReplyText();
  text.partial('One. Two.\n\nThree.');
  expect(text.delivered('One.')).toBe('');
  expect(text.delivered('Two. Three.')).toBe('');
  expect(text.delivered('Four.')).toBe('\n\nFour.');
});

it('keeps the running message apart from the one before it', () => {
  const text = createReplyText();
  expect(text.partial('Let me look.')).toBe('Let me look.');
  expect(text.partial('Found it.')).toBe('\n\nFound it.');
  expect(text.delivered('Let me look.')).toBe('');
  expect(text.delivered('Found it.')).toBe('');
});

it('says a block and a final text of the same words once', () => {
  const text = createReplyText();
  const long = 'A sentence that is long enough to be no coincidence at all.';
  expect(text.delivered(long)).toBe(long);
  expect(text.delivered(long)).toBe('');
});

it('keeps silent where the agent has nothing to say', () => {
  const text = createReplyText();
  expect(text.partial('NO')).toBe('');
  expect(text.partial('NO_REPLY')).toBe('');
  expect(createReplyText().partial('NOW')).toBe('NOW');
});

it('says every character once, however a text is cut into partials and blocks', () => {
  const words = fc.array(fc.stringMatching(/^[a-z.]{1,12}$/), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(words, fc.array(fc.nat()), fc.array(fc.nat()), (list, cuts, blockCuts) => {
      const whole = `${list.join(' ')} #`;
      const ends = (points: readonly number[]) =>
        [...points.map((point) => point % whole.length), whole.length].sort((a, b) => a - b);
      const text = createReplyText();
      let said = '';
      for (const end of ends(cuts)) said += text.partial(whole.slice(0, end));
      let start = 0;
      for (const end of ends(blockCuts)) {
        said += text.delivered(whole.slice(start, end).trim());
        start = end;
      }
      expect(said).toBe(whole);
    }),
  );
});
