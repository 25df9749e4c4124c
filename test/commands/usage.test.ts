import { describe, expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';

const SECRET = 's3cret-value-of-the-app';

describe.each<[string, string[], string, string, string]>([
  [
    'a mistyped command',
    ['setpu'],
    'no command "setpu"; did you mean setup?',
    '没有命令“setpu”；是否想用 setup？',
    '',
  ],
  ['an unknown command', ['frobnicate'], 'no command "frobnicate".', '没有命令“frobnicate”。', ''],
  [
    'a mistyped flag',
    ['setup', '--appid', 'x'],
    'no flag --appid; did you mean --app-id?',
    '没有选项 --appid；是否想用 --app-id？',
    ' setup',
  ],
  [
    'an unknown flag',
    ['doctor', '--nonsense'],
    'no flag --nonsense.',
    '没有选项 --nonsense。',
    ' doctor',
  ],
  [
    'a flag with a secret',
    ['setup', `--app-secert=${SECRET}`],
    'did you mean --app-secret?',
    '是否想用 --app-secret？',
    ' setup',
  ],
  [
    'a missing argument',
    ['completion'],
    'The argument <shell> is missing.',
    '缺少参数 <shell>。',
    ' completion',
  ],
  [
    'a bad argument',
    ['completion', 'tcsh'],
    '<shell> is "tcsh"; it takes bash, zsh, fish.',
    '<shell> 的值为“tcsh”；可选值：bash、zsh、fish。',
    ' completion',
  ],
  [
    'a flag without its value',
    ['setup', '--app-id'],
    '--app-id <id> needs a value.',
    '--app-id <id> 缺少值。',
    ' setup',
  ],
  [
    'a bad choice',
    ['setup', '--dm-policy', "it's"],
    `--dm-policy is "it's"; it takes open, pairing, allowlist, disabled.`,
    `--dm-policy 的值为“it's”；可选值：open、pairing、allowlist、disabled。`,
    ' setup',
  ],
  [
    'two that exclude each other',
    ['run', '--echo', '--exec', 'cat'],
    '--exec cannot be used with --echo.',
    '--exec 不能与 --echo 同用。',
    ' run',
  ],
  [
    'too many arguments',
    ['doctor', 'now'],
    'more arguments than this command takes',
    '参数过多。',
    ' doctor',
  ],
])('%s', (_name, args, en, zh, command) => {
  it.each([
    ['en', en, `fix: see: moltbot-feishu${command} --help`],
    ['zh', zh, `解决：请查看：moltbot-feishu${command} --help`],
  ])('is refused with exit 2, in %s', async (lang, sentence, fix) => {
    const home = await temporaryHome();
    const env = { LANG: lang === 'zh' ? 'zh_CN.UTF-8' : 'en_US.UTF-8' };
    const text = await runProgram(args, { home, env });
    expect(text.code).toBe(2);
    expect(text.stdout).toBe('');
    const [what, how, ...rest] = text.stderr.trimEnd().split('\n');
    expect(what).toContain(sentence);
    expect(how).toContain(fix);
    expect(rest).toStrictEqual([]);
    expect(text.stderr).not.toContain(SECRET);
  });
});

it('is one JSON document with --json', async () => {
  const home = await temporaryHome();
  const ended = await runProgram(['setup', '--json', '--lang', 'zh', '--nosuch'], { home });
  expect(ended).toMatchObject({ code: 2, stderr: '' });
  expect(JSON.parse(ended.stdout)).toMatchObject({
    ok: false,
    error: { code: 'usage', message: '没有选项 --nosuch。' },
  });
});

it('names the choices of the language itself, which cannot be asked for yet', async () => {
  const home = await temporaryHome();
  const ended = await runProgram(['doctor', '--lang', 'fr'], { home });
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('--lang is "fr"; it takes zh, en.');
});

it('has the words of help in Chinese, too', async () => {
  const home = await temporaryHome();
  const { stdout } = await runProgram(['setup', '--help', '--lang', 'zh'], { home });
  expect(stdout).toContain('用法：');
  expect(stdout).toContain('选项：');
  expect(stdout).toContain('（moltbot|clawdbot|openclaw|none）');
  expect(stdout).not.toMatch(/Usage:|Options:|choices:|default:/);
});
