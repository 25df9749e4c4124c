import { describe, expect, it } from 'vitest';
import { configuredAppChecks, credentialChecks } from '../../src/doctor/app/ready-checks.ts';
import { runChecks } from '../../src/doctor/check.ts';
import { firstProblem } from '../../src/doctor/verdict.ts';
import { createPlatformClient } from '../../src/platform/client/client.ts';
import { Secret } from '../../src/shared/secret.ts';
import { render } from '../../src/shared/text/text.ts';
import { faults } from './faults/all.ts';
import type { DoctorFault } from './faults/fault.ts';
import { openWorkplace } from './workplace.ts';

const faultOf = (words: string): DoctorFault => {
  const fault = faults.find(({ broken }) => broken.includes(words));
  if (!fault) throw new RangeError(`no fault says ${words}`);
  return fault;
};

describe('two faults at once', () => {
  it.each([
    ['others can read the config', 'messages were given up'],
    ['the policy lets no person write to the bot', 'the App Secret is wrong'],
    ['the clock is wrong', 'two clients share the messages'],
    ['the message event is not in', 'messages wait and no process works'],
    ['the plugin is switched off', 'people wait for their pairing code'],
  ])('are both named, the earlier one first: %s, %s', async (...names) => {
    const [earlier, later] = names.map(faultOf) as [DoctorFault, DoctorFault];
    const workplace = await openWorkplace(earlier.place ?? later.place);
    try {
      for (const fault of [later, earlier]) await fault.make?.(workplace);
      const { checks } = await workplace.run();
      const broken = checks.filter(({ status }) => status === 'fail' || status === 'warn');
      expect(broken.map(({ id }) => id).slice(0, 2)).toEqual([earlier.check, later.check]);
    } finally {
      await workplace.close();
    }
  });

  it('takes what fails for the broken link, though something before it is odd', async () => {
    const workplace = await openWorkplace();
    try {
      workplace.feishu = { ...workplace.feishu, dmPolicy: 'allowlist', appSecret: 'wrong-secret' };
      const { checks } = await workplace.run();
      expect(firstProblem(checks)?.id).toBe('credentials');
      expect(checks.find(({ id }) => id === 'policy')?.status).toBe('warn');
      // What stands behind it is skipped, for the reason that stands first.
      const bot = checks.find(({ id }) => id === 'bot');
      expect(bot?.detail && render(bot.detail, 'en')).toBe('skipped because credentials failed');
      const online = checks.find(({ id }) => id === 'online');
      expect(online?.detail && render(online.detail, 'en')).toBe(
        'skipped because credentials failed',
      );
    } finally {
      await workplace.close();
    }
  });
});

it('finds credentials of the other brand by asking it', async () => {
  const workplace = await openWorkplace();
  const { sandbox } = workplace;
  try {
    const secret = new Secret(sandbox.appSecret);
    const at = (appId: string) =>
      createPlatformClient({ appId, appSecret: secret, domain: sandbox.url });
    // The same stand-in for both: it knows the app only under one of the names.
    const unknown = at('cli_00000000000000cc');
    const client = { ...unknown, endpoints: { ...unknown.endpoints, brand: 'feishu' as const } };
    const asked: string[] = [];
    const results = await runChecks(
      [...credentialChecks, ...configuredAppChecks],
      {
        client,
        env: {},
        now: Date.now,
        otherBrand: (domain) => {
          asked.push(domain);
          return at(sandbox.appId);
        },
      },
      { signal: new AbortController().signal, now: Date.now },
    );
    const found = results.find(({ id }) => id === 'credentials');
    expect(asked).toEqual(['lark']);
    expect(found?.status).toBe('fail');
    expect(found?.detail && render(found.detail, 'en')).toBe(
      'this app belongs to lark, the domain says feishu',
    );
    expect(found?.advice && render(found.advice, 'zh')).toBe('请将 domain 设为 “lark”');
  } finally {
    await workplace.close();
  }
});
