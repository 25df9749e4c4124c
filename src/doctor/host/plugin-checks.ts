/** The checks of the plugin within the host: in place, ours, alone, of this version, let in. */
import { isOwnPlugin, otherPlugins } from '../../host/machine/plugin/other-plugins.ts';
import { pluginSettingProblems } from '../../host/machine/plugin/plugin-settings.ts';
import { joinLines, localize } from '../../shared/text/text.ts';
import { version as ownVersion } from '../../shared/version.ts';
import { finding } from '../check.ts';
import { configEditFix } from '../config/config-fixes.ts';
import { hostCheck } from './host-check.ts';
import { hostTexts as texts } from './host-check-texts.ts';
import { pluginPlacementFix, pluginSwitchFix } from './plugin-fix.ts';

export const pluginCheck = hostCheck({
  id: 'plugin',
  probe(context, facts) {
    const { host, plugins, isUp } = facts;
    const { name } = host;
    const others = otherPlugins(facts, context.location.stateDir, name);
    const [first] = others;
    const [only, ...rest] = plugins.filter(isOwnPlugin);
    if (!only && !first) {
      const isLocked = name !== 'openclaw';
      return finding(
        'fail',
        isLocked ? texts.pluginMissingLocked : texts.pluginMissing,
        texts.pluginMissingAdvice,
        { name },
        { fix: pluginPlacementFix(context, { host, isUp }) },
      );
    }
    const fix = pluginSwitchFix(context, facts, others);
    const isByHand = others.length === 0 || others.some(({ way }) => way === undefined);
    if (!only) {
      return {
        status: 'warn',
        detail: localize(texts.pluginForeign, { plugin: first?.name || (first?.path ?? '') }),
        advice: localize(isByHand ? texts.pluginByHandAdvice : texts.pluginForeignAdvice, {
          path: first?.path ?? '',
          name,
        }),
        fix,
      };
    }
    if (first || rest.length > 0) {
      const paths = [only, ...rest, ...others].map(({ path }) => path);
      const advice = isByHand ? texts.pluginsTwoByHandAdvice : texts.pluginsTwoAdvice;
      return finding('fail', texts.pluginsTwo, advice, { paths, name }, { fix });
    }
    const params = { ...only, own: ownVersion, name };
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
    const problems = pluginSettingProblems(settings, name === 'openclaw');
    if (problems.length === 0) return { status: 'ok', detail: texts.pluginOn };
    const keys = problems.map(({ key }) => key);
    return {
      status: 'fail',
      detail: joinLines(
        problems.map(({ key, value }) =>
          localize(texts.pluginOff, { name, key, value: JSON.stringify(value) }),
        ),
      ),
      advice: localize(texts.pluginOffAdvice, { keys, path }),
      fix: problems.map(({ key, edit }) =>
        configEditFix(context, localize(texts.fixPluginSettings, { key, path }), [edit]),
      ),
    };
  },
});
