/**
 * Decides which typed or pasted text a prompt shows: never a secret.
 *
 * A prompt draws whole lines; each passes through here on its way to the terminal. Linear. Pure, but for
 * the stream.
 */

/** In place of a character that is not shown. */
const HIDDEN = '▪';

/** Shorter words are no secrets (characters); a secret is 32 long, and appears a character at a time. */
const MIN_SECRET = 24;

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
const COLORS = /\u001b\[[0-9;?]*[A-Za-z]/g;
/** Before an answer: the bar of the flow. */
const BAR = /^[│|] {2}|^[│|]$/;
/** Before a question. */
const MARK = /^[◆◇▲■*ox] {2}/;
/** The end of a prompt; what is wrong with the answer follows on the same line and the next ones. */
const END = /^[└—](?: {2}|$)/;

/** Shows only an App ID, whole or in part, in an answer to the App ID question. */
export function shownAppId(typed: string): string {
  if (/^c?l?i?$/i.test(typed.trim())) return typed;
  return hidden(typed, /cli_(?:[0-9a-f]{0,16})(?![0-9a-z_])/gi);
}

/** Shows any other answer, except for words in the form of a secret. */
export function shownText(typed: string): string {
  return typed.replace(/[A-Za-z0-9_]+/g, (word) => {
    const isSecret = word.length >= MIN_SECRET && /^[A-Za-z0-9]+$/.test(word) && /\d/.test(word);
    return isSecret ? HIDDEN.repeat(word.length) : word;
  });
}

/** All but what matches, blanks kept. */
function hidden(typed: string, visible: RegExp): string {
  const hide = (text: string): string => text.replace(/[^\s█]/gu, HIDDEN);
  let shown = '';
  let end = 0;
  for (const match of typed.matchAll(visible)) {
    shown += hide(typed.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return shown + hide(typed.slice(end));
}

/**
 * The lines of a prompt: the answer as `shown` gives it, the question and what is wrong with the answer as
 * they are. An answer longer than the window continues on lines without a bar. Colours stay where they are.
 */
export function shownFrame(frame: string, shown: (typed: string) => string): string {
  let isBelow = false;
  return frame
    .split('\n')
    .map((line) => {
      const plain = line.replace(COLORS, '');
      isBelow ||= END.test(plain);
      if (isBelow || MARK.test(plain)) return line;
      const bar = BAR.exec(plain)?.[0].length ?? 0;
      return withColors(line, (text) => text.slice(0, bar) + shown(text.slice(bar)));
    })
    .join('\n');
}

function withColors(text: string, shown: (typed: string) => string): string {
  const characters = Array.from(text.replace(COLORS, ''));
  const after = Array.from(shown(characters.join('')));
  // A function that keeps every character's place is the only one that colours can follow.
  if (after.length !== characters.length) return after.join('');
  let at = 0;
  let result = '';
  let end = 0;
  for (const match of text.matchAll(COLORS)) {
    const count = Array.from(text.slice(end, match.index)).length;
    result += after.slice(at, at + count).join('') + match[0];
    at += count;
    end = match.index + match[0].length;
  }
  return result + after.slice(at).join('');
}

/** The same stream, what is written to it passed through {@link shownFrame}. */
export function showing(
  output: NodeJS.WriteStream,
  shown: (typed: string) => string,
): NodeJS.WriteStream {
  const write = (chunk: string): boolean => output.write(shownFrame(chunk, shown));
  return new Proxy(output, {
    get(target, key) {
      if (key === 'write') return write;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
