/** What a host shows of the channel: its audits, its error texts. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { checkSection } from '../../src/config/check.ts';
import { security } from '../../src/host/people/policy.ts';
import { hostAccount } from '../../src/host/section/section.ts';
import { setup } from '../../src/host/setup/setup.ts';

const app = { appId: 'cli_0123456789abcdef', appSecret: 'the-secret-of-the-app' };

function reported(feishu: Record<string, unknown>, accountId = 'default') {
  const cfg = { channels: { feishu: { ...app, ...feishu } } };
  const account = hostAccount(cfg, accountId);
  const policy = security.resolveDmPolicy({ cfg, accountId, account });
  return { ...policy, warnings: security.collectWarnings({ cfg, accountId, account }) };
}

it('reports an open policy as hosts expect it, and leaves the warning to them', () => {
  // The minimal config of the documentation.
  expect(() => checkSection({ enabled: true, ...app }, 'moltbot.json')).not.toThrow();
  const open = reported({});
  expect(open).toMatchObject({ policy: 'open', allowFrom: ['*'] });
  expect(open.warnings.filter((line) => /dmPolicy|DMs/.test(line))).toEqual([]);
  const named = reported({ dmPolicy: 'open', allowFrom: ['ou_a', '*', 'ou_b'] });
  expect(named.allowFrom).toEqual(['*', 'ou_a', 'ou_b']);
  const account = reported(
    { dmPolicy: 'pairing', accounts: { work: { ...app, dmPolicy: 'open' } } },
    'work',
  );
  expect(account.allowFrom).toEqual(['*']);
});

it('opens nothing in what it reports of other policies', () => {
  for (const dmPolicy of ['pairing', 'allowlist']) {
    expect(reported({ dmPolicy, allowFrom: ['ou_a'] }).allowFrom).toEqual(['ou_a']);
  }
});

it.each([
  ['en_US.UTF-8', /Guided/],
  ['zh_CN.UTF-8', /扫码/],
])('says which form `channels add` takes in words that no masking hits: %s', (locale, guided) => {
  vi.stubEnv('LC_ALL', locale);
  onTestFinished(() => void vi.unstubAllEnvs());
  const usage =
    setup.validateInput({ cfg: {}, accountId: 'default', input: { token: 'wrong' } }) ?? '';
  // As clawdbot@2026.1.24-3 (logging/redact) and openclaw@2026.9.6 mask what follows such a flag.
  const masked = [
    /--(?:api[-_]?key|(?:[\w-]+-)?token|secret|password|passwd)(?:\s+|=)["']?[^\s"']+/i,
    /\b[A-Z0-9_]*(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD)\b\s*[=:]\s*["']?[^\s"'\\]+/i,
    /\b\d{6,}:[\w-]{20,}\b/,
  ];
  expect(masked.filter((pattern) => pattern.test(usage))).toEqual([]);
  expect(usage).toContain('cli_0123456789abcdef:AppSecret');
  expect(usage).toMatch(guided);
  for (const flag of ['--token', '--token-file', '--user-id', '--use-env']) {
    expect(usage).toContain(flag);
  }
});

it('repeats nothing of what was given for an address', () => {
  const problem = setup.validateInput({
    cfg: {},
    accountId: 'default',
    input: { token: `${app.appId}:s`, url: app.appSecret },
  });
  expect(problem).toContain('--url');
  expect(problem).not.toContain(app.appSecret);
});
