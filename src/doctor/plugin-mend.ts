/** Puts our plugin where the host looks for it: that mends a config which names a channel nobody has. */
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import { message } from '../shared/text.ts';
import type { Mend } from './check.ts';
import type { DoctorContext } from './context.ts';
import { PLUGIN_ID } from './host-facts.ts';
import { hostTexts as texts } from './host-texts.ts';

/** `undefined` where this installation has no plugin folder to place. */
export function placePluginMend({
  pluginFolder,
  location,
}: Pick<DoctorContext, 'pluginFolder' | 'location'>): Mend | undefined {
  if (pluginFolder === undefined) return undefined;
  const extensions = join(location.stateDir, 'extensions');
  const target = join(extensions, PLUGIN_ID);
  return {
    id: `plugin ${target}`,
    text: message(texts.mendPlace, { target }),
    async apply() {
      const beside = `${target}.${process.pid}.tmp`;
      try {
        await mkdir(extensions, { recursive: true, mode: 0o700 });
        await cp(pluginFolder, beside, { recursive: true });
        // Never over something that came there meanwhile.
        if (await stat(target).catch(() => undefined)) throw new Error('EEXIST');
        await rename(beside, target);
      } catch (error) {
        await rm(beside, { recursive: true, force: true });
        throw new MoltbotFeishuError({
          code: 'plugin-not-placed',
          exitCode: ExitCode.hostRefused,
          what: message(texts.notPlaced, { target, reason: (error as Error).message }),
          fix: message(texts.notPlacedFix, { target }),
          cause: error,
        });
      }
    },
  };
}
