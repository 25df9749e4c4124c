/**
 * An app of the other brand, at the real addresses: the other brand is asked, and the switch offered.
 * A company's proxy with a certificate of its own stands in between.
 */
import { access } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { type Brand, type CompanyProxy, startCompanyProxy } from '../support/company-proxy.ts';
import { runProgram } from '../support/program.ts';
import { ENTER, openTerminal, type Terminal } from '../support/terminal.ts';
import { windowAfter } from '../support/window.ts';
import { person, type Stage, stage, texts } from './stage.ts';

const TOKEN = '/open-apis/auth/v3/tenant_access_token/internal';
const ENDPOINT = '/callback/ws/endpoint';

/** How a brand refuses the app of the other one. */
const refusals = {
  'the token': (path: string) =>
    path === TOKEN ? { code: 10003, msg: 'invalid param' } : undefined,
  'the long connection': (path: string) =>
    path === ENDPOINT ? { code: 1000040351, msg: 'incorrect domain' } : undefined,
} as const;

interface Scene extends Stage {
  readonly proxy: CompanyProxy;
  readonly screen: Terminal;
}

/** @param refusing the brand that refuses the app, and at what */
async function scene(
  refusing: readonly [Brand, keyof typeof refusals],
  words: readonly string[] = [],
): Promise<Scene> {
  const set = await stage();
  const [brand, at] = refusing;
  const answer = (asked: Brand, path: string) => (asked === brand ? refusals[at](path) : undefined);
  const proxy = await startCompanyProxy({ ...set, answer });
  const screen = openTerminal(['setup', '--no-start', '--host', 'none', ...words], {
    home: set.home,
    env: proxy.env,
  });
  return { ...set, proxy, screen };
}

it.each([
  ['feishu', 'lark', texts.switchToLark],
  ['lark', 'feishu', texts.switchToFeishu],
] as const)('offers to switch from %s to %s, and ends there', async (brand, other, choice) => {
  const words = brand === 'feishu' ? [] : ['--domain', brand];
  const set = await scene([brand, 'the long connection'], words);
  const somebody = person(set, set.screen);
  await somebody.pastes();
  await set.screen.see(`--domain ${other}`);
  await somebody.sees(texts.askRetry);
  // The switch is the first choice.
  await set.screen.see(`● ${choice.en}`);
  set.screen.type(ENTER);
  await somebody.writes();
  await somebody.answer(texts.askWrite);
  expect(await set.screen.ended()).toBe(0);
  const { appId, domain = 'feishu' } = await set.section();
  expect({ appId, domain }).toEqual({ appId: set.sandbox.appId, domain: other });
  expect(set.screen.raw).not.toContain(set.sandbox.appSecret);
  const host = other === 'lark' ? 'open.larksuite.com:443' : 'open.feishu.cn:443';
  expect(set.proxy.tunnels).toContain(host);
});

it('switches by itself where only the other brand knows the credentials', async () => {
  const set = await scene(['feishu', 'the token']);
  const somebody = person(set, set.screen);
  await somebody.pastes();
  await somebody.sees(texts.brandSwitched);
  await somebody.writes();
  await somebody.answer(texts.askWrite);
  expect(await set.screen.ended()).toBe(0);
  const { rows } = windowAfter(set.screen.raw, { columns: 80, rows: 50 });
  expect(rows).toContain('!  This app belongs to Lark, not to Feishu: continuing with Lark.');
  // It was printed while the check was under way, above the line that says so.
  expect(rows.join('\n')).not.toContain('◒');
  expect(await set.section()).toMatchObject({ domain: 'lark' });
});

it('names the flag where no person can be asked, in setup and in the doctor', async () => {
  const set = await stage();
  const { sandbox, home } = set;
  const proxy = await startCompanyProxy({
    ...set,
    answer: (brand, path) =>
      brand === 'feishu' ? refusals['the long connection'](path) : undefined,
  });
  const env = {
    ...proxy.env,
    FEISHU_APP_ID: sandbox.appId,
    FEISHU_APP_SECRET: sandbox.appSecret,
  };
  const setup = ['setup', '--yes', '--host', 'none'];
  const wrong = await runProgram(setup, { home, env });
  expect([wrong.code, wrong.stderr]).toEqual([6, expect.stringContaining('--domain lark')]);
  const doctor = await runProgram(['doctor', '--host', 'none'], { home, env: proxy.env });
  expect([doctor.code, doctor.stdout]).toEqual([1, expect.stringContaining('domain to "lark"')]);
  const right = await runProgram([...setup, '--domain', 'lark'], { home, env });
  expect([right.code, right.stderr]).toEqual([0, '']);
});

it('offers no switch where the other brand does not know the app either', async () => {
  const set = await stage();
  const { sandbox, home } = set;
  const proxy = await startCompanyProxy({
    ...set,
    answer: (brand, path) =>
      refusals[brand === 'feishu' ? 'the long connection' : 'the token'](path),
  });
  const env = { ...proxy.env, FEISHU_APP_SECRET: sandbox.appSecret };
  const words = ['setup', '--yes', '--host', 'none', '--app-id', sandbox.appId];
  const { code, stderr } = await runProgram(words, { home, env });
  expect(code).toBe(6);
  expect(stderr).toContain('1000040351');
});

it('names the certificate of the proxy where the machine does not know it', async () => {
  const set = await stage();
  const { sandbox, home, config } = set;
  const { env } = await startCompanyProxy({ ...set, answer: () => undefined });
  const { HTTPS_PROXY } = env;
  const words = ['setup', '--yes', '--host', 'none', '--app-id', sandbox.appId];
  const { code, stderr } = await runProgram(words, {
    home,
    env: { HTTPS_PROXY, FEISHU_APP_SECRET: sandbox.appSecret },
  });
  expect(code).toBe(4);
  expect(stderr).toContain('NODE_EXTRA_CA_CERTS');
  await expect(access(config)).rejects.toThrow('ENOENT');
});
