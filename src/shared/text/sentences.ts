/** Joins separate texts so that they read as sentences. Pure. */

const ENDED = /[.!?:;,…。！？：；，][)\]"'”’」）】]*$/u;
const ENDS_IN_CHINESE = /[\p{Script=Han}）」”]$/u;

/**
 * Each part but the last gets a full stop if it ends without punctuation. After a link a middle dot
 * follows instead, since a full stop would be read as part of the link. Empty parts are left out.
 *
 * @example sentences(['No answer', 'check the proxy']) // 'No answer. check the proxy'
 */
export function sentences(parts: readonly (string | undefined)[]): string {
  let joined = '';
  for (const part of parts.map((text) => text?.trim() ?? '').filter(Boolean)) {
    joined += joined === '' ? part : separatorAfter(joined) + part;
  }
  return joined;
}

function separatorAfter(text: string): string {
  // Only the end of the text decides, so a long text is not searched as a whole.
  const end = text.slice(-2100);
  if (endsInLink(end)) return ' · ';
  if (ENDED.test(end.slice(-8))) return /[。！？：；，][）」”]?$/u.test(end) ? '' : ' ';
  return ENDS_IN_CHINESE.test(end) ? '。' : '. ';
}

/** Whether the last word is a link, or ends with one behind Chinese punctuation. */
function endsInLink(text: string): boolean {
  const word = text.split(/[\s，。；、）]/).at(-1) ?? '';
  return /https?:\/\/./.test(word);
}
