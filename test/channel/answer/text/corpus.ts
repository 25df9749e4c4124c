/** Markdown answers as agents write them: some by hand, some generated from a seed. */
import fc from 'fast-check';

const code = (lines: number, indent = ''): string =>
  Array.from(
    { length: lines },
    (_, line) => `${indent}value[${line}] = compute(${line}, "x");`,
  ).join('\n');
const many = (count: number, write: (index: number) => string, joint = '\n'): string =>
  Array.from({ length: count }, (_, index) => write(index + 1)).join(joint);
const english = 'The service restarts after each change, and reads its settings from one file. ';
const chinese = '服务在每次修改后都会重启，并从同一个文件读取设置。';

export const handWritten: readonly string[] = [
  'Short and plain.',
  `**Result**\nline one\nline two\n\n${english.repeat(20)}`,
  many(30, (n) => `${n}. Item number ${n}: ${english.slice(0, 60)}`),
  many(30, (n) => `- Item ${n}\n    - nested ${n}.1\n    - nested ${n}.2`),
  many(20, (n) => `* Item ${n}\n\n  A second paragraph of item ${n}, e.g. with no. ${n}.`, '\n\n'),
  many(20, (n) => `${n}) step\n   1. first of ${n}\n      - deep of ${n}\n   2. second of ${n}`),
  many(25, (n) => `- [ ] task ${n}\n- [x] done ${n}`),
  `| name | value |\n|---|---:|\n${many(200, (n) => `| row ${n} | ${n} |`)}`,
  `Before.\n\n| 名称 | 数值 |\n|:--|:--|\n${many(120, (n) => `| 第 ${n} 行 | \`${n}\` |`)}\n\nAfter.`,
  `\`\`\`python\n${code(150)}\n\`\`\``,
  `Text.\n\n~~~\n${code(80)}\n~~~\n\nMore text.`,
  `1. Install:\n   \`\`\`sh\n${code(60, '   ')}\n   \`\`\`\n2. Run it.\n3. Done.`,
  `- a\n    - b\n\n      \`\`\`js\n${code(80, '      ')}\n      \`\`\`\n\n    - c\n- d`,
  `> \`\`\`go\n${many(90, (n) => `> line ${n}`)}\n> \`\`\`\n>\n> said`,
  many(60, (n) => `> quoted line ${n}: ${english}`),
  `> ${chinese.repeat(120)}`,
  many(12, (n) => `## ${n}. Step\n\n${english.repeat(5)}`, '\n\n'),
  many(12, (n) => `### ${n}.${n} 步骤\n\n${chinese.repeat(12)}`, '\n\n'),
  chinese.repeat(300),
  english.repeat(120),
  '👩‍👩‍👧‍👦🎉'.repeat(700),
  `${'word '.repeat(30)}[a link](https://example.com/a_(b)?x=1) `.repeat(40),
  `See https://example.com/${'path_'.repeat(20)} and so on. `.repeat(60),
  many(
    40,
    (n) => `**${n}. Bold:** *italic ${n}* and ~~gone~~ and \`code ${n}\`. ${english}`,
    '\n\n',
  ),
  `**${'bold words '.repeat(600)}end**`,
  `*${'斜体文字，'.repeat(1200)}完*`,
  `\`${'inline code '.repeat(600)}end\``,
  many(50, (n) => `v1.${n}.0 was no. ${n}, i.e. the one of Dr. Who in fig. ${n}. Then 3.14.`, ' '),
  `Title\n=====\n\n${english.repeat(30)}\n\nOther\n-----\n\n${chinese.repeat(100)}`,
  many(30, (n) => `${english}\n\n---\n\n第 ${n} 节`, '\n\n'),
  `- ${english.repeat(120)}\n- second\n- third`,
  `1. ${chinese.repeat(200)}\n2. 第二\n3. 第三`,
  many(40, (n) => `- **${n}**: ${chinese}`),
  `> - in a quote\n${many(90, (n) => `> - item ${n} ${english.slice(0, 50)}`)}`,
  `- > a quote in an item\n${many(90, (n) => `  > line ${n} ${english.slice(0, 50)}`)}`,
  many(100, (n) => `<b>${n}</b> & <at user_id="all">all</at> x < y`),
  many(100, (n) => `![picture ${n}](https://example.com/p_${n}.png)`, '\n\n'),
  `\`\`\`\n${'long line without end '.repeat(500)}\n\`\`\``,
  `\`\`\`\`md\n\`\`\`js\n${code(100)}\n\`\`\`\n\`\`\`\``,
  `Unfinished:\n\n\`\`\`ts\n${code(120)}`,
  many(40, (n) => `${english}\n${chinese}\n第 ${n} 行`, '\n'),
  many(30, (n) => `term ${n}\n\n    indented code ${n}\n    more of it`, '\n\n'),
  `| a |\n|---|\n| ${'long cell '.repeat(700)} |\n| b |`,
  many(8, (n) => `1. one ${n}\n\n\n2. two\n\n   - x\n\n     - y\n\n       - z ${english}`, '\n\n'),
  `"${english.repeat(10)}" she said. '${english.repeat(60)}'`,
  many(60, (n) => `Q${n}? A${n}! (See no. ${n}.) "Quoted." Next`, ' '),
  `${'a'.repeat(5000)} ${'b'.repeat(5000)}`,
  many(60, (n) => `[${n}]: https://example.com/${n}\n\nSee [${n}] for ${english}`, '\n\n'),
  many(30, (n) => `+ plus ${n}\n  continued lazily\nand lazier ${english.slice(0, 40)}`),
  `😀 ${many(30, (n) => `- 表情 ${n} 🎉 ${chinese}\n  - 子项 👍🏽`)}`,
];

const words = fc.constantFrom(
  'alpha',
  'beta',
  '**bold**',
  '*it*',
  '`code`',
  '[link](https://a.example/b_c)',
  'https://b.example/x_(y)',
  'no. 5',
  'e.g. this',
  'v1.2.3',
  '~~gone~~',
  '中文。',
  '句子，',
  '🎉',
  'end.',
  'Really?',
);
const sentence = fc.array(words, { minLength: 3, maxLength: 30 }).map((list) => list.join(' '));
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 6 }).map((list) => list.join('\n'));
const fence = fc
  .tuple(fc.constantFrom('```', '~~~', '````'), fc.constantFrom('', 'js', 'python'), fc.nat(60))
  .map(([marks, language, lines]) => `${marks}${language}\n${code(lines + 1)}\n${marks}`);
const table = fc
  .tuple(fc.integer({ min: 1, max: 80 }), sentence)
  .map(
    ([rows, text]) =>
      `| a | b |\n|---|---|\n${many(rows, (n) => `| ${n} | ${text.slice(0, 40).replace(/[`*~[]/g, '')} |`)}`,
  );
const heading = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.nat(20))
  .map(([level, n]) => `${'#'.repeat(level)} ${n}. Step`);

const block = fc.letrec<{ block: string; list: string; quote: string }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    paragraph,
    fence,
    table,
    tie('list'),
    tie('quote'),
  ),
  list: fc
    .tuple(
      fc.array(fc.tuple(sentence, fc.option(tie('block'), { freq: 3 })), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.constantFrom('-', '*', '+', '1.', '1)'),
      fc.boolean(),
    )
    .map(([items, marker, isLoose]) =>
      items
        .map(([text, inner], index) => {
          const mark = marker.replace('1', String(index + 1));
          const content = inner === null ? text : `${text}\n\n${inner}`;
          return `${mark} ${content.replace(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length + 1)}`)}`;
        })
        .join(isLoose ? '\n\n' : '\n'),
    ),
  quote: tie('block').map((text) => text.replace(/^/gm, '> ')),
})).block;

const answer = fc
  .array(fc.oneof({ arbitrary: block, weight: 4 }, { arbitrary: heading, weight: 1 }), {
    minLength: 2,
    maxLength: 14,
  })
  .map((blocks) => blocks.join('\n\n'));

export const generated: readonly string[] = fc.sample(answer, { numRuns: 200, seed: 20261127 });
