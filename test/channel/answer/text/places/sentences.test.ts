/** Where sentences end, and what would begin another block. */
import { expect, it } from 'vitest';
import {
  beginsBlock,
  isSentenceEnd,
} from '../../../../../src/channel/answer/text/places/sentences.ts';
import { everyRow } from '../../../../support/every-row.ts';

/** The places at which sentences end, marked with ✂. */
function marked(text: string): string {
  let shown = '';
  for (let at = 0; at <= text.length; at += 1) {
    if (isSentenceEnd(text, at)) shown += '✂';
    shown += text.charAt(at);
  }
  return shown;
}

everyRow([
  'One word.✂ Two words?✂ No!✂\nNew.✂\tEnd.',
  '第一句。✂第二句！✂第三句？✂第四句；✂等等…✂',
  '他说：“好。”✂然后走了。✂',
  '好！！✂好？！✂好……✂',
  'He said “go.”✂ Then (he left.)✂ [Done.]✂ ‘So.’✂ "Yes."✂ 「好。」✂ 『好。』✂ （好。）✂',
  // A dot within a word or a number, and behind one that is not the last of its sentence.
  'v1.2.3 is at a.b/c.d and 3.14',
  '1. One 2. two, v2. three, V10. four',
  'J. S. Bach, e.g. this, i.e. that, etc. and so on, Dr. Who, z.B. das',
  'ETC. (e.g. x) [cf. y] "vs. z" “approx. 5” （no. 7）',
  'a\ne.g. x\tcf. y',
  '# A. One **B. two** _C. three_ ä. x',
  // A number and one letter are marks of items, but not before another mark.
  'Is it 5?✂ It is 5!✂ Or a?✂ Wait...✂ then',
  'The company.✂ The cat etc. sat.✂ Concerto.✂ Go',
  '.',
  '。✂',
  ' . ',
])('sentences end in %j', (text) => expect(marked(text.replaceAll('✂', ''))).toBe(text));

it('looks at eight closing marks', () => {
  expect(isSentenceEnd(`word.${')'.repeat(8)} x`, 13)).toBe(true);
  expect(isSentenceEnd(`word.${')'.repeat(9)} x`, 14)).toBe(false);
});

everyRow([
  '# a',
  '###### a',
  '#',
  '#\n',
  '- a',
  '-',
  '* a',
  '+ a',
  '*',
  '1. a',
  '12) a',
  '1.',
  '123456789. a',
  '> a',
  '>',
  '```',
  '~~~js',
  '|',
  ':--',
  '=',
  '==',
  '***',
  '* * *',
  '___',
  '_ _\t_',
  ' \n # a',
  '  - a',
])('%j begins a block', (text) => {
  expect(beginsBlock(text, 0)).toBe(true);
  expect(beginsBlock(`word ${text}`, 5)).toBe(true);
  expect(beginsBlock(`word ${text}`, 0)).toBe(false);
});

everyRow([
  '',
  'a',
  '#a',
  '####### a',
  '*a',
  '+a',
  '1.a',
  '1',
  '1234567890. a',
  'a.',
  '``',
  '~~a',
  '**',
  '_a_',
  '**a**',
  '_ _',
  '5 > 4',
  'a - b',
])('%j begins none', (text) => expect(beginsBlock(text, 0)).toBe(false));
