/**
 * The bot's slash commands and its menu: what a person sees when typing `/`, and beside the input.
 *
 * In: whether they are wanted. Out: a plan that touches only what this package has registered, and the
 * calls that carry it out (docs/platform/app.md#slash-commands-and-the-menu).
 */
import { z } from 'zod';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import type { Text } from '../../shared/text/text.ts';
import { acceptedAnswer } from '../client/answers.ts';
import type { PlatformClient } from '../client/client.ts';
import { encodePath } from '../network/path.ts';

type Client = Pick<PlatformClient, 'call' | 'appId'>;

export interface SlashCommand {
  /** Without the slash. */
  readonly name: string;
  readonly text: Text;
}

/** Commands of the hosts that people use in a chat; `stop` and `status` are also the bundled runtime's. */
export const slashCommands: readonly SlashCommand[] = [
  { name: 'new', text: { en: 'Start a new session', zh: '开始新会话' } },
  { name: 'stop', text: { en: 'Stop the running answer', zh: '停止当前回复' } },
  { name: 'status', text: { en: 'Show the status', zh: '查看状态' } },
  { name: 'help', text: { en: 'Show what the bot can do', zh: '查看帮助' } },
  { name: 'model', text: { en: 'Show or change the model', zh: '查看或切换模型' } },
];

/** The entries of the bot's menu, by command; a chosen one is that command. */
const menuEntries = ['new', 'stop', 'status', 'help'];

export interface RegisteredCommand {
  readonly id: string;
  readonly name: string;
  readonly en: string;
  readonly zh: string;
}

export interface CommandPlan {
  readonly create: readonly SlashCommand[];
  readonly update: readonly (SlashCommand & { readonly id: string })[];
  readonly remove: readonly RegisteredCommand[];
}

const path = '/open-apis/application/v7/app_slash_commands';

const description = z
  .object({
    default_value: z.string().catch(''),
    i18n: z.record(z.string(), z.string()).nullish().catch(undefined),
  })
  .nullish()
  .catch(undefined);
const listAnswer = z.object({
  items: z.array(z.object({ command_id: z.string(), command: z.string(), description })).nullish(),
});

/** The commands of the app, its own and those of others. @throws MoltbotFeishuError */
export async function readSlashCommands(
  client: Client,
  signal: AbortSignal,
): Promise<readonly RegisteredCommand[]> {
  const { items } = await client.call(
    {
      method: 'GET',
      path,
      query: { page_size: '50' },
      schema: listAnswer,
      family: 'application',
      safeToRepeat: true,
    },
    { signal },
  );
  return (items ?? []).map(({ command_id: id, command, description: words }) => ({
    id,
    name: command.replace(/^\//, ''),
    en: words?.i18n?.en_us ?? words?.default_value ?? '',
    zh: words?.i18n?.zh_cn ?? '',
  }));
}

/**
 * What differs from what is wanted. A command of a person is never changed: one that has our name and
 * other words counts as theirs where the commands are not wanted any more. Pure.
 */
export function planCommands(
  registered: readonly RegisteredCommand[],
  areWanted: boolean,
): CommandPlan {
  const byName = new Map(registered.map((command) => [command.name, command]));
  const isOurs = ({ name, en, zh }: RegisteredCommand): boolean =>
    slashCommands.some((own) => own.name === name && own.text.en === en && own.text.zh === zh);
  if (!areWanted) return { create: [], update: [], remove: registered.filter(isOurs) };
  const update = slashCommands.flatMap((own) => {
    const known = byName.get(own.name);
    return known && !isOurs(known) ? [{ ...own, id: known.id }] : [];
  });
  return { create: slashCommands.filter(({ name }) => !byName.has(name)), update, remove: [] };
}

export function isInStep({ create, update, remove }: CommandPlan): boolean {
  return create.length + update.length + remove.length === 0;
}

/** Carries a plan out; what was done before a failure stays. @throws MoltbotFeishuError */
export async function applyCommands(
  client: Client,
  { create, update, remove }: CommandPlan,
  signal: AbortSignal,
): Promise<void> {
  const call = (method: 'POST' | 'PATCH' | 'DELETE', place: string, body?: object) =>
    client.call(
      {
        method,
        path: place,
        body,
        schema: acceptedAnswer,
        family: 'application',
        safeToRepeat: false,
      },
      { signal },
    );
  for (const command of create) {
    await call('POST', path, { command: command.name, description: descriptionOf(command) });
  }
  for (const { id, ...command } of update) {
    await call('PATCH', `${path}${encodePath`/${id}`}`, { description: descriptionOf(command) });
  }
  for (const { id } of remove) await call('DELETE', `${path}${encodePath`/${id}`}`);
}

function descriptionOf({ text }: SlashCommand): object {
  return { default_value: text.en, i18n: { en_us: text.en, zh_cn: text.zh } };
}

/**
 * Sets the menu beside the input, or takes it away; this shows with the next published version. The menu
 * cannot be read back.
 *
 * @returns whether the app may change itself
 * @throws MoltbotFeishuError what the platform says beside that
 */
export async function setBotMenu(
  client: Client,
  isWanted: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const names = isWanted ? menuEntries : [];
  const entries = names.flatMap((name) => slashCommands.filter((one) => one.name === name));
  const bot = {
    enable: true,
    bot_menu_enable: isWanted,
    bot_menus: entries.map(({ name, text }, index) => ({
      menu_id: `moltbot_${name}`,
      sort: index + 1,
      default_name: text.en,
      i18n_name: { en_us: text.en, zh_cn: text.zh },
      event_key: `/${name}`,
    })),
  };
  try {
    await client.call(
      {
        method: 'PATCH',
        path: encodePath`/open-apis/application/v7/applications/${client.appId}/ability`,
        body: { bot },
        schema: acceptedAnswer,
        family: 'application',
        safeToRepeat: true,
      },
      { signal },
    );
    return true;
  } catch (error) {
    // Without the permission of the autopilot, or where a version waits for its review.
    if (isMoltbotFeishuError(error) && error.feishuCode !== undefined) return false;
    throw error;
  }
}
