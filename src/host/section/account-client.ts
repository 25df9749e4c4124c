/** A platform client for an account of a host's config: for sending and looking up outside of a turn. */
import { createDeliverer, type Deliver } from '../../channel/answer/deliver.ts';
import type { SendLimiter } from '../../channel/answer/send-limiter.ts';
import type { ResolvedAccount } from '../../config/account.ts';
import { listAccounts, loadAppSecret, resolveAccount } from '../../config/accounts.ts';
import { checkSection } from '../../config/check.ts';
import type { JsonValue } from '../../config/json5/json5.ts';
import { createPlatformClient, type PlatformClient } from '../../platform/client/client.ts';
import { monotonicNow } from '../../shared/clock.ts';
import { silentLogger } from '../../shared/log.ts';
import type { HostConfig } from '../host-config.ts';
import { homeOf, hostConfigLocation } from './config-location.ts';
import { defaultAccountId, rawSection } from './section.ts';

export interface AccountClient {
  readonly account: ResolvedAccount;
  readonly client: PlatformClient;
  readonly limiter: SendLimiter;
  readonly deliver: Deliver;
}

/** Outlives the account. */
export interface ClientMemory {
  readonly clients: Map<string, AccountClient & { readonly key: string }>;
  /** The limits of an app count for all that is sent for it together. */
  limiterOf(appId: string): SendLimiter;
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
  const account = resolveAccount(checkSection(rawSection(cfg) as JsonValue, location.path), id);
  const appSecret = await loadAppSecret(account, { location, home: homeOf(env) });
  const { appId, domain } = account;
  const key = JSON.stringify([appId, domain, appSecret.reveal()]);
  const known = memory.clients.get(id);
  if (known?.key === key) return { ...known, account };
  const client = createPlatformClient({ appId, appSecret, domain, env });
  const monotonic = monotonicNow;
  const limiter = memory.limiterOf(appId);
  const random = Math.random;
  const deliver = createDeliverer({ client, limiter, log: silentLogger, monotonic, random });
  const made = { account, client, limiter, deliver };
  memory.clients.set(id, { ...made, key });
  return made;
}

/** Every enabled account that has an App ID. */
export function enabledAccounts(cfg: HostConfig): string[] {
  const location = hostConfigLocation(process.env, process.argv[1]);
  const section = checkSection(rawSection(cfg) as JsonValue, location.path);
  return listAccounts(section).filter((id) => {
    const { enabled, appId } = resolveAccount(section, id);
    return enabled && appId !== '';
  });
}
