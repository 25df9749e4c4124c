/**
 * The marks before results. Each has one meaning, and they differ without colour: what was not checked
 * is not what was skipped.
 */
import type { CheckStatus } from '../check.ts';

export const marks = {
  ok: '✓',
  warn: '!',
  fail: '✗',
  'not-checked': '–',
  skipped: '·',
} as const satisfies Record<CheckStatus, string>;

/** The same for a terminal without UTF-8, and for screen readers. */
export const asciiMarks = {
  ok: '+',
  warn: '!',
  fail: 'x',
  'not-checked': '-',
  skipped: '.',
} as const satisfies Record<CheckStatus, string>;
