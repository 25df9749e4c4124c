/** The inputs of one account's checks, and findings that earlier checks pass to later ones. */
import type { ResolvedAccount } from '../config/account/account.ts';
import type { ConfigLocation } from '../config/locate.ts';
import type { ConfigDocument } from '../config/read.ts';
import type { HostFacts } from '../host/machine/installed/host-facts.ts';
import { usesWebhook } from '../host/machine/plugin/peer-section.ts';
import { createPlatformClient, type PlatformClient } from '../platform/client/client.ts';
import { choicesOf } from '../platform/manifest/manifest-choices.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import type { AppCheckContext } from './app-context.ts';
import type { Check, Finding } from './check.ts';

/** The machine and the process, as the checks see them. */
export interface DoctorSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The directory that `~` means. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** This user; `undefined` where the system has no numbers for them. */
  readonly uid: number | undefined;
  readonly now: () => number;
  readonly log: Logger;
  /** For one exchange with the platform (ms). */
  readonly exchangeMs: number;
  /** Nothing is done that a running gateway would feel; for looking again and again. */
  readonly isGentle?: boolean;
  /** The host's plugin within this installation, ready to be put in place; `undefined`: there is none. */
  readonly pluginFolder: string | undefined;
  /** Accounts whose section said webhook, kept until a fix switches the app: a fix of the section removes the word. */
  readonly webhookAccounts?: Set<string>;
}

export interface DoctorContext extends DoctorSurroundings {
  readonly location: ConfigLocation;
  readonly accountId: string;
  /** Read once for all accounts. */
  readonly hostFacts: () => Promise<HostFacts>;
  /** Filled by the checks of the config. */
  readonly found: {
    document?: ConfigDocument;
    account?: ResolvedAccount;
    secret?: Secret;
    app?: AppCheckContext;
    botName?: string;
    /** Clients of this app that were online before ours. */
    online?: number;
  };
}

/** Checks that speak to the platform, for a context that learns the credentials on its way. */
export function withApp<Needed extends AppCheckContext>(
  checks: readonly Check<Needed>[],
  select: (context: DoctorContext) => Needed,
  needs: readonly string[],
): readonly Check<DoctorContext>[] {
  return checks.map((check) => ({
    ...check,
    needs: [...needs, ...check.needs],
    probe: (context, signal): Promise<Finding> => check.probe(select(context), signal),
  }));
}

/** Made once a run, so that its checks share a token. Only after the secret has been found. */
export function appContextOf(context: DoctorContext): AppCheckContext {
  const { found, env, now, isGentle = false, accountId, webhookAccounts } = context;
  if (found.app) return found.app;
  if (found.document && usesWebhook(found.document, accountId)) webhookAccounts?.add(accountId);
  found.app = {
    isGentle,
    client: clientOf(context, found.account?.domain ?? ''),
    env,
    now,
    choices: choicesOf(found.account),
    saysWebhook: webhookAccounts?.has(accountId) ?? false,
    otherBrand: (domain) => clientOf(context, domain),
    onOnline: (count) => {
      found.online = count;
    },
    onBot: ({ name }) => {
      found.botName = name;
    },
  };
  return found.app;
}

function clientOf(context: DoctorContext, domain: string): PlatformClient {
  const { account, secret } = context.found;
  if (!account || !secret) throw new TypeError('the secret has not been read');
  return createPlatformClient({
    appId: account.appId,
    appSecret: secret,
    domain,
    env: context.env,
    log: context.log,
    now: context.now,
    timeoutMs: context.exchangeMs,
    retry: { attempts: 2, baseMs: 100 },
  });
}
