/** Flags in any place, help and version under all their names, and what the pages of help hold. */
import { expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';

const commands = ['setup', 'doctor', 'run', 'remove', 'sandbox', 'completion'];

it.each([
  [
    ['--json', 'doctor'],
    ['doctor', '--json'],
  ],
  [
    ['--lang', 'zh', 'doctor', '--json'],
    ['doctor', '--lang', 'zh', '--json'],
  ],
  [
    ['--lang=zh', '--json', 'setup', '--yes'],
    ['setup', '--yes', '--json', '--lang=zh'],
  ],
  [
    ['--account', 'doctor', '--json', 'doctor'],
    ['doctor', '--json', '--account', 'doctor'],
  ],
  [
    ['--json', '--live', 'ou_1', 'doctor'],
    ['doctor', '--live', 'ou_1', '--json'],
  ],
  [
    ['--json', '--live', 'doctor'],
    ['doctor', '--live', '--json'],
  ],
  [
    ['--config', 'run', 'remove', '--json', '-y'],
    ['remove', '--json', '-y', '--config', 'run'],
  ],
  [
    ['-y', '--json', 'remove'],
    ['remove', '-y', '--json'],
  ],
  [
    ['--no-color', 'completion', 'bash'],
    ['completion', 'bash', '--no-color'],
  ],
  [
    ['--appId', 'cli_x', '--json', 'setup', '--yes'],
    ['setup', '--yes', '--json', '--app-id', 'cli_x'],
  ],
  [
    ['--json', '--exec', 'cat', 'run'],
    ['run', '--exec', 'cat', '--json'],
  ],
])('%j means %j', async (before, after) => {
  const home = await temporaryHome();
  const stable = ({ code, stdout, stderr }: { code: unknown; stdout: string; stderr: string }) => ({
    code,
    stdout: stdout.replaceAll(/\d+ ms|\d+\.\d s|[+-]\d+\.\d/g, 'N'),
    stderr,
  });
  expect(stable(await runProgram(before, { home }))).toEqual(
    stable(await runProgram(after, { home })),
  );
});

it('reads --json before the command', async () => {
  const { stdout } = await runProgram(['--json', 'doctor'], { home: await temporaryHome() });
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, accounts: [{ id: 'default' }] });
});

it('shows the version under all its names', async () => {
  const home = await temporaryHome();
  const names = [
    ['--version'],
    ['-V'],
    ['-v'],
    ['doctor', '--version'],
    ['--json', '-v'],
    ['setup', '-V'],
  ];
  for (const words of names) {
    expect(await runProgram(words, { home }), words.join(' ')).toEqual({
      code: 0,
      stdout: '1.0.0\n',
      stderr: '',
    });
  }
});

it('shows help under all its names', async () => {
  const home = await temporaryHome();
  const page = (...words: string[]) => runProgram(words, { home });
  const first = await page('--help');
  for (const words of [['help'], ['-h'], ['help', 'help'], ['--no-color', 'help']]) {
    expect(await page(...words), words.join(' ')).toEqual(first);
  }
});

it.each(commands)('shows the help of %s under all its names', async (command) => {
  const home = await temporaryHome();
  const page = (...words: string[]) => runProgram(words, { home });
  const english = await page(command, '--help');
  expect(english.code).toBe(0);
  expect(await page('help', command)).toEqual(english);
  const chinese = await page('help', command, '--lang', 'zh');
  expect(await page('--lang', 'zh', command, '-h')).toEqual(chinese);
});

it('refuses help about what is not there, and a line without a command', async () => {
  const home = await temporaryHome();
  expect((await runProgram(['help', 'doctr'], { home })).stderr).toContain('did you mean doctor?');
  const none = await runProgram([], { home });
  expect(none).toMatchObject({ code: 2, stdout: '' });
  expect(none.stderr).toContain('Usage: moltbot-feishu');
  const json = await runProgram(['--json'], { home });
  expect(json.code).toBe(2);
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, error: { code: 'usage' } });
});

it.each([
  ['en', 'Examples:', 'Environment variables:', 'General options:'],
  ['zh', '示例：', '环境变量：', '通用选项：'],
])(
  'each page has examples first, groups of flags and variables, within 80 columns: %s',
  async (lang, examples, variables, general) => {
    const home = await temporaryHome();
    const wrong: string[] = [];
    for (const command of ['', ...commands]) {
      const words = [command, '--help', '--lang', lang].filter(Boolean);
      const { stdout } = await runProgram(words, { home });
      const places = [examples, general, variables].map((title) => stdout.indexOf(`\n${title}\n`));
      const isOrdered = places.every((at, index) => at > (places[index - 1] ?? 0));
      if (!isOrdered) wrong.push(`${command}: ${places.join()}`);
      if (!stdout.includes('moltbot-feishu') || !stdout.includes('LC_ALL')) wrong.push(command);
      // An example is one line, so that it can be copied.
      const long = stdout
        .split('\n')
        .filter((line) => line.length > 80 && !/moltbot-feishu (?:setup|completion)/.test(line));
      wrong.push(...long);
    }
    expect(wrong).toEqual([]);
  },
);

it('says of --host what the command does with the file', async () => {
  const home = await temporaryHome();
  const hostLine = async (command: string) =>
    /--host <host> +(.*)/.exec((await runProgram(['help', command], { home })).stdout)?.[1];
  const lines = await Promise.all(['setup', 'doctor', 'run', 'remove'].map(hostLine));
  expect(lines[0]).toContain('write');
  for (const line of lines.slice(1)) expect(line).not.toContain('write');
  expect(new Set(lines).size).toBe(4);
});
