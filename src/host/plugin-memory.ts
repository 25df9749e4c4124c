/**
 * What the plugin remembers in a host's process. It outlives an account, which a change of its config
 * restarts, and is made once, with the plugin.
 */
import { createSendLimiter, type SendLimiter } from '../channel/answer/send-limiter.ts';
import { monotonicNow } from '../shared/clock.ts';
import type { QrScan } from './plugin-services.ts';
import type { AccountClient, ClientMemory } from './section/account-client.ts';
import { SentTargets } from './send/host-recovery.ts';
import { MessageIds } from './send/message-ids.ts';
import { Topics } from './send/topics.ts';

export class PluginMemory implements ClientMemory {
  readonly messageIds = new MessageIds();
  readonly topics = new Topics();
  readonly sentTargets = new SentTargets();
  /** Kept while an account stays as it is, so that its token is fetched once. */
  readonly clients = new Map<string, AccountClient & { readonly key: string }>();
  /** Scans under way, by account. */
  readonly scans = new Map<string, QrScan>();
  readonly #limiters = new Map<string, SendLimiter>();

  limiterOf(appId: string): SendLimiter {
    const known = this.#limiters.get(appId);
    if (known) return known;
    const limiter = createSendLimiter(monotonicNow);
    this.#limiters.set(appId, limiter);
    return limiter;
  }
}
