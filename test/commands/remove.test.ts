import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';
import { CTRL_C, DOWN, ENTER, openTerminal } from '../support/terminal.ts';

const SECRET = 's3cret-value-of-the-app';
const one = `{
  // the gateway
  gateway: { mode: 'local' },
  channels: {
    telegram: { enabled: true }, // kept
    feishu: {
      appId: 'cli_a1b2c3d4e5f60718',
      appSecret: '${SECRET}',
    },
  },
}
`;
const two = `{
  channels: {
    feishu: {
      dmPolicy: 'pairing',
      defaultAccount: 'work',
      accounts: {
        play: { appId: 'cli_0000000000000001', appSecretFile: 'play.txt', domain: 'lark' },
        work: { appId: 'cli_a1b2c3d4e5f60718', appSecret: '${SECRET}' },
      },
    },
  },
}
`;

async function homeWith(text: string) {
  const home = await temporaryHome();
  await mkdir(join(home, '.clawdbot'), { mode: 0o700 });
  const path = join(home, '.clawdbot', 'moltbot.json');
  await writeFile(path, text, { mode: 0o600 });
  return { home, path, now: () => readFile(path, 'utf8') };
}

describe('remove, unattended', () => {
  it('takes the only account out with its section, keeps a backup, and says what stays', async () => {
    const { home, path, now } = await homeWith(one);
    const ended = await runProgram(['remove', '--json'], { home });
    expect(ended.code, ended.stderr).toBe(0);
    const document = JSON.parse(ended.stdout);
    expect(document).toMatchObject({
      ok: true,
      account: 'default',
      accounts: ['default'],
      config: { path, changed: true, backup: `${path}.bak` },
      next: ['moltbot-feishu setup'],
    });
    expect(document.stays).toMatchObject([
      { what: 'app', url: 'https://open.feishu.cn/app/cli_a1b2c3d4e5f60718' },
      { what: 'backup', detail: expect.stringContaining(`${path}.bak`) },
    ]);
    expect(await now()).toBe(one.replace(/\n {4}feishu: \{[^}]*\},/, ''));
    expect(await readFile(`${path}.bak`, 'utf8')).toBe(one);
    expect((await stat(`${path}.bak`)).mode & 0o777).toBe(0o600);
    expect(ended.stdout + ended.stderr).not.toContain(SECRET);
  });

  it('names every backup that holds the secret, and no other', async () => {
    const { home, path } = await homeWith(one);
    for (const [suffix, text] of [
      ['.bak', one.replace(SECRET, 'another')],
      ['.bak.1', one],
      ['.bak.2', '{}'],
      ['.bak.3', `// ${SECRET}`],
    ] as const) {
      await writeFile(path + suffix, text, { mode: 0o600 });
    }
    const ended = await runProgram(['remove', '--yes', '--json'], { home });
    const { stays } = JSON.parse(ended.stdout) as { stays: { what: string; detail: string }[] };
    const named = stays.filter(({ what }) => what === 'backup').map(({ detail }) => detail);
    expect(named.map((detail) => detail.slice(detail.indexOf(path)))).toEqual([
      `${path}.bak`,
      `${path}.bak.2`,
      `${path}.bak.4`,
    ]);
  });

  it('takes out the one that is named, and leaves the others what they inherit', async () => {
    const { home, path, now } = await homeWith(two);
    const ended = await runProgram(['remove', '--account', 'work', '--yes'], { home });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toContain(`Removed work from ${path}`);
    expect(ended.stdout).toContain(`${path}.bak`);
    expect(await now()).toBe(
      two.replace(/\n +work: .*/, '').replace("\n      defaultAccount: 'work',", ''),
    );
  });

  it('says that a secret file stays, and where a Lark app is deleted', async () => {
    const { home } = await homeWith(two);
    const { stdout } = await runProgram(['remove', '--account', 'play', '--yes'], { home });
    expect(stdout).toContain('the secret file play.txt');
    expect(stdout).toContain('https://open.larksuite.com/app/cli_0000000000000001');
  });

  it.each([[[]], [['--json']], [['--yes']]])(
    'asks for --account where there are several, by an error that names them %s',
    async (flags) => {
      const { home, now } = await homeWith(two);
      const ended = await runProgram(['remove', ...flags], { home });
      expect(ended.code).toBe(2);
      expect(ended.stdout + ended.stderr).toMatch(/play, work.*--account ID/s);
      expect(await now()).toBe(two);
    },
  );

  it.each([
    ['no config', undefined, []],
    ['no section', '{channels: {}} // c\n', []],
    ['another account', two, ['--account', 'nobody']],
  ])('has nothing to do with %s, and says so', async (_name, text, flags) => {
    const { home, path } = await homeWith(text ?? '');
    const ended = await runProgram(['remove', ...flags, '--json'], { home });
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ ok: true, config: { path, changed: false } });
    expect(ended.stderr).toContain('nothing to take out');
    expect(await readFile(path, 'utf8')).toBe(text ?? '');
    expect(await readdir(join(home, '.clawdbot'))).toStrictEqual(['moltbot.json']);
  });

  it('changes nothing in a dry run, and shows what it would do without the secret', async () => {
    const { home, now } = await homeWith(one);
    const ended = await runProgram(['remove', '--dry-run', '--json'], { home });
    expect(ended.code).toBe(0);
    const document = JSON.parse(ended.stdout);
    expect(document).toMatchObject({ ok: true, dryRun: true, config: { changed: false } });
    expect(document.config.diff).toContain("-      appSecret: '***',");
    expect(ended.stdout + ended.stderr).not.toContain(SECRET);
    expect(await now()).toBe(one);
  });

  it('takes out the whole channel with --all', async () => {
    const { home, now } = await homeWith(two);
    const ended = await runProgram(['remove', '--all', '--json'], { home });
    expect(ended.code, ended.stderr).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ accounts: ['play', 'work'] });
    expect(JSON.parse(ended.stdout)).not.toHaveProperty('account');
    expect(await now()).toBe('{\n}\n');
  });

  it.each([[[]], [['--account', 'default']]])(
    'takes out a section that holds no account, since a host without the plugin refuses it %s',
    async (flags) => {
      const { home, now } = await homeWith('{"channels": {"feishu": {"enabled": true}}}');
      const ended = await runProgram(['remove', '--yes', ...flags], { home });
      expect(ended.code, ended.stderr).toBe(0);
      expect(await now()).toBe('{}');
    },
  );

  it('does not write a config that is managed from outside, and says what to take out', async () => {
    const { home, now } = await homeWith(one);
    const env = { MOLTBOT_NIX_MODE: '1' };
    const ended = await runProgram(['remove', '--yes', '--lang', 'zh'], { home, env });
    expect(ended.code).toBe(5);
    expect(ended.stderr).toContain('请手动删除：channels.feishu');
    expect(await now()).toBe(one);
  });
});

describe('remove, at a terminal', () => {
  it('asks which, shows the change, and does it after a yes', async () => {
    const { home, now } = await homeWith(two);
    const screen = openTerminal(['remove', '--lang', 'zh'], { home });
    await screen.see('移除哪个账号');
    await screen.see('work');
    screen.type(DOWN);
    screen.type(ENTER);
    await screen.see('-        work:');
    await screen.see('确认移除');
    screen.type(ENTER);
    await screen.see('移除 work');
    await screen.see('仍会保留');
    expect(await screen.ended()).toBe(0);
    expect(await now()).not.toContain('work');
    expect(screen.raw).not.toContain(SECRET);
  });

  it.each([
    ['cancelled', CTRL_C],
    ['answered with no', `${DOWN}${ENTER}`],
  ])('%s, it leaves everything as it was', async (_name, keys) => {
    const { home, now } = await homeWith(one);
    const screen = openTerminal(['remove'], { home });
    await screen.see('Take it out?');
    await screen.see('leave it');
    screen.type(keys);
    await screen.see('Cancelled. Nothing was written.');
    expect(await screen.ended()).toBe(130);
    expect(await now()).toBe(one);
    expect(await readdir(join(home, '.clawdbot'))).toStrictEqual(['moltbot.json']);
  });
});
