import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_ANSWER_CHARACTERS } from '../../../src/channel/answer/text/limits.ts';
import { createReplyText } from '../../../src/host/turn/pieces/reply-text.ts';

it('says what is streamed once, and nothing again when it is delivered', () => {
  const text = createReplyText();
  expect(text.addPartial('Hello')).toBe('Hello');
  expect(text.addPartial('Hello world.')).toBe(' world.');
  expect(text.addDelivered('Hello world.')).toBe('');
});

it('says the rest of a final text that goes further than what was streamed', () => {
  const text = createReplyText();
  text.addPartial('First.');
  expect(text.addDelivered('First.\n\nSecond.')).toBe('\n\nSecond.');
});

it('takes blocks that were cut elsewhere for what they are', () => {
  const text = createReplyText();
  text.addPartial('One. Two.\n\nThree.');
  expect(text.addDelivered('One.')).toBe('');
  expect(text.addDelivered('Two. Three.')).toBe('');
  expect(text.addDelivered('Four.')).toBe('\n\nFour.');
});

it('keeps the running message apart from the one before it', () => {
  const text = createReplyText();
  expect(text.addPartial('Let me look.')).toBe('Let me look.');
  expect(text.addPartial('Found it.')).toBe('\n\nFound it.');
  expect(text.addDelivered('Let me look.')).toBe('');
  expect(text.addDelivered('Found it.')).toBe('');
});

it('says a block and a final text of the same words once', () => {
  const text = createReplyText();
  const long = 'A sentence that is long enough to be no coincidence at all.';
  expect(text.addDelivered(long)).toBe(long);
  expect(text.addDelivered(long)).toBe('');
});

it('keeps silent where the agent has nothing to say', () => {
  const text = createReplyText();
  expect(text.addPartial('NO')).toBe('');
  expect(text.addPartial('NO_REPLY')).toBe('');
  expect(createReplyText().addPartial('NOW')).toBe('NOW');
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
      for (const end of ends(cuts)) said += text.addPartial(whole.slice(0, end));
      let start = 0;
      for (const end of ends(blockCuts)) {
        said += text.addDelivered(whole.slice(start, end).trim());
        start = end;
      }
      expect(said).toBe(whole);
    }),
  );
});

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

/** Each takes a step of an answer that never ends, and gives what is new. */
const endless: Readonly<Record<string, () => (step: number) => string>> = {
  'one running message': () => {
    const text = createReplyText();
    let whole = '';
    return (step) => {
      whole += `${step} `.padEnd(8000, 'x');
      return text.addPartial(whole);
    };
  },
  'one running message after the other': () => {
    const text = createReplyText();
    return (step) => text.addPartial(`${step} `.padEnd(8000, 'x'));
  },
  blocks: () => {
    const text = createReplyText();
    return (step) => text.addDelivered(`${step} `.padEnd(8000, 'x'));
  },
  'what tools say': () => {
    const text = createReplyText();
    return (step) => text.addSeparate(`${step} `.padEnd(8000, 'x'));
  },
  'one text beyond the bound': () => {
    const text = createReplyText();
    return (step) => text.addDelivered(`${step} `.padEnd(2 * MAX_ANSWER_CHARACTERS, 'x'));
  },
};

it('gives one character beyond the bound on an answer, then nothing', () => {
  const given = Object.entries(endless).map(([name, begin]) => {
    const next = begin();
    let length = 0;
    for (let step = 0; step < 100; step += 1) length += next(step).length;
    return [name, length];
  });
  const expected = Object.keys(endless).map((name) => [name, MAX_ANSWER_CHARACTERS + 1]);
  expect(given).toEqual(expected);
});

it('does not grow with an answer that never ends', () => {
  const text = createReplyText();
  const before = heapInUse();
  // Together 100 MB, of which only the beginning is an answer.
  for (let step = 0; step < 1000; step += 1) text.addDelivered(randomBytes(50_000).toString('hex'));
  expect(heapInUse() - before).toBeLessThan(20 * 1024 * 1024);
  expect(text.addDelivered('what the answer has no room for')).toBe('');
});
