/**
 * A received post (rich text) as Markdown: title, paragraphs, every element, the files beside them.
 *
 * No readable text is dropped, whatever shape the post has. Pure, throws nothing.
 */
import { type Lang, render, type Text } from '../../../shared/text.ts';
import { channelTexts as texts } from '../../texts.ts';
import { markdownPieces } from './markdown-pieces.ts';
import { type MentionReader, type Piece, plain, textOf } from './mentions.ts';
import { codeBlock, elementText, link, styled, stylesOf } from './styled-text.ts';
import { asArray, asObject, asText, collectTexts, type Fields } from './untyped.ts';

export interface PostOptions {
  readonly mentions: MentionReader;
  readonly lang: Lang;
}

type Line = readonly Piece[];

/** The text of a post, in pieces. */
export function readPost(content: unknown, options: PostOptions): readonly Piece[] {
  const post = postIn(content);
  const title = asText(post.title);
  const lines = [
    ...(title.trim() === '' ? [] : [[plain(title)]]),
    ...body(post, options),
    ...fileLines(post, options),
  ];
  return lines.flatMap((line, index) => (index === 0 ? line : [plain('\n'), ...line]));
}

/** How deep the post is: some clients add a level of locales (`zh_cn`). */
const MAX_LEVELS = 3;

function postIn(content: unknown, levels = MAX_LEVELS): Fields {
  const fields = asObject(content);
  if (isPost(fields) || levels === 0) return fields;
  const inner = Object.values(fields)
    .map((value) => postIn(value, levels - 1))
    .filter(isPost);
  return inner.find((post) => !isEmpty(post)) ?? inner[0] ?? fields;
}

const isPost = (fields: Fields): boolean =>
  [fields.content, fields.content_v2, fields.files].some((part) => Array.isArray(part));

const isEmpty = (post: Fields): boolean =>
  asText(post.title) === '' && collectTexts(post).length === 0 && asArray(post.files).length === 0;

/** Prefers `content_v2`, which keeps lists and headings; some posts have only one of the two. */
function body(post: Fields, options: PostOptions): readonly Line[] {
  const newer = readRows(post.content_v2, options);
  const hasText = newer.some((line) => textOf(line).trim() !== '');
  return hasText ? newer : readRows(post.content, options);
}

function readRows(content: unknown, options: PostOptions): readonly Line[] {
  if (typeof content === 'string') return [options.mentions.pieces(content)];
  const rows: unknown[] = [];
  let isFlat = false;
  for (const row of asArray(content)) {
    // Some clients send a flat list of elements, which is one paragraph.
    if (Array.isArray(row)) rows.push(row);
    else if (isFlat) (rows.at(-1) as unknown[]).push(row);
    else rows.push([row]);
    isFlat = !Array.isArray(row);
  }
  return rows.map((row) => readRow(row as readonly unknown[], options));
}

function readRow(row: readonly unknown[], options: PostOptions): Line {
  const line: Piece[] = [];
  let run: { text: string; readonly styles: string } | undefined;
  const endRun = (): void => {
    if (run) line.push(...options.mentions.pieces(styled(run.text, run.styles)));
    run = undefined;
  };
  for (const element of row) {
    const fields = typeof element === 'string' ? { tag: 'text', text: element } : asObject(element);
    if (fields.tag !== 'text') {
      endRun();
      line.push(...readElement(fields, options));
      continue;
    }
    // Neighbours with the same style share their marks: Markdown misreads `**a****b**`.
    const styles = stylesOf(fields);
    if (run?.styles !== styles) endRun();
    run = { text: (run?.text ?? '') + elementText(fields), styles };
  }
  endRun();
  return line;
}

const media: ReadonlyMap<unknown, Text> = new Map<unknown, Text>([
  ['img', texts.image],
  ['image', texts.image],
  ['media', texts.video],
  ['video', texts.video],
  ['audio', texts.audio],
  ['file', texts.file],
  ['folder', texts.folder],
  ['sticker', texts.sticker],
]);

function readElement(element: Fields, options: PostOptions): Line {
  const { mentions, lang } = options;
  const text = elementText(element);
  const label = media.get(element.tag);
  if (label) return [plain(placeholder(label, asText(element.file_name) || text, lang))];
  switch (element.tag) {
    case 'a': {
      const address = asText(element.href);
      return [plain(styled(link(text, address), stylesOf(element)))];
    }
    case 'at':
      return [mentions.piece(asText(element.user_id), asText(element.user_name))];
    case 'emotion':
      return [plain(`:${asText(element.emoji_type)}:`)];
    case 'hr':
      return [plain('---')];
    case 'code_block':
      return [plain(`\n${codeBlock(text, asText(element.language))}\n`)];
    case 'md':
      return markdownPieces(text || asText(element.content), mentions, lang);
    default: {
      // Unknown elements are shown by the texts in them.
      const said = text || asText(element.content) || collectTexts(element).join(' ');
      return mentions.pieces(styled(said, stylesOf(element)));
    }
  }
}

/** Attached files that no paragraph names. */
function fileLines(post: Fields, { lang }: PostOptions): readonly Line[] {
  const named = new Set<unknown>();
  for (const rows of [post.content_v2, post.content]) {
    for (const element of asArray(rows).flat()) {
      const { tag, file_key: key } = asObject(element);
      if (media.has(tag) && key !== undefined) named.add(key);
    }
  }
  return asArray(post.files).flatMap((file) => {
    const { file_key: key, file_name: name, is_folder: isFolder } = asObject(file);
    if (named.has(key)) return [];
    if (key !== undefined) named.add(key);
    return [
      [plain(placeholder(isFolder === true ? texts.folder : texts.file, asText(name), lang))],
    ];
  });
}

function placeholder(label: Text, name: string, lang: Lang): string {
  const kind = render(label, lang);
  return name === '' ? `[${kind}]` : `[${kind}: ${name}]`;
}
