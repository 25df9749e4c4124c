/** The host's own word, once the config is written: does it run the account, and can it reach Feishu? */

import { stat } from 'node:fs/promises';
import type { ConfigLocation } from '../../config/locate.ts';
import type { CheckResult } from '../../doctor/check.ts';
import {
  type HostAccountStatus,
  readAccountStatus,
} from '../../host/machine/installed/account-status.ts';
import type { HostProcess } from '../../host/machine/installed/command-names.ts';
import { gatewayStartProblem } from '../../host/machine/installed/gateway-start-problem.ts';
import type { HostFacts } from '../../host/machine/installed/host-facts.ts';
import { readNodeVersion, satisfiesRange } from '../../host/machine/installed/host-node.ts';
import type { HostProgram } from '../../host/machine/installed/host-programs.ts';
import { machineTexts } from '../../host/machine/machine-texts.ts';
import { localize } from '../../shared/text/text.ts';
import { pause } from '../../shared/time/waiting.ts';
import { hostPlanTexts as texts } from './host-plan-texts.ts';

/** A gateway reads a changed config within seconds; to load a new plugin, it restarts. */
const RUNNING_WITHIN_MS = 90_000;
/** To load one plugin in the place of another, it restarts after the work at hand has ended. */
const REPLACED_WITHIN_MS = 240_000;
const ASK_EVERY_MS = 1000;

export interface VerifyOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly location: ConfigLocation;
  readonly facts: Pick<HostFacts, 'host' | 'isUp' | 'settings'>;
  readonly accountId: string;
  /** The host that started us; it need not be on PATH. */
  readonly within?: HostProcess | undefined;
  /** When the config had been changed before setup did (ms since 1970). */
  readonly changedAt: number;
  /** Our plugin has just taken the place of another one. */
  readonly replaces?: boolean;
}

/** The step of the host, and whether the gateway runs the account; `undefined`: it did not say. */
export interface HostVerdict extends CheckResult {
  readonly isRunning?: boolean;
}

/** Waits for the running gateway to say that it runs the account as the config now has it. */
export async function verifyInHost(options: VerifyOptions): Promise<HostVerdict> {
  const { env, platform, signal, now, location, accountId } = options;
  const { host, isUp } = options.facts;
  const startedAt = now();
  const step = (result: Omit<HostVerdict, 'id' | 'ms'>): HostVerdict => ({
    id: 'host',
    ms: now() - startedAt,
    ...result,
  });
  if (!host) {
    const { within } = options;
    const detail = within ? localize(texts.notOnPath, { host: within.host }) : texts.noHost;
    return step({ status: 'skipped', detail });
  }
  const params = { host: host.name, version: host.version || '?' };
  if (!isUp) {
    const node = await readNodeVersion(host, env, platform);
    if (node === undefined || satisfiesRange(node, host.nodeRange)) {
      const startProblem = gatewayStartProblem(options.facts.settings, host.name, env);
      if (startProblem) {
        const blocked = { ...params, ...startProblem };
        return step({
          status: 'warn',
          detail: localize(texts.gatewayBlocked, blocked),
          advice: localize(texts.gatewayBlockedAdvice, blocked),
        });
      }
      return step({ status: 'skipped', detail: localize(texts.gatewayDown, params) });
    }
    const wrong = { ...params, node, range: host.nodeRange };
    return step({
      status: 'warn',
      detail: localize(texts.wrongNode, wrong),
      advice: localize(texts.wrongNodeAdvice, wrong),
    });
  }

  const changedAt = await changeTime(location);
  /** Whether the account started after the config was written; an older start proves nothing. */
  const isOfThisConfig = ({ lastStartAt }: HostAccountStatus): boolean =>
    changedAt === options.changedAt || !lastStartAt || lastStartAt >= changedAt;
  const deadline = AbortSignal.timeout(options.replaces ? REPLACED_WITHIN_MS : RUNNING_WITHIN_MS);
  const patience = AbortSignal.any([signal, deadline]);
  let said: HostAccountStatus | undefined;
  while (!patience.aborted) {
    said = (await readAccountStatus(host, accountId, { env, signal: patience })) ?? said;
    if (said?.running && said.connected && !said.lastError && isOfThisConfig(said)) {
      return step(await probed(options, host, said));
    }
    await pause(ASK_EVERY_MS, patience);
  }
  signal.throwIfAborted();
  const advice = localize(texts.restartAdvice, params);
  if (!said)
    return step({
      status: 'not-checked',
      detail: localize(texts.notReported, params),
      advice,
    });
  if (said.running && said.connected && !said.lastError) {
    return step({ status: 'warn', detail: localize(texts.runsBefore, params), advice });
  }
  const error = said.lastError || localize(machineTexts.noReason);
  return step({
    status: 'warn',
    detail: localize(texts.notRunning, { ...params, error }),
    advice,
    isRunning: false,
  });
}

/** The host's own look at the account: its network and its proxies need not be those of here. */
async function probed(
  { env, signal, accountId }: VerifyOptions,
  host: HostProgram,
  said: HostAccountStatus,
): Promise<Omit<CheckResult, 'id' | 'ms'>> {
  const params = { host: host.name, version: host.version || '?' };
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PROBE_WITHIN_MS)]);
  const { probe } =
    (await readAccountStatus(host, accountId, { env, signal: patience, probe: true })) ?? said;
  signal.throwIfAborted();
  if (probe?.ok === true) return { status: 'ok', detail: localize(texts.running, params) };
  const advice = localize(texts.probeAdvice, params);
  if (!probe) return { status: 'not-checked', detail: localize(texts.notProbed, params), advice };
  return {
    status: 'warn',
    detail: localize(texts.probeFailed, {
      ...params,
      error: probe.error || localize(machineTexts.noReason),
    }),
    advice,
  };
}

const PROBE_WITHIN_MS = 60_000;

/** When a config was last changed (ms since 1970); 0 where there is none. */
export function changeTime({ path }: ConfigLocation): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
