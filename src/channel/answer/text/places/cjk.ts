/**
 * Chinese, Japanese and Korean characters: where they touch marks of emphasis and addresses, Feishu
 * needs blanks, and CommonMark's rules for words between blanks do not hold. Pure.
 */
import type { MarkdownIt } from 'markdown-it';
import { characterAt, characterBefore } from '../../../../shared/characters.ts';

const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;

export function isCjk(char: string): boolean {
  return CJK.test(char);
}

/** Punctuation beside which Feishu does not see emphasis: that of other scripts, and quotes. */
export function isWidePunctuation(char: string): boolean {
  return char > '\u007f' && PUNCTUATION.test(char);
}

function isPunctuation(char: string): boolean {
  return PUNCTUATION.test(char);
}

/** Whether Feishu or CommonMark would not see emphasis whose edge is between two characters. */
export function needsBlank(outer: string, inner: string): boolean {
  // A mark outside belongs to emphasis around this one.
  if (outer === '' || /[\s*_~]/.test(outer)) return false;
  if (isWidePunctuation(outer) || isWidePunctuation(inner)) return true;
  return isPunctuation(inner) && !isPunctuation(outer);
}

/**
 * Lets emphasis begin and end beside CJK characters without a blank, as people write it:
 * `**注意：**请看`. CommonMark asks for a blank or punctuation there, which such texts do not have
 * (github.com/tats-u/markdown-cjk-friendly).
 */
export function readCjkEmphasis(markdown: MarkdownIt): void {
  markdown.inline.State = class extends markdown.inline.State {
    override scanDelims(start: number, canSplitWord: boolean) {
      const scanned = super.scanDelims(start, canSplitWord);
      if (!canSplitWord || (scanned.can_open && scanned.can_close)) return scanned;
      const before = characterBefore(this.src, start);
      const after = characterAt(this.src, start + scanned.length);
      return {
        ...scanned,
        can_open: scanned.can_open || (isCjk(before) && /\S/.test(after)),
        can_close: scanned.can_close || (isCjk(after) && /\S/.test(before)),
      };
    }
  };
}
