/**
 * Text from outside, safe to print on a terminal or in a log.
 *
 * A bot's name, a message, a server's sentence or a file name may hold characters that a terminal
 * obeys (escape sequences), that reorder the text (bidi controls), that begin a line, or that are
 * invisible. {@link visible} replaces each of them by a visible escape. Our own colours and line
 * breaks are added after it.
 */
import { characterAt, characterBefore } from '../characters.ts';

/**
 * What a terminal obeys or hides: control characters (C0, DEL, C1), line and paragraph separators, lone
 * surrogates, bidi controls, and everything that Unicode draws as nothing. A tag sequence comes first,
 * since it is part of a flag (England, Scotland, Wales).
 */
const unsafe =
  /\u{1f3f4}[\u{e0061}-\u{e007a}]{2,6}\u{e007f}|[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * The text as one line, each unsafe character as `\n`, `\r`, `\t` or `\u{…}`. Linear. Joiners and
 * variation selectors stay where emoji or a script needs them.
 *
 * @example visible('safe\u202etxt.exe') // 'safe\\u{202e}txt.exe'
 */
export function visible(text: string): string {
  return text.replace(unsafe, (found: string, at: number) =>
    found.startsWith('\u{1f3f4}') || isNeeded(found, text, at) ? found : escaped(found),
  );
}

/** The same for a text whose line breaks and tabs are its layout: a diff, a snippet, a stack. */
export function visibleBlock(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.split('\t').map(visible).join('\t'))
    .join('\n');
}

/**
 * A value as JSON that is safe on a terminal, too: what {@link visible} escapes is written as
 * `\uXXXX`, which means the same to every JSON parser.
 */
export function jsonText(value: unknown, indent?: number): string {
  // Outside of its strings JSON holds none of these but its own line breaks.
  return JSON.stringify(value, undefined, indent).replace(unsafe, (found) =>
    found === '\n' ? found : found.split('').map(unicodeEscape).join(''),
  );
}

const unicodeEscape = (unit: string): string =>
  `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

function escaped(character: string): string {
  return shortEscapes[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

const picture = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/u;
/** Scripts whose letters change their shape at a joiner or a non-joiner. */
const joining =
  /[\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}]/u;

const isJoining = (letter: string): boolean =>
  joining.test(letter) && /[\p{L}\p{M}]/u.test(letter) && visible(letter) === letter;

/** Whether an invisible character changes how its visible neighbours are drawn. */
function isNeeded(character: string, text: string, at: number): boolean {
  const before = characterBefore(text, at);
  const after = characterAt(text, at + character.length);
  switch (character) {
    case '\u200d': {
      const drawn = before === '\ufe0f' ? characterBefore(text, at - 1) : before;
      if (picture.test(drawn) && picture.test(after)) return true;
      return isJoining(before) && isJoining(after);
    }
    case '\u200c':
      return isJoining(before) && isJoining(after);
    case '\ufe0e':
    case '\ufe0f':
      return picture.test(before) || after === '\u20e3';
    default:
      return isVariant(character) && /\p{sc=Han}/u.test(before);
  }
}

/** Variation selectors that choose the shape of an ideograph. */
function isVariant(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (code >= 0xfe00 && code <= 0xfe0d) || (code >= 0xe0100 && code <= 0xe01ef);
}
