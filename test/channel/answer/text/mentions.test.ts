import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf, fallbackOf } from '../../../../src/channel/answer/formats/all.ts';
import { answerParts } from '../../../../src/channel/answer/parts.ts';
import { withMentions } from '../../../../src/channel/answer/text/mentions.ts';
import type { Part } from '../../../../src/channel/inbox/part.ts';
import { everyRow } from '../../../support/every-row.ts';

const people = new Map([
  ['王芳', 'ou_fang'],
  ['王芳芳', 'ou_fangfang'],
  ['Ann', 'ou_ann'],
  ['Ann Lee', 'ou_annlee'],
  ['Li*Wei', 'ou_wei'],
]);
const found = (text: string, allowMentionAll = false): string =>
  withMentions(text, { people, allowMentionAll }).text;
const tag = (openId: string, name: string): string => `<at user_id="${openId}">${name}</at>`;

function parts(text: string, renderMode: 'auto' | 'card' | 'post' | 'text', allow = false) {
  const style = { renderMode, allowMentionAll: allow };
  return answerParts(text, { leftOut: () => '', style, people }).parts;
}

function shown(part: Part | undefined): string {
  if (!part) return 'no part';
  const { msgType, content } = contentOf(part);
  const value = JSON.parse(content);
  if (msgType === 'text') return value.text;
  if (msgType === 'interactive') return value.body.elements[0].content;
  return value.zh_cn.content
    .map((row: { tag: string; text?: string; user_id?: string }[]) =>
      row
        .map(({ tag: kind, text, user_id }) => (kind === 'at' ? `[at ${user_id}]` : text))
        .join(''),
    )
    .join('\n');
}

describe('what an agent writes about people', () => {
  everyRow([
    ['@王芳请看', `${tag('ou_fang', '王芳')}请看`],
    ['请@王芳芳看', `请${tag('ou_fangfang', '王芳芳')}看`],
    [
      '@Ann Lee, @Ann: @ann!',
      `${tag('ou_annlee', 'Ann Lee')}, ${tag('ou_ann', 'Ann')}: ${tag('ou_ann', 'Ann')}!`,
    ],
    ['**@Ann**', `**${tag('ou_ann', 'Ann')}**`],
    ['- @Li*Wei', `- ${tag('ou_wei', 'Li Wei')}`],
    ['| a |\n|---|\n| @Ann |', `| a |\n|---|\n| ${tag('ou_ann', 'Ann')} |`],
    // Bars within cells are escaped.
    [
      '| a | b | c |\n|---|---|---|\n| x\\|y | @Ann | \\|@Ann |',
      `| a | b | c |\n|---|---|---|\n| x\\|y | ${tag('ou_ann', 'Ann')} | \\|${tag('ou_ann', 'Ann')} |`,
    ],
    ['@ou_0123456789abcdef', tag('ou_0123456789abcdef', 'ou_0123456789abcdef')],
    ['<at user_id="ou_x1">Bo</at>', tag('ou_x1', 'Bo')],
    ["<at id='ou_x1'></at> <at id=ou_x1/>", `${tag('ou_x1', 'ou_x1')} ${tag('ou_x1', 'ou_x1')}`],
    ['@ou_12345678, then', `${tag('ou_12345678', 'ou_12345678')}, then`],
    [`@ou_${'a'.repeat(64)}`, tag(`ou_${'a'.repeat(64)}`, `ou_${'a'.repeat(61)}`)],
    ['<AT OPEN_ID = "ou_x1" >Bo</AT>', tag('ou_x1', 'Bo')],
    [`<at id=ou_x1>${'n'.repeat(64)}</at>`, tag('ou_x1', 'n'.repeat(64))],
    ["(@Ann) '@Ann'", `(${tag('ou_ann', 'Ann')}) '${tag('ou_ann', 'Ann')}'`],
    // Only what begins with the mark is one.
    ['@Bob @ou_12345678', `@Bob ${tag('ou_12345678', 'ou_12345678')}`],
    ['a <b <at  id=ou_x1>Bo</at>', `a <b ${tag('ou_x1', 'Bo')}`],
    // A tag whose name has marks: they are no part of it.
    ['<at id=ou_x1>*Bo*</at>', tag('ou_x1', 'Bo')],
    ['<at id=ou_x1>A\\_B</at>', tag('ou_x1', 'A B')],
    ['@Ann\n@Ann  \n@Ann\\\nx', 'A\nA  \nA\\\nx'.replaceAll('A', tag('ou_ann', 'Ann'))],
    ['<at\tid=ou_x1/>', tag('ou_x1', 'ou_x1')],
    // In any letters, and not within a longer word.
    ['@ANN, @ann lee', `${tag('ou_ann', 'Ann')}, ${tag('ou_annlee', 'Ann Lee')}`],
    ['@Ann Leeds @Ann王', `${tag('ou_ann', 'Ann')} Leeds ${tag('ou_ann', 'Ann')}王`],
    // Between code and links, line by line.
    ['[a](b) @Ann `c` @Ann', `[a](b) A \`c\` A`.replaceAll('A', tag('ou_ann', 'Ann'))],
    ['x `a\nb` @Ann\n@Ann', `x \`a\nb\` A\nA`.replaceAll('A', tag('ou_ann', 'Ann'))],
    ['*@Ann* \\* @Ann &lt;@Ann', '*A* \\* A &lt;A'.replaceAll('A', tag('ou_ann', 'Ann'))],
    // Behind an escaped backslash.
    ['\\\\@Ann', `\\\\${tag('ou_ann', 'Ann')}`],
    // Everyone, where it is not allowed.
    ['@all @所有人 <at id=all></at>', '@all @所有人 @all'],
  ])('is a mention in %j', (text, expected) => expect(found(text)).toBe(expected));

  everyRow([
    'mail@Ann.example, a.b@王芳',
    '@Anna @Annie @Ann-Marie @Bob',
    '`@Ann` and [@Ann](https://a.b) and https://a.b/@Ann',
    '```\n@Ann\n```',
    '    @Ann',
    'npm i @types/node, pkg/@Ann',
    '<at email=a@b.c></at>',
    '@ou_ @ou_short @allocator @all.example',
    '@ou_1234567 @ou_0123456789abcdefg',
    `@ou_${'a'.repeat(65)}`,
    'a%@Ann a+@Ann a-@Ann _@Ann',
    '@ Ann, @',
    '@all-hands @everyone_else @所有人_',
    '<at idx=ou_x1></at> <atid=ou_x1></at> <at id=on_x1></at>',
    `<at id=ou_x1>${'n'.repeat(65)}</at>`,
    '<at id=ou_x1>a<b></at>',
    '\\@Ann \\\\\\@Ann \\<at id=ou_x1>Bo</at>',
  ])('is no mention in %j', (text) => expect(found(text)).toBe(text));

  it('calls everyone only where the account allows it', () => {
    expect(found('@all 开会', true)).toBe(`${tag('all', 'all')} 开会`);
    expect(found('@Bob, @所有人', true)).toBe(`@Bob, ${tag('all', '所有人')}`);
    expect(found('@ALL @全体成员', true)).toBe(`${tag('all', 'ALL')} ${tag('all', '全体成员')}`);
    expect(found('<at id=ALL/>', true)).toBe(tag('all', 'all'));
    expect(found('@all@x @all. @all', true)).toBe(`@all@x @all. ${tag('all', 'all')}`);
    for (const mode of ['auto', 'card', 'post', 'text'] as const) {
      for (const text of ['@all', '**x** <at user_id="all"></at>', '`x` <AT id="all"/>']) {
        const [part] = parts(text, mode);
        expect(shown(part)).not.toMatch(/<at|\[at/i);
        expect(part).not.toHaveProperty('mentions');
      }
    }
  });
});

it('has no half of a sign at the end of a long name', () => {
  const name = `${'n'.repeat(63)}😀`;
  const { text } = withMentions(`@${name}`, {
    people: new Map([[name, 'ou_x1']]),
    allowMentionAll: false,
  });
  expect(text).toBe(tag('ou_x1', 'n'.repeat(63)));
});

it('is each person once, in the order of the text', () => {
  const text = '@王芳 @Ann @王芳 `@Ann Lee` @all';
  const mentioned = (allowMentionAll: boolean): readonly string[] =>
    withMentions(text, { people, allowMentionAll }).mentions;
  expect(mentioned(false)).toEqual(['ou_fang', 'ou_ann']);
  expect(mentioned(true)).toEqual(['ou_fang', 'ou_ann', 'all']);
});

describe('a mention', () => {
  everyRow([
    ['@Ann hi', 'auto', '<at user_id="ou_ann">Ann</at> hi'],
    ['@Ann *hi*', 'auto', '<at user_id="ou_ann">Ann</at> *hi*'],
    ['**@Ann and you**', 'post', '<at user_id="ou_ann">Ann</at> and you'],
    ['@Ann `hi`', 'auto', '<at id=ou_ann></at> `hi`'],
    ['@Ann *hi*', 'text', '<at user_id="ou_ann">Ann</at> hi'],
    ['@Ann use <b>', 'auto', '[at ou_ann] use <b>'],
    // Brackets around a mention are no tag.
    ['<@Ann> hi', 'auto', '<<at user_id="ou_ann">Ann</at>> hi'],
    [
      '@Ann `<at user_id="ou_ann">x</at>`',
      'text',
      `<at user_id="ou_ann">Ann</at> <\u200Bat user_id="ou_ann">x<\u200B/at>`,
    ],
  ] as const)('of %j in the mode %s is %j', (text, mode, expected) => {
    expect(shown(parts(text, mode)[0])).toBe(expected);
  });

  it('stays in each form that a refused one is replaced by, and ends as text', () => {
    const seen: string[] = [];
    let part = parts('@Ann `hi`', 'auto')[0];
    while (part) {
      seen.push(`${contentOf(part).msgType}: ${shown(part)}`);
      part = fallbackOf(part, 230099);
    }
    expect(seen).toEqual([
      'interactive: <at id=ou_ann></at> `hi`',
      'post: <at user_id="ou_ann">Ann</at> `hi`',
      'text: <at user_id="ou_ann">Ann</at> hi',
      'text: @Ann hi',
    ]);
  });

  it('is whole in each part, and calls nobody but who was meant', () => {
    const piece = fc.constantFrom(
      ...['@Ann ', '@王芳', '<at user_id="all"></at>', '<at id=ou_evil>x</at', '@all ', '**', '`'],
      ...[
        '\n',
        '\n\n',
        '- ',
        '> ',
        '| ',
        '|\n|---|\n',
        'word ',
        '文字，',
        '```\n',
        '[a](https://b.c)',
      ],
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.constantFrom('auto', 'card', 'post', 'text'),
        (pieces, mode) => {
          for (const part of parts(pieces.join(''), mode)) {
            const { msgType, content } = contentOf(part);
            // Code of a post is shown as it is.
            if (msgType === 'post' && pieces.some((text) => text.includes('`'))) continue;
            // Only a plain element shows a tag as it is.
            const written = content.replace(/\{"tag":"(?:text|a)"[^{}]*\}/g, '{}');
            // Within one text: the summary of a card may end in the middle of a tag.
            const tags = /<at(?:[^>"\\]|\\.)*>/gi;
            const texts = JSON.stringify(JSON.parse(written)).match(tags) ?? [];
            const isCard = msgType === 'interactive';
            for (const text of texts) {
              expect(text).toMatch(
                isCard
                  ? /^<at id=ou_(?:ann|fang|evil)>$/
                  : /^<at user_id=\\"ou_(?:ann|fang|evil)\\">$/,
              );
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
