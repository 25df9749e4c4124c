/** Files that a person names: regular ones only, bounded in size, number and depth. Nothing hangs. */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadAppSecret } from '../../../src/config/account/app-secret.ts';
import { readConfig } from '../../../src/config/read.ts';
import { runProgram } from '../../support/program.ts';
import { workplace } from '../workplace.ts';

const env = {};
const S = 'q7GeT4vKx93mZpLw8RtYb2NcHs5JdFu1';

const problemOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'it was read',
    (error: Error) => error.message,
  );

it('refuses a config, an included file and a secret file that is none, and names it', async () => {
  const place = workplace();
  await place.write('{}');
  const pipe = join(place.stateDir, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const large = await place.write(`// ${'x'.repeat(9 * 1024 * 1024)}\n{}`, 'large.json5');
  const kinds = [
    [pipe, /pipe.*a named pipe/],
    ['/dev/zero', /\/dev\/zero.*a device/],
    [place.stateDir, /a directory/],
    [large, /large\.json5.*larger than 8192 KB/],
  ] as const;
  const wrong: string[] = [];
  const expectNamed = (what: string, said: string, name: RegExp) => {
    if (!name.test(said)) wrong.push(`${what}: ${said}`);
  };
  for (const [path, name] of kinds) {
    const itself = { ...place.location(), path };
    expectNamed('config', await problemOf(readConfig(itself, { env })), name);
    await place.write(`{a: {$include: ${JSON.stringify(path)}}}`);
    expectNamed('include', await problemOf(readConfig(place.location(), { env })), name);
    const account = { id: 'default', appSecret: undefined, appSecretFile: path };
    const secret = loadAppSecret(account, { location: place.location(), home: place.home });
    expectNamed('secret', await problemOf(secret), /named pipe|device|directory|larger than 8 KB/);
  }
  expect(wrong).toStrictEqual([]);
});

it('bounds how many files are included', async () => {
  const place = workplace();
  const eight = (name: string) => Array.from({ length: 8 }, (_, i) => `./${name}-${i}.json`);
  for (let level = 0; level < 9; level++) {
    for (let i = 0; i < 8; i++) {
      const next = level < 8 ? { $include: eight(`l${level + 1}`) } : {};
      await place.write(JSON.stringify(next), `l${level}-${i}.json`);
    }
  }
  await place.write(JSON.stringify({ $include: eight('l0') }));
  expect(await problemOf(readConfig(place.location(), { env }))).toMatch(
    /l\d-\d\.json.*more than 200 files/,
  );
});

it('reads a secret file in any encoding and form', async () => {
  const place = workplace();
  await place.write('{}');
  const utf16 = Buffer.from(`\uFEFF${S}\r\n`, 'utf16le');
  const forms = [
    utf16,
    Buffer.from(utf16).swap16(),
    Buffer.from(S, 'utf16le'),
    `\uFEFF${S}\r\n`,
    `FEISHU_APP_SECRET="${S}"\n`,
    `{"appId": "cli_a1b2c3d4e5f60718", "appSecret": "${S}"}`,
  ];
  for (const form of forms) {
    const path = join(place.stateDir, 'secret');
    await writeFile(path, form, { mode: 0o600 });
    const account = { id: 'default', appSecret: undefined, appSecretFile: path };
    const secret = await loadAppSecret(account, { location: place.location(), home: place.home });
    expect(secret.reveal()).toBe(S);
  }
});

it('says so in setup: a device as secret file, too much on stdin, the two values swapped', async () => {
  const { home } = workplace();
  await mkdir(home, { recursive: true });
  const setup = (id: string, ...words: string[]) => ['setup', '--app-id', id, '--json', ...words];
  const runs = [
    [setup('cli_a1b2c3d4e5f60718', '--app-secret-file', '/dev/zero'), '', /a device/],
    [setup('cli_a1b2c3d4e5f60718', '--app-secret-stdin'), 'x'.repeat(1e6), /larger than 8 KB/],
    [setup('cli_a1b2c3d4e5f60718', '--app-secret-stdin'), '${my_secret}', /name of a variable/],
    [setup(S, '--app-secret', 'cli_a1b2c3d4e5f60718'), '', /looks like the App Secret/],
    [
      setup('cli_a1b2c3d4e5f60718', '--app-secret', 'cli_a1b2c3d4e5f60718'),
      '',
      /this is an App ID/,
    ],
  ] as const;
  for (const [words, input, problem] of runs) {
    const { code, stdout, stderr } = await runProgram(words, { home, input });
    expect(JSON.parse(stdout).error.message).toMatch(problem);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain(S);
  }
});
