/** Names that every object of JavaScript has: as a config file, a host, an account. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';

const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

it('takes such a name as any other', async () => {
  const home = await temporaryHome();
  const env = { FEISHU_APP_SECRET: 'q7GeT4vKx93mZpLw8RtYb2NcHs5JdFu1' };
  const setup = ['setup', '--app-id', 'cli_a1b2c3d4e5f60718', '--no-verify', '--yes', '--json'];
  const wrong: string[] = [];
  for (const name of names) {
    const path = join(home, name);
    const written = await runProgram([...setup, '--config', path], { home, env });
    const config = await readFile(path, 'utf8').catch(() => '');
    if (written.code !== 0 || !config.includes('cli_a1b2c3d4e5f60718')) {
      wrong.push(`--config ${name}: ${written.code} ${written.stderr}`);
    }
    const account = await runProgram([...setup, '--account', name, '--config', path], {
      home,
      env,
    });
    const isRefused = account.code === 2 && account.stdout.includes(name);
    if (account.code !== 0 && !isRefused) {
      wrong.push(`--account ${name}: ${account.code} ${account.stderr}`);
    }
    for (const words of [['doctor'], ['remove', '--all', '--yes'], ['run', '--echo']]) {
      const ended = await runProgram([...words, '--host', name], { home, env });
      if (ended.code !== 2) wrong.push(`${words[0]} --host ${name}: ${ended.code} ${ended.stderr}`);
    }
  }
  expect(wrong).toEqual([]);
});
