/** Finds bare web addresses in a text, and encodes addresses for links. Pure. */

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Characters that end an address: white space, tag brackets, quotes, Chinese punctuation. */
const STOPS = /[\s<>"`“”‘’「」『』（）【】《》〈〉，。；：！？、…]/u;
/** Punctuation at the end of an address that belongs to the text around it; a backslash escapes a mark there. */
const TRAILING = `?!.,:;*'|"\\`;

/** Bare http(s) addresses between two places, in order. */
export function* bareUrls(text: string, start: number, end: number): Generator<Place> {
  // A search in the whole text would go on to its end, for each of its lines.
  const within = text.slice(start, end);
  let at = start;
  for (;;) {
    const found = within.indexOf('://', at - start);
    if (found === -1) return;
    const scheme = start + found;
    const begin = schemeStart(text, scheme, at);
    at = scheme + 3;
    if (begin === undefined) continue;
    const stop = urlStop(text, at, end);
    if (stop > at) yield { start: begin, end: stop };
    at = Math.max(stop, at);
  }
}

/** Where `http` or `https` before a colon begins, as a word of its own. */
function schemeStart(text: string, colon: number, from: number): number | undefined {
  for (const scheme of ['https', 'http']) {
    const begin = colon - scheme.length;
    if (begin < from || text.slice(begin, colon).toLowerCase() !== scheme) continue;
    return begin > 0 && /[a-z\d]/i.test(text.charAt(begin - 1)) ? undefined : begin;
  }
  return undefined;
}

function urlStop(text: string, start: number, end: number): number {
  let stop = start;
  let open = 0;
  for (; stop < end; stop += 1) {
    const char = text.charAt(stop);
    if (STOPS.test(char)) break;
    // Non-ASCII words directly after an address are not part of it, unless they are in a path.
    if (
      char > '\u007f' &&
      !/[/=?#&_.-]/.test(text.charAt(stop - 1)) &&
      text.charAt(stop - 1) < '\u0080'
    )
      break;
    if (char === '(') open += 1;
    else if (char === ')' && open === 0) break;
    else if (char === ')') open -= 1;
    else if (char === ']') break;
    else if (char === '[') {
      const length = bracketsLength(text.slice(stop, Math.min(end, stop + MAX_BRACKETS)));
      if (length === 0 || !maySurround(text, start, stop, stop + length)) break;
      stop += length - 1;
    }
  }
  return withoutTrailing(text, start, stop);
}

/** The end of an address without the punctuation of the sentence around it. */
export function withoutTrailing(text: string, start: number, end: number): number {
  let stop = end;
  while (stop > start && TRAILING.includes(text.charAt(stop - 1))) stop -= 1;
  return stop;
}

/** The longest part in brackets, and one character after it. */
const MAX_BRACKETS = 64;

/** The length of `[ids]` or `[[ids]]` at the start of a text; 0 for anything else, or the label of a link. */
function bracketsLength(text: string): number {
  const found = /^(?:\[[\w.:%-]*\]|\[\[[\w.:%-]*\]\])(?!\()/.exec(text);
  return found ? found[0].length : 0;
}

/**
 * Whether brackets belong to the address around them: a host (`//[::1]`), a query (`?ids[]=1`), or a
 * name in a path (`/[slug]/page`, `/[[...slug]]`). Elsewhere, and where they hold a number at the end,
 * they are mostly a reference: `https://a.example/b[1]`.
 */
function maySurround(text: string, start: number, open: number, close: number): boolean {
  if (open === start) return true;
  if (text.slice(start, open).includes('?')) return !text.startsWith('?', open - 1);
  if (text.charAt(open - 1) !== '/') return false;
  return text.charAt(close) === '/' || /[a-z]/i.test(text.slice(open, close));
}

/** Whether clients link the whole of a bare address. */
export function isSafeUrl(url: string): boolean {
  return /^[a-z\d/:.?&=%#@+,;-]*$/i.test(url);
}

export function isWebAddress(address: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(address);
}

/** Characters that end an address in Feishu, or that it reads as emphasis. */
const UNSAFE = /[\s()<>[\]_*~`"'\\|]/gu;

/** The brackets of a host are a part of its syntax. */
const HOST_IN_BRACKETS = /^https?:\/\/\[[\da-f:.]*\]/i;

/** An address as the target of a link: the same one, with its unsafe characters encoded. */
export function safeAddress(address: string): string {
  const host = HOST_IN_BRACKETS.exec(address)?.[0] ?? '';
  return host + encoded(address.slice(host.length), UNSAFE);
}

/** An address as the label of a link, in which clients take brackets for the label's end. */
export function addressLabel(address: string): string {
  return encoded(address, /[[\]]/g);
}

function encoded(text: string, characters: RegExp): string {
  return text.replace(
    characters,
    (char) => `%${Buffer.from(char).toString('hex').toUpperCase().match(/../g)?.join('%')}`,
  );
}
