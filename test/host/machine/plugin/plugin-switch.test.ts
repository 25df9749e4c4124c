/** The switch from another plugin and its way back, with real files and a host as Clawdbot is. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryHome } from '../../../support/home.ts';
import { installingHost, putHost, refusingHost } from '../../../support/host-program.ts';
import { runProgram } from '../../../support/program.ts';
import { temporarySandbox } from '../../../support/sandbox.ts';

async function workplace(script: (home: string) => string = installingHost) {
  const home = await temporaryHome();
  const sandbox = await temporarySandbox();
  await putHost(home, 'clawdbot', script(home));
  const stateDir = join(home, '.clawdbot');
  const config = join(stateDir, 'clawdbot.json');
  const extensions = join(stateDir, 'extensions');
  const { appId, appSecret, url: domain } = sandbox;
  const run = async (...words: string[]) => {
    const env = { PATH: join(home, 'bin') };
    const ended = await runProgram([...words, '--json'], { home, env });
    return { ...ended, document: JSON.parse(ended.stdout) };
  };
  return {
    stateDir,
    extensions,
    config,
    run,
    /** Puts a plugin with this id, with a file of its own. */
    async put(folder: string, id: string, name: string) {
      await mkdir(folder, { recursive: true });
      const manifest = JSON.stringify({ id, channels: ['feishu'] });
      await writeFile(join(folder, 'clawdbot.plugin.json'), manifest);
      await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '0.1.0' }));
      await writeFile(join(folder, 'notes.txt'), 'mine');
    },
    /** A config with comments, which must come back as it was. */
    async write(plugins: object, keys: object = {}): Promise<string> {
      const feishu = { appId, appSecret, domain, dmPolicy: 'pairing', ...keys };
      const text = `// mine\n${JSON.stringify({ plugins, channels: { feishu } }, null, 2)}\n`;
      await mkdir(stateDir, { recursive: true });
      await writeFile(config, text, { mode: 0o600 });
      return text;
    },
    read: () => readFile(config, 'utf8'),
    nameOf: async (folder: string): Promise<string> =>
      JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')).name,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a config is what a test makes of it
type Config = any;

const jsonOf = (text: string): Config => JSON.parse(text.replace('// mine', ''));

it.each(['setup', 'doctor --fix'])(
  '%s takes the place of a plugin of the same id, whose folder and record come back',
  async (command) => {
    const place = await workplace();
    const folder = join(place.extensions, 'feishu');
    await place.put(folder, 'feishu', '@m1heng-clawd/feishu');
    const installs = { feishu: { source: 'npm', spec: '@m1heng-clawd/feishu' } };
    const before = await place.write({ installs, entries: { feishu: { enabled: true } } });
    const switched = await place.run(...command.split(' '), '--yes');
    expect(switched.code, switched.stdout + switched.stderr).toBeLessThan(2);
    expect(await place.nameOf(folder)).toBe('@moltbot/feishu');
    expect(await place.read()).toContain('// mine');
    expect(jsonOf(await place.read()).plugins.installs.feishu).toMatchObject({ source: 'path' });
    const back = await place.run('setup', '--restore');
    expect(back.document).toMatchObject({ ok: true, restored: ['@m1heng-clawd/feishu'] });
    expect(await place.read()).toBe(before);
    expect(await place.nameOf(folder)).toBe('@m1heng-clawd/feishu');
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
    expect(await readdir(place.extensions)).toEqual(['feishu']);
  },
);

it('switches a plugin of another id off by its entry, and a listed one by the list', async () => {
  const place = await workplace();
  const lark = join(place.extensions, 'openclaw-lark');
  const checkout = join(place.stateDir, 'checkout');
  await place.put(lark, 'openclaw-lark', '@larksuite/openclaw-lark');
  await place.put(checkout, 'feishu', '@openclaw-china/feishu');
  const before = await place.write({
    load: { paths: ['/elsewhere', checkout] },
    entries: { 'openclaw-lark': { enabled: true } },
  });
  const switched = await place.run('setup', '--yes');
  expect(switched.code, switched.stdout + switched.stderr).toBe(0);
  expect(switched.stderr).toContain('moltbot-feishu setup --restore');
  expect(jsonOf(await place.read()).plugins).toMatchObject({
    load: { paths: ['/elsewhere'] },
    entries: { 'openclaw-lark': { enabled: false }, feishu: { enabled: true } },
  });
  // Switched off, they are in no one's way, and nothing is left to do.
  const again = await place.run('setup', '--yes');
  expect(again.document).toMatchObject({ ok: true, config: { changed: false } });
  const back = await place.run('setup', '--restore');
  expect(back.code, back.stdout).toBe(0);
  expect(await place.read()).toBe(before);
  expect((await readdir(place.extensions)).sort()).toEqual(['openclaw-lark']);
});

it('keeps what others have changed since, on the way back', async () => {
  const place = await workplace();
  await place.put(join(place.extensions, 'openclaw-lark'), 'openclaw-lark', 'lark');
  await place.write({});
  await place.run('setup', '--yes');
  const changed = { ...jsonOf(await place.read()), gateway: { mode: 'local' } };
  await writeFile(place.config, JSON.stringify(changed));
  await place.run('setup', '--restore');
  const now = jsonOf(await place.read());
  expect(now).toMatchObject({ gateway: { mode: 'local' }, plugins: {} });
  expect(now.plugins).toEqual({});
});

/** After a switch, the section edited, and the way back. */
async function editedSince(edit: (config: Config) => void, plugin = '@openclaw/feishu') {
  const place = await workplace();
  await place.put(join(place.extensions, 'feishu'), 'feishu', plugin);
  const keys = { dmPolicy: undefined, typingIndicator: true, connectionMode: 'webhook' };
  await place.write({ allow: ['feishu'] }, keys);
  const before = jsonOf(await place.read());
  await place.run('setup', '--yes');
  const config = jsonOf(await place.read());
  expect(config.channels.feishu).toMatchObject({
    translatedFrom: expect.stringContaining('feishu'),
    dmPolicy: 'pairing',
    connectionMode: 'websocket',
  });
  edit(config);
  const edited = `// mine\n${JSON.stringify(config, null, 2)}\n`;
  await writeFile(place.config, edited);
  const back = await place.run('setup', '--restore');
  return { before, edited, back, text: await place.read() };
}

it('puts back what the switch changed, and keeps what was changed in the section since', async () => {
  const { before, back, text } = await editedSince(({ channels, plugins }) => {
    channels.feishu.historyLimit = 7;
    channels.feishu.groups = { oc_new: { enabled: false } };
    plugins.allow.push('telegram');
    plugins.entries.telegram = { enabled: true };
  });
  expect(back.code, back.stdout + back.stderr).toBe(0);
  expect(text).toContain('// mine');
  expect(jsonOf(text)).toEqual({
    channels: {
      feishu: {
        ...before.channels.feishu,
        historyLimit: 7,
        groups: { oc_new: { enabled: false } },
      },
    },
    plugins: { allow: ['feishu', 'telegram'], entries: { telegram: { enabled: true } } },
  });
  expect(back.stderr).toContain('channels.feishu.historyLimit, channels.feishu.groups.oc_new');
  expect(back.document).toMatchObject({
    kept: expect.arrayContaining([
      'channels.feishu.historyLimit',
      'channels.feishu.groups.oc_new.enabled',
      'plugins.allow',
    ]),
    conflicts: [],
    removed: [],
    next: [],
  });
});

it('names what was changed twice, and what the other plugin does not have', async () => {
  const { before, back, text } = await editedSince(({ channels }) => {
    channels.feishu.dmPolicy = 'disabled';
    channels.feishu.typingReaction = false;
    channels.feishu.inbox = './inbox';
  });
  expect(back.code, back.stdout + back.stderr).toBe(0);
  expect(jsonOf(text).channels.feishu).toEqual({
    ...before.channels.feishu,
    dmPolicy: 'disabled',
    typingIndicator: false,
  });
  expect(back.stderr).toMatch(/changed by the switch .*: channels\.feishu\.dmPolicy/i);
  expect(back.stderr).toMatch(/does not have them: .*inbox/);
  expect(back.document).toMatchObject({
    conflicts: ['channels.feishu.dmPolicy'],
    removed: expect.arrayContaining([expect.stringContaining('inbox')]),
  });
});

it('does not lead back where the other plugin would answer whom a later change keeps out', async () => {
  const { back, edited, text } = await editedSince(({ channels }) => {
    // The other plugin has the key, and does not read it.
    channels.feishu.groups = { oc_1: { enabled: false } };
  }, '@m1heng-clawd/feishu');
  expect([back.code, back.document.error?.code]).toEqual([2, 'no-former-plugin']);
  expect(back.document.error.message).toContain('groups.oc_1');
  expect(text).toBe(edited);
});

it('changes nothing where the host refuses ours', async () => {
  const place = await workplace(() => refusingHost('no'));
  const folder = join(place.extensions, 'feishu');
  await place.put(folder, 'feishu', '@m1heng-clawd/feishu');
  const before = await place.write({});
  const refused = await place.run('setup', '--yes');
  expect([refused.code, refused.document.error.code]).toEqual([7, 'host-refused']);
  expect(await place.read()).toBe(before);
  expect(await place.nameOf(folder)).toBe('@m1heng-clawd/feishu');
  expect((await readdir(place.stateDir)).sort()).toEqual(['clawdbot.json', 'extensions']);
});

it('keeps the former state for its owner only, and names that there is none', async () => {
  const place = await workplace();
  await place.write({});
  const none = await place.run('setup', '--restore');
  expect([none.code, none.document.error.code]).toEqual([2, 'no-former-plugin']);
  expect(none.document.error.message).toContain('has no translatedFrom');
  expect(none.document.error.fix).toContain('@larksuite/openclaw-lark');
  await place.write({}, { translatedFrom: 'another plugin' });
  const unclear = await place.run('setup', '--restore');
  expect([unclear.code, unclear.document.error.code]).toEqual([2, 'no-former-plugin']);
  expect(unclear.document.error.message).toContain('names no known plugin');
  await writeFile(place.config, '{}');
  const empty = await place.run('setup', '--restore');
  expect(empty.document.error.message).toContain('nothing to go back to');
  await place.write({});
  await place.put(join(place.extensions, 'openclaw-lark'), 'openclaw-lark', 'lark');
  await place.run('setup', '--yes');
  const kept = join(place.stateDir, 'former-feishu-plugin');
  expect((await stat(kept)).mode & 0o777).toBe(0o700);
  expect((await stat(join(kept, 'former.json'))).mode & 0o777).toBe(0o600);
});

it('leaves a plugin that its owner keeps in the workspace to its owner', async () => {
  const place = await workplace();
  const workspace = join(place.stateDir, 'work');
  const folder = join(workspace, '.clawdbot', 'extensions', 'feishu');
  await place.put(folder, 'feishu', 'somebody-elses');
  const feishu = { appId: `cli_${'0'.repeat(16)}` };
  const config = { agents: { defaults: { workspace } }, channels: { feishu } };
  await writeFile(place.config, JSON.stringify(config));
  const refused = await place.run('setup', '--yes');
  expect(refused.code).toBe(7);
  expect(refused.document.error.fix).toContain(folder);
  expect(refused.document.error.fix).not.toMatch(/\bremove\b/i);
});

it('leads back by the keys where nothing is kept from before, and never to more people', async () => {
  const place = await workplace();
  await place.write({});
  const { channels } = jsonOf(await place.read());
  const write = (keys: object) => {
    const feishu = { ...channels.feishu, translatedFrom: '@openclaw/feishu', ...keys };
    return writeFile(place.config, `// mine\n${JSON.stringify({ channels: { feishu } })}`);
  };
  await place.put(join(place.extensions, 'feishu'), 'feishu', '@moltbot/feishu');
  await write({ typingReaction: false, inbox: './inbox', requireMention: true });
  const back = await place.run('setup', '--restore');
  expect([back.code, back.document.restored], back.stdout).toEqual([0, []]);
  expect(back.stderr).toContain('plugins install @openclaw/feishu');
  expect(back.stderr).toMatch(/does not have them: .*inbox/);
  expect(back.document).toMatchObject({
    removed: expect.arrayContaining([expect.stringContaining('inbox')]),
    // Clawdbot installs over nothing, and nothing while no plugin provides the channel of the config.
    next: [
      expect.stringMatching(/^mv .*extensions\/feishu .*moltbot-feishu-plugin$/),
      'CLAWDBOT_CONFIG_PATH="$(mktemp -d)/config.json" clawdbot plugins install @openclaw/feishu',
    ],
  });
  const now = await place.read();
  expect(now).toContain('// mine');
  expect(jsonOf(now).channels.feishu).toEqual({
    ...channels.feishu,
    requireMention: true,
    typingIndicator: false,
  });
  await write({ translatedFrom: 'm1heng/clawdbot-feishu', dmPolicy: 'disabled' });
  const before = await place.read();
  const refused = await place.run('setup', '--restore');
  expect([refused.code, refused.document.error.code]).toEqual([2, 'no-former-plugin']);
  expect(refused.document.error.message).toContain('dmPolicy');
  expect(await place.read()).toBe(before);
});
