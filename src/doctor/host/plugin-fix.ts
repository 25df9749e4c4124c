/**
 * Installs our plugin where the host looks for it, and enables it, as setup does: a config that names a
 * channel which no plugin provides is valid again.
 */
import { applyConfigChange, planConfigChange } from '../../config/change/change.ts';
import { type HostFacts, hostSettings } from '../../host/machine/installed/host-facts.ts';
import {
  isOwnPlugin,
  type OtherPlugin,
  switchEdits,
} from '../../host/machine/plugin/other-plugins.ts';
import { planSection } from '../../host/machine/plugin/peer-section.ts';
import { type InstalledPlugin, installPlugin } from '../../host/machine/plugin/plugin-install.ts';
import { planPlugin } from '../../host/machine/plugin/plugin-place.ts';
import { pluginSettingProblems } from '../../host/machine/plugin/plugin-settings.ts';
import {
  beginSwitch,
  cancelSwitch,
  confirmSwitch,
  formerSource,
  waitUntilRunning,
} from '../../host/machine/plugin/plugin-switch.ts';
import { localize } from '../../shared/text/text.ts';
import { version } from '../../shared/version.ts';
import type { Fix } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { hostTexts as texts } from './host-check-texts.ts';

type PlacementContext = Pick<
  DoctorContext,
  'pluginFolder' | 'location' | 'now' | 'env' | 'platform' | 'found'
>;

/** `undefined` where this installation has no plugin folder to place. */
export function pluginPlacementFix(
  context: PlacementContext,
  { host, isUp }: Pick<HostFacts, 'host' | 'isUp'>,
): Fix | undefined {
  const { pluginFolder, location, now, env, found } = context;
  if (pluginFolder === undefined) return undefined;
  const { stateDir, path } = location;
  const plan = planPlugin({
    plugins: [],
    others: [],
    stateDir,
    source: pluginFolder,
    version,
  });
  if (plan.kind === 'keep') return undefined;
  return {
    id: `plugin ${plan.target}`,
    text: localize(texts.fixPlugin, { target: plan.target, path }),
    async apply(signal) {
      const { document } = found;
      const byHost = host && document && { ...context, host, isUp, document, signal };
      const installed = await installPlugin(plan, now, byHost);
      try {
        await applyConfigChange(
          location,
          ({ root }) => [
            ...pluginSettingProblems(hostSettings(root), true).map(({ edit }) => edit),
            ...installed.edits,
          ],
          { env, signal },
        );
      } catch (error) {
        await installed.undo();
        throw error;
      }
      await installed.keep();
    },
  };
}

/** Switches the host from other plugins to ours, as setup does; `undefined` where only a person can. */
export function pluginSwitchFix(
  context: PlacementContext & Pick<DoctorContext, 'accountId'>,
  facts: HostFacts,
  others: readonly OtherPlugin[],
): Fix | undefined {
  const { pluginFolder: source, location, now, env, found, accountId } = context;
  const { host, plugins, isUp } = facts;
  const isByHand = others.length === 0 || others.some(({ way }) => way === undefined);
  if (source === undefined || isByHand || !host) return undefined;
  const { stateDir } = location;
  const plan = planPlugin({ plugins, others, stateDir, source, version });
  const names = others.map(({ name, path }) => name || path);
  return {
    id: `switch ${stateDir}`,
    text: localize(texts.fixSwitch, { host: host.name, names }),
    async apply(signal) {
      const { document } = found;
      if (!document) return;
      const byHost = { ...context, host, isUp, document, signal };
      const switching = { location, now, signal, byHost };
      const hadOwn = plugins.some(isOwnPlugin);
      const { file: sectionFile } = await planConfigChange(location, [], { env });
      const state = await beginSwitch({ others, hadOwn, sectionFile }, switching);
      const former = formerSource(state);
      let installed: InstalledPlugin | undefined;
      try {
        if (plan.kind === 'place') {
          const own = { ...plan, ...(former !== undefined && { former }) };
          installed = await installPlugin(own, now, byHost);
        }
        const edits = [...switchEdits(others, facts), ...(installed?.edits ?? [])];
        await applyConfigChange(
          location,
          (current) => [
            ...planSection(current, others).edits,
            ...pluginSettingProblems(hostSettings(current.root), true).map(({ edit }) => edit),
            ...edits,
          ],
          { env, signal },
        );
      } catch (error) {
        await installed?.undo();
        await cancelSwitch(state, switching);
        throw error;
      }
      await installed?.keep();
      await confirmSwitch(await waitUntilRunning(byHost, accountId), switching);
    },
  };
}
