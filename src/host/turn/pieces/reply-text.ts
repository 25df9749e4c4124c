import { MAX_ANSWER_CHARACTERS } from '../../../channel/answer/text/limits.ts';

/**
 * A host's answer as one growing text: what it streams and what it delivers, each text once. Pure.
 *
 * A host gives the text in two ways at once: partials (the whole text of the running message so far)
 * and payloads (blocks, or the final text). Which ones come differs by host and by its settings;
 * compared without white space, since payloads are trimmed and joined.
 *
 * An answer is bounded: what it gives ends one character beyond `MAX_ANSWER_CHARACTERS`, which says that there is
 * more. From there on it gives nothing and remembers nothing.
 */
export interface ReplyText {
  /** The running message as it is now; gives what is new. */
  addPartial(text: string): string;
  /** A block or final text; gives what has not been said yet. */
  addDelivered(text: string): string;
  /** A text of its own between the others: what a tool has to say. */
  addSeparate(text: string): string;
}

/** The token of an agent that has no answer (clawdbot@2026.1.24-3, auto-reply/tokens). */
const silentTokens = ['NO_REPLY', 'HEARTBEAT_OK'];
/** Shorter texts may well be said twice on purpose. */
const MIN_DUPLICATE_LENGTH = 40;

export function createReplyText(): ReplyText {
  /** Everything said, without white space. */
  let sentText = '';
  /** Up to here, payloads have confirmed what was streamed. */
  let confirmed = 0;
  /** The running message. */
  let running = '';
  /** How much of it has been given. */
  let given = 0;
  /** The characters that the answer may still have. */
  let charactersLeft = MAX_ANSWER_CHARACTERS + 1;

  function append(text: string): string {
    const separator = sentText === '' ? '' : '\n\n';
    sentText += withoutWhitespace(text);
    return withoutWhitespace(text) === '' ? '' : `${separator}${text}`;
  }

  function updateRunning(text: string): string {
    running = text;
    const start = text.trim();
    if (silentTokens.some((token) => token.startsWith(start))) return '';
    const piece = text.slice(given);
    const isFirst = given === 0;
    given = text.length;
    if (isFirst) return append(piece);
    sentText += withoutWhitespace(piece);
    return piece;
  }

  /** Cuts a text to the space left in the answer; a full answer stops recording its texts. */
  function bounded(next: (text: string) => string): (text: string) => string {
    return (text) => {
      if (charactersLeft === 0) return '';
      const piece = next(text).slice(0, charactersLeft);
      charactersLeft -= piece.length;
      if (charactersLeft === 0) {
        sentText = '';
        running = '';
      }
      return piece;
    };
  }

  return {
    addPartial: bounded((text) => {
      if (text.startsWith(running)) return updateRunning(text);
      // An older state of the same message says nothing new.
      if (running.startsWith(text)) return '';
      given = 0;
      return updateRunning(text);
    }),
    addDelivered: bounded((text) => {
      const whole = withoutWhitespace(text);
      const open = sentText.slice(confirmed);
      if (open.startsWith(whole)) {
        confirmed += whole.length;
        return '';
      }
      if (open !== '' && whole.startsWith(open)) {
        const rest = textAfter(text, open.length);
        sentText += withoutWhitespace(rest);
        confirmed = sentText.length;
        return rest;
      }
      if (whole.length >= MIN_DUPLICATE_LENGTH && sentText.includes(whole)) return '';
      if (sentText !== '' && whole.startsWith(sentText)) {
        const rest = textAfter(text, sentText.length);
        sentText += withoutWhitespace(rest);
        confirmed = sentText.length;
        return rest;
      }
      const piece = append(text);
      confirmed = sentText.length;
      return piece;
    }),
    addSeparate: bounded(append),
  };
}

function withoutWhitespace(text: string): string {
  return text.replace(/\s+/g, '');
}

/** The text behind its first `count` characters that are no white space. */
function textAfter(text: string, count: number): string {
  let seen = 0;
  for (let index = 0; index < text.length; index++) {
    if (seen === count) return text.slice(index);
    if (!/\s/.test(text.charAt(index))) seen += 1;
  }
  return '';
}
