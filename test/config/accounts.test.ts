import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listAccounts, loadAppSecret, resolveAccount } from '../../src/config/account/accounts.ts';
import type { FeishuSection } from '../../src/config/rules/schema.ts';
import { Secret } from '../../src/shared/secret.ts';
import { type LocalizedText, render } from '../../src/shared/text/text.ts';
import { everyRow } from '../support/every-row.ts';
import { APP_ID, OTHER_APP_ID, workplace } from './workplace.ts';

describe('the accounts of a section', () => {
  everyRow<[string, FeishuSection, string[]]>([
    ['none', {}, []],
    ['the top level', { appId: APP_ID }, ['default']],
    ['named ones', { accounts: { b: {}, a: {} } }, ['b', 'a']],
    ['both', { appId: APP_ID, accounts: { work: {} } }, ['default', 'work']],
    [
      'default by name',
      { appId: APP_ID, accounts: { work: {}, default: {} } },
      ['work', 'default'],
    ],
  ])('%s', (_name, section, ids) => {
    expect(listAccounts(section)).toStrictEqual(ids);
  });

  it('applies the defaults of the contract', () => {
    expect(resolveAccount({ appId: APP_ID }, 'default')).toStrictEqual({
      id: 'default',
      enabled: true,
      appId: APP_ID,
      appSecret: undefined,
      domain: 'feishu',
      dmPolicy: 'open',
      allowFrom: [],
      dms: {},
      groupPolicy: 'open',
      groupAllowFrom: [],
      groupSenderAllowFrom: [],
      requireMention: true,
      allowBots: false,
      groups: {},
      replyInThread: false,
      streaming: 'auto',
      toolProgress: 'line',
      renderMode: 'auto',
      allowMentionAll: false,
      typingReaction: true,
      actions: {},
      menus: false,
      mediaMaxMb: 20,
      maxMessages: 10,
      reactionNotifications: 'own',
      groupSessionScope: 'group_topic',
    });
  });

  it('inherits every setting from the top level, and lets the account overrule it', () => {
    const top = {
      domain: 'lark',
      dmPolicy: 'allowlist',
      allowFrom: ['ou_top'],
      groupPolicy: 'disabled',
      groupAllowFrom: ['oc_top'],
      groupSenderAllowFrom: ['ou_boss'],
      requireMention: false,
      replyInThread: true,
      streaming: 'off',
      typingReaction: false,
    } as const;
    const section = {
      ...top,
      allowFrom: [...top.allowFrom],
      groupAllowFrom: [...top.groupAllowFrom],
      groupSenderAllowFrom: [...top.groupSenderAllowFrom],
      dms: { ou_1: { enabled: false } },
      groups: { oc_1: { requireMention: false, enabled: true } },
      accounts: {
        a: { appId: APP_ID },
        b: {
          appId: OTHER_APP_ID,
          dmPolicy: 'open' as const,
          groupSenderAllowFrom: [],
          groups: { oc_1: { enabled: false } },
          dms: { ou_2: { enabled: false } },
        },
      },
    };
    expect(resolveAccount(section, 'a')).toMatchObject({
      ...top,
      groups: { oc_1: { requireMention: false, enabled: true } },
      dms: { ou_1: { enabled: false } },
    });
    expect(resolveAccount(section, 'b')).toMatchObject({
      ...top,
      dmPolicy: 'open',
      groupSenderAllowFrom: [],
      groups: { oc_1: { requireMention: false, enabled: false } },
      dms: { ou_1: { enabled: false }, ou_2: { enabled: false } },
    });
  });

  it('is enabled only when the channel is, too', () => {
    expect(
      resolveAccount({ enabled: false, accounts: { a: { enabled: true } } }, 'a').enabled,
    ).toBe(false);
    expect(resolveAccount({ accounts: { a: { enabled: false } } }, 'a').enabled).toBe(false);
  });

  const top = { appId: APP_ID, appSecret: 'top' };
  everyRow<[string, FeishuSection, string, [string, string | undefined, string | undefined]]>([
    [
      'an account with nothing takes both',
      { ...top, accounts: { a: {} } },
      'a',
      [APP_ID, 'top', undefined],
    ],
    [
      'its App ID never meets the top secret',
      { ...top, accounts: { a: { appId: OTHER_APP_ID } } },
      'a',
      [OTHER_APP_ID, undefined, undefined],
    ],
    [
      'its secret never meets the top App ID',
      { ...top, accounts: { a: { appSecret: 'own' } } },
      'a',
      ['', 'own', undefined],
    ],
    [
      'the same app may use the top secret',
      { ...top, accounts: { a: { appId: APP_ID } } },
      'a',
      [APP_ID, 'top', undefined],
    ],
    [
      'accounts.default completes the top level',
      { ...top, accounts: { default: { appSecret: 'own' } } },
      'default',
      [APP_ID, 'own', undefined],
    ],
    [
      'a file of its own outdoes the top secret',
      { ...top, accounts: { a: { appId: APP_ID, appSecretFile: 'f' } } },
      'a',
      [APP_ID, undefined, 'f'],
    ],
    ['an account that is not there has no app', top, 'ghost', ['', undefined, undefined]],
    [
      'nor has one named like a method',
      { ...top, accounts: {} },
      'constructor',
      ['', undefined, undefined],
    ],
  ])('%s', (_name, section, id, [appId, secret, file]) => {
    const account = resolveAccount(section, id);
    expect([account.appId, account.appSecret?.reveal(), account.appSecretFile]).toStrictEqual([
      appId,
      secret,
      file,
    ]);
  });
});

describe('the App Secret', () => {
  const load = async (
    settings: { appSecret?: string; appSecretFile?: string },
    home: ReturnType<typeof workplace>,
  ) => {
    const warnings: string[] = [];
    const account = resolveAccount({ appId: APP_ID, ...settings }, 'default');
    const warn = (warning: LocalizedText) => warnings.push(render(warning, 'en'));
    const secret = await loadAppSecret(account, {
      location: home.location(),
      home: home.home,
      warn,
    });
    return { secret, warnings };
  };

  it('is the literal when there is one', async () => {
    const { secret } = await load({ appSecret: 'abc', appSecretFile: 'nowhere' }, workplace());
    expect(secret.equals(new Secret('abc'))).toBe(true);
  });

  it.each([
    [
      'relative to the config',
      (place: ReturnType<typeof workplace>) => [join(place.stateDir, 'f'), 'f'] as const,
    ],
    [
      'in the home directory',
      (place: ReturnType<typeof workplace>) => [join(place.home, 'f'), '~/f'] as const,
    ],
    [
      'by its full path',
      (place: ReturnType<typeof workplace>) =>
        [join(place.home, 'g'), join(place.home, 'g')] as const,
    ],
  ])('is read from a file %s, less the line end', async (_name, where) => {
    const place = workplace();
    await place.write('{}');
    const [file, setting] = where(place);
    await writeFile(file, ' abc \r\n', { mode: 0o600 });
    const { secret, warnings } = await load({ appSecretFile: setting }, place);
    expect(secret.reveal()).toBe(' abc ');
    expect(warnings).toStrictEqual([]);
  });

  it('warns of a file that others can read', async () => {
    const place = workplace();
    await place.write('abc', 'f');
    await chmod(join(place.stateDir, 'f'), 0o644);
    expect((await load({ appSecretFile: 'f' }, place)).warnings).toStrictEqual([
      expect.stringContaining('chmod 600'),
    ]);
  });

  it.each([
    ['nothing is configured', {}, 'secret-missing'],
    ['the file is not there', { appSecretFile: 'nowhere' }, 'secret-unreadable'],
    ['the file is empty', { appSecretFile: 'empty' }, 'secret-missing'],
  ])('is an error when %s', async (_name, settings, code) => {
    const place = workplace();
    await place.write('\n', 'empty');
    await expect(load(settings, place)).rejects.toMatchObject({ code, exitCode: 5 });
  });
});
