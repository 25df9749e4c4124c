/**
 * Uploads the images of a Markdown text, and puts the platform's keys in the place of their addresses.
 *
 * An image that cannot be shown keeps its address, which is rendered as a link.
 */
import type { MarkdownDocument, Span } from '../text/parse/document.ts';
import { parseMarkdown } from '../text/parse/parse.ts';
import { textsOf } from '../text/render/rewriting.ts';

/** Uploads an image. @returns its key; `undefined` for what cannot be shown */
export type ImageKey = (address: string) => Promise<string | undefined>;

/** Gives a text with the keys of its images. Each address is uploaded once. */
export type MarkdownImages = (markdown: string) => Promise<string>;

/** More images of an answer stay links: each one is a download and an upload. */
const MAX_IMAGES = 20;
const AT_ONCE = 3;

export function createMarkdownImages(imageKey: ImageKey): MarkdownImages {
  const keys = new Map<string, Promise<string | undefined>>();

  function keyOf(address: string): Promise<string | undefined> {
    const known = keys.get(address);
    if (known) return known;
    if (keys.size >= MAX_IMAGES) return Promise.resolve(undefined);
    const key = imageKey(address);
    keys.set(address, key);
    return key;
  }

  return async (markdown) => {
    // Most texts have none: they need no parser.
    if (!markdown.includes('![')) return markdown;
    const document = parseMarkdown(markdown);
    const images = imagesOf(document);
    const found = new Map<string, string>();
    const waiting = [...new Set(images.map(({ address }) => address))];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const key = await keyOf(next);
        if (key !== undefined) found.set(next, key);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return withKeys(document.source, images, found);
  };
}

type ImageSpan = Extract<Span, { kind: 'link' | 'image' }>;

/** The images outside of links; a link that shows an image is mostly a badge. */
function imagesOf(document: MarkdownDocument): readonly ImageSpan[] {
  return document.leaves.flatMap((leaf) =>
    textsOf(leaf).flatMap((text) => {
      const spans = document.spansOf(text);
      const links = spans.filter(({ kind }) => kind === 'link');
      return spans.filter(
        (span): span is ImageSpan =>
          span.kind === 'image' &&
          span.address !== '' &&
          !span.address.startsWith('img_') &&
          !links.some(({ start, end }) => start < span.start && span.end <= end),
      );
    }),
  );
}

function withKeys(
  source: string,
  images: readonly ImageSpan[],
  keys: ReadonlyMap<string, string>,
): string {
  let text = '';
  let at = 0;
  for (const { start, end, labelEnd, address } of images) {
    const key = keys.get(address);
    if (key === undefined || start < at) continue;
    text += `${source.slice(at, labelEnd)}](${key})`;
    at = end;
  }
  return text + source.slice(at);
}
