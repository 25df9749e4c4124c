/** Renders a run of styled text as Markdown. Pure. */
import { asArray, asText, type Fields } from './untyped.ts';

/** The marks of each style, from the inside out. Code is inside all of them. */
const marks: readonly (readonly [style: string, open: string, close: string])[] = [
  ['italic', '*', '*'],
  ['bold', '**', '**'],
  ['lineThrough', '~~', '~~'],
  // Markdown knows no underline.
  ['underline', '<u>', '</u>'],
];

/** The styles of an element, as a text that two elements of the same look share. */
export function stylesOf({ style }: Fields): string {
  const styles = asArray(style).filter((name) => typeof name === 'string');
  return [...new Set(styles)].sort().join(' ');
}

/** Marks each line by itself, without its outer blanks: Markdown allows no other marks. */
export function styled(text: string, styles: string): string {
  if (styles === '') return text;
  const names = new Set(styles.split(' '));
  return text
    .split('\n')
    .map((line) => {
      const core = line.trim();
      if (core === '') return line;
      const start = line.indexOf(core);
      return line.slice(0, start) + marked(core, names) + line.slice(start + core.length);
    })
    .join('\n');
}

function marked(text: string, names: ReadonlySet<string>): string {
  const inner = names.has('codeInline') ? inlineCode(text) : text;
  return marks.reduce(
    (whole, [style, open, close]) => (names.has(style) ? open + whole + close : whole),
    inner,
  );
}

function inlineCode(text: string): string {
  const ticks = fence(text, 1);
  const blank = ticks.length > 1 || text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return ticks + blank + text + blank + ticks;
}

/** A block of code whose fence is longer than any in it. */
export function codeBlock(code: string, language: string): string {
  const ticks = fence(code, 3);
  // A language is one word: other characters could end the fence's line.
  const word = /^[\w+#.-]+/.exec(language.trim())?.[0] ?? '';
  return `${ticks}${word.toLowerCase()}\n${code.replace(/\n$/, '')}\n${ticks}`;
}

function fence(text: string, least: number): string {
  let most = least - 1;
  for (const [run] of text.matchAll(/`+/g)) most = Math.max(most, run.length);
  return '`'.repeat(most + 1);
}

/** A link whose text and address stay whole. */
export function link(text: string, href: string): string {
  if (href === '' || text === href) return text || href;
  if (text.trim() === '') return href;
  // A backslash before a bracket would undo the bracket's own; one at the end, the closing bracket.
  const label = text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[[\]]|\\(?=[[\]\\]|$)/g, '\\$&');
  return /[\s()<>\\]/.test(href) ? `[${label}](<${safe(href)}>)` : `[${label}](${href})`;
}

/** A backslash would make the mark behind it a part of the address. */
const safe = (href: string): string => href.replaceAll(/[\s<>\\]/g, (letter) => encodeURI(letter));

/** The HTML entities in an escaped text (`un_escape`), and their characters. */
const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

/** The text of an element, as its sender wrote it. */
export function elementText(element: Fields): string {
  const text = asText(element.text);
  if (element.un_escape !== true) return text;
  return text.replaceAll(/&(?:lt|gt|amp|quot|#39|nbsp);/g, (entity) => entities[entity] ?? entity);
}
