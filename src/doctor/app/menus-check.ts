/** The bot's slash commands and menu, as the config asks for them; the fix registers or removes them. */
import {
  applyCommands,
  type CommandPlan,
  isInStep,
  planCommands,
  readSlashCommands,
  setBotMenu,
} from '../../platform/app/slash-commands.ts';
import { localize } from '../../shared/text/text.ts';
import type { AppCheckContext } from '../app-context.ts';
import type { Check, Fix } from '../check.ts';
import { doctorTexts as texts } from '../doctor-texts.ts';
import { isFinding, readOrFinding } from './app-facts.ts';

export const menusCheck: Check<AppCheckContext> = {
  id: 'menus',
  needs: ['credentials'],
  async probe(context, signal) {
    const { client, choices } = context;
    const areWanted = choices?.menus === true;
    const off = { status: 'skipped', detail: texts.menusOff } as const;
    const registered = await readOrFinding(() => readSlashCommands(client, signal));
    if (isFinding(registered)) return areWanted ? registered : off;
    const plan = planCommands(registered, areWanted);
    if (isInStep(plan)) return areWanted ? { status: 'ok', detail: texts.menusRegistered } : off;
    const { create, update, remove } = plan;
    return {
      status: 'warn',
      detail: areWanted
        ? localize(texts.menusMissing, { count: create.length + update.length })
        : localize(texts.menusLeft, { count: remove.length }),
      advice: texts.menusAdvice,
      fix: fixOf(context, plan, areWanted),
    };
  },
};

function fixOf({ client }: AppCheckContext, plan: CommandPlan, areWanted: boolean): Fix {
  const { appId } = client;
  return {
    id: `menus ${appId}`,
    text: localize(areWanted ? texts.fixMenus : texts.fixMenusLeft, { appId }),
    async apply(signal) {
      await applyCommands(client, plan, signal);
      // Beside the commands an extra: an app that may not change itself has no menu.
      await setBotMenu(client, areWanted, signal);
    },
  };
}
