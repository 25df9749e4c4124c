/** application/v7/app_slash_commands: the `/commands` of a bot. */
import { z } from 'zod';
import { type Answer, invalidParameter, ok, refusal } from '../../http/answers.ts';
import { jsonBody, type Route } from '../../http/call.ts';
import { newId } from '../../state/ids.ts';
import { scopeRules } from '../../state/scopes.ts';

const base = '/open-apis/application/v7/app_slash_commands';
const MAX_COMMANDS = 50;

const description = z.object({
  default_value: z.string().min(1),
  i18n: z.record(z.string(), z.string()).optional(),
});
const newCommand = z.object({ command: z.string().regex(/^[a-z][\w-]{0,31}$/), description });
const changedCommand = z.object({ description });

interface Command extends z.infer<typeof newCommand> {
  readonly command_id: string;
}

export function slashCommandRoutes(): readonly Route[] {
  const byApp = new Map<string, Map<string, Command>>();

  function commandsOf(appId: string): Map<string, Command> {
    const commands = byApp.get(appId) ?? new Map<string, Command>();
    byApp.set(appId, commands);
    return commands;
  }

  const unknown = (): Answer => refusal(40000004, 'command not found');

  return [
    {
      method: 'GET',
      path: base,
      access: 'app',
      scopes: scopeRules.readSlashCommands,
      handle: ({ app }) => ok({ items: [...commandsOf(app.appId).values()], has_more: false }),
    },
    {
      method: 'POST',
      path: base,
      access: 'app',
      scopes: scopeRules.writeSlashCommands,
      handle: (call) => {
        const commands = commandsOf(call.app.appId);
        const body = newCommand.safeParse(jsonBody(call));
        if (!body.success) return invalidParameter(z.prettifyError(body.error));
        const isKnown = [...commands.values()].some(({ command }) => command === body.data.command);
        if (isKnown) return refusal(40000000, 'command already exists');
        if (commands.size >= MAX_COMMANDS) return refusal(40000001, 'too many commands');
        const command = { ...body.data, command_id: newId.command() };
        commands.set(command.command_id, command);
        return ok(command);
      },
    },
    {
      method: 'PATCH',
      path: `${base}/:command_id`,
      access: 'app',
      scopes: scopeRules.writeSlashCommands,
      handle: (call) => {
        const commands = commandsOf(call.app.appId);
        const known = commands.get(call.params.command_id ?? '');
        if (!known) return unknown();
        const body = changedCommand.safeParse(jsonBody(call));
        if (!body.success) return invalidParameter(z.prettifyError(body.error));
        const command = { ...known, ...body.data };
        commands.set(known.command_id, command);
        return ok(command);
      },
    },
    {
      method: 'DELETE',
      path: `${base}/:command_id`,
      access: 'app',
      scopes: scopeRules.writeSlashCommands,
      handle: ({ app, params }) =>
        commandsOf(app.appId).delete(params.command_id ?? '') ? ok({}) : unknown(),
    },
  ];
}
