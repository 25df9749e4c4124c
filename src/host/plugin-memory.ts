/**
 * What the plugin remembers in a host's process. It outlives an account, which a change of its config
 * restarts, and is made once, with the plugin.
 */
import { createSendLimiter, type SendLimiter } from '../channel/answer/send-limiter.ts';
import { ChoiceBook } from '../channel/choice/choice-book.ts';
import { monotonicNow } from '../shared/time/clock.ts';
import type { QrScan } from './plugin-services.ts';
import type { AccountClient, ClientMemory } from './section/account-client.ts';
import { Askers } from './send/askers.ts';
import { SentTargets } from './send/host-recovery.ts';
import { MessageIds } from './send/message-ids.ts';
import { DirectChats, ReceivedStickers } from './send/received.ts';
import type { PeopleIn } from './send/send.ts';
import { Topics } from './send/topics.ts';

export class PluginMemory implements ClientMemory {
  readonly messageIds = new MessageIds();
  readonly topics = new Topics();
  readonly sentTargets = new SentTargets();
  readonly askers = new Askers();
  readonly asking = new Map<string, Promise<void>>();
  readonly directChats = new DirectChats();
  readonly stickers = new ReceivedStickers();
  readonly people = new Map<string, PeopleIn>();
  /** Kept while an account stays as it is, so that its token is fetched once. */
  readonly clients = new Map<string, AccountClient & { readonly key: string }>();
  /** Scans under way, by account. */
  readonly scans = new Map<string, QrScan>();
  readonly #limiters = new Map<string, SendLimiter>();
  readonly #choiceBooks = new Map<string, ChoiceBook>();

  limiterOf(appId: string): SendLimiter {
    const known = this.#limiters.get(appId);
    if (known) return known;
    const limiter = createSendLimiter(monotonicNow);
    this.#limiters.set(appId, limiter);
    return limiter;
  }

  /** The open cards of an app. */
  choiceBookOf(appId: string): ChoiceBook {
    const known = this.#choiceBooks.get(appId);
    if (known) return known;
    const book = new ChoiceBook();
    this.#choiceBooks.set(appId, book);
    return book;
  }
}
