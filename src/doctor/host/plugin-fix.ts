/**
 * Installs our plugin where the host looks for it, and enables it, as setup does: a config that names a
 * channel which no plugin provides is valid again.
 */
import { applyConfigChange } from '../../config/change.ts';
import { type HostFacts, hostSettings } from '../../host/machine/host-facts.ts';
import { installPlugin } from '../../host/machine/plugin-install.ts';
import { planPlugin } from '../../host/machine/plugin-place.ts';
import { pluginSettingProblems } from '../../host/machine/plugin-settings.ts';
import { localize } from '../../shared/text.ts';
import { version } from '../../shared/version.ts';
import type { Fix } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { hostTexts as texts } from './host-texts.ts';

/** `undefined` where this installation has no plugin folder to place. */
export function pluginPlacementFix(
  context: Pick<DoctorContext, 'pluginFolder' | 'location' | 'now' | 'env' | 'platform' | 'found'>,
  { host, isUp }: Pick<HostFacts, 'host' | 'isUp'>,
): Fix | undefined {
  const { pluginFolder, location, now, env, found } = context;
  if (pluginFolder === undefined) return undefined;
  const { stateDir, path } = location;
  const plan = planPlugin({ plugins: [], stateDir, source: pluginFolder, version });
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
