/** `remove` and what setup put into a host: said where it stays, and gone where that is wanted. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { putHost } from '../support/host-program.ts';
import { runProgram } from '../support/program.ts';
import { ENTER, openTerminal } from '../support/terminal.ts';

const feishu = { appId: 'cli_a1b2c3d4e5f60718', appSecret: 's3cret-value-of-the-app' };
const set = {
  gateway: { mode: 'local' },
  channels: { feishu },
  plugins: { entries: { feishu: { enabled: true }, other: { enabled: true } } },
};

async function workplace(config: unknown, name = '@moltbot/feishu') {
  const home = await temporaryHome();
  const state = join(home, '.clawdbot');
  const folder = join(state, 'extensions', 'feishu');
  await mkdir(folder, { recursive: true });
  const manifest = JSON.stringify({ id: 'feishu', channels: ['feishu'] });
  await writeFile(join(folder, 'clawdbot.plugin.json'), manifest);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
  const path = join(state, 'clawdbot.json');
  await writeFile(path, JSON.stringify(config, null, 2), { mode: 0o600 });
  await putHost(home, 'clawdbot');
  const env = { PATH: `${join(home, 'bin')}:/usr/bin:/bin` };
  return {
    home,
    env,
    folder,
    remove: (...flags: string[]) => runProgram(['remove', ...flags], { home, env }),
    written: async () => JSON.parse(await readFile(path, 'utf8')),
    extensions: () => readdir(join(state, 'extensions')),
  };
}

it('says that channels is gone where it held nothing else, and that the plugin stays', async () => {
  const { remove, written, extensions, folder } = await workplace(set);
  const ended = await remove('--yes');
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stdout).toContain('channels held nothing else');
  expect(ended.stdout).toContain(`the plugin ${folder}`);
  expect(ended.stdout).toContain('moltbot-feishu remove --plugin');
  expect(await written()).toEqual({ gateway: set.gateway, plugins: set.plugins });
  expect(await extensions()).toEqual(['feishu']);
});

it('removes the plugin with the last account, and then alone, too', async () => {
  const first = await workplace(set);
  const dry = await first.remove('--plugin', '--dry-run', '--json');
  expect(JSON.parse(dry.stdout).steps).toMatchObject([{ id: 'plugin', status: 'skipped' }]);
  expect(await first.extensions()).toEqual(['feishu']);
  const ended = await first.remove('--plugin', '--yes', '--json');
  expect(ended.code, ended.stderr).toBe(0);
  const document = JSON.parse(ended.stdout);
  expect(document.steps).toMatchObject([{ id: 'plugin', status: 'ok' }]);
  expect(document.stays.map(({ what }: { what: string }) => what)).not.toContain('plugin');
  expect(await first.written()).toEqual({
    gateway: set.gateway,
    plugins: { entries: { other: { enabled: true } } },
  });
  expect(await first.extensions()).toEqual([]);

  const { channels: _gone, ...without } = set;
  const alone = await workplace(without);
  expect(await alone.remove('--plugin', '--yes')).toMatchObject({ code: 0 });
  expect(await alone.extensions()).toEqual([]);
  expect((await alone.written()).plugins).toEqual({ entries: { other: { enabled: true } } });
});

it('keeps what other accounts need, other channels, and the plugin of another', async () => {
  const two = {
    feishu: { ...feishu, accounts: { work: { ...feishu, appId: 'cli_0000000000000001' } } },
  };
  const shared = await workplace({ ...set, channels: { ...two, telegram: {} } });
  expect(await shared.remove('--account', 'work', '--plugin', '--yes')).toMatchObject({ code: 0 });
  expect(await shared.extensions()).toEqual(['feishu']);
  expect((await shared.written()).plugins).toEqual(set.plugins);
  const last = await shared.remove('--yes');
  expect(last.stdout).not.toContain('channels held nothing else');
  expect((await shared.written()).channels).toEqual({ telegram: {} });

  const foreign = await workplace(set, '@openclaw/feishu');
  expect(await foreign.remove('--plugin', '--yes')).toMatchObject({ code: 0 });
  expect(await foreign.extensions()).toEqual(['feishu']);
});

it('leaves a file that is included alone, but for our section', async () => {
  const { home, remove, written } = await workplace({ channels: { $include: './channels.json' } });
  const included = join(home, '.clawdbot', 'channels.json');
  await writeFile(included, JSON.stringify({ feishu }), { mode: 0o600 });
  const ended = await remove('--yes');
  expect(ended.code, ended.stderr).toBe(0);
  expect(await written()).toEqual({ channels: { $include: './channels.json' } });
  expect(JSON.parse(await readFile(included, 'utf8'))).toEqual({});
});

it('asks a person, before anything is changed', async () => {
  const { home, env, extensions } = await workplace(set);
  const screen = openTerminal(['remove'], { home, env });
  await screen.see('Remove the plugin from the host, too?');
  screen.type(ENTER);
  await screen.see('Take it out?');
  screen.type(ENTER);
  expect(await screen.ended()).toBe(0);
  expect(await extensions()).toEqual([]);
});
