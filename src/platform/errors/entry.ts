/** The shape of one row of the error table. */
import type { Text } from '../../shared/text/text.ts';

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

/** The console page on which a person can act. */
export type ConsolePage =
  | 'home'
  | 'app'
  | 'baseinfo'
  | 'capability'
  | 'auth'
  | 'callbacks'
  | 'security'
  | 'versions'
  | 'createVersion'
  | 'admin';

export interface ErrorEntry {
  readonly family: ErrorFamily;
  readonly code: number | string;
  readonly error: PlatformErrorCode;
  readonly outcome: ErrorOutcome;
  /** What the code says. May hold `{code}` and `{msg}`: what the platform answered. */
  readonly meaning: Text;
  readonly advice: Text;
  readonly page?: ConsolePage;
}

/** The codes, what they mean, what a person can do; by default `platform-rejected` and `terminal`. */
export type ErrorRow = readonly [
  codes: number | string | readonly (number | string)[],
  meaning: Text,
  advice: Text,
  more?: Partial<Pick<ErrorEntry, 'error' | 'outcome' | 'page'>>,
];

export function family(name: ErrorFamily, rows: readonly ErrorRow[]): readonly ErrorEntry[] {
  return rows.flatMap(([codes, meaning, advice, more]) =>
    [codes].flat().map((code) => ({
      family: name,
      code,
      error: 'platform-rejected' as const,
      outcome: 'terminal' as const,
      meaning,
      advice,
      ...more,
    })),
  );
}
