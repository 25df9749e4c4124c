/** Sections as other plugins have them, through the program: a webhook, and references to secrets. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { workingApp } from '../../src/sandbox/state/app-state.ts';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';
import { startRun } from '../support/run-process.ts';

const PATCH = 'application:application:patch';

async function workplace(section: { readonly connectionMode?: 'webhook'; [key: string]: unknown }) {
  const mode = section.connectionMode ?? 'websocket';
  const sandbox = await startSandbox({
    app: {
      scopes: [...workingApp.scopes, PATCH],
      eventMode: mode,
      callbackMode: mode,
    },
  });
  onTestFinished(() => sandbox.close());
  const home = await temporaryHome();
  const path = join(home, '.clawdbot', 'moltbot.json');
  await mkdir(join(home, '.clawdbot'), { mode: 0o700 });
  const feishu = { appId: sandbox.appId, domain: sandbox.url, ...section };
  const text = JSON.stringify({ channels: { feishu } }, null, 2);
  await writeFile(path, text, { mode: 0o600 });
  return {
    sandbox,
    home,
    /** Writes the rest of the config, and the secret to where it says. */
    async putSecret(root: object) {
      const now = JSON.parse(await readFile(path, 'utf8'));
      const filled = JSON.stringify(root).replace('"SECRET"', JSON.stringify(sandbox.appSecret));
      await writeFile(path, JSON.stringify({ ...now, ...JSON.parse(filled) }), { mode: 0o600 });
      const put = (name: string, content: string, mode = 0o600) =>
        writeFile(join(home, name), content, { mode });
      await put('secret', `${sandbox.appSecret}\n`);
      await put('secrets.json', JSON.stringify({ feishu: { appSecret: sandbox.appSecret } }));
      await put('vault', `#!/bin/sh\necho ${sandbox.appSecret}\n`, 0o700);
    },
    read: async () => JSON.parse(await readFile(path, 'utf8')).channels.feishu,
    async say() {
      const run = startRun(home, '--echo');
      await run.event('ready');
      const { chatId } = sandbox.say({ text: 'hello' });
      await run.event('answered');
      run.child.kill('SIGTERM');
      await run.exit();
      expect(JSON.stringify(run.lines) + run.stderr()).not.toContain(sandbox.appSecret);
      return sandbox.messages({ chatId, fromBot: true }).length;
    },
  };
}

it('switches an app from a webhook to the long connection, and answers', async () => {
  const { sandbox, home, read, say } = await workplace({
    connectionMode: 'webhook',
    webhookPath: '/feishu/events',
    webhookPort: 3000,
    verificationToken: 'the-token-of-the-webhook',
    encryptKey: 'the-key-of-the-webhook',
    dmPolicy: 'open',
    allowFrom: ['*'],
  });
  const secret = { FEISHU_APP_SECRET: sandbox.appSecret };
  const words = ['setup', '--yes', '--autopilot', '--json'];
  const ended = await runProgram(words, { home, env: secret });
  expect(ended.code, ended.stdout + ended.stderr).toBe(0);
  expect(ended.stdout + ended.stderr).not.toMatch(/the-(?:token|key)-of/);
  expect(await read()).toMatchObject({
    connectionMode: 'websocket',
    verificationToken: 'the-token-of-the-webhook',
    dmPolicy: 'open',
  });
  expect(await say()).toBe(1);
  const again = await runProgram(words, { home, env: secret });
  expect(JSON.parse(again.stdout)).toMatchObject({ ok: true, config: { changed: false } });
});

describe('an app that setup cannot switch from a webhook', () => {
  const section = { connectionMode: 'webhook', dmPolicy: 'open', allowFrom: ['*'] } as const;
  const words = ['setup', '--yes', '--json'];
  const autopilot = [...words, '--autopilot'];
  it.each<[string, string[], (sandbox: Sandbox) => unknown, string]>([
    ['is not asked to', words, () => undefined, 'did not switch'],
    [
      'may not change itself',
      autopilot,
      (sandbox) => sandbox.configureApp({ scopes: workingApp.scopes }),
      PATCH,
    ],
    [
      'has a version under review',
      autopilot,
      (sandbox) => {
        sandbox.configureApp({ reviewRequired: true });
        sandbox.makeVersion(true);
      },
      'under review',
    ],
    [
      'was not made in the console',
      autopilot,
      (sandbox) => sandbox.configureApp({ createSource: 'aily' }),
      'aily',
    ],
    [
      'is refused by the platform',
      autopilot,
      (sandbox) =>
        sandbox.fault({
          match: { path: '/config' },
          do: { kind: 'code', code: 210031, msg: 'refused here' },
        }),
      'did not switch',
    ],
  ])(
    '%s: the config is written, and the step names the page',
    async (_name, flags, prepare, why) => {
      const { sandbox, home, read } = await workplace(section);
      prepare(sandbox);
      const env = { FEISHU_APP_SECRET: sandbox.appSecret };
      const ended = await runProgram(flags, { home, env });
      expect(ended.code, ended.stdout + ended.stderr).toBe(0);
      const { steps } = JSON.parse(ended.stdout);
      expect(steps).toContainEqual({
        id: 'event-mode',
        status: 'warn',
        detail: expect.stringContaining(why),
        fix: expect.stringContaining('/event'),
        url: expect.stringContaining('/event'),
      });
      expect(await read()).toMatchObject({ connectionMode: 'websocket' });
    },
  );

  it('is not warned of where the platform reports the long connection', async () => {
    const { sandbox, home } = await workplace(section);
    sandbox.configureApp({ eventMode: 'websocket', tellsSubscription: true });
    const env = { FEISHU_APP_SECRET: sandbox.appSecret };
    const { stdout } = await runProgram(words, { home, env });
    expect(JSON.parse(stdout).steps.map(({ id }: { id: string }) => id)).not.toContain(
      'event-mode',
    );
  });

  it('is a finding of the doctor, which stays after the section is translated', async () => {
    const { sandbox, home, read } = await workplace({ ...section });
    sandbox.configureApp({ scopes: workingApp.scopes });
    const env = { FEISHU_APP_SECRET: sandbox.appSecret };
    await writeSecret(home, sandbox.appSecret);
    for (const more of [[], ['--fix', '--yes']]) {
      const { stdout } = await runProgram(['doctor', '--json', ...more], { home, env });
      expect(JSON.parse(stdout).accounts[0].checks).toContainEqual(
        expect.objectContaining({
          id: 'event-mode',
          status: 'warn',
          detail: expect.stringContaining('connectionMode'),
          url: expect.stringContaining('/event'),
        }),
      );
    }
    expect(await read()).toMatchObject({ connectionMode: 'websocket' });
  });

  it('is switched by doctor --fix where the app may', async () => {
    const { sandbox, home, say } = await workplace({ ...section });
    await writeSecret(home, sandbox.appSecret);
    const { stdout } = await runProgram(['doctor', '--json', '--fix', '--yes'], { home });
    const checks: { id: string; status: string }[] = JSON.parse(stdout).accounts[0].checks;
    expect(checks.find(({ id }) => id === 'event-mode')?.status).toBe('not-checked');
    expect(await say()).toBe(1);
  });
});

async function writeSecret(home: string, appSecret: string): Promise<void> {
  const path = join(home, '.clawdbot', 'moltbot.json');
  const root = JSON.parse(await readFile(path, 'utf8'));
  root.channels.feishu.appSecret = appSecret;
  await writeFile(path, JSON.stringify(root, null, 2), { mode: 0o600 });
}

/** Each source, with the rest of the config that it needs; the secret is in a file or a variable. */
const sources: Readonly<Record<string, { ref: object; root: (home: string) => object }>> = {
  'a variable of the config': {
    ref: { source: 'env', provider: 'default', id: 'FEISHU_REF' },
    root: () => ({ env: { vars: { FEISHU_REF: 'SECRET' } } }),
  },
  'a variable by a provider': {
    ref: { source: 'env', provider: 'team', id: 'FEISHU_REF' },
    root: () => ({
      env: { vars: { FEISHU_REF: 'SECRET' } },
      secrets: { providers: { team: { source: 'env', allowlist: ['FEISHU_REF'] } } },
    }),
  },
  'a file with one value': {
    ref: { source: 'file', provider: 'one', id: 'value' },
    root: () => ({
      secrets: { providers: { one: { source: 'file', path: '~/secret', mode: 'singleValue' } } },
    }),
  },
  'a file with JSON': {
    ref: { source: 'file', provider: 'many', id: '/feishu/appSecret' },
    root: (home) => ({
      secrets: { providers: { many: { source: 'file', path: join(home, 'secrets.json') } } },
    }),
  },
  'a command': {
    ref: { source: 'exec', provider: 'vault', id: 'feishu/app' },
    root: (home) => ({
      secrets: {
        providers: { vault: { source: 'exec', command: join(home, 'vault'), jsonOnly: false } },
      },
    }),
  },
};

it.runIf(process.platform !== 'win32').each(Object.keys(sources))(
  'takes the secret from %s in setup, doctor and run',
  async (name) => {
    const { ref, root } = sources[name] ?? { ref: {}, root: () => ({}) };
    const place = await workplace({ appSecret: ref, requireMention: true });
    const { sandbox, home } = place;
    await place.putSecret(root(home));
    const setup = await runProgram(['setup', '--yes', '--autopilot', '--json'], { home });
    expect(setup.code, setup.stdout + setup.stderr).toBe(0);
    expect((await place.read()).appSecret).toEqual(ref);
    const doctor = await runProgram(['doctor', '--json'], { home });
    const { checks } = JSON.parse(doctor.stdout).accounts[0];
    expect(checks).toContainEqual(expect.objectContaining({ id: 'secret', status: 'ok' }));
    expect(await place.say()).toBe(1);
    for (const { stdout, stderr } of [setup, doctor]) {
      expect(stdout + stderr).not.toContain(sandbox.appSecret);
    }
  },
);

const env = { source: 'env', provider: 'default', id: 'FEISHU_REF' };

it.each([
  ['a source that is not known', { ...env, source: 'vault' }, 'source is not env, file or exec'],
  ['a source of the host alone', { ...env, source: 'store' }, 'only OpenClaw itself can read'],
  ['a source that is no text', { ...env, source: 7 }, 'with the source env, file or exec'],
  ['nothing', {}, 'with the source env, file or exec'],
  ['no provider', { source: 'env', id: 'A' }, 'with the source env, file or exec'],
  ['no id', { source: 'env', provider: 'default' }, 'with the source env, file or exec'],
  ['a provider that is not there', { ...env, provider: 'absent' }, 'no entry of this name'],
  ['a variable that is not set', env, 'the variable is not set'],
])('refuses a reference with %s in words that name its path', async (_name, ref, words) => {
  for (const [section, path] of [
    [{ appSecret: ref }, 'channels.feishu.appSecret'],
    [
      { accounts: { work: { appId: `cli_${'0'.repeat(16)}`, appSecret: ref } } },
      'channels.feishu.accounts.work.appSecret',
    ],
  ] as const) {
    const { home } = await workplace(section);
    for (const command of [['run', '--echo'], ['setup', '--yes'], ['doctor']]) {
      const account = path.includes('work') && command[0] === 'setup' ? ['--account', 'work'] : [];
      const ended = await runProgram([...command, ...account, '--json'], { home });
      const said = ended.stdout + ended.stderr;
      expect(said, `${command} ${path}`).toContain(words);
      expect(said, `${command} ${path}`).toContain(path);
      expect(said, `${command} ${path}`).not.toContain('***');
    }
  }
});
