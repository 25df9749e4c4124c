/** One file for all commands: what setup writes is what run, doctor and remove look at. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HostName } from '../../src/config/locate.ts';
import { temporaryHome } from '../support/home.ts';
import { putHost } from '../support/host-program.ts';
import { runProgram } from '../support/program.ts';
import { temporarySandbox } from '../support/sandbox.ts';

const moltbot = '.clawdbot/moltbot.json';
const clawdbot = '.clawdbot/clawdbot.json';
const openclaw = '.openclaw/openclaw.json';

interface Stage {
  readonly hosts?: readonly HostName[];
  /** Configs that are there before anything is run. */
  readonly files?: Readonly<Record<string, string>>;
  /** `OPENCLAW_HOME`, below HOME. */
  readonly openclawHome?: string;
}

async function stage({ hosts = [], files = {}, openclawHome }: Stage) {
  const home = await temporaryHome();
  const sandbox = await temporarySandbox();
  for (const host of hosts) await putHost(home, host);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, name)), { recursive: true, mode: 0o700 });
    await writeFile(join(home, name), text, { mode: 0o600 });
  }
  // Rejected by the platform, so that `run` ends by itself.
  const env = {
    PATH: join(home, 'bin'),
    FEISHU_APP_SECRET: 'not-the-secret',
    ...(openclawHome && { OPENCLAW_HOME: join(home, openclawHome) }),
  };
  const program = (...words: string[]) => runProgram(words, { home, env });
  return {
    program,
    path: (name: string) => join(home, name),
    read: (name: string) => readFile(join(home, name), 'utf8'),
    setUp: (...more: string[]) =>
      program(
        ...['setup', '--app-id', sandbox.appId, '--domain', sandbox.url],
        ...['--no-verify', '--json', ...more],
      ),
  };
}

const none = '{}\n';
const account = JSON.stringify({
  channels: { feishu: { appId: 'cli_a1b2c3d4e5f60718', appSecret: 'x' } },
});

interface Case extends Stage {
  readonly name: string;
  readonly words?: readonly string[];
  readonly used: string;
}

const cases: readonly Case[] = [
  { name: 'nothing is there', used: moltbot },
  {
    name: 'OPENCLAW_HOME, OpenClaw',
    hosts: ['openclaw'],
    files: { [openclaw]: none },
    openclawHome: 'claw',
    used: `claw/${openclaw}`,
  },
  {
    name: 'OPENCLAW_HOME, no host',
    openclawHome: 'claw',
    used: `claw/${openclaw}`,
  },
  { name: 'two configs, no host', files: { [moltbot]: none, [clawdbot]: none }, used: moltbot },
  {
    name: 'two configs, Clawdbot',
    hosts: ['clawdbot'],
    files: { [moltbot]: none, [clawdbot]: none },
    used: clawdbot,
  },
  {
    name: 'two configs, both hosts',
    hosts: ['clawdbot', 'moltbot'],
    files: { [moltbot]: none, [clawdbot]: none },
    used: moltbot,
  },
  {
    name: 'two configs, OpenClaw',
    hosts: ['openclaw'],
    files: { [moltbot]: none, [openclaw]: none },
    used: openclaw,
  },
  {
    name: 'the config of another host alone, OpenClaw',
    hosts: ['openclaw'],
    files: { [clawdbot]: none },
    used: openclaw,
  },
  {
    name: 'two configs, Clawdbot, and --host none',
    hosts: ['clawdbot'],
    files: { [moltbot]: none, [clawdbot]: none },
    words: ['--host', 'none'],
    used: moltbot,
  },
  {
    name: 'two configs, Clawdbot, and --host openclaw',
    hosts: ['clawdbot'],
    files: { [moltbot]: none, [openclaw]: none },
    words: ['--host', 'openclaw'],
    used: openclaw,
  },
];

describe('the config that all commands use, and say that they use', () => {
  it.each(cases)('with $name is $used', async ({ words = [], used, ...given }) => {
    const { program, setUp, path, read } = await stage(given);
    const file = path(used);
    const said = `config ${file} (`;

    const setup = await setUp(...words);
    expect(setup.code, setup.stderr + setup.stdout).toBe(0);
    expect(setup.stderr).toContain(said);
    expect(JSON.parse(setup.stdout).config).toMatchObject({ path: file, changed: true });

    const run = await program('run', '--json', ...words);
    expect([run.code, run.stdout]).toEqual([3, expect.stringContaining('credentials-rejected')]);
    expect(run.stderr).toContain(said);

    const doctor = await program('doctor', '--json', ...words);
    const { checks } = JSON.parse(doctor.stdout).accounts[0];
    const config = checks.find(({ id }: { id: string }) => id === 'config');
    expect(config).toMatchObject({ id: 'config', status: 'ok' });
    expect(config.detail).toContain(`${file} (`);

    const removed = await program('remove', '--json', ...words);
    expect(removed.stderr).toContain(said);
    expect(JSON.parse(removed.stdout).config).toMatchObject({ path: file, changed: true });
    expect(await read(used)).not.toContain('appId');
  });
});

describe('an account in a config that is not the one in use', () => {
  const given: Stage = { hosts: ['clawdbot'], files: { [moltbot]: account, [clawdbot]: none } };

  it('is told of by run, in the fix', async () => {
    const { program, path } = await stage(given);
    const ended = await program('run', '--json');
    expect(ended.code).toBe(5);
    const { error } = JSON.parse(ended.stdout);
    expect(error.code).toBe('no-account');
    expect(error.message).toContain(path(clawdbot));
    expect(error.fix).toContain(`moltbot-feishu run --config ${path(moltbot)}`);
    expect(error.fix).toContain('moltbot-feishu setup');
  });

  it('is told of by doctor, where the chain breaks', async () => {
    const { program, path } = await stage(given);
    const { first } = JSON.parse((await program('doctor', '--json')).stdout);
    expect(first.id).toBe('config');
    expect(first.fix).toContain(`moltbot-feishu doctor --config ${path(moltbot)}`);
  });

  it('is told of by remove, which leaves it alone', async () => {
    const { program, path, read } = await stage(given);
    const ended = await program('remove', '--json');
    const command = `moltbot-feishu remove --config ${path(moltbot)}`;
    expect(ended.stderr).toContain(command);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      ok: true,
      config: { path: path(clawdbot), changed: false },
      next: [command],
    });
    expect(await read(moltbot)).toBe(account);
  });

  it('is not told of where there is none', async () => {
    const { program } = await stage({ ...given, files: { [moltbot]: none, [clawdbot]: none } });
    const { error } = JSON.parse((await program('run', '--json')).stdout);
    expect(error.fix).toBe('run: moltbot-feishu setup');
  });
});

describe('a command in advice', () => {
  it('looks at the file that --config named', async () => {
    const { program, setUp, path } = await stage({ files: { [openclaw]: account } });
    const file = path('my configs/bot.json5');
    const choice = `--config "${file}"`;
    const missing = await program('doctor', '--config', file);
    expect(missing.stdout).toContain(`moltbot-feishu setup ${choice}`);
    const doctor = await program('doctor', '--config', file, '--lang', 'zh');
    const { next } = JSON.parse((await setUp('--config', file)).stdout);
    expect(next).toEqual([`moltbot-feishu run ${choice}`]);
    const again = await setUp('--config', file, '--account', 'ops', '--lang', 'zh');
    expect(JSON.parse(again.stdout).next).toEqual([`moltbot-feishu run ${choice} --account ops`]);
    const named = doctor.stdout.match(/moltbot-feishu (?:doctor|run|setup)[^\n，。；]*/g) ?? [];
    // It names the other host's file, too, and how to look at that.
    const rest = named.filter((command) => !command.includes(`--config ${path(openclaw)}`));
    expect(rest.length).toBeGreaterThan(0);
    expect(rest.filter((command) => !command.includes(choice))).toEqual([]);
    const removed = await program('remove', '--all', '--dry-run', '--config', file);
    expect(removed.stdout).not.toMatch(/moltbot-feishu remove (?!--config)/);
  });

  it('looks at the file of the host that --host named', async () => {
    const { program, setUp } = await stage({ files: { [clawdbot]: account } });
    const missing = await program('doctor', '--host', 'openclaw');
    expect(missing.stdout).toContain('--host openclaw');
    const { next } = JSON.parse((await setUp('--host', 'openclaw')).stdout);
    expect(next).toEqual(['moltbot-feishu run --host openclaw']);
    // As it is said: the words of that command, and no others, find the file that was written.
    const run = await program(...(next[0] as string).split(' ').slice(1), '--json');
    expect(run.stderr).toContain(openclaw);
  });
});

it('says before it writes which host the file is for, where none is on PATH', async () => {
  const open = await stage({});
  expect((await open.setUp('--dry-run')).stderr).toContain('the file that moltbot reads');
  const chosen = await open.setUp('--dry-run', '--host', 'openclaw');
  expect(chosen.stderr).not.toContain('no host is on PATH;');
});
