/** The checks of the plugin within the host: in place, ours, alone, of this version, let in. */
import { message } from '../shared/text.ts';
import { version as ownVersion } from '../shared/version.ts';
import type { Finding } from './check.ts';
import { configEditMend } from './config-mends.ts';
import { hostCheck } from './host-check.ts';
import { PLUGIN_ID } from './host-facts.ts';
import { hostTexts as texts } from './host-texts.ts';
import { placePluginMend } from './plugin-mend.ts';

/** Under both names the same plugin is published. */
const ownNames = ['@moltbot/feishu', 'moltbot-feishu'];

const plugin = hostCheck({
  id: 'plugin',
  question: texts.askPlugin,
  probe(context, { host: { name }, plugins }) {
    const [only, ...others] = plugins;
    if (!only) {
      const isLocked = name !== 'openclaw';
      return {
        status: 'fail',
        detail: message(isLocked ? texts.pluginMissingLocked : texts.pluginMissing, { name }),
        fix: message(texts.pluginMissingFix, { name }),
        mend: placePluginMend(context),
      };
    }
    if (others.length > 0) {
      const params = { paths: plugins.map(({ path }) => path).join(', '), name };
      return {
        status: 'fail',
        detail: message(texts.pluginsTwo, params),
        fix: message(texts.pluginsTwoFix, params),
      };
    }
    const params = { ...only, own: ownVersion, name };
    if (!ownNames.includes(only.name)) {
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
  needs: ['host', 'plugin'],
  probe(context, { host: { name }, settings: { plugins = {} } }) {
    const { path } = context.location;
    const found = (
      key: string,
      value: unknown,
      edit: Parameters<typeof configEditMend>[2],
    ): Finding => ({
      status: 'fail',
      detail: message(texts.pluginOff, { name, key, value: JSON.stringify(value) }),
      fix: message(texts.pluginOffFix, { key, path }),
      mend: configEditMend(context, message(texts.mendPlugin, { key, path }), edit),
    });
    if (plugins.enabled === false) {
      return found('plugins.enabled', false, [{ path: ['plugins', 'enabled'], value: true }]);
    }
    const { allow = [], deny = [], entries = {} } = plugins;
    if (deny.includes(PLUGIN_ID)) {
      const value = deny.filter((id) => id !== PLUGIN_ID);
      return found('plugins.deny', deny, [{ path: ['plugins', 'deny'], value }]);
    }
    if (allow.length > 0 && !allow.includes(PLUGIN_ID)) {
      return found('plugins.allow', allow, [
        { path: ['plugins', 'allow'], value: [...allow, PLUGIN_ID] },
      ]);
    }
    const enabled = entries[PLUGIN_ID]?.enabled;
    // Its own catalog has another plugin of that id: without a word of ours it takes that one.
    if (enabled === false || (name === 'openclaw' && enabled === undefined)) {
      const at = ['plugins', 'entries', PLUGIN_ID, 'enabled'];
      return found(at.join('.'), enabled ?? null, [{ path: at, value: true }]);
    }
    return { status: 'ok', detail: texts.pluginOn };
  },
});

export const pluginChecks = [plugin, pluginEnabled] as const;
