/** The bot's slash commands and menu, where the account's config asks for them (`menus`). */
import {
  applyCommands,
  isInStep,
  planCommands,
  readSlashCommands,
  setBotMenu,
} from '../../../platform/app/slash-commands.ts';
import { isMoltbotFeishuError } from '../../../shared/errors.ts';
import { clientOf } from '../../run.ts';
import type { Step } from '../../step.ts';
import { wantsOf } from '../app/app.ts';
import { appTexts as texts } from '../app/app-texts.ts';

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
      const detail = await run.options.conversation.during(texts.doingMenus, async (signal) => {
        const plan = planCommands(await readSlashCommands(client, signal), true);
        if (isInStep(plan)) return texts.menusInStep;
        await applyCommands(client, plan, signal);
        const hasMenu = await setBotMenu(client, true, signal);
        return hasMenu ? texts.menusDone : texts.commandsDone;
      });
      run.report({ id: 'menus', ms: 0, status: 'ok', detail });
    } catch (error) {
      // Without them the bot answers all the same.
      if (!isMoltbotFeishuError(error) || error.code === 'cancelled') throw error;
      const { what: detail, advice, url } = error;
      run.report({ id: 'menus', ms: 0, status: 'warn', detail, advice, url });
    }
  },
};
