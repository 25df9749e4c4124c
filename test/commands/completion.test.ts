import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';

const commands = ['setup', 'doctor', 'run', 'remove', 'sandbox', 'completion'];

async function script(shell: string, ...flags: string[]): Promise<string> {
  const ended = await runProgram(['completion', shell, ...flags], { home: await temporaryHome() });
  expect(ended, ended.stderr).toMatchObject({ code: 0, stderr: '' });
  return ended.stdout;
}

/** They work before the command, too. */
const general = ['--config', '--lang', '--json', '--verbose', '--no-color', '--version', '--help'];

/** The long flags that `--help` shows. */
async function flagsOf(command: string): Promise<string[]> {
  const { stdout } = await runProgram([command, '--help'], { home: await temporaryHome() });
  return [...stdout.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag ?? '');
}

/** What the real bash offers for a line that ends at the cursor. */
async function offered(words: readonly string[]): Promise<string[]> {
  const home = await temporaryHome();
  await mkdir(join(home, 'work'));
  await writeFile(join(home, 'completion.bash'), await script('bash'));
  const list = ['moltbot-feishu', ...words].map((word) => `'${word}'`).join(' ');
  const program = `
    source ${join(home, 'completion.bash')}
    complete -p moltbot-feishu >/dev/null || exit 1
    COMP_WORDS=(${list}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _moltbot_feishu 2>&1
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await promisify(execFile)('bash', ['--norc', '-c', program], { cwd: home });
  return stdout.split('\n').filter(Boolean);
}

describe('completion in bash', () => {
  it('offers the commands, and the flags before them', async () => {
    expect(await offered([''])).toStrictEqual([...commands, ...general]);
    expect(await offered(['d'])).toStrictEqual(['doctor']);
    expect(await offered(['--lang', ''])).toStrictEqual(['zh', 'en']);
  });

  it.each(commands)('offers every flag that the help of %s shows', async (command) => {
    const flags = await offered([command, '--']);
    expect([...flags].sort()).toStrictEqual((await flagsOf(command)).sort());
  });

  it.each([
    ['the words of a command', ['completion', ''], ['bash', 'zsh', 'fish', ...general.slice(1)]],
    ['the values of a flag', ['setup', '--host', 'c'], ['clawdbot']],
    ['the same behind a sign', ['setup', '--host', '=', 'mo'], ['moltbot']],
    [
      'right behind the sign',
      ['setup', '--dm-policy', '='],
      ['open', 'pairing', 'allowlist', 'disabled'],
    ],
    ['nothing where anything may stand', ['setup', '--app-id', ''], []],
    ['flags behind one whose value may be left out', ['doctor', '--live', '--wa'], ['--watch']],
    ['a command behind a flag', ['--lang', 'zh', 'doc'], ['doctor']],
    ['flags of a command behind a flag', ['--lang', 'zh', 'run', '--ec'], ['--echo']],
    ['nothing for a command that is not there', ['nosuch', '--'], []],
  ])('offers %s', async (_name, words, expected) => {
    expect(await offered(words)).toStrictEqual(expected);
  });

  it('completes on a real line, files too, where a path is asked for', async () => {
    const home = await temporaryHome();
    await writeFile(join(home, 'completion.bash'), await script('bash'));
    await writeFile(join(home, 'a-secret.txt'), '');
    const interactive = spawn('bash', ['--norc', '-i'], {
      cwd: home,
      cols: 120,
      env: { PATH: process.env.PATH ?? '', HOME: home, PS1: '> ', TERM: 'dumb' },
    });
    onTestFinished(() => interactive.kill());
    let screen = '';
    const seen = new Promise<void>((resolve) => {
      interactive.onData((data) => {
        screen += data;
        if (screen.includes('--app-secret-file a-secret.txt')) resolve();
      });
    });
    interactive.write('source completion.bash\r');
    interactive.write('moltbot-feishu se\t--app-secret-f\ta-se\t');
    await seen;
    expect(screen).toContain('moltbot-feishu setup --app-secret-file a-secret.txt');
  });
});

describe('completion in the others', () => {
  it.each(['zsh', 'fish'])('has every command and flag, with its words, in %s', async (shell) => {
    const text = await script(shell);
    for (const command of commands) {
      const own =
        shell === 'zsh'
          ? (text.split('\n').find((line) => line.startsWith(`        ${command}) `)) ?? '')
          : text
              .split('\n')
              .filter((line) => line.includes(`__fish_seen_subcommand_from ${command}'`))
              .join('\n');
      for (const flag of await flagsOf(command)) {
        expect(own).toContain(shell === 'zsh' ? `'${flag}[` : `-l ${flag.slice(2)} `);
      }
    }
    expect(text).toContain('pairing allowlist');
  });

  it.each(['bash', 'zsh', 'fish'])('closes every quote and bracket in %s', async (shell) => {
    for (const lang of ['en', 'zh']) {
      const text = await script(shell, ...(shell === 'bash' ? [] : ['--lang', lang]));
      const bare = text.replaceAll("'\\''", '').replace(/'[^']*'/g, '');
      expect(bare).not.toContain("'");
      if (shell === 'zsh') expect(text).toMatch(/^#compdef moltbot-feishu\n/);
    }
  });

  it('speaks Chinese where that is asked for', async () => {
    expect(await script('fish', '--lang', 'zh')).toContain('显示帮助');
  });
});
