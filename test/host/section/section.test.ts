import fc from 'fast-check';
import { expect, it } from 'vitest';
import { removalEdits } from '../../../src/config/change/removal.ts';
import { planEdit } from '../../../src/config/edit.ts';
import type { SetupInput } from '../../../src/host/contract.ts';
import { normalizeTarget, parseTarget } from '../../../src/host/people/targets.ts';
import {
  accountIds,
  defaultAccountId,
  groupNeedsMention,
  groupTools,
  hostAccount,
} from '../../../src/host/section/section.ts';
import { withEnabled, withoutAccount } from '../../../src/host/section/section-changes.ts';
import { readGivenCredentials } from '../../../src/host/setup/setup.ts';
import { everyRow } from '../../support/every-row.ts';

const appId = 'cli_0123456789abcdef';

it('never throws, whatever stands in the section', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (feishu, id) => {
      const cfg = { channels: { feishu } };
      for (const accountId of [...accountIds(cfg), id, undefined]) hostAccount(cfg, accountId);
      groupNeedsMention(cfg, id, 'oc_x');
      groupTools(cfg, id, 'oc_x');
      defaultAccountId(cfg);
      withEnabled(cfg, 'x', true);
      withoutAccount(cfg, 'x');
    }),
  );
});

it('describes accounts without their secrets', () => {
  const cfg = { channels: { feishu: { appId, appSecret: 'the-secret', accounts: { work: {} } } } };
  expect(accountIds(cfg)).toEqual(['default', 'work']);
  expect(hostAccount(cfg)).toMatchObject({
    accountId: 'default',
    configured: true,
    secretSource: 'config',
  });
  expect(JSON.stringify(hostAccount(cfg))).not.toContain('the-secret');
});

it('turns accounts on and off, and takes them out, where they stand', () => {
  const cfg = {
    other: 1,
    channels: { feishu: { enabled: false, appId, appSecret: 's', accounts: { work: { appId } } } },
  };
  expect(withEnabled(cfg, 'work', true)).toMatchObject({
    other: 1,
    channels: { feishu: { enabled: true, accounts: { work: { enabled: true } } } },
  });
  expect(withoutAccount(cfg, 'work')).toEqual({
    other: 1,
    channels: { feishu: { enabled: false, appId, appSecret: 's' } },
  });
  // It had its secret from the top level.
  expect(withoutAccount(cfg, 'default')).toEqual({
    other: 1,
    channels: { feishu: { enabled: false, accounts: { work: { appId, appSecret: 's' } } } },
  });
  const only = { channels: { telegram: {}, feishu: { enabled: true } } };
  expect(withoutAccount(only, 'default')).toEqual({ channels: { telegram: {} } });
  expect(withoutAccount(only, 'work')).toEqual(only);
});

const credentials = fc.record(
  {
    appId: fc.constantFrom(appId, 'cli_fedcba9876543210'),
    appSecret: fc.constant('s'),
    appSecretFile: fc.constant('~/secret.txt'),
    name: fc.constant('a name'),
    dmPolicy: fc.constantFrom('open', 'pairing'),
  },
  { requiredKeys: [] },
);
const ids = fc.constantFrom('default', 'work', 'play');
const section = fc
  .tuple(credentials, fc.dictionary(ids, credentials), fc.option(ids, { nil: undefined }))
  .map(([top, accounts, named]) => ({ ...top, accounts, ...(named && { defaultAccount: named }) }));

it('takes an account out as `remove` does, and leaves the others as they were', () => {
  fc.assert(
    fc.property(section, ids, (feishu, id) => {
      const cfg = { other: 1, channels: { feishu } };
      const now = withoutAccount(cfg, id);
      const edits = removalEdits({ merged: cfg, section: undefined }, id);
      expect(now).toEqual(JSON.parse(planEdit(JSON.stringify(cfg), edits).text));
      for (const other of accountIds(cfg).filter((one) => one !== id)) {
        expect(hostAccount(now, other)).toEqual(hostAccount(cfg, other));
      }
      expect(accountIds(now)).not.toContain(id);
    }),
  );
});

everyRow([
  ['user:ou_a', 'user:ou_a'],
  ['feishu:ou_a', 'user:ou_a'],
  ['oc_g', 'chat:oc_g'],
  ['feishu:group:oc_g', 'chat:oc_g'],
  ['General', undefined],
])('reads the target %s as %s', (raw, normal) => {
  expect(normalizeTarget(raw)).toBe(normal);
  if (normal !== undefined) expect(parseTarget(normal)).toEqual(parseTarget(raw));
});

it('takes an account from the flags that hosts have', () => {
  expect(readGivenCredentials({ token: `${appId}:s3cret` }, {})).toEqual({
    appId,
    secret: { appSecret: 's3cret' },
  });
  expect(readGivenCredentials({ userId: appId, tokenFile: '/run/secret' }, {})).toEqual({
    appId,
    secret: { appSecretFile: '/run/secret' },
  });
  const env = { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: 'x' };
  expect(readGivenCredentials({ useEnv: true }, env)?.secret).toEqual({
    appSecret: '${FEISHU_APP_SECRET}',
  });
  expect(readGivenCredentials({ token: 'only-a-secret' }, {})).toBeUndefined();
});

it('reads what `channels add` is given as a paste, and names what is no credential', () => {
  const secret = 'q7GeT4vKx93mZpLw8RtYb2NcHs5JdFu1';
  const both = { appId, secret: { appSecret: secret } };
  const env = (value: string) => ({ FEISHU_APP_ID: `"${appId}"`, FEISHU_APP_SECRET: value });
  type Row = readonly [SetupInput, unknown, Record<string, string>?];
  const rows: readonly Row[] = [
    [{ token: `"${appId}:${secret}"` }, both],
    [{ token: `{"appId": "${appId}", "appSecret": "${secret}"}` }, both],
    [{ botToken: `FEISHU_APP_ID=${appId} FEISHU_APP_SECRET=${secret}` }, both],
    [{ userId: ` ‘${appId}’ `, token: `"${secret}",` }, both],
    [{ code: appId, token: `appSecret: ${secret}${secret}` }, both],
    // The two swapped.
    [{ userId: secret, token: appId }, undefined],
    [{ userId: appId, token: appId }, undefined],
    [{ userId: appId, token: '${lower_case}' }, 'problem'],
    [{ userId: appId, token: '••••••••' }, 'problem'],
    [{ userId: appId, token: 'cli_0000000000000001' }, 'problem'],
    [{ useEnv: true }, 'problem', env(`"${secret}"`)],
    [{ useEnv: true }, 'problem', env('your_app_secret')],
    [{ useEnv: true }, { appId, secret: { appSecret: '${FEISHU_APP_SECRET}' } }, env(secret)],
  ];
  const wrong = rows.filter(([input, expected, variables = {}]) => {
    const given = readGivenCredentials(input, variables);
    if (expected === 'problem') return given?.problem === undefined;
    return JSON.stringify(given) !== JSON.stringify(expected);
  });
  expect(wrong).toEqual([]);
});

it('the tools of a group are those that the runtime reads for it', () => {
  const deny = (name: string) => ({ tools: { deny: [name] } });
  const accounts = { work: { groups: { oc_b: deny('read'), oc_c: {} } } };
  const groups = { oc_a: deny('exec'), '*': deny('write'), oc_d: { toolsBySender: {} } };
  const cfg = { channels: { feishu: { appId, groups, accounts } } };
  const denied = (accountId: string, groupId?: string) =>
    groupTools(cfg, accountId, groupId)?.deny ?? 'the host decides';
  // A host would read the groups of the account alone.
  expect(denied('work', 'oc_a')).toEqual(['exec']);
  expect(denied('work', 'oc_b')).toEqual(['read']);
  // A group without tools of its own has those of all groups.
  expect(denied('work', 'oc_c')).toEqual(['write']);
  expect(denied('work')).toEqual(['write']);
  expect(denied('default', 'oc_a:sender:ou_a:thread:omt_1')).toEqual(['exec']);
  expect(denied('default', 'OC_A')).toEqual(['exec']);
  expect(denied('default', 'oc_d')).toBe('the host decides');
});

it('a group policy of all channels counts where the section has none', () => {
  const defaults = { groupPolicy: 'disabled' };
  const policyOf = (feishu: object) => hostAccount({ channels: { defaults, feishu } }).groupPolicy;
  expect(policyOf({ appId })).toBe('disabled');
  expect(policyOf({ appId, groupPolicy: 'open' })).toBe('open');
});
