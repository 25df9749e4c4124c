/** A platform client for an account of a host's config: for sending and looking up outside of a turn. */
import { randomUUID } from 'node:crypto';
import { createDeliverer, type Deliver } from '../../channel/answer/deliver.ts';
import type { MediaRoots } from '../../channel/answer/media/found/media-roots.ts';
import type { SendLimiter } from '../../channel/answer/send-limiter.ts';
import type { ChoiceBook } from '../../channel/choice/choice-book.ts';
import { type QuestionMaker, rememberingCards } from '../../channel/choice/choice-part.ts';
import { choiceKey } from '../../channel/choice/sealed-choice.ts';
import type { ResolvedAccount } from '../../config/account/account.ts';
import { listAccounts, loadAppSecret, resolveAccount } from '../../config/account/accounts.ts';
import { createPlatformClient, type PlatformClient } from '../../platform/client/client.ts';
import { silentLogger } from '../../shared/log.ts';
import { monotonicNow } from '../../shared/time/clock.ts';
import type { HostConfig } from '../host-config.ts';
import { homeOf, hostConfigLocation, runningHost } from './config-location.ts';
import { hostMediaRoots } from './media-roots.ts';
import { defaultAccountId } from './section.ts';
import { strictSection } from './strict-section.ts';

export interface AccountClient {
  readonly account: ResolvedAccount;
  readonly client: PlatformClient;
  readonly limiter: SendLimiter;
  readonly deliver: Deliver;
  /** Which files of this machine may be sent, as the config says now. */
  readonly mediaRoots: MediaRoots;
  readonly choiceBook: ChoiceBook;
  /** Makes questions with buttons. */
  readonly maker: QuestionMaker;
}

/** Outlives the account. */
export interface ClientMemory {
  readonly clients: Map<string, AccountClient & { readonly key: string }>;
  /** The limits of an app count for all that is sent for it together. */
  limiterOf(appId: string): SendLimiter;
  /** The open cards of an app, whichever part of the plugin has sent them. */
  choiceBookOf(appId: string): ChoiceBook;
}

/** Throws what the strict reading of the section, and of its secret, throws. */
export async function accountClient(
  memory: ClientMemory,
  cfg: HostConfig,
  accountId?: string | null,
): Promise<AccountClient> {
  const { env } = process;
  const id = accountId || defaultAccountId(cfg);
  const location = hostConfigLocation(env, process.argv[1]);
  const account = resolveAccount(strictSection(cfg, location.path), id);
  const appSecret = await loadAppSecret(account, { location, home: homeOf(env) });
  const { appId, domain } = account;
  const key = JSON.stringify([appId, domain, appSecret.reveal()]);
  const host = runningHost(process.argv[1]);
  const mediaRoots = hostMediaRoots({ cfg, host, location, home: homeOf(env) });
  const known = memory.clients.get(id);
  if (known?.key === key) return { ...known, account, mediaRoots };
  const client = createPlatformClient({ appId, appSecret, domain, env });
  const monotonic = monotonicNow;
  const limiter = memory.limiterOf(appId);
  const random = Math.random;
  const choiceBook = memory.choiceBookOf(appId);
  const sender = createDeliverer({ client, limiter, log: silentLogger, monotonic, random });
  const deliver = rememberingCards(sender, choiceBook);
  const maker = { key: choiceKey(appSecret), newId: randomUUID, now: Date.now };
  const made = { account, client, limiter, deliver, mediaRoots, choiceBook, maker };
  memory.clients.set(id, { ...made, key });
  return made;
}

/** Every enabled account that has an App ID. */
export function enabledAccounts(cfg: HostConfig): string[] {
  const location = hostConfigLocation(process.env, process.argv[1]);
  const section = strictSection(cfg, location.path);
  return listAccounts(section).filter((id) => {
    const { enabled, appId } = resolveAccount(section, id);
    return enabled && appId !== '';
  });
}
