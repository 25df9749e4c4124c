/** The checks of the plugin within the host: in place, ours, alone, of this version, let in. */
import { isOwnPlugin } from '../../host/machine/plugin-place.ts';
import { pluginSettingProblems } from '../../host/machine/plugin-settings.ts';
import { localize } from '../../shared/text.ts';
import { version as ownVersion } from '../../shared/version.ts';
import { finding } from '../check.ts';
import { configEditFix } from '../config/config-fixes.ts';
import { hostCheck } from './host-check.ts';
import { hostTexts as texts } from './host-texts.ts';
import { pluginPlacementFix } from './plugin-fix.ts';

export const pluginCheck = hostCheck({
  id: 'plugin',
  probe(context, { host, plugins, isUp }) {
    const { name } = host;
    const [only, ...others] = plugins;
    if (!only) {
      const isLocked = name !== 'openclaw';
      return finding(
        'fail',
        isLocked ? texts.pluginMissingLocked : texts.pluginMissing,
        texts.pluginMissingAdvice,
        { name },
        { fix: pluginPlacementFix(context, { host, isUp }) },
      );
    }
    if (others.length > 0) {
      const params = { paths: plugins.map(({ path }) => path), name };
      return finding('fail', texts.pluginsTwo, texts.pluginsTwoAdvice, params);
    }
    const params = { ...only, own: ownVersion, name };
    if (!isOwnPlugin(only)) {
      return {
        status: 'warn',
        detail: localize(texts.pluginForeign, { plugin: only.name || only.path }),
        advice: localize(texts.pluginForeignAdvice, params),
      };
    }
    if (only.version !== ownVersion) {
      return finding('warn', texts.pluginOther, texts.pluginOtherAdvice, params);
    }
    return { status: 'ok', detail: localize(texts.pluginIs, params) };
  },
});

export const pluginEnabledCheck = hostCheck({
  id: 'plugin-enabled',
  probe(context, { host: { name }, settings }) {
    const { path } = context.location;
    // OpenClaw's own catalog has another plugin of that id: without a word of ours it takes that one.
    const [settingProblem] = pluginSettingProblems(settings, name === 'openclaw');
    if (!settingProblem) return { status: 'ok', detail: texts.pluginOn };
    const { key, value, edit } = settingProblem;
    return {
      status: 'fail',
      detail: localize(texts.pluginOff, { name, key, value: JSON.stringify(value) }),
      advice: localize(texts.pluginOffAdvice, { key, path }),
      fix: configEditFix(context, localize(texts.fixPluginSettings, { key, path }), [edit]),
    };
  },
});
