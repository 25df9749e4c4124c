/** Puts our plugin where the host looks for it: that mends a config which names a channel nobody has. */
import { placePlugin, planPlugin } from '../host/plugin-place.ts';
import { message } from '../shared/text.ts';
import { version } from '../shared/version.ts';
import type { Mend } from './check.ts';
import type { DoctorContext } from './context.ts';
import { hostTexts as texts } from './host-texts.ts';

/** `undefined` where this installation has no plugin folder to place. */
export function placePluginMend({
  pluginFolder,
  location,
  now,
}: Pick<DoctorContext, 'pluginFolder' | 'location' | 'now'>): Mend | undefined {
  if (pluginFolder === undefined) return undefined;
  const { stateDir } = location;
  const plan = planPlugin({ plugins: [], stateDir, source: pluginFolder, version });
  if (plan.kind === 'keep') return undefined;
  return {
    id: `plugin ${plan.target}`,
    text: message(texts.mendPlace, { target: plan.target }),
    async apply() {
      await (await placePlugin(plan, now())).keep();
    },
  };
}
