/** The checks of the plugin within the host: in place, ours, alone, of this version, let in. */
import { isOwnPlugin } from '../../host/machine/plugin-place.ts';
import { pluginObstacles } from '../../host/machine/plugin-settings.ts';
import { message } from '../../shared/text.ts';
import { version as ownVersion } from '../../shared/version.ts';
import { configEditMend } from '../config/config-mends.ts';
import { hostCheck } from './host-check.ts';
import { hostTexts as texts } from './host-texts.ts';
import { placePluginMend } from './plugin-mend.ts';

const plugin = hostCheck({
  id: 'plugin',
  question: texts.askPlugin,
  probe(context, { host, plugins, isUp }) {
    const { name } = host;
    const [only, ...others] = plugins;
    if (!only) {
      const isLocked = name !== 'openclaw';
      return {
        status: 'fail',
        detail: message(isLocked ? texts.pluginMissingLocked : texts.pluginMissing, { name }),
        fix: message(texts.pluginMissingFix, { name }),
        mend: placePluginMend(context, { host, isUp }),
      };
    }
    if (others.length > 0) {
      const params = { paths: plugins.map(({ path }) => path), name };
      return {
        status: 'fail',
        detail: message(texts.pluginsTwo, params),
        fix: message(texts.pluginsTwoFix, params),
      };
    }
    const params = { ...only, own: ownVersion, name };
    if (!isOwnPlugin(only)) {
      return {
        status: 'warn',
        detail: message(texts.pluginForeign, { plugin: only.name || only.path }),
        fix: message(texts.pluginForeignFix, params),
      };
    }
    if (only.version !== ownVersion) {
      return {
        status: 'warn',
        detail: message(texts.pluginOther, params),
        fix: message(texts.pluginOtherFix, params),
      };
    }
    return { status: 'ok', detail: message(texts.pluginIs, params) };
  },
});

const pluginEnabled = hostCheck({
  id: 'plugin-enabled',
  question: texts.askPluginEnabled,
  probe(context, { host: { name }, settings }) {
    const { path } = context.location;
    // OpenClaw's own catalog has another plugin of that id: without a word of ours it takes that one.
    const [obstacle] = pluginObstacles(settings, name === 'openclaw');
    if (!obstacle) return { status: 'ok', detail: texts.pluginOn };
    const { key, value, edit } = obstacle;
    return {
      status: 'fail',
      detail: message(texts.pluginOff, { name, key, value: JSON.stringify(value) }),
      fix: message(texts.pluginOffFix, { key, path }),
      mend: configEditMend(context, message(texts.mendPlugin, { key, path }), [edit]),
    };
  },
});

export const pluginChecks = [plugin, pluginEnabled] as const;
