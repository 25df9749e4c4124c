/**
 * Errors as values: a stable code, what happened, what to do about it, and the exit code.
 *
 * Thrown at the edge where the fact is known, caught at the door where it is shown.
 */
import { type LocalizedText, render, type Text } from './text/text.ts';

/** Exit codes of every command: the contract with scripts. */
export const ExitCode = {
  ok: 0,
  findings: 1,
  usage: 2,
  credentialsRejected: 3,
  unavailable: 4,
  config: 5,
  appNotReady: 6,
  hostRefused: 7,
  internal: 70,
  /** The operating system refused: too many open files, an output that cannot be written. */
  system: 71,
  cancelled: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export interface MoltbotFeishuErrorInit {
  /** Stable, kebab-case; part of the `--json` contract. */
  readonly code: string;
  readonly exitCode: ExitCode;
  /** What happened, in one sentence. */
  readonly what: LocalizedText | Text;
  /** What to do about it. */
  readonly advice?: LocalizedText | Text | undefined;
  /** The page on which a person can fix it, if there is one. */
  readonly url?: string | undefined;
  /** The Open Platform's own code, if it answered one. */
  readonly feishuCode?: number | undefined;
  /** The Open Platform's log id: what its support asks for. */
  readonly logId?: string | undefined;
  /** How long to wait before asking again (ms), where the platform said so. */
  readonly retryAfterMs?: number | undefined;
  /** Further facts that a caller may branch on; never a secret. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/** The one error type of this package. `message` is the English text; the door renders others. */
export class MoltbotFeishuError extends Error {
  override readonly name = 'MoltbotFeishuError';
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly what: LocalizedText | Text;
  readonly advice: LocalizedText | Text | undefined;
  readonly url: string | undefined;
  readonly feishuCode: number | undefined;
  readonly logId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(init: MoltbotFeishuErrorInit) {
    super(render(init.what, 'en'), init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.exitCode = init.exitCode;
    this.what = init.what;
    this.advice = init.advice;
    this.url = init.url;
    this.feishuCode = init.feishuCode;
    this.logId = init.logId;
    this.retryAfterMs = init.retryAfterMs;
    this.details = init.details ?? {};
  }
}

export function isMoltbotFeishuError(error: unknown, code?: string): error is MoltbotFeishuError {
  return error instanceof MoltbotFeishuError && (code === undefined || error.code === code);
}

/** An error in a log: which one it is, and no content. */
export function codeOf(error: unknown): string {
  if (isMoltbotFeishuError(error)) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
