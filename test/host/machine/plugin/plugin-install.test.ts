/** The plugin installed by the host's own command, with a host's program that does what Clawdbot's does. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryHome } from '../../../support/home.ts';
import { installingHost, putHost, refusingHost } from '../../../support/host-program.ts';
import { runProgram } from '../../../support/program.ts';
import { temporarySandbox } from '../../../support/sandbox.ts';

async function workplace(script: (home: string) => string) {
  const home = await temporaryHome();
  const sandbox = await temporarySandbox();
  await putHost(home, 'clawdbot', script(home));
  const stateDir = join(home, '.clawdbot');
  const config = join(stateDir, 'clawdbot.json');
  await mkdir(stateDir, { mode: 0o700 });
  const setUp = async (...words: string[]) => {
    const app = ['--app-id', sandbox.appId, '--domain', sandbox.url];
    const ended = await runProgram(['setup', ...app, '--json', ...words], {
      home,
      env: { FEISHU_APP_SECRET: sandbox.appSecret, PATH: join(home, 'bin') },
    });
    const document = JSON.parse(ended.stdout);
    const plugin = document.steps.find(({ id }: { id: string }) => id === 'plugin');
    return { ...ended, document, plugin };
  };
  return {
    sandbox,
    setUp,
    doctor: async (...words: string[]) => {
      const env = { PATH: join(home, 'bin') };
      return JSON.parse((await runProgram(['doctor', '--json', ...words], { home, env })).stdout);
    },
    config,
    write: (text: string) => writeFile(config, text, { mode: 0o600 }),
    read: () => readFile(config, 'utf8'),
    calls: () => readFile(join(home, 'calls'), 'utf8').catch(() => ''),
    inState: () => readdir(stateDir),
    extensions: () => readdir(join(stateDir, 'extensions')).catch(() => []),
  };
}

const mine = `// written by hand
{
  gateway: { mode: 'local' }, // mine
}
`;

it('is installed by the host, whose record goes into the config beside every comment', async () => {
  const { setUp, write, read, calls, extensions } = await workplace(installingHost);
  await write(mine);
  const { document, plugin, stderr } = await setUp();
  expect(document.ok, stderr).toBe(true);
  expect(plugin).toMatchObject({ status: 'ok', detail: expect.stringContaining('by clawdbot') });
  expect(await calls()).toMatch(/^plugins install /);
  const text = await read();
  expect(text).toContain('// written by hand');
  expect(text).toContain('// mine');
  expect(text).toMatch(/installs: \{\s*feishu: \{\s*source: 'path',\s*version: 'x'/);
  expect(text).not.toContain('meta');
  expect(await extensions()).toEqual(['feishu']);
  // A host with gateway.mode starts; without it, that comes first.
  expect(document.next).toEqual(['clawdbot gateway run']);
  // Again, nothing is left to do.
  const again = await setUp();
  expect(again.document.config.changed).toBe(false);
  expect(await read()).toBe(text);
});

it('is installed where the config names its channel already and the host refuses every command', async () => {
  const { sandbox, setUp, write, read } = await workplace(installingHost);
  const { appId, appSecret, url } = sandbox;
  const feishu = { appId, appSecret, domain: url, enabled: true };
  await write(JSON.stringify({ channels: { feishu } }));
  const { plugin } = await setUp();
  expect(plugin).toMatchObject({ detail: expect.stringContaining('by clawdbot') });
  expect(JSON.parse(await read()).plugins.installs.feishu).toEqual({
    source: 'path',
    version: 'x',
  });
});

it('is put back by doctor --fix as setup puts it: enabled, allowed and recorded', async () => {
  const { sandbox, write, read, doctor, extensions } = await workplace(installingHost);
  const { appId, appSecret, url } = sandbox;
  const feishu = { appId, appSecret, domain: url, enabled: true };
  await write(
    `// mine\n${JSON.stringify({ plugins: { allow: ['other'] }, channels: { feishu } })}`,
  );
  const { mended } = await doctor('--fix', '--yes');
  expect(mended.join()).toContain('install the plugin');
  const text = await read();
  expect(text).toContain('// mine');
  expect(JSON.parse(text.replace('// mine', '')).plugins).toEqual({
    allow: ['other', 'feishu'],
    entries: { feishu: { enabled: true } },
    installs: { feishu: { source: 'path', version: 'x' } },
  });
  expect(await extensions()).toEqual(['feishu']);
});

it('is only named in a dry run', async () => {
  const { setUp, write, read, calls, extensions } = await workplace(installingHost);
  await write(mine);
  const dry = await setUp('--dry-run');
  expect(dry.plugin).toMatchObject({
    status: 'skipped',
    detail: expect.stringContaining('by clawdbot plugins install'),
  });
  expect([await calls(), await read(), await extensions()]).toEqual(['', mine, []]);
});

it('goes again where the config cannot be written afterwards', async () => {
  // While the host installs, the config becomes a folder.
  const spoil = (home: string) =>
    installingHost(home).replace(
      '/bin/mkdir -p',
      `/bin/rm '${home}/.clawdbot/clawdbot.json'; /bin/mkdir '${home}/.clawdbot/clawdbot.json'\n    /bin/mkdir -p`,
    );
  const { setUp, write, calls, extensions } = await workplace(spoil);
  await write(mine);
  const failed = await setUp();
  expect(failed.code, failed.stdout).toBe(5);
  expect(await calls()).toMatch(/^plugins install /);
  expect(await extensions()).toEqual([]);
});

it.each([
  ['its own words', mine, 'blocked by a policy', 'blocked by a policy'],
  ['escape sequences', mine, '\\033[31mno\\007\\033]0;title\\007', 'no  ]0;title'],
  ['a secret of the config', '{ auth: { token: "swordfish" } }', 'bad swordfish', 'bad ***'],
])(
  'writes nothing where the host refuses with %s, and says so',
  async (_what, text, words, said) => {
    const { setUp, write, read, inState } = await workplace(() => refusingHost(words));
    await write(text);
    const { code, document, stdout } = await setUp();
    expect([code, document.error.code]).toEqual([7, 'host-refused']);
    expect(document.error.message).toContain(said);
    expect(stdout).not.toMatch(/\\u001b|\\u0007/i);
    expect(await read()).toBe(text);
    expect(await inState()).toEqual(['clawdbot.json']);
  },
);

it.each([
  ['does not start', '#!/nowhere/node\n'],
  ['fails at everything', '#!/bin/sh\nexit 1\n'],
  ['claims a success that is none', '#!/bin/sh\nexit 0\n'],
])('is copied where the host %s', async (_how, script) => {
  const { setUp, write, extensions } = await workplace(() => script);
  await write(mine);
  const { document, plugin } = await setUp();
  expect(document.ok).toBe(true);
  expect(plugin.detail).not.toContain('installed by');
  expect(await extensions()).toEqual(['feishu']);
});
