/** Chinese typography where a value is put into a text: blanks between Han and Latin, none between Han. */

/** Characters of Chinese prose: ideographs, and the punctuation that fills a whole column pair. */
const han = /[\u3400-\u4dbf\u4e00-\u9fff]/u;
const fullWidth = /[\u3000-\u303f\uff01-\uff60\u3400-\u4dbf\u4e00-\u9fff]/u;
const word = /[\p{Script=Latin}\p{Nd}]/u;

/**
 * Joins a text's own pieces (even indexes) with the values between them (odd ones). Only the blank where
 * the two meet is changed; what a value says is kept as it is.
 *
 * @example joinChinese(['请在 ', '飞书', ' 中']) // '请在飞书中'
 * @example joinChinese(['请在', 'Lark', '中']) // '请在 Lark 中'
 */
export function joinChinese(pieces: readonly string[]): string {
  let joined = '';
  for (const piece of pieces) joined = join(joined, piece);
  return joined;
}

function join(before: string, after: string): string {
  const blanks = (before.endsWith(' ') ? 1 : 0) + (after.startsWith(' ') ? 1 : 0);
  // More than one blank is layout.
  if (blanks > 1 || /\s\s$/.test(before.slice(-2)) || after.startsWith('  ')) return before + after;
  const left = before.endsWith(' ') ? before.slice(0, -1) : before;
  const right = after.startsWith(' ') ? after.slice(1) : after;
  const [last, first] = [lastOf(left), right.slice(0, 1)];
  if (last === '' || first === '') return before + after;
  if (fullWidth.test(last) && fullWidth.test(first)) return left + right;
  if ((han.test(last) && word.test(first)) || (word.test(last) && han.test(first))) {
    return `${left} ${right}`;
  }
  return before + after;
}

const lastOf = (text: string): string => text.slice(-1);
