/** The small words of JSON5 (json5.org): escapes, names, numbers. Pure. */

const SIMPLE: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The escape whose backslash is at `index`; `undefined` if the escape is not valid. */
export function readEscape(
  text: string,
  index: number,
): { readonly value: string; readonly end: number } | undefined {
  const char = text[index + 1];
  if (char === undefined || /[1-9]/.test(char)) return undefined;
  switch (char) {
    case 'x':
    case 'u': {
      const length = char === 'x' ? 2 : 4;
      const digits = text.slice(index + 2, index + 2 + length);
      if (digits.length !== length || !/^[\da-fA-F]+$/.test(digits)) return undefined;
      return { value: String.fromCharCode(Number.parseInt(digits, 16)), end: index + 2 + length };
    }
    case '0':
      return /\d/.test(text[index + 2] ?? '') ? undefined : { value: '\0', end: index + 2 };
    case '\r':
      return { value: '', end: text[index + 2] === '\n' ? index + 3 : index + 2 };
    case '\n':
    case '\u2028':
    case '\u2029':
      return { value: '', end: index + 2 };
    default:
      return { value: SIMPLE[char] ?? char, end: index + 2 };
  }
}

const NAME =
  /(?:[$_\p{ID_Start}]|\\u[\da-fA-F]{4})(?:[$_\u200C-\u200D\p{ID_Continue}]|\\u[\da-fA-F]{4})*/uy;

const START = /^[$_\p{ID_Start}]$/u;
const CONTINUE = /^[$_\u200C-\u200D\p{ID_Continue}]$/u;

/** The name at `index`, as written and as meant. An escape may say only what a name may have there. */
export function readIdentifier(
  text: string,
  index: number,
): { readonly raw: string; readonly name: string; readonly end: number } | undefined {
  NAME.lastIndex = index;
  const raw = NAME.exec(text)?.[0];
  if (raw === undefined) return undefined;
  let isName = true;
  const name = raw.replace(/\\u([\da-fA-F]{4})/g, (_whole, digits: string, at: number) => {
    const char = String.fromCharCode(Number.parseInt(digits, 16));
    isName &&= (at === 0 ? START : CONTINUE).test(char);
    return char;
  });
  return isName ? { raw, name, end: index + raw.length } : undefined;
}

const NUMBER =
  /([-+]?)(Infinity|NaN|0[xX][\da-fA-F]+|(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)(?![\w$.\\])/y;

export function readNumber(
  text: string,
  index: number,
): { readonly value: number; readonly end: number } | undefined {
  NUMBER.lastIndex = index;
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const [whole, sign, digits] = match;
  const value = Number(digits);
  return { value: sign === '-' ? -value : value, end: index + whole.length };
}
