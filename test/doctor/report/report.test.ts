import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateConfig } from '../../../src/config/locate.ts';
import { examine } from '../../../src/doctor/examine.ts';
import { reportBundle } from '../../../src/doctor/report/report-bundle.ts';
import { silentLogger } from '../../../src/shared/log.ts';
import { temporaryHome } from '../../support/home.ts';
import { openWorkplace } from '../workplace.ts';

/** Looks like nothing else in the report, so that finding it is a leak. */
const secret = fc
  .string({ unit: fc.constantFrom(...'abcXYZ0189"\\/ |$`ß密'), minLength: 6, maxLength: 24 })
  .map((tail) => `s3${tail}7q`);

const SECRETS = 6;

/** A config with secrets in the right places, in wrong ones, and as names; sometimes cut off. */
const config = fc
  .record({
    secrets: fc.array(secret, { minLength: SECRETS, maxLength: SECRETS }),
    places: fc.array(fc.constantFrom(...Array.from({ length: 14 }, (_, place) => place)), {
      minLength: 3,
      maxLength: 8,
    }),
    appId: fc.constantFrom('cli_0123456789abcdef', undefined),
    cut: fc.option(fc.double({ min: 0.2, max: 0.95, noNaN: true }), { freq: 6 }),
    indent: fc.constantFrom(0, 2),
  })
  .map(({ secrets, places, appId, cut, indent }) => {
    const of = (index: number) => secrets[index % SECRETS] ?? '';
    const feishu: Record<string, unknown> = {
      domain: 'http://127.0.0.1:1',
      ...(appId !== undefined && { appId }),
      appSecret: of(0),
    };
    const root: Record<string, unknown> = { channels: { feishu } };
    places.forEach((place, index) => {
      const value = of(index);
      const put: (() => void)[] = [
        () => Object.assign(feishu, { accounts: { work: { appId, appSecret: value } } }),
        () => Object.assign(feishu, { appsecret: value }),
        () => Object.assign(feishu, { dmPolicy: value }),
        () => Object.assign(feishu, { appId: value }),
        () => Object.assign(feishu, { [value]: true }),
        () => Object.assign(feishu, { accounts: { [value]: { appSecret: of(index + 1) } } }),
        () => Object.assign(feishu, { groups: { [value]: { enabled: value } } }),
        () => Object.assign(feishu, { allowFrom: [value] }),
        () => Object.assign(feishu, { appSecretFile: `~/${value}` }),
        () => Object.assign(feishu, { domain: `http://${encodeURIComponent(value)}.invalid` }),
        () => Object.assign(root, { gateway: { auth: { token: value } } }),
        () => Object.assign(root, { env: { FEISHU_KEY: value } }),
        () => Object.assign(root, { plugins: { deny: ['feishu', value] } }),
        () => Object.assign(feishu, { inbox: value, defaultAccount: value }),
      ];
      put[place]?.();
    });
    const whole = JSON.stringify(root, undefined, indent);
    return { text: cut === null ? whole : whole.slice(0, Math.floor(whole.length * cut)), secrets };
  });

const spellings = (value: string) => [
  value,
  JSON.stringify(value).slice(1, -1),
  encodeURIComponent(value),
  value.replaceAll('|', '\\|'),
];

it('holds no secret, whatever config it is made of', async () => {
  const home = await temporaryHome();
  const samples = fc.sample(config, { numRuns: 1000, seed: 20 });
  const look = async ({ text, secrets }: (typeof samples)[number], index: number) => {
    const own = join(home, String(index));
    await mkdir(join(own, '.clawdbot'), { recursive: true, mode: 0o700 });
    await writeFile(join(own, '.clawdbot', 'moltbot.json'), text, { mode: 0o600 });
    const env = { PATH: '', HOME: own, HTTP_PROXY: undefined };
    const account = await examine({
      location: locateConfig({ env, home: own }),
      accountId: 'default',
      env,
      home: own,
      platform: process.platform,
      uid: process.getuid?.(),
      now: Date.now,
      log: silentLogger,
      exchangeMs: 500,
      pluginFolder: undefined,
      signal: new AbortController().signal,
    });
    const report = reportBundle({
      version: '1.0.0',
      node: 'v22.0.0',
      platform: 'linux x64',
      home: own,
      env,
      accounts: [account],
    });
    expect(report).toContain('## moltbot-feishu doctor');
    for (const value of secrets.flatMap(spellings)) {
      expect(report.includes(value), `${value} in:\n${report}\nmade of:\n${text}`).toBe(false);
    }
    expect(report).not.toContain(own);
  };
  for (let at = 0; at < samples.length; at += 50) {
    await Promise.all(samples.slice(at, at + 50).map((sample, index) => look(sample, at + index)));
  }
});

describe('the report of a working account', () => {
  it('says how things are set, and not who or where', async () => {
    const workplace = await openWorkplace({ host: 'clawdbot' });
    try {
      const { sandbox, home } = workplace;
      const person = sandbox.user.openId;
      workplace.feishu = { ...workplace.feishu, dmPolicy: 'allowlist', allowFrom: [person] };
      const account = await workplace.run();
      const report = reportBundle({
        version: '1.0.0',
        node: 'v22.0.0',
        platform: 'linux x64',
        home,
        env: workplace.env,
        accounts: [account],
      });
      expect(report).toContain('"dmPolicy": "allowlist"');
      expect(report).toContain('| credentials | ok | accepted |');
      expect(report).toContain(`${sandbox.appId.slice(0, 8)}…${sandbox.appId.slice(-4)}`);
      for (const hidden of [sandbox.appId, sandbox.appSecret, person, home, sandbox.botName()]) {
        expect(report).not.toContain(hidden);
      }
      expect(report).not.toContain(new URL(sandbox.url).host);
    } finally {
      await workplace.close();
    }
  });
});
