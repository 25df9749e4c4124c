/** What one account needs to run, and how its waits may be changed. */
import type { ResolvedAccount } from '../config/account/account.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import type { Lang } from '../shared/text/text.ts';
import type { AccountEvent } from './account-event.ts';
import type { Agent } from './agent/agent.ts';
import type { MediaPolicy } from './answer/media/media-policy.ts';
import type { SendLimiter, SendLimits } from './answer/send-limiter.ts';
import type { ChoiceBook } from './choice/choice-book.ts';
import type { ConnectionTimes } from './connection/one-connection.ts';
import type { BackoffTimes } from './connection/retry-wait.ts';
import type { RedisInboxTimes } from './inbox/redis/redis-inbox.ts';
import type { NameDirectory } from './message/directory/name-directory.ts';
import type { Pairing } from './message/pairing.ts';
import type { ReconnectWaits } from './turn/turn-scheduler.ts';

/** Overrides of the default waits, for tests and unusual networks. */
export interface ChannelTimes {
  readonly backoff?: Partial<BackoffTimes>;
  readonly connection?: Partial<ConnectionTimes>;
  readonly reconnectWaits?: ReconnectWaits;
  readonly sendLimits?: SendLimits;
  /** Between two writes of the run record (ms). */
  readonly recordEveryMs?: number;
  readonly redisInbox?: Partial<RedisInboxTimes>;
}

export interface AccountOptions {
  readonly account: ResolvedAccount;
  readonly appSecret: Secret;
  readonly agent: Agent;
  readonly pairing?: Pairing | undefined;
  /** For people whose messages show no language. */
  readonly lang: Lang;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly onEvent: (event: AccountEvent) => void;
  readonly now: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly random: () => number;
  readonly times: ChannelTimes;
  /** A directory or a `redis://` URL; without it nothing outlives the process. */
  readonly inbox: string | undefined;
  /** Shared with whatever else asks for names; default: one of its own. */
  readonly names?: NameDirectory | undefined;
  /** Shared with whatever else sends for this app; default: one of its own. */
  readonly sendLimiter?: SendLimiter | undefined;
  /** Shared with whatever else sends cards for this app; default: one of its own. */
  readonly choiceBook?: ChoiceBook | undefined;
  /** Which media an answer may send; default: of the public internet alone. */
  readonly media?: MediaPolicy | undefined;
}
