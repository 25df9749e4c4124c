/**
 * Inline text as the Markdown of a card (docs/platform/media-and-cards.md#markdown-in-cards): what the
 * client would take for a tag, an entity, a mark or an emoji is written as an entity. Pure.
 */
import { characterAt, characterBefore } from '../../../../shared/characters.ts';
import { isSafeUrl, isWebAddress, safeAddress } from '../places/addresses.ts';
import { isCjk, isWidePunctuation, needsBlank } from '../places/cjk.ts';
import { type Around, type InlineForm, MODELS_BREAK } from './inline.ts';

/** Names of entities that are read without a semicolon, too: `&copy` becomes a sign. */
const BARE_ENTITY =
  /&(?=(?:A(?:Elig|MP|acute|circ|grave|ring|tilde|uml)|COPY|Ccedil|E(?:TH|acute|circ|grave|uml)|GT|I(?:acute|circ|grave|uml)|LT|Ntilde|O(?:acute|circ|grave|slash|tilde|uml)|QUOT|REG|THORN|U(?:acute|circ|grave|uml)|Yacute|a(?:acute|circ|cute|elig|grave|mp|ring|tilde|uml)|brvbar|c(?:cedil|edil|ent|opy|urren)|d(?:eg|ivide)|e(?:acute|circ|grave|th|uml)|frac(?:12|14|34)|gt|i(?:acute|circ|excl|grave|quest|uml)|l(?:aquo|t)|m(?:acr|icro|iddot)|n(?:bsp|ot|tilde)|o(?:acute|circ|grave|rd[fm]|slash|tilde|uml)|p(?:ara|lusmn|ound)|quot|r(?:aquo|eg)|s(?:ect|hy|up[123]|zlig)|t(?:horn|imes)|u(?:acute|circ|grave|ml|uml)|y(?:acute|en|uml)|[a-zA-Z][a-zA-Z0-9]*;|#))/g;

const ENTITY_NEEDED = /[<>*_~`[\]#$\\|:!]/g;

/** A line break that every client draws; a mere line end may be drawn as a blank. */
export const CARD_BREAK = '<br>';

export const cardInline: InlineForm = {
  lineBreak: CARD_BREAK,
  text: (raw, around) =>
    raw
      .split(MODELS_BREAK)
      .map((text) => cardText(text, around))
      .join(CARD_BREAK),
  code: (written) => inertCode(written),
  emphasis(shown, { marks, inner }, { before, after }) {
    if (shown.trim() === '') return shown;
    const first = characterAt(inner, 0);
    const last = characterBefore(inner, inner.length);
    const left = needsBlank(before, first) ? ' ' : '';
    const right = needsBlank(after, last) ? ' ' : '';
    return `${left}${marks}${shown}${marks}${right}`;
  },
  link(shown, address) {
    if (isWebAddress(address)) {
      return `[${shown.trim() === '' ? cardText(address) : shown}](${cardAddress(address)})`;
    }
    // Only web addresses open: others are shown.
    const text = cardText(address);
    return address === '' || text === shown ? shown : `${shown} (${text})`;
  },
  image(alt, address, isInLink) {
    if (isImageKey(address)) return `![${cardText(alt)}](${address})`;
    if (isInLink) return cardText(alt);
    if (isWebAddress(address)) {
      return `[${cardText(alt.trim() === '' ? address : alt)}](${cardAddress(address)})`;
    }
    const isShown = address !== '' && address.length <= MAX_SHOWN_ADDRESS;
    return cardText(isShown ? `${alt} (${address})`.trim() : alt);
  },
  address(address, isBare, { before, after, rest }) {
    if (!isWebAddress(address)) return cardText(address);
    const isClear = isBare && isSafeUrl(address) && address.search(BARE_ENTITY) === -1;
    const isFree = !/[*_~`|]/.test(before + after);
    const shown = isClear && isFree ? address : `[${cardText(address)}](${cardAddress(address)})`;
    // The client would take what is behind it up to a blank for a part of the address, and refuse the
    // card for a Chinese character in it.
    const isTouched = isWide(after) || /^(?!<br ?\/?>)[!-~]+[^\s!-~]/i.test(rest);
    // An exclamation mark before a link would make it an image.
    const isImage = before === '!' && shown.startsWith('[');
    return `${isWide(before) || isImage ? ' ' : ''}${shown}${isTouched ? ' ' : ''}`;
  },
  mention: (openId) => `<at id=${openId}></at>`,
  // What is behind it may make it an image or an entity.
  character: (char) => (/^[!&]$/.test(char) ? `&#${char.charCodeAt(0)};` : cardText(char)),
};

/** Longer addresses that are no links (`data:`) are left out. */
const MAX_SHOWN_ADDRESS = 200;

/** The key of an uploaded image: a card shows no other image. */
export function isImageKey(address: string): boolean {
  return /^img_[\w-]+$/.test(address);
}

const nothingAround: Around = { before: '', after: '', rest: '' };

/** A text without marks: each character is shown as it is. */
export function cardText(raw: string, around: Around = nothingAround): string {
  return raw
    .replace(BARE_ENTITY, '&&zwj;')
    .replace(ENTITY_NEEDED, (char, at: number, written: string) =>
      isHarmless(char, written, at, around) ? char : `&#${char.charCodeAt(0)};`,
    );
}

/** Most underscores, colons and signs are within words, or between blanks. */
function isHarmless(char: string, written: string, at: number, around: Around): boolean {
  const before = at > 0 ? written.charAt(at - 1) : around.before;
  const after = at + 1 < written.length ? written.charAt(at + 1) : around.after;
  switch (char) {
    case '_':
      return /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after);
    case ':':
      // `:DONE:` is an emoji, and an address needs blanks beside Chinese characters.
      return after !== '/' && !/^[a-z]\w*:/i.test(written.slice(at + 1, at + 1 + MAX_EMOJI));
    case '!':
      // A link behind it would become an image.
      return !/^[![]/.test(after);
    case '>':
      return before !== '';
    case '#':
      return before !== '';
    default:
      return false;
  }
}

/** The longest name of an emoji (characters), with room. */
const MAX_EMOJI = 40;

/**
 * Code is shown as it is, but for a whole tag that calls people, which could be found by its pattern
 * alone: a character without width breaks it. What only begins like one (`<at>`, `<at x`) stays.
 */
export function inertCode(code: string): string {
  return code.replace(/<(?=at\s[^<>]*>)/gi, '<\u200B');
}

/** An address for a link, in which no part can be read as an entity. */
function cardAddress(address: string): string {
  return safeAddress(address).replace(
    new RegExp(`${BARE_ENTITY.source}.`, 'g'),
    (found) => `&%${found.charCodeAt(1).toString(16).toUpperCase()}`,
  );
}

function isWide(char: string): boolean {
  return isCjk(char) || isWidePunctuation(char);
}
