/**
 * What a host says of its approvals: which one is asked for, and what became of it. Pure.
 *
 * The wording is the hosts' (clawdbot@2026.1.24-3 and openclaw@2026.9.6, infra/exec-approval-forwarder).
 */
import type { ButtonRows, ChoiceButton } from '../../channel/answer/buttons.ts';
import type { Text } from '../../shared/text/text.ts';

export type ApprovalDecision = 'allow-once' | 'allow-always' | 'deny';

export interface ApprovalRequest {
  readonly id: string;
  readonly decisions: readonly ApprovalDecision[];
  /** How long it can be decided (ms); `undefined`: not said. */
  readonly forMs: number | undefined;
}

export interface ApprovalEnd {
  readonly id: string;
  readonly says: Text;
}

/** An id goes into a command: letters, digits and a few signs. */
const ID = '[A-Za-z0-9][A-Za-z0-9._:-]{0,199}';
const REQUEST_HEAD = new RegExp(`^🔒 \\w+ approval required\\nID: (${ID})\\n`);
const REPLY_LINE =
  /^Reply with: \/approve \S{1,200} ((?:allow-once|allow-always|deny)(?:\|(?:allow-once|allow-always|deny)){0,2})$/m;
const EXPIRES_LINE = /^Expires in: (?:(\d{1,4})h ?)?(?:(\d{1,4})m ?)?(?:(\d{1,6})s)?$/m;
const END = new RegExp(
  `^(?:✅|❌|⏱️) \\w+ approval ([a-z ]{3,40})\\.(?: Resolved by \\S{1,200}\\.)? ID: (${ID})$`,
);
const MAX_END_LENGTH = 1000;

const ends: Readonly<Record<string, Text>> = {
  expired: { en: 'Expired: no decision was made.', zh: '已过期，未作决定。' },
  'allowed once': { en: 'Allowed once.', zh: '已允许一次。' },
  'allowed always': { en: 'Allowed always.', zh: '已始终允许。' },
  denied: { en: 'Denied.', zh: '已拒绝。' },
};

const labels: Readonly<Record<ApprovalDecision, Text>> = {
  'allow-once': { en: 'Allow once', zh: '允许一次' },
  'allow-always': { en: 'Always allow', zh: '始终允许' },
  deny: { en: 'Deny', zh: '拒绝' },
};

/** The request in a text; `undefined` for any other text, also one that only quotes a request. */
export function approvalRequestIn(text: string): ApprovalRequest | undefined {
  const id = REQUEST_HEAD.exec(text)?.[1];
  const decisions = REPLY_LINE.exec(text)?.[1]?.split('|').filter(isDecision);
  if (id === undefined || !decisions) return undefined;
  return { id, decisions, forMs: expiryIn(text) };
}

/** How long a request can be decided (ms), as its text says. */
export function expiryIn(text: string): number | undefined {
  const found = EXPIRES_LINE.exec(text);
  if (!found) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

export function approvalEndIn(text: string): ApprovalEnd | undefined {
  const found = text.length > MAX_END_LENGTH ? null : END.exec(text.trim());
  const [, word = '', id] = found ?? [];
  return id === undefined ? undefined : { id, says: endWords(word) };
}

/** What a person reads in place of the buttons. */
function endWords(word: string): Text {
  const known = Object.hasOwn(ends, word) ? ends[word] : undefined;
  return known ?? { en: 'Decided.', zh: '已决定。' };
}

export const decidedElsewhere: Text = { en: 'Decided.', zh: '已决定。' };

/** The buttons of a request: each press is the command of the person who presses. */
export function approvalRows(id: string, decisions: readonly ApprovalDecision[]): ButtonRows {
  return [
    decisions.map(
      (decision): ChoiceButton => ({
        text: labels[decision],
        value: `/approve ${id} ${decision}`,
        style: decision === 'deny' ? 'danger' : 'primary',
        isPlain: true,
      }),
    ),
  ];
}

/** The text of a request without the line about typing the command. */
export function withoutReplyLine(text: string): string {
  return text.replace(REPLY_LINE, '').trim();
}

export function isDecision(word: unknown): word is ApprovalDecision {
  return typeof word === 'string' && Object.hasOwn(labels, word);
}

/** The subject of a question about an approval. */
export const approvalSubject = (id: string): string => `approval:${id}`;
