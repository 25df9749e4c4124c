/**
 * A host's probe: the same checks of the app as the doctor's own, within the host's time.
 *
 * In: the host's config and an account. Out: what works and what does not, as a host shows it.
 */
import { listAccounts, loadAppSecret, resolveAccount } from '../../config/account/accounts.ts';
import type { FeishuSection } from '../../config/rules/schema.ts';
import { hostSay, type Say } from '../../host/account/host-language.ts';
import type { HostConfig } from '../../host/host-config.ts';
import type { ProbeCheck, ProbeResult } from '../../host/plugin-services.ts';
import { homeOf, hostConfigLocation } from '../../host/section/config-location.ts';
import { strictSection } from '../../host/section/strict-section.ts';
import type { BotInfo } from '../../platform/client/answers.ts';
import { createPlatformClient } from '../../platform/client/client.ts';
import { choicesOf } from '../../platform/manifest/manifest-choices.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { visible } from '../../shared/terminal/visible.ts';
import { sentences } from '../../shared/text/sentences.ts';
import { type CheckResult, failure, overdueResult, runChecks } from '../check.ts';
import { blockingResult, isUnanswered } from '../verdict.ts';
import { connectionCheck } from './app-checks.ts';
import { configuredAppChecks, credentialChecks } from './ready-checks.ts';

export interface ProbeRequest {
  readonly cfg: HostConfig;
  readonly accountId: string;
  readonly timeoutMs: number;
}

/**
 * All but `connection`: a second line of the app would take events away from the one that runs, whose
 * own state the host shows beside this.
 */
const probed = [...credentialChecks, ...configuredAppChecks].filter(
  (check) => check !== connectionCheck,
);

/** The share of the host's time for the accounts; the rest covers the call itself. */
const FOR_ACCOUNTS = 0.8;
/** The share of an account's time for one exchange: leaves time to report a silent platform. */
const FOR_EXCHANGE = 0.75;

export async function probeAccount(request: ProbeRequest): Promise<ProbeResult> {
  const startedAt = Date.now();
  const say = hostSay(process.env, process.argv[1]);
  let bot: BotInfo | undefined;
  const results = await examine(request, (info) => {
    bot = info;
  });
  const checks = results.map((result) => shown(result, say));
  // The causes first: what a silent platform leaves unanswered follows from the first such check.
  const blocking = blockingResult(results.filter(isReason)) ?? results.find(isUnanswered);
  const failed = blocking && shown(blocking, say);
  return {
    ok: failed === undefined,
    ...(failed && { error: sentences([failed.detail, failed.fix]) }),
    elapsedMs: Date.now() - startedAt,
    ...(bot && { bot: { username: visible(bot.name), openId: bot.openId } }),
    checks,
  };
}

/** A check that names no reason is not the one to show, where another one does. */
function isReason({ status }: CheckResult): boolean {
  return status !== 'skipped';
}

async function examine(
  { cfg, accountId, timeoutMs }: ProbeRequest,
  onBot: (bot: BotInfo) => void,
): Promise<readonly CheckResult[]> {
  const { env } = process;
  const results: CheckResult[] = [];
  let signal: AbortSignal | undefined;
  try {
    const location = hostConfigLocation(env, process.argv[1]);
    const section = strictSection(cfg, location.path);
    const accountMs = Math.floor((timeoutMs * FOR_ACCOUNTS) / probedTogether(section));
    signal = AbortSignal.timeout(accountMs);
    const account = resolveAccount(section, accountId);
    const appSecret = await loadAppSecret(account, { location, home: homeOf(env) });
    const { appId, domain } = account;
    const exchangeMs = Math.floor(accountMs * FOR_EXCHANGE);
    const client = createPlatformClient({ appId, appSecret, domain, env, timeoutMs: exchangeMs });
    await runChecks(
      probed,
      { client, env, now: Date.now, choices: choicesOf(account), onBot },
      { signal, now: Date.now, onResult: (result) => results.push(result) },
    );
  } catch (error) {
    if (isMoltbotFeishuError(error) && !signal?.aborted) {
      return [{ id: 'config', ms: 0, ...failure(error) }];
    }
    if (!signal?.aborted) throw error;
  }
  // Out of time: what has not been looked at says so.
  const done = new Set(results.map(({ id }) => id));
  const open = probed.filter(({ id }) => !done.has(id));
  return [...results, ...open.map(overdueResult)];
}

/** Clawdbot asks one account after the other, all within the time that it names to each. */
function probedTogether(section: FeishuSection): number {
  const ids = listAccounts(section);
  return Math.max(1, ids.filter((id) => resolveAccount(section, id).enabled).length);
}

function shown({ id, status, detail, advice }: CheckResult, say: Say): ProbeCheck {
  return {
    id,
    status,
    ...(detail && { detail: say(detail) }),
    ...(advice && { fix: say(advice) }),
  };
}
