/** Scripts in the real zsh and fish, with descriptions that mean something to a shell. */
import { execFile } from 'node:child_process';
import { access, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type CompletedProgram, completionScript } from '../../src/commands/help/completion.ts';
import { temporaryHome } from '../support/home.ts';

const run = promisify(execFile);

async function isInstalled(program: string): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.map((folder) =>
    access(join(folder, program)).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(found)).includes(true);
}

const hostile = [
  'a colon: and [brackets] and (parens)',
  `quotes ' " \` and \\ backslash \\`,
  '$(touch HACKED) `touch HACKED` ${HOME} !!',
  'two\nlines \u001b[2J; touch HACKED',
  '; touch HACKED #',
];

const flag = (help: string, index: number) => ({
  name: `--flag${index}`,
  help,
  takesValue: index % 2 === 0,
  takesFile: false,
  choices: index === 2 ? ['one', 'two'] : [],
});
const program: CompletedProgram = {
  flags: hostile.map(flag),
  commands: hostile.map((help, index) => ({
    name: `command${index}`,
    help,
    flags: hostile.map(flag),
    words: [],
  })),
};

const hasZsh = await isInstalled('zsh');
const hasFish = await isInstalled('fish');

describe.skipIf(!hasZsh)(`in zsh${hasZsh ? '' : ' (not installed)'}`, () => {
  it('works in a bare zsh, and shows descriptions as they are', async () => {
    const home = await temporaryHome();
    await writeFile(join(home, 'script.zsh'), completionScript('zsh', program));
    // _describe and _arguments are asked what they were given.
    const line = `
      source ./script.zsh || exit 3
      print -r -- registered $_comps[moltbot-feishu]
      _arguments() { print -r -- arguments "$@"; state=command }
      _describe() { print -rl -- "\${(@P)2}" }
      _moltbot_feishu`;
    const { stdout, stderr } = await run('zsh', ['-f', '-c', line], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home },
    });
    expect(stderr).toBe('');
    expect(stdout).toContain('registered _moltbot_feishu');
    expect(stdout).toContain('command0:a colon\\: and [brackets] and (parens)');
    expect(stdout).toContain('--flag0[a colon\\: and \\[brackets\\] and (parens)]');
    expect(stdout).not.toContain('\u001b');
    await expect(access(join(home, 'HACKED'))).rejects.toThrow();
  });
});

describe.skipIf(!hasFish)(`in fish${hasFish ? '' : ' (not installed)'}`, () => {
  it('shows descriptions as they are', async () => {
    const home = await temporaryHome();
    await writeFile(join(home, 'script.fish'), completionScript('fish', program));
    const line =
      'source ./script.fish; complete -C "moltbot-feishu "; complete -C "moltbot-feishu command1 --"';
    const { stdout, stderr } = await run('fish', ['--no-config', '-c', line], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home },
    });
    expect(stderr).toBe('');
    expect(stdout).toContain('command0\ta colon: and [brackets] and (parens)');
    expect(stdout).toContain(`--flag1\tquotes ' " \` and \\ backslash \\`);
    await expect(access(join(home, 'HACKED'))).rejects.toThrow();
  });
});

it('in bash: no description reaches the script', async () => {
  const home = await temporaryHome();
  const script = completionScript('bash', program);
  for (const help of hostile) expect(script).not.toContain(help);
  await writeFile(join(home, 'script.bash'), script);
  const { stdout } = await run('bash', ['--norc', '-c', 'source ./script.bash; complete -p'], {
    cwd: home,
  });
  expect(stdout).toContain('moltbot-feishu');
});
