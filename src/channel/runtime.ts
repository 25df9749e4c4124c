/**
 * The channel at work: long connections in, answers out, for every account.
 *
 * In: accounts with their secrets, and an agent. Out: events for whoever watches, until it is
 * stopped. An account that cannot start is reported and does not keep the others.
 */
import type { ResolvedAccount } from '../config/accounts.ts';
import { isAppId } from '../platform/endpoints.ts';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import { type Lang, message } from '../shared/text.ts';
import { type AccountEvent, type RunningAccount, startAccount } from './account.ts';
import type { Agent } from './agent.ts';
import { channelTexts as texts } from './texts.ts';

export interface ChannelAccount {
  readonly account: ResolvedAccount;
  /** The secret, or why there is none. */
  readonly appSecret: Secret | MoltbotFeishuError;
}

export interface ChannelOptions {
  readonly accounts: readonly ChannelAccount[];
  readonly agent: Agent;
  readonly lang: Lang;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly onEvent?: (event: AccountEvent) => void;
  readonly now?: () => number;
  readonly random?: () => number;
}

export interface Channel {
  /** Ids of the accounts that were started. */
  readonly started: readonly string[];
  /** Takes nothing new, finishes what it can, and is gone within 5 s. */
  stop(): Promise<void>;
}

/** Of the 5 s that stopping may take; the rest is for letting go. */
const GRACE_MS = 4_000;

export function startChannel(options: ChannelOptions): Channel {
  const {
    agent,
    lang,
    env,
    log,
    onEvent = () => undefined,
    now = Date.now,
    random = Math.random,
  } = options;
  const running = new Map<string, RunningAccount>();
  const accountOfApp = new Map<string, string>();
  for (const { account, appSecret } of options.accounts) {
    if (!account.enabled) continue;
    const problem = whyNot(account, appSecret, accountOfApp.get(account.appId));
    if (problem) {
      log.error('account not started', { account: account.id, error: problem.code });
      onEvent({ event: 'error', account: account.id, error: problem });
      continue;
    }
    accountOfApp.set(account.appId, account.id);
    running.set(
      account.id,
      startAccount({
        account,
        appSecret: appSecret as Secret,
        agent,
        lang,
        env,
        log,
        onEvent,
        now,
        random,
      }),
    );
  }
  return {
    started: [...running.keys()],
    async stop() {
      await Promise.all([...running.values()].map((account) => account.stop(GRACE_MS)));
    },
  };
}

function whyNot(
  account: ResolvedAccount,
  appSecret: Secret | MoltbotFeishuError,
  sameApp: string | undefined,
): MoltbotFeishuError | undefined {
  if (!isAppId(account.appId)) {
    return new MoltbotFeishuError({
      code: 'app-id-invalid',
      exitCode: ExitCode.config,
      what: message(texts.badAppId, { appId: account.appId }),
      fix: texts.runSetup,
    });
  }
  if (appSecret instanceof MoltbotFeishuError) return appSecret;
  if (sameApp !== undefined) {
    return new MoltbotFeishuError({
      code: 'app-id-duplicate',
      exitCode: ExitCode.config,
      what: message(texts.sameApp, { first: sameApp, second: account.id }),
      fix: texts.sameAppFix,
    });
  }
  return undefined;
}
