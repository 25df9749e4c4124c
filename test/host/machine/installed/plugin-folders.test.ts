/** Where hosts look for plugins, with real files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findPluginFolders } from '../../../../src/host/machine/installed/plugin-folders.ts';
import { temporaryHome } from '../../../support/home.ts';

async function put(path: string, name: string, manifest = 'clawdbot.plugin.json', id = 'feishu') {
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'package.json'), JSON.stringify({ name, version: '1.2.3' }));
  await writeFile(join(path, manifest), JSON.stringify({ id, channels: [id] }));
  await writeFile(join(path, 'index.js'), '');
}

async function workplace() {
  const home = await temporaryHome();
  const stateDir = join(home, '.clawdbot');
  const workspace = join(home, 'work');
  return {
    home,
    stateDir,
    workspace,
    find: async (...loadPaths: string[]) =>
      (await findPluginFolders({ stateDir, workspace, loadPaths })).map(({ name }) => name),
  };
}

it('finds none where there is nothing, or only others', async () => {
  const { stateDir, find } = await workplace();
  expect(await find('/nowhere/at/all')).toEqual([]);
  await put(join(stateDir, 'extensions', 'voice-call'), '@clawdbot/voice', undefined, 'voice-call');
  await mkdir(join(stateDir, 'extensions', 'feishu'));
  expect(await find()).toEqual([]);
});

it('finds each place, in the order in which a host does', async () => {
  const { home, stateDir, workspace, find } = await workplace();
  await put(join(stateDir, 'npm', 'projects', 'x', 'node_modules', '@openclaw', 'feishu'), 'npm');
  await put(join(stateDir, 'extensions', 'renamed'), 'state', 'openclaw.plugin.json');
  await put(join(workspace, '.clawdbot', 'extensions', 'feishu'), 'workspace');
  await put(join(home, 'checkout'), 'listed', 'moltbot.plugin.json');
  await put(join(home, 'many', 'one'), 'within');
  expect(
    await find(join(home, 'many'), join(home, 'checkout', 'index.js'), join(home, 'checkout')),
  ).toEqual(['within', 'listed', 'workspace', 'state', 'npm']);
});

it('reads a plugin that does not describe itself, and trips over no broken one', async () => {
  const { stateDir, find } = await workplace();
  const path = join(stateDir, 'extensions', 'feishu');
  await put(path, '');
  await writeFile(join(path, 'package.json'), '{');
  expect(await find()).toEqual(['']);
  await writeFile(join(path, 'clawdbot.plugin.json'), '{');
  expect(await find()).toEqual([]);
});
