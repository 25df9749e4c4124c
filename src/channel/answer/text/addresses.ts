/** Web addresses: where bare ones are in a text, and how they are written safely. Pure. */

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What no address has: white space, brackets of tags, quotes, code, the marks around Chinese words. */
const STOPS = /[\s<>"`“”‘’「」『』（）【】《》〈〉，。；：！？、…]/u;
/** Ends of sentences, and marks that stand around an address rather than in it. */
const TRAILING = `?!.,:;*'|"`;

/** Bare http(s) addresses between two places, in order. */
export function* bareUrls(text: string, start: number, end: number): Generator<Place> {
  let at = start;
  for (;;) {
    const scheme = text.indexOf('://', at);
    if (scheme === -1 || scheme >= end) return;
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
    // Words that follow an address without a blank are not part of it; within a path they are.
    if (
      char > '\u007f' &&
      !/[/=?#&_.-]/.test(text.charAt(stop - 1)) &&
      text.charAt(stop - 1) < '\u0080'
    )
      break;
    if (char === '(') open += 1;
    else if (char === ')' && open === 0) break;
    else if (char === ')') open -= 1;
    else if (char === ']' || char === '[') break;
  }
  while (stop > start && TRAILING.includes(text.charAt(stop - 1))) stop -= 1;
  return stop;
}

/** Whether a client links the whole of an address that is written as it is. */
export function isSafeUrl(url: string): boolean {
  return /^[a-z\d/:.?&=%#@+,;-]*$/i.test(url);
}

export function isWebAddress(address: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(address);
}

/** Characters at which Feishu ends an address, or takes it for emphasis. */
const UNSAFE = /[\s()<>[\]_*~`"'\\|]/gu;

/** An address as the target of a link: the same one, with its unsafe characters encoded. */
export function safeAddress(address: string): string {
  return address.replace(
    UNSAFE,
    (char) => `%${Buffer.from(char).toString('hex').toUpperCase().match(/../g)?.join('%')}`,
  );
}
