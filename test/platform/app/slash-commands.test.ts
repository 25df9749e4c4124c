/** The bot's slash commands, kept in step with what the config asks for; those of others stay. */
import { expect, it } from 'vitest';
import {
  applyCommands,
  isInStep,
  planCommands,
  readSlashCommands,
  setBotMenu,
  slashCommands,
} from '../../../src/platform/app/slash-commands.ts';
import { createPlatformClient } from '../../../src/platform/client/client.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { cleanUp } from '../../channel/harness.ts';

const signal = new AbortController().signal;
const write = 'application:app_slash_command:write';

async function appWith(scopes: readonly string[]) {
  const sandbox = await startSandbox({ app: { scopes } });
  cleanUp(() => sandbox.close());
  const { appId, appSecret, url: domain } = sandbox;
  const client = createPlatformClient({ appId, appSecret: new Secret(appSecret), domain });
  const step = async (areWanted: boolean) => {
    const plan = planCommands(await readSlashCommands(client, signal), areWanted);
    await applyCommands(client, plan, signal);
    return plan;
  };
  return { sandbox, client, step };
}

it('registers the commands once, in both languages, and removes only its own', async () => {
  const { client, step } = await appWith([write]);
  await applyCommands(
    client,
    { create: [{ name: 'lunch', text: { en: 'Lunch', zh: '午餐' } }], update: [], remove: [] },
    signal,
  );
  expect((await step(true)).create).toEqual(slashCommands);
  expect(isInStep(await step(true))).toBe(true);
  const registered = await readSlashCommands(client, signal);
  expect(registered.map(({ name, zh }) => [name, zh])).toEqual([
    ['lunch', '午餐'],
    ...slashCommands.map(({ name, text }) => [name, text.zh]),
  ]);
  const help = registered.find(({ name }) => name === 'help');
  const text = { en: 'Our own help', zh: '我们的帮助' };
  const update = [{ name: 'help', text, id: help?.id ?? '' }];
  await applyCommands(client, { create: [], update, remove: [] }, signal);
  expect((await step(false)).remove).toHaveLength(slashCommands.length - 1);
  const left = await readSlashCommands(client, signal);
  expect(left.map(({ name, en }) => [name, en])).toEqual([
    ['lunch', 'Lunch'],
    ['help', 'Our own help'],
  ]);
  expect((await step(true)).update).toMatchObject([{ name: 'help' }]);
  expect(isInStep(await step(true))).toBe(true);
});

it('says which permission is missing, and does without the menu where the app may not change itself', async () => {
  const { client } = await appWith([]);
  await expect(readSlashCommands(client, signal)).rejects.toMatchObject({ code: 'scope-missing' });
  expect(await setBotMenu(client, true, signal)).toBe(false);
  const able = await appWith(['application:application:patch']);
  expect(await setBotMenu(able.client, true, signal)).toBe(true);
});
