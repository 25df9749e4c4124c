/**
 * What a host wants to be sent beside plain text: a question with buttons, a card, the end of an
 * approval. Pure.
 *
 * In: a payload of a host's agent or of the host itself, and the parameters of its message tool. Out:
 * the same in the channel's terms, whichever of the hosts' forms it came in.
 */
import { z } from 'zod';
import type { ButtonsItem, CardItem } from '../../channel/answer/answer-piece.ts';
import type { ButtonRows, ChoiceButton } from '../../channel/answer/buttons.ts';
import { localize, type Text } from '../../shared/text/text.ts';
import { hostTexts as texts } from '../host-texts.ts';
import {
  approvalEndIn,
  approvalRequestIn,
  approvalRows,
  approvalSubject,
  decidedElsewhere,
  expiryIn,
  isDecision,
  withoutReplyLine,
} from './approval-text.ts';
import { presentedIn } from './presentation.ts';

export type HostMessage =
  | { readonly kind: 'text' }
  /** `text` of the payload is part of it. */
  | { readonly kind: 'item'; readonly item: ButtonsItem | CardItem }
  | { readonly kind: 'approval-end'; readonly subject: string; readonly says: Text };

interface HostPayload {
  readonly text?: string | undefined;
  readonly presentation?: unknown;
  readonly channelData?: unknown;
}

/** An approval without a stated time can be decided for so long (ms). */
const APPROVAL_MS = 30 * 60_000;
const MAX_ROWS = 40;

const buttonSchema = z.object({
  text: z.string(),
  callback_data: z.string().optional(),
  value: z.string().optional(),
  url: z.string().optional(),
  style: z.enum(['default', 'primary', 'danger']).optional().catch(undefined),
});
const rowSchema = z.array(buttonSchema.optional().catch(undefined)).max(MAX_ROWS);
const rowsSchema = z.array(rowSchema.optional().catch(undefined)).max(MAX_ROWS);

const approvalSchema = z.object({
  approvalId: z.string().min(1).max(200),
  state: z.string().optional().catch(undefined),
  allowedDecisions: z.array(z.string()).max(10).optional().catch(undefined),
});

const channelDataSchema = z.object({
  feishu: z
    .object({
      card: z.looseObject({}).optional().catch(undefined),
      buttons: z.unknown().optional(),
      presentation: z.unknown().optional(),
    })
    .optional()
    .catch(undefined),
  execApproval: approvalSchema.optional().catch(undefined),
});

export function hostMessageOf(payload: HostPayload): HostMessage {
  const text = payload.text ?? '';
  const { feishu, execApproval } = channelDataSchema.safeParse(payload.channelData).data ?? {};
  const end = approvalEndIn(text);
  if (execApproval?.state === 'resolved' || end) {
    const id = execApproval?.approvalId ?? end?.id ?? '';
    const says = end?.says ?? decidedElsewhere;
    return { kind: 'approval-end', subject: approvalSubject(id), says };
  }
  const presented = presentedIn(presentationOf(payload));
  if (execApproval) {
    const decisions = (execApproval.allowedDecisions ?? []).filter(isDecision);
    const rows = presented?.rows.length ? presented.rows : undefined;
    return approval({
      id: execApproval.approvalId,
      rows: rows ?? approvalRows(execApproval.approvalId, decisions),
      text: withoutReplyLine(text),
      forMs: expiryIn(text),
      isLiteral: false,
    });
  }
  const request = approvalRequestIn(text);
  if (request) {
    const { id, decisions, forMs } = request;
    const rows = approvalRows(id, decisions);
    return approval({ id, rows, text: withoutReplyLine(text), forMs, isLiteral: true });
  }
  if (feishu?.card) return { kind: 'item', item: { kind: 'card', card: feishu.card } };
  const rows = buttonRows(feishu?.buttons) ?? presented?.rows ?? [];
  const shown = [text, presented?.text ?? ''].filter((part) => part.trim() !== '').join('\n\n');
  if (rows.length > 0) return { kind: 'item', item: { kind: 'buttons', text: shown, rows } };
  return { kind: 'text' };
}

/** Its own, or the one that a host has put aside for this channel. */
function presentationOf({ presentation, channelData }: HostPayload): unknown {
  return presentation ?? channelDataSchema.safeParse(channelData).data?.feishu?.presentation;
}

/** The text of a payload, that of its presentation included. */
export function hostTextOf(payload: HostPayload): string {
  const parts = [payload.text ?? '', presentedIn(presentationOf(payload))?.text ?? ''];
  return parts.filter((part) => part.trim() !== '').join('\n\n');
}

/** Rows of buttons as a tool of a host writes them; `undefined` for none. */
export function buttonRows(buttons: unknown): ButtonRows | undefined {
  const parsed = rowsSchema.safeParse(buttons);
  if (!parsed.success) return undefined;
  const rows = parsed.data.map((row) =>
    (row ?? []).flatMap((button): ChoiceButton[] => {
      if (!button) return [];
      const { text, callback_data: data, value, url, style } = button;
      return [{ text, value: data ?? value, url, style }];
    }),
  );
  return rows.some((row) => row.length > 0) ? rows : undefined;
}

function approval(request: {
  readonly id: string;
  readonly rows: ButtonRows;
  readonly text: string;
  readonly forMs: number | undefined;
  readonly isLiteral: boolean;
}): HostMessage {
  const { id, rows, text, forMs = APPROVAL_MS, isLiteral } = request;
  return {
    kind: 'item',
    item: {
      kind: 'buttons',
      title: localize(texts.approvalNeeded),
      text,
      isLiteral,
      rows,
      mayPress: 'commanders',
      forMs,
      subject: approvalSubject(id),
    },
  };
}
