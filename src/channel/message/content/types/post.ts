/**
 * A received post (rich text) as Markdown: title, paragraphs, every element, the files beside them.
 *
 * No readable text is dropped, whatever shape the post has. Pure, throws nothing.
 */
import type { Text } from '../../../../shared/text/text.ts';
import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType, ReadContext } from '../content-type.ts';
import { markdownPieces } from '../pieces/markdown-pieces.ts';
import { isVisible, joinedLines, type Piece, plain, type Resource } from '../pieces/piece.ts';
import { filePiece, labelled, placeholder, spokenFile } from '../pieces/placeholder.ts';
import { codeBlock, elementText, link, styled, stylesOf } from '../styled-text.ts';
import { asArray, asObject, asText, collectTexts, type Fields } from '../untyped.ts';

type Line = readonly Piece[];

export const postType: ContentType = {
  names: ['post'],
  read(content, context) {
    const pieces = postPieces(content, context);
    if (pieces.some((piece) => piece.isMention || isVisible(piece))) return pieces;
    // A form that is not known: its texts at least.
    const said = context.mentions.pieces(collectTexts(content).join(' '));
    return said.some(isVisible) ? said : labelled(texts.empty, '', context.lang);
  },
};

/** A post, or what has the form of one. */
export function postPieces(content: unknown, context: ReadContext): readonly Piece[] {
  const post = postIn(content);
  const title = asText(post.title);
  // `content_v2` keeps lists and headings; some posts have only one of the two.
  const newer = readRows(post.content_v2, context);
  const older = readRows(post.content, context);
  const isNewer = hasText(newer) || (!hasText(older) && newer.some((line) => line.some(isVisible)));
  const [shown, others] = isNewer ? [newer, older] : [older, newer];
  return joinedLines([
    ...(title.trim() === '' ? [] : [[plain(title)]]),
    ...shown,
    ...filesBeside(post, { lines: shown, others }, context),
  ]);
}

const hasText = (lines: readonly Line[]): boolean =>
  lines.some((line) => line.some(({ text }) => text.trim() !== ''));

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

function readRows(content: unknown, context: ReadContext): readonly Line[] {
  if (typeof content === 'string') return [context.mentions.pieces(content)];
  const rows: unknown[] = [];
  let isFlat = false;
  for (const row of asArray(content)) {
    // Some clients send a flat list of elements, which is one paragraph.
    if (Array.isArray(row)) rows.push(row);
    else if (isFlat) (rows.at(-1) as unknown[]).push(row);
    else rows.push([row]);
    isFlat = !Array.isArray(row);
  }
  return rows.map((row) => readRow(row as readonly unknown[], context));
}

function readRow(row: readonly unknown[], context: ReadContext): Line {
  const line: Piece[] = [];
  let run: { text: string; readonly styles: string } | undefined;
  const endRun = (): void => {
    if (run) line.push(...context.mentions.pieces(styled(run.text, run.styles)));
    run = undefined;
  };
  for (const element of row) {
    const fields = typeof element === 'string' ? { tag: 'text', text: element } : asObject(element);
    if (fields.tag !== 'text') {
      endRun();
      line.push(...readElement(fields, context));
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

/** What an element of this tag is; `kind` is absent where the platform gives out no bytes. */
const media: ReadonlyMap<unknown, { readonly label: Text; readonly kind?: Resource['kind'] }> =
  new Map<unknown, { label: Text; kind?: Resource['kind'] }>([
    ['img', { label: texts.image, kind: 'image' }],
    ['image', { label: texts.image, kind: 'image' }],
    ['media', { label: texts.video, kind: 'video' }],
    ['video', { label: texts.video, kind: 'video' }],
    ['audio', { label: texts.audio, kind: 'audio' }],
    ['file', { label: texts.file, kind: 'file' }],
    ['folder', { label: texts.folder }],
    ['sticker', { label: texts.sticker }],
  ]);

function readElement(element: Fields, context: ReadContext): Line {
  const { mentions, lang } = context;
  const text = elementText(element);
  const medium = media.get(element.tag);
  if (medium) {
    const { label, kind } = medium;
    if (kind) return spokenFile(filePiece(kind, element, { label, lang, said: text }));
    return [plain(placeholder(label, asText(element.file_name) || text, lang))];
  }
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
      // Right below a text it would make a heading of it.
      return [plain('\n---')];
    case 'code_block':
      return [plain(`\n${codeBlock(text, asText(element.language))}\n`)];
    case 'md':
      return markdownPieces(text || asText(element.content), { mentions, lang, hasFiles: true });
    default: {
      // Unknown elements are shown by the texts in them.
      const said = text || asText(element.content) || collectTexts(element).join(' ');
      return mentions.pieces(styled(said, stylesOf(element)));
    }
  }
}

/** The files beside the text, and those that only the other form of the text has; each once. */
function filesBeside(
  post: Fields,
  { lines, others }: { readonly lines: readonly Line[]; readonly others: readonly Line[] },
  { lang }: ReadContext,
): readonly Line[] {
  const shown = new Set<unknown>();
  for (const { reference } of lines.flat()) {
    if (reference) shown.add(reference.resource.key);
  }
  const result: Line[] = [];
  const add = (key: unknown, piece: Piece): void => {
    if (shown.has(key)) return;
    if (key !== undefined) shown.add(key);
    result.push([piece]);
  };
  for (const piece of others.flat()) {
    if (piece.reference) add(piece.reference.resource.key, piece);
  }
  for (const file of asArray(post.files)) {
    const fields = asObject(file);
    const { file_key: key, file_name: name, is_folder: isFolder } = fields;
    if (isFolder === true) add(key, plain(placeholder(texts.folder, asText(name), lang)));
    else add(key, filePiece('file', fields, { label: texts.file, lang }));
  }
  return result;
}
