/** White space other than blanks and line ends, as Chinese texts and copied ones have it. */
import { expect } from 'vitest';
import { parseMarkdown } from '../../../../../src/channel/answer/text/parse/parse.ts';
import { messageText } from '../../../../../src/channel/answer/text/render/plain.ts';
import { cardMarkdown } from '../../../../../src/channel/answer/text/render/render-card.ts';
import { everyRow } from '../../../../support/every-row.ts';

everyRow([
  ['你好\u3000 ', '你好', '你好'],
  ['你好\u00a0\t', '你好', '你好'],
  ['a\n你好 **b**\u3000 ', 'a<br>你好 **b**', 'a\n你好 b'],
  ['**好**\u3000 \n\nb', '**好**\n\nb', '好\n\nb'],
  ['> 好 **b**\u3000 \n\nc', '> 好 **b**\n\nc', '> 好 b\n\nc'],
  ['- 好 **b**\u3000\u3000  ', '- 好 **b**', '- 好 b'],
  ['# 好 **b**\u3000 ', '# 好 **b**', '好 b'],
  ['好 **b**\u3000 \n===', '# 好 **b**', '好 b'],
  ['\u3000\u3000好 **b**', '好 **b**', '好 b'],
  ['a\u3000 \n\u3000**b** ', 'a<br>\u3000**b**', 'a\n\u3000b'],
  ['> a  \n>  b **c**\t ', '> a<br>b **c**', '> a\n> b c'],
  ['a\0b **c**', 'a\ufffdb **c**', 'a\ufffdb c'],
  ['# a\0b', '# a\ufffdb', 'a\ufffdb'],
])('loses no text of %j', (text, card, plain) => {
  const document = parseMarkdown(text);
  expect([cardMarkdown(document), messageText(document)]).toEqual([card, plain]);
});
