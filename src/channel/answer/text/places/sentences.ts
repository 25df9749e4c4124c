/** Where sentences end: at Chinese marks, or at Western ones before white space. Pure. */

const CHINESE = '。！？；…';
const WESTERN = '.!?';
const CLOSING = `"')]”’」』）`;

/** Words that end with a dot in the middle of a sentence, in lower case, without that dot. */
const abbreviations = new Set(
  (
    'no nr nos vs cf ca al etc fig figs eq ch sec vol pp ed eds e.g i.e eg ie approx dr mr mrs ms ' +
    'prof st jr sr inc ltd co corp dept est min max a.m p.m u.s jan feb mar apr jun jul aug sep ' +
    'sept oct nov dec z.b d.h bzw usw ca ggf'
  ).split(' '),
);

/** The longest abbreviation or number that is looked at before a dot, and the most closing marks. */
const WORD_REACH = 16;
const CLOSING_REACH = 8;

/** Whether a sentence ends right before `at`, and its white space or the next sentence follows. */
export function isSentenceEnd(text: string, at: number): boolean {
  const next = text.charAt(at);
  if (next !== '' && (CHINESE + CLOSING).includes(next)) return false;
  let end = at;
  while (end > 0 && at - end < CLOSING_REACH && CLOSING.includes(text.charAt(end - 1))) end -= 1;
  const mark = text.charAt(end - 1);
  if (end === 0) return false;
  if (CHINESE.includes(mark)) return true;
  if (!WESTERN.includes(mark) || !/\s/.test(next)) return false;
  return mark !== '.' || !isAbbreviated(text, end - 1);
}

/** Whether the dot at `dot` belongs to an abbreviation, an initial, a number or a version. */
function isAbbreviated(text: string, dot: number): boolean {
  const before = text.slice(Math.max(0, dot - WORD_REACH), dot);
  const word = before.slice(Math.max(...[...' \t\n(["“（'].map((c) => before.lastIndexOf(c))) + 1);
  if (/^v?\d/i.test(word) || /^[#*_]*\p{L}?$/u.test(word)) return true;
  return abbreviations.has(word.toLowerCase());
}

/** Whether text that begins at a place would be read as another block: a list, a heading, a fence. */
export function beginsBlock(text: string, at: number): boolean {
  return /^\s*(?:#{1,6}(?:\s|$)|[-*+](?:\s|$)|\d{1,9}[.)](?:\s|$)|>|`{3}|~{3}|[-=|:]|(?:[*_][ \t]*){3})/.test(
    text.slice(at, at + 24),
  );
}
