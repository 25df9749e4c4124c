/** The shape of one row of the error table. */
import type { Text } from '../../shared/text.ts';
import type { ConsoleLinks } from '../address/console-links.ts';

/** Codes are per API family: the same number can mean different things. */
export type ErrorFamily =
  | 'token'
  | 'message'
  | 'media'
  | 'card'
  | 'ws-endpoint'
  | 'registration'
  | 'application'
  | 'general';

/** What a caller may do: give up, try again at once or shortly, or wait longer and longer. */
export type ErrorOutcome = 'terminal' | 'retry' | 'backoff';

/** The stable code of the error that this package makes of it. */
export type PlatformErrorCode =
  | 'credentials-rejected'
  | 'platform-unreachable'
  | 'platform-error'
  | 'rate-limited'
  | 'scope-missing'
  | 'bot-off'
  | 'app-not-ready'
  | 'ip-denied'
  | 'too-many-connections'
  | 'under-review'
  | 'store-app'
  | 'not-console-made'
  | 'wrong-app'
  | 'not-permitted'
  | 'change-refused'
  | 'version-refused'
  | 'scan-denied'
  | 'scan-expired'
  | 'scan-unavailable'
  | 'wrong-brand'
  | 'platform-rejected';

export interface ErrorEntry {
  readonly family: ErrorFamily;
  readonly code: number | string;
  readonly error: PlatformErrorCode;
  readonly outcome: ErrorOutcome;
  /** What the code says. May hold `{code}` and `{msg}`: what the platform answered. */
  readonly meaning: Text;
  readonly cause: Text;
  readonly fix: Text;
  /** The page on which a person can fix it. */
  readonly link?: (links: ConsoleLinks, appId: string) => string;
}

/** A row before its family is filled in. */
export type ErrorRow = Omit<ErrorEntry, 'family' | 'error' | 'outcome'> & {
  /** Default: `platform-rejected`. */
  readonly error?: PlatformErrorCode;
  /** Default: `terminal`. */
  readonly outcome?: ErrorOutcome;
};

export function family(name: ErrorFamily, rows: readonly ErrorRow[]): readonly ErrorEntry[] {
  return rows.map((row) => ({
    family: name,
    error: 'platform-rejected',
    outcome: 'terminal',
    ...row,
  }));
}
