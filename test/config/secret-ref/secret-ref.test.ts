/** References to secrets: what each gives, and why one gives none. Real files, real commands. */
import { chmod, link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadAppSecret, resolveAccount } from '../../../src/config/account/accounts.ts';
import { checkSection } from '../../../src/config/check.ts';
import { providerOf, referenceIn } from '../../../src/config/secret-ref/reference.ts';
import { resolveSecretRef } from '../../../src/config/secret-ref/resolve-secret-ref.ts';
import { SecretRefError } from '../../../src/config/secret-ref/secret-ref-texts.ts';
import { temporaryHome } from '../../support/home.ts';

const secret = 'abcdefghijklmnopqrstuvwxyz012345';
const isPosix = process.platform !== 'win32';

async function outcome(task: () => unknown): Promise<unknown> {
  try {
    return await task();
  } catch (error) {
    return error instanceof SecretRefError ? error.problem : error;
  }
}

it('takes the forms that OpenClaw has, and no others', async () => {
  const cases: [unknown, unknown][] = [
    [{ source: 'env', provider: 'default', id: 'A_1' }, 'taken'],
    [{ source: 'file', provider: 'f', id: '/a~1b/c' }, 'taken'],
    [{ source: 'file', provider: 'f', id: 'value' }, 'taken'],
    [{ source: 'exec', provider: 'x-1', id: 'a/b#c' }, 'taken'],
    [{ source: 'store', provider: 'default', id: 'A' }, 'sourceOfHost'],
    [{ source: 'vault', provider: 'default', id: 'A' }, 'sourceUnknown'],
    [{ source: 'env', provider: 'Default', id: 'A' }, 'providerForm'],
    [{ source: 'env', provider: 'x'.repeat(65), id: 'A' }, 'providerForm'],
    [{ source: 'env', provider: 'default', id: 'a' }, 'idForm'],
    [{ source: 'env', provider: 'default', id: '＄A' }, 'idForm'],
    [{ source: 'file', provider: 'f', id: 'a/b' }, 'idForm'],
    [{ source: 'exec', provider: 'x', id: 'a/../b' }, 'idForm'],
    [{ source: 'exec', provider: 'x', id: '-rf' }, 'idForm'],
    [{ source: 'env', provider: 'default' }, 'idForm'],
    ['env:A', 'sourceUnknown'],
    [null, 'sourceUnknown'],
  ];
  for (const [value, wanted] of cases) {
    const found = await outcome(() => referenceIn(value) && 'taken');
    expect(found, JSON.stringify(value)).toBe(wanted);
  }
});

it('finds the provider of its source, and the built-in one of the environment', async () => {
  const env = { source: 'env', provider: 'default', id: 'A' } as const;
  const providers = { f: { source: 'file', path: '/s' }, x: { source: 'exec', command: 'x' } };
  const cases: [unknown, Parameters<typeof providerOf>[1], unknown][] = [
    [undefined, env, 'env'],
    [{ defaults: { env: 'other' } }, env, 'providerMissing'],
    [{ defaults: { env: 'other' } }, { ...env, provider: 'other' }, 'env'],
    [{ providers: { default: { source: 'file', path: '/s' } } }, env, 'env'],
    [{ providers }, { source: 'file', provider: 'f', id: 'value' }, 'file'],
    [{ providers }, { source: 'file', provider: 'x', id: 'value' }, 'providerMissing'],
    [{ providers }, { source: 'exec', provider: 'toString', id: 'a' }, 'providerMissing'],
    [
      { providers: { x: { source: 'exec', pluginIntegration: {} } } },
      { source: 'exec', provider: 'x', id: 'a' },
      'providerOfPlugin',
    ],
    [
      { providers: { x: { source: 'exec' } } },
      { source: 'exec', provider: 'x', id: 'a' },
      'providerInvalid',
    ],
  ];
  for (const [secrets, reference, wanted] of cases) {
    const found = await outcome(() => providerOf(secrets, reference).source);
    expect(found, JSON.stringify([secrets, reference])).toBe(wanted);
  }
});

it('reads the environment, as far as its provider allows', async () => {
  const home = await temporaryHome();
  const ask = (id: string, providers?: object) =>
    outcome(() =>
      resolveSecretRef(
        { source: 'env', provider: 'default', id },
        { secrets: { providers }, configPath: join(home, 'c'), home, env: { A: secret, B: '' } },
      ),
    );
  expect(await ask('A')).toBe(secret);
  expect(await ask('B')).toBe('notSet');
  expect(await ask('TOSTRING')).toBe('notSet');
  expect(await ask('A', { default: { source: 'env', allowlist: ['A'] } })).toBe(secret);
  expect(await ask('A', { default: { source: 'env', allowlist: [] } })).toBe('notAllowed');
});

it.runIf(isPosix)('reads private files, as JSON or as one value', async () => {
  const home = await temporaryHome();
  const place = { configPath: join(home, 'config', 'moltbot.json'), home, env: {} };
  const write = async (name: string, text: string, mode = 0o600) => {
    await writeFile(join(home, name), text);
    await chmod(join(home, name), mode);
  };
  await write('s.json', JSON.stringify({ a: { 'b/c': secret, n: 1 }, list: [secret] }));
  await write('one', `${secret}\r\n`);
  await write('open', secret, 0o644);
  await write('torn', '{"a":');
  await symlink(join(home, 'one'), join(home, 'link'));
  await write('twice', secret);
  await link(join(home, 'twice'), join(home, 'other-name'));
  const ask = (path: string, id: string, mode?: string) =>
    outcome(() =>
      resolveSecretRef(
        { source: 'file', provider: 'f', id },
        { ...place, secrets: { providers: { f: { source: 'file', path, mode } } } },
      ),
    );
  expect(await ask('~/s.json', '/a/b~1c')).toBe(secret);
  expect(await ask('../s.json', '/list/0')).toBe(secret);
  expect(await ask('~/one', 'value', 'singleValue')).toBe(secret);
  const none: [string, string, string | undefined, string][] = [
    ['~/s.json', '/a/n', undefined, 'notThere'],
    ['~/s.json', '/a/toString', undefined, 'notThere'],
    ['~/s.json', '/a', undefined, 'notThere'],
    ['~/s.json', 'value', undefined, 'idForm'],
    ['~/one', '/a', 'singleValue', 'idForm'],
    ['~/torn', '/a', undefined, 'notJson'],
    ['~/open', 'value', 'singleValue', 'notPrivate'],
    ['~/link', 'value', 'singleValue', 'notPrivate'],
    ['~/twice', 'value', 'singleValue', 'notPrivate'],
    ['~', 'value', 'singleValue', 'notPrivate'],
  ];
  for (const [path, id, mode, wanted] of none) {
    expect(await ask(path, id, mode), `${path} ${id}`).toBe(wanted);
  }
  expect(await ask('~/absent', 'value', 'singleValue')).toMatchObject({ code: 'ENOENT' });
});

it.runIf(isPosix)('runs a command without a shell, by the protocol of the host', async () => {
  const home = await temporaryHome();
  const command = async (name: string, script: string, mode = 0o700) => {
    const path = join(home, name);
    await writeFile(path, `#!${process.execPath}\n${script}\n`);
    await chmod(path, mode);
    return path;
  };
  const reads = "let t='';process.stdin.on('data',(d)=>t+=d).on('end',()=>{const q=JSON.parse(t);";
  const answers = await command(
    'answers',
    `${reads}const v=[q.provider,q.ids[0],process.argv[2],process.env.GIVEN,process.env.SECRET_OF_OURS].join();
     console.log(JSON.stringify({protocolVersion:1,values:{[q.ids[0]]:v}}))})`,
  );
  const ask = (provider: object) =>
    outcome(() =>
      resolveSecretRef(
        { source: 'exec', provider: 'x', id: 'a/b' },
        {
          secrets: { providers: { x: { source: 'exec', ...provider } } },
          configPath: join(home, 'moltbot.json'),
          home,
          env: { GIVEN: 'given', SECRET_OF_OURS: secret },
        },
      ),
    );
  expect(await ask({ command: answers, args: ['$HOME;'], passEnv: ['GIVEN'] })).toBe(
    'x,a/b,$HOME;,given,',
  );
  const plain = await command('plain', `console.log(${JSON.stringify(secret)})`);
  expect(await ask({ command: plain, jsonOnly: false })).toBe(secret);
  await mkdir(join(home, 'bin'));
  await symlink(plain, join(home, 'bin', 'link'));
  const none: [object, string][] = [
    [{ command: plain }, 'notJson'],
    [{ command: await command('silent', '') }, 'notJson'],
    [{ command: await command('silent-too', ''), jsonOnly: false }, 'notThere'],
    [
      { command: await command('other', 'console.log(JSON.stringify({values:{z:"1"}}))') },
      'notThere',
    ],
    [{ command: await command('fails', 'process.exit(3)') }, 'commandFailed'],
    [{ command: await command('waits', 'setInterval(()=>{},1e3)'), timeoutMs: 300 }, 'tooSlow'],
    [
      { command: await command('talks', 'console.log("x".repeat(5000))'), maxOutputBytes: 1000 },
      'tooLong',
    ],
    [{ command: 'plain' }, 'providerInvalid'],
    [{ command: join(home, 'bin', 'link'), jsonOnly: false }, 'notTrusted'],
    [{ command: await command('shared', '', 0o722) }, 'notTrusted'],
    [{ command: plain, jsonOnly: false, trustedDirs: [join(home, 'bin')] }, 'outsideTrusted'],
  ];
  for (const [provider, wanted] of none) {
    expect(await ask(provider), JSON.stringify(provider)).toBe(wanted);
  }
});

it('gives the account of a config its secret, or an error that names neither', async () => {
  const home = await temporaryHome();
  const path = join(home, 'moltbot.json');
  const reference = { source: 'env', provider: 'team', id: 'FEISHU_SECRET' };
  const feishu = { appId: 'cli_0123456789abcdef', appSecret: reference };
  const root = { secrets: { providers: { team: { source: 'env' } } }, channels: { feishu } };
  await writeFile(path, JSON.stringify(root));
  const section = checkSection(feishu, path);
  const account = resolveAccount(section, 'default');
  const place = { location: { path }, home };
  const found = await loadAppSecret(account, { ...place, env: { FEISHU_SECRET: secret } });
  expect(found.reveal()).toBe(secret);
  await expect(loadAppSecret(account, { ...place, env: {} })).rejects.toMatchObject({
    code: 'secret-unreadable',
    exitCode: 5,
    message: expect.stringContaining('the variable is not set'),
  });
});
