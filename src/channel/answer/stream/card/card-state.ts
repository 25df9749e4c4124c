/**
 * Decides the next call for one streamed card. Pure: the clock and all answers are passed in.
 *
 * In: what the card shows, what it should show, the time. Out: the next call, or how long to wait.
 * There is one call at a time, each with a higher sequence, and each text call has the newest whole
 * text: what a slow platform misses in between is left out.
 */
import { backoffMs } from '../../../../shared/time/backoff.ts';
import { type CallResult, type CardCall, type Refusal, refusalKind } from './card-call.ts';
import { endsSentence, MIN_CALL_GAP_MS, updateIntervalMs } from './pace.ts';

export interface CardState {
  /**
   * live: it streams · frozen: no updates until its end · closed: the streaming mode is over ·
   * whole: the final form is accepted · failed: it cannot show the final form
   */
  readonly phase: 'live' | 'frozen' | 'closed' | 'whole' | 'failed';
  /** The last number that was used. */
  readonly sequence: number;
  /** When the streaming mode was opened last (ms). */
  readonly openedAt: number;
  readonly mustReopen: boolean;
  /** What the last accepted calls show. */
  readonly text: string;
  readonly status: string;
  /** Empty: the card has no panel of tools. */
  readonly tools: string;
  /** Whether the panel of tools was not refused. */
  readonly mayShowTools: boolean;
  readonly lastCallAt: number;
  readonly lastTextAt: number;
  readonly lastStatusAt: number;
  /** No call before this time (ms). */
  readonly notBefore: number;
  /** Refusals in a row, apart from those to wait. */
  readonly refusals: number;
  /** Calls in a row that must be made later. */
  readonly waits: number;
  /** When the first of them was made (ms). */
  readonly waitingSince: number;
  /** How often the streaming mode was opened again without a text call in between. */
  readonly reopenings: number;
  /** A text that was refused is not sent again. */
  readonly refusedText: string | undefined;
}

export interface Wanted {
  readonly text: string;
  readonly status: string;
  readonly tools: string;
  /** All of the text is there: the card is closed and replaced by its final form. */
  readonly isEnding: boolean;
  /** How long the last rendering took (ms). */
  readonly renderMs: number;
}

export type Step =
  | { readonly kind: 'call'; readonly call: CardCall }
  | { readonly kind: 'wait'; readonly until: number }
  /** Until something else is wanted. */
  | { readonly kind: 'rest' }
  /** The card has its final form, or can have none. */
  | { readonly kind: 'over' };

/** Streaming ends ten minutes after it was opened, whatever happens meanwhile (ms). */
const REOPEN_AFTER_MS = 9 * 60_000;
/** Between two updates of the status and the tools (ms). */
const STATUS_INTERVAL_MS = 1000;
const MAX_REFUSALS = 3;
const MAX_REOPENINGS = 3;
const LATER = { baseMs: 500, maxMs: 10_000 } as const;
/** How long a final form is tried where the platform asks to wait or is out of reach (ms). */
const PATIENCE_MS = 10 * 60_000;
/** By how much the number is raised where the platform has seen a higher one. */
const SEQUENCE_JUMPS = [50, 1000, 20_000, 400_000] as const;

export function openedCard(options: {
  readonly sequence: number;
  readonly text: string;
  readonly status: string;
  readonly tools: string;
  readonly now: number;
}): CardState {
  const { sequence, text, status, tools, now } = options;
  return {
    phase: 'live',
    sequence,
    openedAt: now,
    mustReopen: false,
    text,
    status,
    tools,
    mayShowTools: true,
    // That it was created is no update: the first may follow at once.
    lastCallAt: now - MIN_CALL_GAP_MS,
    lastTextAt: now,
    lastStatusAt: now,
    notBefore: 0,
    refusals: 0,
    waits: 0,
    waitingSince: 0,
    reopenings: 0,
    refusedText: undefined,
  };
}

export function nextStep(card: CardState, wanted: Wanted, now: number): Step {
  if (card.phase === 'whole' || card.phase === 'failed') return { kind: 'over' };
  const earliest = Math.max(card.notBefore, card.lastCallAt + MIN_CALL_GAP_MS);
  const sequence = card.sequence + 1;
  const at = (due: number, call: CardCall): Step => {
    const until = Math.max(due, earliest);
    return now >= until ? { kind: 'call', call } : { kind: 'wait', until };
  };
  if (wanted.isEnding) return at(0, endingCall(card, wanted, sequence));
  if (card.phase !== 'live') return { kind: 'rest' };
  const reopenAt = card.openedAt + REOPEN_AFTER_MS;
  if (card.mustReopen || now >= reopenAt) return at(0, { kind: 'reopen', sequence });
  if (isNew(card, wanted.text)) {
    const { text: source } = wanted;
    return at(textDue(card, wanted), { kind: 'text', sequence, source });
  }
  const beside = besideCall(card, wanted, sequence);
  return beside
    ? at(card.lastStatusAt + STATUS_INTERVAL_MS, beside)
    : { kind: 'wait', until: reopenAt };
}

/** The call for what is shown beside the text. */
function besideCall(card: CardState, wanted: Wanted, sequence: number): CardCall | undefined {
  const { status, tools } = wanted;
  if (card.mayShowTools && tools !== card.tools && tools !== '')
    return { kind: 'tools', sequence, text: tools, isFirst: card.tools === '' };
  return status === card.status ? undefined : { kind: 'status', sequence, text: status };
}

const isBeside = ({ kind }: CardCall): boolean => kind === 'status' || kind === 'tools';

function endingCall(card: CardState, wanted: Wanted, sequence: number): CardCall {
  if (card.phase === 'closed') return { kind: 'final', sequence };
  // Without this update the client would show the rest of the text only when the card is replaced.
  const isShown = card.phase === 'frozen' || card.mustReopen || !isNew(card, wanted.text);
  return isShown ? { kind: 'close', sequence } : { kind: 'text', sequence, source: wanted.text };
}

function isNew(card: CardState, text: string): boolean {
  return text !== '' && text !== card.text && text !== card.refusedText;
}

/** The first text is shown at once, a sentence when it ends, anything else by the interval. */
function textDue(card: CardState, { text, renderMs }: Wanted): number {
  if (card.text === '') return 0;
  if (endsSentence(text)) return card.lastTextAt + MIN_CALL_GAP_MS;
  return card.lastTextAt + updateIntervalMs(text.length, renderMs);
}

/** The state after a call that began at `startedAt`. @param random 0 … 1, for waits that differ */
export function afterCall(
  card: CardState,
  call: CardCall,
  result: CallResult,
  times: { readonly startedAt: number; readonly now: number; readonly random: number },
): CardState {
  const { startedAt } = times;
  const called: CardState = {
    ...card,
    sequence: Math.max(card.sequence, call.sequence),
    lastCallAt: startedAt,
    ...(call.kind === 'text' && { lastTextAt: startedAt }),
    ...(isBeside(call) && { lastStatusAt: startedAt }),
  };
  return result === 'accepted'
    ? accepted(called, call, startedAt)
    : refused(called, call, result, times);
}

function accepted(card: CardState, call: CardCall, startedAt: number): CardState {
  const well: CardState = { ...card, refusals: 0, waits: 0 };
  switch (call.kind) {
    case 'reopen':
      return {
        ...well,
        openedAt: startedAt,
        mustReopen: false,
        reopenings: well.reopenings + 1,
      };
    case 'text':
      return { ...well, text: call.source, reopenings: 0, refusedText: undefined };
    case 'status':
      return { ...well, status: call.text };
    case 'tools':
      return { ...well, tools: call.text };
    case 'close':
      return { ...well, phase: 'closed' };
    case 'final':
      return { ...well, phase: 'whole' };
  }
}

function refused(
  card: CardState,
  call: CardCall,
  refusal: Refusal,
  times: { readonly now: number; readonly random: number },
): CardState {
  const kind = refusalKind(refusal);
  if (kind === 'lost') return { ...card, phase: 'failed' };
  if (kind === 'later') return waiting(card, call, refusal, times);
  const counted: CardState = { ...card, refusals: card.refusals + 1, waits: 0 };
  if (kind === 'sequence') {
    const jump = SEQUENCE_JUMPS[card.refusals];
    return jump === undefined
      ? givenUp(counted, call)
      : { ...counted, sequence: card.sequence + jump };
  }
  if (kind === 'not-streaming' && (call.kind === 'text' || isBeside(call))) {
    // It is opened again, but not for ever: each call would be refused.
    return card.reopenings >= MAX_REOPENINGS
      ? { ...counted, phase: 'frozen' }
      : { ...card, mustReopen: true, waits: 0 };
  }
  return givenUp(counted, call);
}

/** What is left where a call is refused for good. */
function givenUp(card: CardState, call: CardCall): CardState {
  switch (call.kind) {
    case 'text':
      return card.refusals >= MAX_REFUSALS
        ? { ...card, phase: 'frozen' }
        : { ...card, refusedText: call.source };
    case 'status':
      return card.refusals >= MAX_REFUSALS
        ? { ...card, phase: 'frozen' }
        : { ...card, status: call.text };
    case 'tools':
      // Without a panel there is nothing to update.
      return call.isFirst ? { ...card, mayShowTools: false } : { ...card, tools: call.text };
    case 'reopen':
      return { ...card, phase: 'frozen' };
    case 'close':
      // The final form needs no closed card, and closes it as well.
      return { ...card, phase: 'closed' };
    case 'final':
      return { ...card, phase: 'failed' };
  }
}

function waiting(
  card: CardState,
  call: CardCall,
  { retryAfterMs }: Refusal,
  { now, random }: { readonly now: number; readonly random: number },
): CardState {
  const waits = card.waits + 1;
  const waitingSince = card.waits === 0 ? now : card.waitingSince;
  const waitMs = retryAfterMs ?? Math.ceil(backoffMs(waits, LATER) * (0.75 + random / 2));
  const waited: CardState = { ...card, waits, waitingSince, notBefore: now + waitMs };
  const isOver = now + waitMs - waitingSince > PATIENCE_MS;
  return isOver ? givenUp({ ...waited, refusals: MAX_REFUSALS }, call) : waited;
}
