import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withAttachmentErrors } from '../../../../src/channel/message/content/attachments.ts';
import { readMessage } from '../../../../src/channel/message/content/content.ts';
import { everyRow } from '../../../support/every-row.ts';

const read = (content: object, lang: 'en' | 'zh' = 'en', firstId = 1) =>
  readMessage(
    { messageType: 'post', content: JSON.stringify(content), mentions: [] },
    { botOpenId: undefined, lang, firstId },
  );
const img = (key: string) => ({ tag: 'img', image_key: key });
const file = (key: string, name: string) => ({ tag: 'file', file_key: key, file_name: name });
const text = (value: string) => ({ tag: 'text', text: value });

describe('the files of a post', () => {
  it('have numbers in the order of the text, each file one', () => {
    const { text: said, attachments } = read({
      content: [[img('img_1'), { tag: 'media', file_key: 'f_1' }]],
      content_v2: [
        [{ tag: 'md', text: 'see `![](img_code)`, ![a chart](img_2), ![](img_1)' }],
        [img('img_1'), text(' again')],
      ],
      files: [
        { file_key: 'f_2', file_name: 'a.pdf' },
        { file_key: 'f_3', file_name: 'folder', is_folder: true },
      ],
    });
    expect(said).toBe(
      'see `![](img_code)`, [image 1: a chart], [image 2]\n[image 2] again\n[video 3]\n[file 4: a.pdf]\n[folder: folder]',
    );
    expect(attachments).toEqual([
      { id: 1, kind: 'image', key: 'img_2', placeholder: '[image 1: a chart]' },
      { id: 2, kind: 'image', key: 'img_1', placeholder: '[image 2]' },
      { id: 3, kind: 'video', key: 'f_1', placeholder: '[video 3]' },
      { id: 4, kind: 'file', key: 'f_2', name: 'a.pdf', placeholder: '[file 4: a.pdf]' },
    ]);
  });

  it('have numbers after those of another text of the turn', () => {
    const { text: said, attachments } = read({ content: [[img('a'), img('b')]] }, 'zh', 3);
    expect(said).toBe('[图片 3][图片 4]');
    expect(attachments.map(({ id }) => id)).toEqual([3, 4]);
  });

  it('are 50 at most; the text names the others', () => {
    const row = Array.from({ length: 60 }, (_, index) => img(`img_${index}`));
    const { text: said, attachments } = read({ content: [row] });
    expect(attachments).toHaveLength(50);
    expect(said.endsWith('[image: not fetched, only the first 50 are]'.repeat(10))).toBe(true);
  });

  it('have their numbers behind the 50th file, too, where they are known', () => {
    const row = Array.from({ length: 50 }, (_, index) => img(`img_${index}`));
    const { text: said } = read({ content: [[...row, file('f', 'a.pdf'), img('img_0')]] });
    expect(said.slice(said.indexOf('[file'))).toBe(
      '[file: a.pdf, not fetched, only the first 50 are][image 1]',
    );
  });

  it('have a placeholder of their own where the sender has typed the usual one', () => {
    const { text: said, attachments } = read({
      content: [[text('[image 1] is this: '), img('a')]],
    });
    expect(said).toBe('[image 1] is this: [image 1: attached]');
    expect(withAttachmentErrors(said, attachments, () => 'expired')).toBe(
      '[image 1] is this: [image 1: attached, expired]',
    );
    const content = [[text('not [file 1: a: b] but '), file('f', 'a: b')]];
    expect(read({ content }).text).toBe('not [file 1: a: b] but [file 1: a: b, attached]');
  });

  it('have a name in one line', () => {
    expect(read({ content: [[file('f', ' a\n\n b.pdf ')]] }).text).toBe('[file 1: a b.pdf]');
    const { text: said } = read({ content: [[file('f', '😀'.repeat(2000))]] });
    expect(said).toBe(`[file 1: ${'😀'.repeat(249)}…]`);
  });
});

describe('the reason why a file could not be fetched', () => {
  const { text: said, attachments } = read({
    content: [[img('a'), text(' '), file('b', 'a [image 1] $& b'), text(' '), img('c'), img('a')]],
  });

  it('is in the placeholder of that file, wherever it is', () => {
    const reasons = new Map([
      [1, 'larger than\n20 MB'],
      [2, '$1 expired'],
    ]);
    expect(withAttachmentErrors(said, attachments, ({ id }) => reasons.get(id))).toBe(
      '[image 1: larger than 20 MB] [file 2: a [image 1] $& b, $1 expired] [image 3][image 1: larger than 20 MB]',
    );
  });

  it('changes nothing where every file was fetched, or there is none', () => {
    expect(withAttachmentErrors(said, attachments, () => undefined)).toBe(said);
    expect(withAttachmentErrors('[image 1]', [], () => 'expired')).toBe('[image 1]');
  });

  everyRow<[string, object, string, string, number]>([
    ['a number of four digits', img('a'), '已过期', '[图片 1000: 已过期]', 1000],
    ['a colon in the name', file('f', 'a: b'), 'gone', '[文件 1: a: b, gone]', 1],
    ['a reason of blanks', img('a'), ' \n', '[图片 1]', 1],
    ['a long reason', img('a'), 'x'.repeat(501), `[图片 1: ${'x'.repeat(499)}…]`, 1],
    ['a reason of 500 characters', img('a'), 'x'.repeat(500), `[图片 1: ${'x'.repeat(500)}]`, 1],
  ])('is in the placeholder with %s', (_name, element, reason, expected, firstId) => {
    const whole = read({ content: [[element]] }, 'zh', firstId);
    expect(withAttachmentErrors(whole.text, whole.attachments, () => reason)).toBe(expected);
  });

  it('leaves the text of the sender as it is', () => {
    const words = fc.array(fc.constantFrom('[image 1]', '[image 1', ']', '[', ': ', '[file 2: x]'));
    fc.assert(
      fc.property(
        words,
        words,
        fc.array(fc.constantFrom('x', '(', '\\', '[image 1]')),
        (a, b, c) => {
          const [before, after, name] = [a.join(''), b.join(''), c.join('')];
          const content = [[text(`<${before}`), img('k'), text(after), file('f', name), text('>')]];
          const whole = read({ content });
          const [first, second] = whole.attachments;
          const failed = (placeholder = '') =>
            `${placeholder.slice(0, -1)}${placeholder.includes(': ') ? ', ' : ': '}gone]`;
          expect(withAttachmentErrors(whole.text, whole.attachments, () => 'gone')).toBe(
            `<${before}${failed(first?.placeholder)}${after}${failed(second?.placeholder)}>`,
          );
        },
      ),
    );
  });
});
