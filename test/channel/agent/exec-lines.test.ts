import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExecLines, MAX_LINE_LENGTH } from '../../../src/channel/agent/exec-lines.ts';
import type { AnswerPiece } from '../../../src/channel/answer/answer-piece.ts';

function piecesOf(...outputs: readonly string[]): readonly AnswerPiece[] {
  const lines = createExecLines();
  const pieces = outputs.flatMap((output) => lines.push(output));
  return withTextsJoined([...pieces, ...lines.end()]);
}

/** How a text is divided into pieces has no meaning. */
function withTextsJoined(pieces: readonly AnswerPiece[]): readonly AnswerPiece[] {
  const result: AnswerPiece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') result.splice(-1, 1, last + piece);
    else result.push(piece);
  }
  return result;
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

describe('a line of the output', () => {
  it('is an item of its kind', () => {
    const items: readonly (readonly [object, readonly AnswerPiece[]])[] = [
      [{ text: 'Hello' }, ['Hello']],
      [{ text: 'Hello\n' }, ['Hello\n']],
      [{ status: 'Drawing' }, [{ kind: 'status', text: 'Drawing' }]],
      [{ status: '' }, [{ kind: 'status', text: '' }]],
      [
        { tool: { name: 'search' } },
        [{ kind: 'tool', id: 'search', name: 'search', state: 'running' }],
      ],
      [
        { tool: { name: '搜索', id: '7', state: 'failed' }, text: 'Nothing found.' },
        [{ kind: 'tool', id: '7', name: '搜索', state: 'failed' }, 'Nothing found.'],
      ],
      [
        { tool: { name: 'search', id: null, state: null } },
        [{ kind: 'tool', id: 'search', name: 'search', state: 'running' }],
      ],
      [
        { text: 'Sure?', buttons: [[{ text: 'Yes', value: null }]] },
        [{ kind: 'buttons', rows: [[{ text: 'Yes' }]], text: 'Sure?' }],
      ],
      [{ card: { header: null } }, [{ kind: 'card', card: { header: null } }]],
      [
        { tool: { name: 'search', state: 'done' }, status: 'Reading' },
        [
          { kind: 'status', text: 'Reading' },
          { kind: 'tool', id: 'search', name: 'search', state: 'done' },
        ],
      ],
      [
        { image: 'a.png', name: '图.png' },
        [{ kind: 'media', source: 'a.png', name: '图.png', as: 'image', asVoice: false }],
      ],
      [
        { file: '/tmp/a' },
        [{ kind: 'media', source: '/tmp/a', name: undefined, as: 'file', asVoice: false }],
      ],
      [
        { audio: 'https://e.com/a' },
        [{ kind: 'media', source: 'https://e.com/a', name: undefined, as: 'audio', asVoice: true }],
      ],
      [
        { video: 'a', name: null },
        [{ kind: 'media', source: 'a', name: undefined, as: 'video', asVoice: false }],
      ],
      [{ card: { schema: '2.0' } }, [{ kind: 'card', card: { schema: '2.0' } }]],
      [{ react: 'OK' }, [{ kind: 'react', emoji: 'OK' }]],
      [
        { buttons: [[{ text: 'Yes', value: 'y' }, { text: 'No' }]] },
        [{ kind: 'buttons', rows: [[{ text: 'Yes', value: 'y' }, { text: 'No' }]] }],
      ],
      [
        { text: 'Sure?', buttons: [[{ text: 'Yes' }]] },
        [{ kind: 'buttons', rows: [[{ text: 'Yes' }]], text: 'Sure?' }],
      ],
      [{ mention: 'ou_1a2b' }, ['@ou_1a2b ']],
      [
        { image: 'a', text: 'Look: ', unknown: 1 },
        ['Look: ', { kind: 'media', source: 'a', name: undefined, as: 'image', asVoice: false }],
      ],
    ];
    const wrong = items.filter(([value, wanted]) => {
      const found = [
        line(value),
        line(value).replace('\n', '\r\n'),
        JSON.stringify(value),
        `  ${line(value)}`,
        `\ufeff${line(value)}`,
      ];
      return found.some((text) => JSON.stringify(piecesOf(text)) !== JSON.stringify(wanted));
    });
    expect(wrong).toEqual([]);
  });

  it('is text if it is none of them', () => {
    const texts = [
      'plain\n',
      '{\n',
      '{"text": 1}\n',
      '{"text": "a", "image": 2}\n',
      '{"image": ""}\n',
      '{"name": "a"}\n',
      '{"ok": true}\n',
      '{"text": "cut off\n',
      '{"mention": "everyone"}\n',
      '{"buttons": "Yes"}\n',
      '{"buttons": [[{"value": "y"}]]}\n',
      '{"card": "a"}\n',
      '{"tool": "search"}\n',
      '{"tool": {}}\n',
      '{"tool": {"name": ""}}\n',
      '{"tool": {"name": "search", "state": "begun"}}\n',
      '{"card": []}\n',
      '["text"]\n',
      '"text"\n',
      'null\n',
      '12\n',
      '{} \n',
      '\n',
      ' \t\n',
      `{"text": "a"} {"text": "b"}\n`,
      `${'['.repeat(100_000)}\n`,
      `{"card": ${'{"a":'.repeat(20_000)}\n`,
      `{"a": ${'['.repeat(5000)}${']'.repeat(5000)}}\n`,
      'last without a line end',
      '{"text"',
    ];
    expect(texts.filter((text) => piecesOf(text)[0] !== text)).toEqual([]);
  });

  it('is text beyond the longest line, which is not kept', () => {
    const long = `{"text":"${'x'.repeat(MAX_LINE_LENGTH)}"}\n`;
    expect(piecesOf(long)).toEqual([long]);
    const lines = createExecLines();
    let passed = 0;
    for (let count = 0; count < 100; count += 1) {
      passed += lines.push(`{${'x'.repeat(10_000)}`).join('').length;
    }
    expect(passed).toBeGreaterThan(700_000);
    expect(piecesOf(long, line({ react: 'OK' }))).toEqual([long, { kind: 'react', emoji: 'OK' }]);
  });

  it('that is text is not kept until its end', () => {
    expect(createExecLines().push('Once upon')).toEqual(['Once upon']);
  });
});

const anyLine = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' ')),
  fc.record({ text: fc.string({ unit: 'binary' }) }).map((value) => JSON.stringify(value)),
  fc.constantFrom('{"react":"OK"}', '{"status":"a"}', '{"image":"a.png"}', '{', '', '\r', '{}'),
);

it('how the output is divided has no meaning', () => {
  fc.assert(
    fc.property(fc.array(anyLine), fc.array(fc.nat({ max: 200 })), (lines, cuts) => {
      const output = lines.join('\n');
      const places = [0, ...cuts.map((at) => at % (output.length + 1)).sort((a, b) => a - b)];
      const outputs = places.map((at, index) => output.slice(at, places[index + 1]));
      expect(piecesOf(...outputs)).toEqual(piecesOf(output));
    }),
  );
});

it('nothing of a text is lost or changed', () => {
  const text = fc.string({ unit: 'binary' }).filter((one) => !/^\s*\{/m.test(one));
  fc.assert(
    fc.property(text, (output) => {
      expect(piecesOf(output).join('')).toBe(output);
    }),
  );
});
