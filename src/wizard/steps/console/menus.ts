/** The bot's slash commands and menu, where the account's config asks for them (`menus`). */

import type { CheckResult } from '../../../doctor/check.ts';
import { consoleLinks } from '../../../platform/address/console-links.ts';
import { resolveEndpoints } from '../../../platform/address/endpoints.ts';
import {
  applyCommands,
  isInStep,
  planCommands,
  readSlashCommands,
  setBotMenu,
} from '../../../platform/app/slash-commands.ts';
import { isMoltbotFeishuError } from '../../../shared/errors.ts';
import { clientOf, type Run } from '../../run.ts';
import type { Step } from '../../step.ts';
import { wantsOf } from '../app/app.ts';
import { appTexts as texts } from '../app/app-texts.ts';

const done = (hasMenu: false | undefined): CheckResult => ({
  id: 'menus',
  ms: 0,
  status: 'ok',
  detail: hasMenu === undefined ? texts.menusInStep : texts.commandsDone,
});

/** People see the commands at once, but the menu only after a version with it is published. */
function menuWaits({ facts }: Run): CheckResult {
  const endpoints = resolveEndpoints(facts.domain);
  return {
    id: 'menus',
    ms: 0,
    status: 'warn',
    detail: texts.menusDone,
    advice: texts.menusDoneAdvice,
    url: consoleLinks(endpoints, facts.appId ?? '').createVersion,
  };
}

export const menusStep: Step = {
  id: 'menus',
  title: texts.titleMenus,
  questions: [],
  applies: (run) => {
    const { facts, options } = run;
    const isApp = facts.task !== 'policy' && facts.task !== 'rotate';
    return isApp && options.flags.verify && wantsOf(run).choices?.menus === true;
  },
  async change(run) {
    const client = clientOf(run);
    try {
      const hasMenu = await run.options.conversation.during(texts.doingMenus, async (signal) => {
        const plan = planCommands(await readSlashCommands(client, signal), true);
        if (isInStep(plan)) return undefined;
        await applyCommands(client, plan, signal);
        return setBotMenu(client, true, signal);
      });
      run.report(hasMenu === true ? menuWaits(run) : done(hasMenu));
    } catch (error) {
      // Without them the bot answers all the same.
      if (!isMoltbotFeishuError(error) || error.code === 'cancelled') throw error;
      const { what: detail, advice, url } = error;
      run.report({ id: 'menus', ms: 0, status: 'warn', detail, advice, url });
    }
  },
};
