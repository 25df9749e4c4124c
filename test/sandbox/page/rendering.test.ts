/** What the chat page shows of the texts of messages: as Feishu does, faults included. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cardMarkdownHtml } from '../../../src/sandbox/page/client/text/card-markdown.ts';
import { postMarkdownHtml } from '../../../src/sandbox/page/client/text/post-markdown.ts';
import { textMessageHtml } from '../../../src/sandbox/page/client/text/text-message.ts';
import {
  isTyping,
  type Pace,
  shownText,
  typed,
} from '../../../src/sandbox/page/client/text/typing.ts';

const context = { lang: 'en', nameOf: (id: string) => (id === 'ou_li' ? 'Li Hua' : id) } as const;
const mentions = [{ key: '@_user_1', openId: 'ou_bot', name: 'Bot' }];

const text = (source: string): string => textMessageHtml(source, mentions, context);
const post = (source: string): string => postMarkdownHtml(source, context).trim();
const card = (source: string): string => cardMarkdownHtml(source, context).trim();

const link = (label: string, address = 'https://a.example/'): string =>
  `<a href="${address}" target="_blank" rel="noopener noreferrer">${label}</a>`;
const mention = (name: string): string => `<span class="mention">@${name}</span>`;

type Row = readonly [render: (source: string) => string, source: string, html: string];

const rows: readonly Row[] = [
  // A text knows few marks; Markdown stays raw.
  [text, '# no heading\n- no list `x`', '# no heading<br>- no list `x`'],
  [text, '**bold** and *not*', '<strong>bold</strong> and *not*'],
  [text, '**open', '**open'],
  [text, '<b>a <i>b</i></b>', '&#60;b&#62;a <i>b</i>&#60;/b&#62;'],
  [text, '<u>x</u><b>unbalanced', '<u>x</u>&#60;b&#62;unbalanced'],
  [text, '[a](https://a.example/)', link('a')],
  [text, '[a](javascript:alert(1))', '[a](javascript:alert(1))'],
  [text, 'see https://a.example/ now', `see ${link('https://a.example/')} now`],
  [text, '@_user_1 hi @_all @_user_9', `${mention('Bot')} hi ${mention('all')} @_user_9`],
  [text, '<at user_id="ou_li"></at>', mention('Li Hua')],
  [text, '<script>alert(1)</script>', '&#60;script&#62;alert(1)&#60;/script&#62;'],
  // A post's Markdown has no headings, tables, images and inline code.
  [post, '# raw', '<p># raw</p>'],
  [post, 'raw\n===', '<p>raw ===</p>'],
  [post, '| a | b |\n| - | - |', '<p>| a | b | | - | - |</p>'],
  [post, '`raw`', '<p>`raw`</p>'],
  [post, '![raw](img_v3_1)', '<p>![raw](img_v3_1)</p>'],
  [post, '**b** ~~s~~ ~u~', '<p><strong>b</strong> <s>s</s> <u>u</u></p>'],
  [post, '**[a](https://a.example/)**', '<p><strong>[a](https://a.example/)</strong></p>'],
  [post, '[a](https://a.example/)', `<p>${link('a')}</p>`],
  [post, '[a](file:///etc/passwd)', '<p>a</p>'],
  [post, 'one\ntwo', '<p>one two</p>'],
  [post, '<at user_id="ou_li">Li</at> hi', `<p>${mention('Li')} hi</p>`],
  [post, '- a\n    - b', '<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>'],
  [post, '> q', '<blockquote>\n<p>q</p>\n</blockquote>'],
  [post, '<img src=x onerror=1>', '<p>&lt;img src=x onerror=1&gt;</p>'],
  // A card's Markdown has everything but HTML.
  [card, '## h', '<h2>h</h2>'],
  [card, '`x<y`', '<p><code>x&lt;y</code></p>'],
  [card, '![hover](img_v3_1)', '<p><img src="resource/img_v3_1" alt="hover"></p>'],
  [card, '![x](https://a.example/x.png)', '<p>x</p>'],
  [card, '<at id=ou_li></at> <at id=all></at>', `<p>${mention('Li Hua')} ${mention('all')}</p>`],
  [card, "<font color='red'>r</font>", '<p><span class="color-red">r</span></p>'],
  [card, "<font color='\"><b>'>r</font>", '<p><span class="color-neutral"><b>\'&gt;r</span></p>'],
  [card, "<text_tag color='blue'>t</text_tag>", '<p><span class="label color-blue">t</span></p>'],
  [card, 'a<br>b', '<p>a<br>b</p>'],
  [card, 'gone <made_up>text</made_up>', '<p>gone text</p>'],
  [card, '<img src=x onerror=alert(1)>', '<p></p>'],
  [card, '<script>alert(1)</script>', '<p>alert(1)</p>'],
  [card, "<a href='javascript:alert(1)'>t</a>", '<p>t</p>'],
  [card, '[t](javascript:alert%281%29)', '<p>t</p>'],
  [card, '&#42;x&#42; :DONE: :nothing:', '<p>*x* ✅ :nothing:</p>'],
  [card, '```js\n<b>\n```', '<pre><code class="language-js">&lt;b&gt;\n</code></pre>'],
];

test('texts are shown by the rules of their place', () => {
  const wrong = rows.flatMap(([render, source, html]) => {
    const shown = render(source);
    return shown === html ? [] : [{ source, shown, html }];
  });
  expect(wrong).toEqual([]);
});

test('nothing of a text becomes a tag or attribute that runs', () => {
  const piece = fc.constantFrom(
    ...['<', '>', '"', "'", '&', '[', ']', '(', ')', '!', '*', '~', '`', '\n', ' ', '=', '/', ':'],
    ...[
      'script',
      'img_x',
      'onerror',
      'javascript:',
      'at',
      'user_id',
      'font color',
      'a href',
      'raw',
    ],
    ...['https://a.example/', '</at>', '<at id=', '<person id=', '<link url=', '<text_tag>', '|-|'],
  );
  const hostile = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(hostile, (source) => {
      for (const render of [text, post, card]) {
        for (const [tag] of render(source).matchAll(/<[^>]*>/g)) {
          expect(tag).not.toMatch(/^<(?:script|iframe|style)/i);
          expect(tag.replace(/"[^"]*"/g, '""')).not.toMatch(/\son\w+\s*=/i);
          expect(tag).not.toMatch(/(?:href|src)="(?!https?:\/\/|resource\/img_)/i);
        }
      }
    }),
  );
});

test('a text that streams is typed at its pace', () => {
  const pace: Pace = { frequencyMs: 100, step: 2, strategy: 'fast' };
  const first = typed(undefined, 'ab', pace, 0);
  expect(shownText(first, 0)).toBe('ab');
  const second = typed(first, 'ab😀defgh', pace, 0);
  expect([0, 99, 100, 250, 1_000].map((at) => shownText(second, at))).toEqual([
    'ab',
    'ab',
    'ab😀d',
    'ab😀def',
    'ab😀defgh',
  ]);
  // `fast` shows the rest of the text before at once; `delay` goes on where it was.
  expect(shownText(typed(second, 'ab😀defghij', pace, 100), 100)).toBe('ab😀defgh');
  const slow: Pace = { ...pace, strategy: 'delay' };
  const slowly = typed(typed(first, 'ab😀defgh', slow, 0), 'ab😀defghij', slow, 100);
  expect(shownText(slowly, 100)).toBe('ab😀d');
  // A text that does not begin with the one before, and the end of streaming, show everything.
  expect(shownText(typed(second, 'other', pace, 0), 0)).toBe('other');
  const closed = typed(second, 'ab😀defgh', undefined, 0);
  expect([shownText(closed, 0), isTyping(closed, 0), isTyping(second, 0)]).toEqual([
    'ab😀defgh',
    false,
    true,
  ]);
});
