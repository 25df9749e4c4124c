/** The same steps without anybody there: a scan by its link, the autopilot, and the equal of a guided run. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { cliPath, runProgram } from '../support/program.ts';
import { bareApp, person, stage, texts } from './stage.ts';

it('waits for the scan of a link that it prints, and writes', async () => {
  const { sandbox, home, section } = await stage({ registration: { intervalS: 0.05 } });
  const child = spawn(
    process.execPath,
    [cliPath, 'setup', '--scan', '--json', '--domain', sandbox.url],
    { env: { PATH: '/usr/bin:/bin', HOME: home, LANG: 'en_US.UTF-8' } },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const scan = JSON.parse(String((await lines.next()).value));
  expect(scan).toMatchObject({ event: 'scan', url: expect.stringContaining('user_code=') });
  const app = sandbox.registration.approve({ url: scan.url });
  const document = JSON.parse(String((await lines.next()).value));
  expect(await ended).toBe(0);
  expect(document).toMatchObject({ ok: true, appId: app.appId, config: { changed: true } });
  expect(JSON.stringify(document)).not.toContain(app.appSecret);
  expect(await section()).toMatchObject({
    enabled: true,
    appId: app.appId,
    dmPolicy: 'allowlist',
    allowFrom: [sandbox.user.openId],
  });
});

it.each([
  ['denied', (sandbox: Sandbox) => sandbox.registration.deny(), 'scan-denied'],
  ['left to expire', (sandbox: Sandbox) => sandbox.registration.expire(), 'scan-expired'],
])('says so when the scan is %s, and writes nothing', async (_how, act, code) => {
  const { sandbox, home, section } = await stage({ registration: { intervalS: 0.05 } });
  const running = runProgram(['setup', '--scan', '--json', '--domain', sandbox.url], { home });
  await expect.poll(() => sandbox.registration.pending().length, { timeout: 20_000 }).toBe(1);
  act(sandbox);
  const { code: exitCode, stdout } = await running;
  const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  expect(last).toMatchObject({ ok: false, error: { code, fix: expect.any(String) } });
  expect(exitCode).not.toBe(0);
  await expect(section()).rejects.toThrow('ENOENT');
});

it('sets the app up and publishes it when allowed to, and is quiet when it is done', async () => {
  const { sandbox, home } = await stage({ app: bareApp });
  const words = ['setup', '--app-id', sandbox.appId, '--domain', sandbox.url, '--json'];
  const env = { FEISHU_APP_SECRET: sandbox.appSecret };
  const plain = await runProgram([...words, '--no-autopilot'], { home, env });
  expect(plain.code).toBe(6);
  expect(sandbox.calls().filter(isWrite)).toEqual([]);
  const first = await runProgram([...words, '--autopilot'], { home, env });
  expect(first.code, first.stdout).toBe(0);
  expect(JSON.parse(first.stdout).steps).toContainEqual(
    expect.objectContaining({ id: 'autopilot', status: 'ok' }),
  );
  const before = sandbox.calls().length;
  const second = await runProgram([...words, '--autopilot'], { home, env });
  expect(JSON.parse(second.stdout)).toMatchObject({ ok: true, config: { changed: false } });
  expect(sandbox.calls().slice(before).filter(isWrite)).toEqual([]);
});

it('prints what the autopilot would do in a dry run, and does none of it', async () => {
  const { sandbox, home, section } = await stage({ app: bareApp });
  const words = ['setup', '--app-id', sandbox.appId, '--domain', sandbox.url, '--json'];
  const dry = await runProgram([...words, '--autopilot', '--dry-run'], {
    home,
    env: { FEISHU_APP_SECRET: sandbox.appSecret },
  });
  const step = JSON.parse(dry.stdout).steps.find(({ id }: { id: string }) => id === 'autopilot');
  expect(step).toMatchObject({ status: 'skipped', detail: expect.stringContaining('publish') });
  expect(sandbox.calls().filter(isWrite)).toEqual([]);
  await expect(section()).rejects.toThrow('ENOENT');
});

it('does and writes the same as a guided run', async () => {
  const guided = await stage({ app: bareApp });
  const screen = guided.open();
  const somebody = person(guided, screen);
  await somebody.pastes();
  await somebody.answer(texts.askAutopilot);
  await somebody.writes();
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);

  const alone = await stage({ app: bareApp });
  const { appId, appSecret, url } = alone.sandbox;
  const ended = await runProgram(
    ['setup', '--app-id', appId, '--domain', url, '--autopilot', '--yes', '--no-start'],
    { home: alone.home, env: { FEISHU_APP_SECRET: appSecret } },
  );
  expect(ended.code, ended.stderr).toBe(0);
  const written = async ({ config, sandbox }: typeof guided) =>
    neutral(await readFile(config, 'utf8'), sandbox);
  expect(await written(guided)).toBe(await written(alone));
  const changes = ({ sandbox }: typeof guided) =>
    sandbox
      .calls()
      .filter(isWrite)
      .map(({ method, path, body }) =>
        neutral(`${method} ${path} ${JSON.stringify(body)}`, sandbox),
      );
  // The answer to the person's message is the guided run's own.
  expect(changes(guided).filter((call) => !call.includes('/im/v1/'))).toEqual(changes(alone));
  expect(changes(alone)).toHaveLength(3);
});

it.each([
  [['--guided'], '--guided'],
  [['--scan', '--guided'], '--scan, --guided'],
  [['--scan', '--dry-run'], '--dry-run'],
])('refuses %j where nobody is, and names the flag', async (flags, named) => {
  const { sandbox, home } = await stage();
  const ended = await runProgram(['setup', '--json', '--domain', sandbox.url, ...flags], { home });
  expect(ended.code).toBe(2);
  expect(JSON.parse(ended.stdout).error).toMatchObject({ code: 'invalid-value' });
  expect(JSON.parse(ended.stdout).error.message).toContain(named);
});

/** Whether a call changes something; a token and a place for the connection are no changes. */
function isWrite({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return method !== 'GET' && !/tenant_access_token|\/ws\/endpoint|\/registration/.test(path);
}

/** Without what differs from one sandbox to the next. */
function neutral(text: string, { appId, appSecret, url }: Sandbox): string {
  return text.replaceAll(appId, 'APP').replaceAll(appSecret, 'SECRET').replaceAll(url, 'URL');
}

it.each([
  ['may not change itself', { ...bareApp, scopes: ['application:application:self_manage'] }],
  ['was not made in the console', { ...bareApp, createSource: 'aily' }],
  ['is refused its version', bareApp],
])('writes the config of an app that %s, and lists what is left', async (how, app) => {
  const { sandbox, home, section } = await stage({ app });
  if (how === 'is refused its version')
    sandbox.fault({
      match: { path: '/publish' },
      do: { kind: 'code', code: 210303, msg: 'version is not higher' },
    });
  const words = ['--domain', sandbox.url, '--app-id', sandbox.appId, '--autopilot', '--json'];
  const env = { FEISHU_APP_SECRET: sandbox.appSecret };
  const { code, stdout } = await runProgram(['setup', ...words], { home, env });
  expect(code).toBe(6);
  const { ok, config, error, steps } = JSON.parse(stdout);
  expect({ ok, config }).toMatchObject({ ok: false, config: { changed: true } });
  const left = steps.filter(({ status }: { status: string }) => status === 'fail');
  expect(left[0]).toMatchObject({ id: 'autopilot', detail: error.message, fix: error.fix });
  expect(left.map(({ id }: { id: string }) => id)).toContain('bot');
  expect(await section()).toMatchObject({ enabled: true, appId: sandbox.appId });
});
