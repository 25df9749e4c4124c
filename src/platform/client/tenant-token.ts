/** The tenant_access_token: cached, fetched once for everyone, renewed before it ends. */
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { Secret } from '../../shared/secret.ts';
import { TOKEN_RENEWAL_MS } from '../limits.ts';
import { singleFlight } from '../network/single-flight.ts';

export interface FetchedToken {
  readonly token: string;
  /** Seconds from now. */
  readonly expiresInS: number;
}

export interface TokenCache {
  get(options: { signal?: AbortSignal | undefined; fresh?: boolean | undefined }): Promise<Secret>;
  /** Forgets a token that the platform refused; another one that came meanwhile stays. */
  drop(refused: Secret): void;
  /** Whether the platform ever took these credentials. */
  readonly isProven: boolean;
  /** Tokens that may turn up in what the platform says. */
  readonly secrets: readonly Secret[];
}

/** A token this close to its end is not used any more (ms): the call must still arrive. */
const MIN_USABLE_MS = 60_000;

/** @param monotonic a clock that is never set (ms) */
export function createTokenCache(
  fetchToken: (signal: AbortSignal) => Promise<FetchedToken>,
  monotonic: () => number,
): TokenCache {
  let cached: { readonly token: Secret; readonly endsAt: number } | undefined;
  let isProven = false;
  // A refused token may still turn up in what the platform says about it.
  const recent: Secret[] = [];

  const fetchOnce = singleFlight(async (signal) => {
    const askedAt = monotonic();
    const { token, expiresInS } = await fetchToken(signal);
    isProven = true;
    const secret = new Secret(token);
    recent.unshift(secret);
    recent.length = Math.min(recent.length, 2);
    cached = { token: secret, endsAt: askedAt + expiresInS * 1000 };
    return secret;
  });

  return {
    async get({ signal, fresh = false }) {
      const held = fresh ? undefined : cached;
      if (!held) return fetchOnce(signal);
      const remainingMs = held.endsAt - monotonic();
      if (remainingMs >= TOKEN_RENEWAL_MS) return held.token;
      try {
        return await fetchOnce(signal);
      } catch (error) {
        // The old token works until its end, so a passing failure to renew it stops no call.
        const isPassing = isMoltbotFeishuError(error) && error.details.retryable === true;
        if (isPassing && cached === held && held.endsAt - monotonic() > MIN_USABLE_MS)
          return held.token;
        throw error;
      }
    },
    drop(refused) {
      if (cached?.token.equals(refused)) cached = undefined;
    },
    get isProven() {
      return isProven;
    },
    secrets: recent,
  };
}
