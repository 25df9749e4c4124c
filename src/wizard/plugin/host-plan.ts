/**
 * From setup to the host: which host, its plugin in place before the config names the channel, and
 * afterwards the host's own word that the account runs.
 *
 * In: where hosts may be. Out: a plan made before anything is written, then its two steps.
 */

import { join } from 'node:path';
import { managingVariable, planConfigChange } from '../../config/change/change.ts';
import type { ConfigEdit } from '../../config/edit.ts';
import { type ConfigLocation, type HostName, isPathNamed } from '../../config/locate.ts';
import { type ConfigDocument, readConfig } from '../../config/read.ts';
import type { CheckResult } from '../../doctor/check.ts';
import {
  type HostedAnswer,
  type HostedAnswerOptions,
  waitForHostedAnswer,
} from '../../host/account/hosted-answer.ts';
import type { HostProcess } from '../../host/machine/installed/command-names.ts';
import {
  type GatewayStartProblem,
  gatewayStartProblem,
} from '../../host/machine/installed/gateway-start-problem.ts';
import { hostSettings, readHostFacts } from '../../host/machine/installed/host-facts.ts';
import type { LocateForHostOptions } from '../../host/machine/installed/locate-for-host.ts';
import { PLUGIN_ID } from '../../host/machine/installed/plugin-folders.ts';
import type { FormerState } from '../../host/machine/plugin/former-plugin.ts';
import { nameInstallPath } from '../../host/machine/plugin/local-install-path.ts';
import {
  isOwnPlugin,
  type OtherPlugin,
  otherPlugins,
  switchEdits,
} from '../../host/machine/plugin/other-plugins.ts';
import { type InstalledPlugin, installPlugin } from '../../host/machine/plugin/plugin-install.ts';
import { type PluginPlan, planPlugin } from '../../host/machine/plugin/plugin-place.ts';
import { pluginSettingProblems } from '../../host/machine/plugin/plugin-settings.ts';
import {
  beginSwitch,
  cancelSwitch,
  confirmSwitch,
  formerSource,
} from '../../host/machine/plugin/plugin-switch.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { type LocalizedText, localize, type Text } from '../../shared/text/text.ts';
import { version } from '../../shared/version.ts';
import { hostPlanTexts as texts } from './host-plan-texts.ts';
import { changeTime, type HostVerdict, verifyInHost } from './verify-in-host.ts';

export interface HostPlanOptions extends LocateForHostOptions {
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** The host that started us; it need not be on PATH. */
  readonly within?: HostProcess | undefined;
}

export interface HostPlan {
  /** The host that reads the config, if one is here. */
  readonly host: HostName | undefined;
  readonly isUp: boolean;
  /** The settings that keep a stopped gateway from starting. */
  readonly startProblem: GatewayStartProblem | undefined;
  /** Settings of the host that would keep the plugin from running. */
  edits(document: ConfigDocument): readonly ConfigEdit[];
  /** Puts the plugin in place. @throws MoltbotFeishuError `host-refused`; then nothing has changed */
  place(): Promise<Placement>;
  /** The plugins that have the channel now, and would be switched off. */
  readonly others: readonly OtherPlugin[];
  /** The planned changes, for a dry run. */
  readonly planned: CheckResult;
  /** Waits for the running gateway to answer a message; `undefined`: none runs, or the signal came first. */
  waitForAnswer(
    accountId: string,
    wait: Pick<HostedAnswerOptions, 'signal' | 'since'>,
  ): Promise<HostedAnswer | undefined>;
  /** The host's own word on the account, once the config is written. */
  verify(accountId: string): Promise<HostVerdict>;
  /**
   * After a switch: whether the host loads our plugin; else everything is put back.
   *
   * @throws MoltbotFeishuError `host-refused` where it does not, once all is as before
   */
  confirmSwitch(account: HostVerdict): Promise<void>;
}

export interface Placement {
  readonly step: CheckResult;
  undo(): Promise<void>;
  keep(): Promise<void>;
}

/** @throws MoltbotFeishuError `host-refused` where a foreign plugin has the channel */
export async function planHost(
  options: HostPlanOptions & {
    /** Our built plugin. */
    readonly source: string;
    readonly location: ConfigLocation;
    readonly document: ConfigDocument;
  },
): Promise<HostPlan> {
  const { location, document, source, env, host: wanted } = options;
  const facts = await readHostFacts({ ...options, wanted }, document);
  const changedAt = await changeTime(location);
  const host = facts.host?.name ?? (wanted === 'none' ? undefined : wanted);
  const { stateDir } = location;
  /** The host whose gateway reads the config next. */
  const reader = facts.host?.name ?? options.within?.host;
  // OpenClaw loads its catalog's own plugin without the entry. The other hosts load the plugin, but
  // report at each command that it is not enabled, and a running gateway restarts at this change
  // only. The same holds for a named host that will be installed later.
  const needsEntry = host !== undefined;
  // A file that a person named may belong to any host: without one the state directory is a guess.
  const isGuess = !facts.host && wanted === undefined && isPathNamed({ env, ...explicit(options) });
  const isSkipped = wanted === 'none' || isGuess || managingVariable(env) !== undefined;
  const found = otherPlugins(facts, stateDir, host);
  const plan = isSkipped
    ? undefined
    : planPlugin({ plugins: facts.plugins, others: found, stateDir, source, version });
  const others = plan ? found : [];
  const byHost = facts.host && { ...options, host: facts.host, isUp: facts.isUp };
  const switching = { location, now: options.now, signal: options.signal, byHost };
  let installed: InstalledPlugin | undefined;
  let former: FormerState | undefined;

  return {
    host: facts.host?.name,
    isUp: facts.isUp,
    startProblem:
      reader && !facts.isUp ? gatewayStartProblem(facts.settings, reader, env) : undefined,
    edits: ({ root }) =>
      plan
        ? [
            ...pluginSettingProblems(hostSettings(root), needsEntry).map(({ edit }) => edit),
            ...switchEdits(others, facts),
            ...(installed?.edits ?? []),
          ]
        : [],
    others,
    planned: plannedStep(plan, facts.host?.name),
    async place() {
      if (others.length > 0) {
        const hadOwn = facts.plugins.some(isOwnPlugin);
        const { file } = await planConfigChange(location, [], { env });
        former = await beginSwitch({ others, hadOwn, sectionFile: file }, switching);
      }
      const formerPlugin = former && formerSource(former);
      let placed: InstalledPlugin | undefined;
      try {
        placed =
          plan?.kind === 'place'
            ? await installPlugin(
                { ...plan, ...(formerPlugin !== undefined && { former: formerPlugin }) },
                options.now,
                byHost,
              )
            : undefined;
      } catch (error) {
        if (former) await cancelSwitch(former, switching);
        throw error;
      }
      installed = placed;
      const folder = plan?.kind === 'place' ? plan.target : plan?.path;
      // One that is loaded from elsewhere is its owner's.
      if (folder === join(stateDir, 'extensions', PLUGIN_ID) && host !== 'openclaw') {
        await nameInstallPath(folder);
      }
      return {
        step: placedStep(plan, placed?.by === 'host' ? facts.host?.name : undefined),
        // Meanwhile another setup may have written a config that counts on it.
        undo: async () => {
          installed = undefined;
          if (former) {
            await placed?.undo();
            await cancelSwitch(former, switching);
          } else if (placed && !(await namesChannel(location, env))) await placed.undo();
        },
        keep: async () => placed?.keep(),
      };
    },
    waitForAnswer: async (accountId, wait) =>
      facts.host && facts.isUp
        ? waitForHostedAnswer(facts.host, accountId, { env, ...wait })
        : undefined,
    verify: (accountId) =>
      verifyInHost({ ...options, facts, accountId, changedAt, replaces: others.length > 0 }),
    async confirmSwitch(account) {
      if (!former || !byHost) return;
      await confirmSwitch(account.isRunning, { ...switching, byHost });
    },
  };
}

/** Whether the config on disk names our channel; one that cannot be read names nothing. */
function namesChannel(location: ConfigLocation, env: HostPlanOptions['env']): Promise<boolean> {
  return readConfig(location, { env, missingVariables: 'ignore' }).then(
    ({ section }) => section !== undefined,
    (error: unknown) => {
      if (isMoltbotFeishuError(error)) return false;
      throw error;
    },
  );
}

function explicit({ config }: HostPlanOptions) {
  return config === undefined ? {} : { explicitPath: config };
}

const pluginStep = (status: CheckResult['status'], detail: LocalizedText | Text): CheckResult => ({
  id: 'plugin',
  ms: 0,
  status,
  detail,
});

/** The planned change. */
function plannedStep(plan: PluginPlan | undefined, host: HostName | undefined): CheckResult {
  if (plan?.kind !== 'place') return placedStep(plan, undefined);
  const text = host ? texts.pluginPlannedByHost : texts.pluginPlanned;
  return pluginStep('skipped', localize(text, { ...plan, host: host ?? '' }));
}

/** @param host the host that installed the plugin; `undefined`: it was copied */
function placedStep(plan: PluginPlan | undefined, host: HostName | undefined): CheckResult {
  if (!plan) return pluginStep('skipped', texts.pluginNotInstalled);
  if (plan.kind === 'keep') return pluginStep('ok', localize(texts.pluginUnchanged, { ...plan }));
  const params = { ...plan, replaces: plan.replaces ?? '', host: host ?? '' };
  if (host) return pluginStep('ok', localize(texts.pluginInstalled, params));
  return pluginStep(
    'ok',
    localize(plan.replaces ? texts.pluginUpdated : texts.pluginPlaced, params),
  );
}
