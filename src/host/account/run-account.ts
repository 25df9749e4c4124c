/**
 * An account of the host at work, from the gateway's start to its abort.
 *
 * In: the host's context and runtime. Out: answers in Feishu, and the account's live state in the
 * host. The config is parsed strictly here: one that says something else than it means opens no door.
 */
import { realpath } from 'node:fs/promises';
import type { AccountEvent } from '../../channel/account-event.ts';
import { createNameDirectory } from '../../channel/message/directory/name-directory.ts';
import { createFileFetcher } from '../../channel/message/media/fetch-files.ts';
import { type Channel, duplicateAppError, startChannel } from '../../channel/runtime.ts';
import type { ResolvedAccount } from '../../config/account/account.ts';
import { listAccounts, loadAppSecret, resolveAccount } from '../../config/account/accounts.ts';
import { inboxLocation, localDirectory } from '../../config/account/inbox-location.ts';
import { type KeyWarning, keyWarnings } from '../../config/check.ts';
import type { JsonValue } from '../../config/json5/json5.ts';
import type { FeishuSection } from '../../config/rules/schema.ts';
import { createPlatformClient } from '../../platform/client/client.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { languageOfLocale } from '../../shared/text/text.ts';
import { monotonicNow } from '../../shared/time/clock.ts';
import { aborted } from '../../shared/time/waiting.ts';
import type { GatewayContext } from '../contract.ts';
import { createHostPairing } from '../people/pairing.ts';
import { createPairingRequestStore } from '../people/pairing-requests.ts';
import type { PluginMemory } from '../plugin-memory.ts';
import type { HostRuntime } from '../runtime-contract.ts';
import { homeOf, hostConfigLocation, runningHost } from '../section/config-location.ts';
import { configSecrets } from '../section/config-secrets.ts';
import { watchConfig } from '../section/config-watch.ts';
import { readCurrentConfig } from '../section/current-config.ts';
import { hostMediaRoots } from '../section/media-roots.ts';
import { rawSection } from '../section/section.ts';
import { strictSection } from '../section/strict-section.ts';
import { createHostRecovery, type HostRecovery } from '../send/host-recovery.ts';
import { createAckMark } from '../turn/ack-mark.ts';
import { hostAgent } from '../turn/agent.ts';
import { failureWords } from '../turn/agent-outcome.ts';
import { createGroupHistory, historyLimit } from '../turn/context/history.ts';
import { createSessionDivider } from '../turn/session-divider.ts';
import { describeError, hostSay } from './host-language.ts';
import { createLiveState } from './live-state.ts';
import { hostLogger } from './logger.ts';

/** Runs until the host aborts. Rejects with the fault that a person must fix before it can run. */
export async function runAccount(
  ctx: GatewayContext,
  runtime: HostRuntime,
  memory: PluginMemory,
): Promise<void> {
  const { accountId, abortSignal: signal } = ctx;
  const { env } = process;
  const now = Date.now;
  const lang = languageOfLocale(env) ?? 'en';
  const location = hostConfigLocation(env, process.argv[1]);
  const stateDir = await realpath(location.stateDir).catch(() => location.stateDir);
  const log = hostLogger(ctx.log, { stateDir, accountId, startedAt: now() });
  const { account, inbox: requested, warnings } = strictAccount(ctx, location.path);
  const say = hostSay(env, process.argv[1]);
  for (const { text } of warnings) log.warn(say(text));
  const where = { location, home: homeOf(env) };
  const inbox = inboxLocation(requested, where);
  const appSecret = await loadAppSecret(account, where);
  const client = createPlatformClient({
    appId: account.appId,
    appSecret,
    domain: account.domain,
    env,
    log,
  });
  const names = createNameDirectory({ client, now: monotonicNow, log, signal });
  const history = createGroupHistory(historyLimit(ctx.cfg, accountId));
  const host = runtime.channel;
  const historyFiles = createFileFetcher({
    client,
    maxBytes: account.mediaMaxMb * 1_000_000,
    log,
  });
  const directory = localDirectory(inbox, account.appId, where);
  const waiting = createPairingRequestStore({ directory, log });
  const pairing = createHostPairing({
    accountId,
    host,
    client,
    names,
    pairingRequests: waiting,
    lang,
    log,
    now,
    signal,
  });
  const state = createLiveState(ctx, { say, now });
  let channel: Channel | undefined;

  function onEvent(event: AccountEvent): void {
    state.record(event, channel?.accounts[0]);
    // The channel does not log its events, and a host has no other place that shows them.
    if (event.event === 'error') {
      const { code, feishuCode } = event.error;
      const { messageId, chatId } = event.message ?? {};
      log.error(event.message ? 'not answered' : 'something is wrong', {
        messageId,
        chatId,
        error: code,
        code: feishuCode,
      });
    }
    if (event.event === 'received') {
      memory.messageIds.markReceived(event.message.messageId);
      memory.directChats.remember(event.message);
      memory.stickers.remember(account.appId, event.message);
    }
    if (event.event === 'received' || event.event === 'answered') {
      const direction = event.event === 'received' ? 'inbound' : 'outbound';
      host.activity.record({ channel: 'feishu', accountId, direction });
    }
    if (event.event === 'notice' && event.notice.kind === 'recalled') {
      history.forget(event.notice.messageId);
    }
    if (event.event === 'ignored' && event.reason === 'not-mentioned') {
      history.record(event.message, event.content);
    }
  }

  const config = readCurrentConfig(runtime, ctx.cfg);
  const agent = hostAgent({
    account,
    config,
    host,
    names,
    history,
    historyFiles,
    messageIds: memory.messageIds,
    topics: memory.topics,
    askers: memory.askers,
    ackMark: createAckMark({ account, client, log, signal }),
    sessionDivider: createSessionDivider({ client, log, monotonic: monotonicNow, signal }),
    recovery: hostRecovery(runtime, memory),
    approved: () => pairing.approved(),
    systemEvents: runtime.system,
    onOutcome(failure) {
      const secrets = failure === undefined ? [] : configSecrets(config() as JsonValue, env);
      const words = failure && failureWords(failure, [...secrets, appSecret]);
      state.recordAgentTurn(words);
      if (words) log.warn('the agent failed', { says: words });
    },
    log,
    now,
  });
  const accounts = [{ account, appSecret }];
  const watch = await watchConfig({ location, env });
  while (!signal.aborted) {
    const closing = new AbortController();
    const stop = AbortSignal.any([signal, closing.signal]);
    channel = startChannel({
      accounts,
      agent,
      pairing,
      lang,
      env,
      log,
      onEvent,
      signal: stop,
      inbox,
      names,
      limiterOf: (appId) => memory.limiterOf(appId),
      choiceBookOf: (appId) => memory.choiceBookOf(appId),
      media: {
        roots: hostMediaRoots({
          cfg: config(),
          host: runningHost(process.argv[1]),
          location,
          home: homeOf(env),
        }),
      },
    });
    const running = channel;
    memory.people.set(account.appId, (chatId) => running.peopleIn(account.appId, chatId));
    const [status] = channel.accounts;
    if (!stop.aborted && status?.state === 'failed' && status.error) throw said(status.error);
    const problem = await watch.untilInvalid(signal);
    // Events that are not acknowledged now come again: the door is closed, and nothing is lost.
    closing.abort();
    await channel.stopped;
    if (!problem) return;
    log.error('no message is answered until the config is corrected', { error: problem.code });
    state.recordClosed(problem);
    const valid = await watch.untilValid(signal);
    // Other changes take effect when the host itself restarts the account.
    if (valid && !valid.isSame) await aborted(signal);
  }
}

function hostRecovery(
  { agent }: HostRuntime,
  { sentTargets }: PluginMemory,
): HostRecovery | undefined {
  const { getSessionEntry } = agent?.session ?? {};
  return getSessionEntry && createHostRecovery({ getSessionEntry }, sentTargets, monotonicNow);
}

interface StrictAccount {
  readonly account: ResolvedAccount;
  readonly inbox: string | undefined;
  readonly warnings: readonly KeyWarning[];
}

/** Those of the account itself; those of the whole section with the first account only. */
function warningsFor(section: JsonValue, accountId: string): readonly KeyWarning[] {
  const isFirst = listAccounts(section as FeishuSection)[0] === accountId;
  return keyWarnings(section).filter(({ path: [, , place, id] }) =>
    place === 'accounts' ? id === accountId : isFirst,
  );
}

/** @throws MoltbotFeishuError `config-invalid` and what {@link duplicateAppError} gives, as the host shows it */
function strictAccount({ cfg, accountId }: GatewayContext, path: string): StrictAccount {
  try {
    const section = strictSection(cfg, path);
    const account = resolveAccount(section, accountId);
    const first = listAccounts(section)
      .map((id) => resolveAccount(section, id))
      .find((other) => other.enabled && other.appId === account.appId);
    if (first && first.id !== accountId) throw duplicateAppError(first.id, accountId);
    return {
      account,
      inbox: section.inbox,
      warnings: warningsFor(rawSection(cfg) as JsonValue, accountId),
    };
  } catch (error) {
    throw isMoltbotFeishuError(error) ? said(error) : error;
  }
}

/** A host shows only an error's message: the fix goes with it, in the person's language. */
function said(error: MoltbotFeishuError): Error {
  return new Error(describeError(error, hostSay(process.env, process.argv[1])), { cause: error });
}
