/** Surroundings that fail: few open files, no HOME, readers that close early, full and closed outputs. */
import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { temporaryHome } from '../support/home.ts';
import { cliPath, type Ended, runProcess } from '../support/program.ts';

const program = `'${process.execPath}' '${cliPath}'`;

/** A line of bash, with `$M` for the program. */
function bash(line: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  return runProcess('bash', ['-c', line], {
    env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8', ...env },
  });
}

/** No stack of Node's, and nothing of its own words about an error that was not caught. */
function expectCalm({ stdout, stderr }: Ended): void {
  expect(stdout + stderr).not.toMatch(/^\s+at |node:internal|Unhandled|throw er;|Node\.js v/m);
}

const hasFullDevice = await access('/dev/full', constants.W_OK).then(
  () => true,
  () => false,
);

describe.skipIf(process.platform === 'win32')('the program', () => {
  it.each([
    'doctor',
    'setup --yes',
    'run',
    'remove --yes',
    'doctor --help',
    'nonsense',
    'doctor --json',
  ])('says what is wrong with 20 open files: %s', async (words) => {
    const home = await temporaryHome();
    for (const limit of [20, 22, 26, 30]) {
      const ended = await bash(`ulimit -n ${limit}; ${program} ${words}`, { HOME: home });
      expectCalm(ended);
      if (ended.stderr.includes('EMFILE')) {
        expect(ended.stderr).toBe(
          '✗ Too many files are open (EMFILE).\n  fix: raise the limit and try again: ulimit -n 1024\n',
        );
        expect(ended.code).toBe(71);
      }
    }
  });

  it('says what is wrong at every limit of open files that lets its first files load', async () => {
    const home = await temporaryHome();
    const calm: number[] = [];
    for (let limit = 16; limit <= 30; limit += 1) {
      const ended = await bash(`ulimit -n ${limit}; ${program} doctor`, { HOME: home });
      // Before these are loaded, nothing of the program can say a word.
      const isNode = !/EMFILE/.test(ended.stderr) && ended.code !== 1;
      if (isNode || /\/(?:cli|start-[\w-]+)\.js'/.test(ended.stderr)) continue;
      expectCalm(ended);
      if (ended.code === 71) calm.push(limit);
    }
    expect(calm).not.toEqual([]);
  });

  it.each(['doctor', 'setup --yes --app-id cli_0123456789abcdef', 'run', 'remove --yes'])(
    'takes the home of the user database where HOME is empty: %s',
    async (words) => {
      const folder = await temporaryHome();
      await mkdir(join(folder, '.clawdbot'));
      await writeFile(join(folder, '.clawdbot', 'moltbot.json'), '{"channels": 1}');
      const env = { HOME: '', CLAWDBOT_STATE_DIR: '', FEISHU_APP_SECRET: '' };
      const ended = await bash(`cd '${folder}'; ${program} ${words} --host none`, env);
      expectCalm(ended);
      expect(ended.stdout + ended.stderr).not.toContain(folder);
      if (words !== 'run') expect(ended.stdout + ended.stderr).toContain(userInfo().homedir);
    },
  );

  it.each(['doctor', 'setup --yes', 'run', 'remove --yes'])(
    'refuses a relative HOME as a usage error: %s',
    async (words) => {
      for (const home of ['.', 'rel/ative', '~']) {
        const text = await bash(`${program} ${words}`, { HOME: home });
        expectCalm(text);
        expect([text.code, text.stdout]).toEqual([2, '']);
        expect(text.stderr).toContain(`HOME is "${home}"`);
        const json = await bash(`${program} ${words} --json`, { HOME: home });
        expect(json.code).toBe(2);
        expect(JSON.parse(json.stdout).error.code).toBe('home-invalid');
      }
    },
  );

  it.each([
    ['doctor', '| head -1'],
    ['doctor', '| true'],
    ['doctor --json', '2>/dev/null | true'],
    ['--help', '| true'],
    ['setup --help', '| head -1'],
    ['--version', '| true'],
    ['completion zsh', '| head -1'],
    ['setup --dry-run --no-verify --yes --app-id cli_0123456789abcdef', '| true'],
  ])('ends quietly where its reader closes early: %s %s', async (words, reader) => {
    const env = { HOME: await temporaryHome(), FEISHU_APP_SECRET: 'a1B2c3D4'.repeat(4) };
    const ended = await bash(`${program} ${words} ${reader}`, env);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
  });

  it('run ends in order where its reader closes early', async () => {
    const sandbox = await startSandbox();
    try {
      const home = await temporaryHome();
      await mkdir(join(home, '.clawdbot'), { mode: 0o700 });
      const { appId, appSecret, url: domain } = sandbox;
      const config = JSON.stringify({ channels: { feishu: { appId, appSecret, domain } } });
      await writeFile(join(home, '.clawdbot', 'moltbot.json'), config, { mode: 0o600 });
      for (const flags of ['', '--json']) {
        const line = `${program} run ${flags} | head -1; echo "\${PIPESTATUS[0]}"`;
        const ended = await bash(line, { HOME: home });
        expect(ended.stderr).toMatch(flags ? /^config .*\n$/ : /^$/);
        expect(ended.stdout).toMatch(/\n0\n$/);
      }
    } finally {
      await sandbox.close();
    }
  });

  it
    .skipIf(!hasFullDevice)
    .each([
      '--version',
      '--help',
      'help',
      'doctor --help',
      'doctor',
      'completion bash',
      'setup --no-verify --dry-run --yes --app-id cli_0123456789abcdef',
    ])('says once that standard output is full: %s', async (words) => {
    const env = { HOME: await temporaryHome(), FEISHU_APP_SECRET: 'a1B2c3D4'.repeat(4) };
    const ended = await bash(`${program} ${words} > /dev/full`, env);
    expect(ended).toEqual({
      code: 71,
      stdout: '',
      stderr: '✗ Standard output cannot be written (ENOSPC).\n',
    });
    const zh = await bash(`${program} ${words} --lang zh > /dev/full`, env);
    if (!/^--/.test(words)) expect(zh.stderr).toBe('✗ 无法写入标准输出（ENOSPC）。\n');
  });

  it.skipIf(!hasFullDevice)('says once that a JSON document cannot be written', async () => {
    const ended = await bash(`${program} doctor --json > /dev/full`, {
      HOME: await temporaryHome(),
    });
    expect(ended.code).toBe(71);
    expect(ended.stderr.match(/ENOSPC/g)).toHaveLength(1);
    expectCalm(ended);
  });

  it.each([
    ['doctor', '>&-', 1],
    ['doctor', '2>&-', 1],
    ['doctor --fix', '>&- 2>&- <&-', 1],
    ['--version', '>&-', 0],
    ['nonsense', '2>&-', 2],
    ['setup --yes', '2>&- <&-', 2],
  ])('lives with closed streams: %s %s', async (words, streams, code) => {
    const ended = await bash(`${program} ${words} ${streams}`, { HOME: await temporaryHome() });
    expectCalm(ended);
    expect(ended.code).toBe(code);
  });

  it.skipIf(!hasFullDevice)('lives with a full standard error', async () => {
    const ended = await bash(`${program} nonsense 2> /dev/full`, { HOME: await temporaryHome() });
    expect(ended).toEqual({ code: 2, stdout: '', stderr: '' });
  });
});
