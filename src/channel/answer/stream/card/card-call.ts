/** The calls that a streamed card needs, and what their refusals mean (docs/platform/media-and-cards.md#streaming). */

/** One call for a card. Each has a `sequence` above those before it. */
export type CardCall =
  /** Opens the streaming mode again. */
  | { readonly kind: 'reopen'; readonly sequence: number }
  /** Shows a whole text so far; `source` is the text before it is rendered. */
  | { readonly kind: 'text'; readonly sequence: number; readonly source: string }
  | { readonly kind: 'status'; readonly sequence: number; readonly text: string }
  /** Shows the tools in use; the first such call adds their panel. */
  | {
      readonly kind: 'tools';
      readonly sequence: number;
      readonly text: string;
      readonly isFirst: boolean;
    }
  /** Ends the streaming mode. */
  | { readonly kind: 'close'; readonly sequence: number }
  /** Replaces the card by its final form. */
  | { readonly kind: 'final'; readonly sequence: number };

export type CallResult = 'accepted' | Refusal;

export interface Refusal {
  /** The platform's code; 0: the call did not arrive, or its answer did not. */
  readonly code: number;
  /** The same call may succeed later. */
  readonly isRetryable: boolean;
  /** How long the platform asks to wait (ms). */
  readonly retryAfterMs?: number | undefined;
}

export type RefusalKind =
  /** The streaming mode has ended: it must be opened again. */
  | 'not-streaming'
  /** The number was used: a higher one is needed. */
  | 'sequence'
  | 'later'
  /** The card cannot be changed any more. */
  | 'lost'
  /** This content, or this call, is not accepted. */
  | 'refused';

const notStreaming = new Set([200850, 200510, 300309]);
/** The number is too low, or an identifier was used for another call: the next number has neither. */
const sequences = new Set([300317, 200770]);
const later = new Set([200810, 300313, 300120]);
/** Deleted, expired, of another app, or the app has lost its permission. */
const lost = new Set([200740, 200750, 300311, 99991672, 99991679]);

export function refusalKind({ code, isRetryable }: Refusal): RefusalKind {
  if (notStreaming.has(code)) return 'not-streaming';
  if (sequences.has(code)) return 'sequence';
  if (lost.has(code)) return 'lost';
  return isRetryable || later.has(code) ? 'later' : 'refused';
}
