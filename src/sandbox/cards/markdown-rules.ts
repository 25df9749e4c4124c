/** What in the text of a `markdown` component makes the platform refuse a card. */
import { type CardFault, cardFault } from './card-faults.ts';

export interface MarkdownRules {
  /** The group lets bots mention everyone; true unless said otherwise. */
  readonly allowsAtAll: boolean;
}

/** The first fault of a text; code is not looked at. */
export function faultInMarkdown(content: string, rules: MarkdownRules): CardFault | undefined {
  for (const paragraph of linesOutsideCode(content)
    .join('\n')
    .split(/\n[ \t>]*\n/)) {
    const text = withoutCodeSpans(paragraph);
    for (const target of imageTargets(text)) {
      if (!target.startsWith('img_')) return cardFault(200570, `invalid image key ${target}`);
    }
    if (!rules.allowsAtAll && /<at\s+id=["']?all["']?\s*>/.test(text)) {
      return cardFault(100290, 'at all is not allowed in this chat');
    }
    if (urlBesideHan(text)) return cardFault(200621, 'invalid url in markdown');
  }
  return undefined;
}

/** How many tables a text has: each has exactly one delimiter row. */
export function markdownTables(content: string): number {
  return linesOutsideCode(content).filter(isDelimiterRow).length;
}

/** A fence may be in a quote or in a list; one of backticks has none in its line. */
const OPENING_FENCE = /^(?:[ \t>]|[-*+] |\d{1,9}[.)] )*(`{3,}(?=[^`]*$)|~{3,})/;
const CLOSING_FENCE = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/;

/** The lines, each code block replaced by an empty one. */
function linesOutsideCode(content: string): string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of content.split('\n')) {
    if (fence !== undefined) {
      if (CLOSING_FENCE.exec(line)?.[1]?.startsWith(fence)) fence = undefined;
      continue;
    }
    fence = OPENING_FENCE.exec(line)?.[1];
    lines.push(fence === undefined ? line : '');
  }
  return lines;
}

/** A run of backticks opens code that the next run of the same length closes, in the same paragraph. */
function withoutCodeSpans(paragraph: string): string {
  const runs = [...paragraph.matchAll(/`+/g)];
  const closing = new Map<number, number>();
  const nextOfLength = new Map<number, number>();
  for (const [index, [run]] of [...runs.entries()].reverse()) {
    const next = nextOfLength.get(run.length);
    if (next !== undefined) closing.set(index, next);
    nextOfLength.set(run.length, index);
  }
  let text = '';
  let from = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const close = closing.get(index);
    const [open, end] = [runs[index], runs[close ?? -1]];
    if (close === undefined || !open || !end) continue;
    text += `${paragraph.slice(from, open.index)} `;
    from = end.index + end[0].length;
    index = close;
  }
  return text + paragraph.slice(from);
}

/** A bare address that touches a Chinese character; one in a link or a tag is none. */
function urlBesideHan(text: string): boolean {
  const bare = text
    .replace(/\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)/g, ' ')
    .replace(/<[^<>]*>/g, ' ');
  for (const { 0: url, index } of bare.matchAll(/https?:\/\/[^\s\p{Script=Han}]*/gu)) {
    const end = index + url.length;
    // A Chinese character may take two units.
    if (/\p{Script=Han}$/u.test(bare.slice(Math.max(0, index - 2), index))) return true;
    if (/^\p{Script=Han}/u.test(bare.slice(end, end + 2))) return true;
  }
  return false;
}

/** The addresses of the images in a text. */
function imageTargets(text: string): readonly string[] {
  return text
    .split('![')
    .slice(1)
    .flatMap((image) => {
      const labelEnd = image.search(/[\][]/);
      const address = image.slice(labelEnd + 2);
      const isImage = image.slice(labelEnd, labelEnd + 2) === '](' && address.includes(')');
      return isImage ? [/^[^()\s]*/.exec(address)?.[0] ?? ''] : [];
    });
}

function isDelimiterRow(line: string): boolean {
  const row = line.trim().replace(/^\|/, '');
  return row.includes('|') && row.replace(/\|$/, '').split('|').every(isDelimiterCell);
}

function isDelimiterCell(cell: string): boolean {
  return /^:?-{2,}:?$/.test(cell.trim());
}
