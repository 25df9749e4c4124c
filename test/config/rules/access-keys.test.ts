import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/channel/message/policy.ts';
import { resolveAccount } from '../../../src/config/account/accounts.ts';
import { checkSection, keyWarnings } from '../../../src/config/check.ts';
import type { JsonObject, JsonValue } from '../../../src/config/json5/json5.ts';
import { findUnknownKeys } from '../../../src/config/rules/unknown-keys.ts';
import { isMoltbotFeishuError } from '../../../src/shared/errors.ts';
import { inbound } from '../../channel/messages.ts';
import { APP_ID } from '../workplace.ts';

/** The keys that keep a section from being read; empty where it can be. */
function refused(section: JsonValue): readonly string[] {
  try {
    checkSection(section, 'config');
    return [];
  } catch (error) {
    if (!isMoltbotFeishuError(error, 'config-invalid')) throw error;
    expect(error.exitCode).toBe(5);
    return (error.details.keys as string[]).map((key) => key.replace('channels.feishu.', ''));
  }
}

const at: Readonly<Record<string, (keys: JsonObject) => JsonObject>> = {
  '': (keys) => keys,
  'accounts.a.': (keys) => ({ accounts: { a: keys } }),
  'groups.oc_1.': (keys) => ({ groups: { oc_1: keys } }),
  'accounts.a.groups.oc_1.': (keys) => ({ accounts: { a: { groups: { oc_1: keys } } } }),
  'dms.ou_1.': (keys) => ({ dms: { ou_1: keys } }),
  'accounts.a.dms.ou_1.': (keys) => ({ accounts: { a: { dms: { ou_1: keys } } } }),
};

const aboutAccess = [
  ...['dmpolicy', 'allowfrom', 'dm_policy', 'DMPolicy', 'dm-policy', 'dmPolcy', 'groupPolcy'],
  ...['dmPolicy ', 'dmPoli\u200Bcy', 'dmP\u043Elicy', '\uFF44mPolicy'],
  ...['dmAllowFrom', 'allowUsers', 'allowedUsers', 'userAllowlist', 'groupUserAllowFrom'],
  ...['denyFrom', 'deniedUsers', 'blockedSenders', 'blocklist', 'blockFrom', 'members', 'users'],
  ...['senders', 'groupMembers', 'accessPolicy', 'directMessagePolicy', 'banned', 'admins'],
  ...['whitelist', 'black_list', 'dm', 'group', 'dmEnabled', 'groupsEnabled', 'ignoreGroups'],
  ...['disabled', 'enable', 'Enabled', 'requireMentions', 'require_mention', '白名单'],
  ...['active', 'inactive', 'off', 'on', 'paused', 'suspended', 'muted'],
  ...['direct', 'directs', 'p2p', '_p2p', 'private', 'dmss', 'dsm', 'dmx'],
  ...['userIds', 'permits', 'permission', 'ownerIds', 'chatOwners', 'DM_list', 'chat_mode'],
];

describe('a key that has to do with who may use the bot, and that nobody reads', () => {
  it('is an error with its path, wherever it is', () => {
    const passed = Object.entries(at).flatMap(([place, section]) =>
      aboutAccess.filter((key) => {
        const [only, ...others] = refused(section({ [key]: ['ou_boss'] }));
        return only !== `${place}${key}` || others.length > 0;
      }),
    );
    expect(passed).toEqual([]);
  });

  it('is corrected to no key that is another rule, only to its own spelling', () => {
    const near = (key: string) => findUnknownKeys({ [key]: ['ou_boss'] })[0]?.near;
    const others = ['dmAllowFrom', 'dm_allow_from', 'allowFromDM', 'noAllowFrom', 'myGroups'];
    expect(others.map(near)).toEqual(others.map(() => undefined));
    const misspelt = ['allow_from', 'alowFrom', 'allowFroms', 'DMPolicy', 'dmPolcy', 'groupPolciy'];
    expect(misspelt.map(near)).toEqual([
      ...['allowFrom', 'allowFrom', 'allowFrom', 'dmPolicy', 'dmPolicy', 'groupPolicy'],
    ]);
  });

  it('is an error, too, where it is known elsewhere only', () => {
    expect(refused({ groups: { oc_1: { dmPolicy: 'allowlist', enabled: true } } })).toEqual([
      'groups.oc_1.dmPolicy',
    ]);
    expect(refused({ dms: { ou_1: { allowFrom: [] } } })).toEqual(['dms.ou_1.allowFrom']);
    expect(refused({ accounts: { a: { accounts: {} } } })).toEqual([]);
  });

  it('is found below keys that nobody reads', () => {
    expect(refused({ security: { rules: [{ allowFrom: ['ou_1'] }] } })).toEqual([
      'security.rules.0.allowFrom',
    ]);
    expect(refused({ heartbeat: { showOk: true, recipients: { deny: [] } } })).toEqual([
      'heartbeat.recipients.deny',
    ]);
  });

  it('is no error where a host reads it, or where it turns on something else', () => {
    const tools = { tools: { allow: ['read'] }, toolsBySender: { ou_1: { deny: ['exec'] } } };
    const section = { name: 'Bot', heartbeat: { enabled: true }, groups: { oc_1: tools } };
    expect(refused(section)).toEqual([]);
    expect(keyWarnings(section)).toEqual([]);
    expect(refused({ footer: { enabled: false } })).toEqual([]);
    expect(refused({ footer: { requireMention: false } })).toEqual(['footer.requireMention']);
  });

  it('is named with every other one, and with every wrong value', () => {
    expect(
      refused({
        appId: 'app',
        dmpolicy: 'allowlist',
        groups: { team: { enabled: false }, oc_1: { members: [], enabled: 'no' } },
        accounts: { a: { mediaMaxMb: 0 } },
      }).toSorted(),
    ).toEqual(
      [
        'appId',
        'groups.team',
        'groups.oc_1.enabled',
        'accounts.a.mediaMaxMb',
        'dmpolicy',
        'groups.oc_1.members',
      ].toSorted(),
    );
  });
});

describe('every other unknown key', () => {
  const others = [
    ...['colour', 'renderer', 'connectionMode', 'webhookPath', 'verificationToken', 'footer'],
    ...['resolveSenderNames', 'typingIndicator'],
    ...['systemPrompt', 'skills', 'tts', 'streamingMode', 'blockStreming', 'appID', 'domains'],
    ...['textChunkLimits', 'banner', 'stickerSets', 'toolProgres'],
    ...['blockStremin', 'username', 'channel', 'dim', 'dst', 'dmxy', 'sums'],
  ];

  it('warns, each of them, and is no error', () => {
    const section = { appId: APP_ID, ...Object.fromEntries(others.map((key) => [key, {}])) };
    expect(refused(section)).toEqual([]);
    expect(keyWarnings(section).map(({ path }) => path.at(-1))).toEqual(others);
  });

  it('warns once, also where its value is a text or a list of texts', () => {
    const section = { colour: 'red', footer: ['one', 'two'], banner: { text: 'three' } };
    expect(keyWarnings(section).map(({ path }) => path.at(-1))).toEqual(Object.keys(section));
  });

  it('names the key that it may mean, unless that one decides who may use the bot', () => {
    const meant = (key: string) => keyWarnings({ [key]: true })[0]?.text.params.near;
    expect(['domains', 'resolveSenderNames', 'demos'].map(meant)).toEqual([
      'domain',
      undefined,
      undefined,
    ]);
  });

  it('is renamed only where it is the same word, misspelt, and its value would do', () => {
    const renamed = (section: JsonObject) =>
      keyWarnings(section).map(({ path, renameTo }) => [path.at(-1), renameTo]);
    expect(
      renamed({
        appID: APP_ID,
        typing_reaction: true,
        typingReactions: 'sometimes',
        streamingMode: 'block',
        replyThread: true,
        mediaMaxMB: 3,
        textchunklimit: 4000,
        strmming: 'block',
        strming: 'block',
      }),
    ).toEqual([
      ['appID', 'appId'],
      ['typing_reaction', 'typingReaction'],
      ['typingReactions', undefined],
      ['streamingMode', undefined],
      ['replyThread', 'replyInThread'],
      ['mediaMaxMB', 'mediaMaxMb'],
      ['textchunklimit', 'textChunkLimit'],
      // Two slips are few in eight letters, and too many in seven.
      ['strmming', 'streaming'],
      ['strming', undefined],
    ]);
  });
});

describe('a typo in an access key', () => {
  const policies: fc.Arbitrary<JsonObject> = fc.record(
    {
      enabled: fc.boolean(),
      dmPolicy: fc.constantFrom('open', 'pairing', 'allowlist', 'disabled'),
      allowFrom: fc.subarray(['ou_boss', 'ou_stranger', '*']),
      dms: fc.dictionary(
        fc.constantFrom('ou_boss', 'ou_stranger', '*'),
        fc.record({ enabled: fc.boolean() }),
      ),
      groupPolicy: fc.constantFrom('open', 'allowlist', 'disabled'),
      groupAllowFrom: fc.subarray(['oc_team', 'oc_other', '*']),
      groupSenderAllowFrom: fc.subarray(['ou_boss', 'ou_stranger', '*']),
      requireMention: fc.boolean(),
      groups: fc.dictionary(
        fc.constantFrom('oc_team', 'oc_other', '*'),
        fc.record(
          {
            enabled: fc.boolean(),
            requireMention: fc.boolean(),
            allowFrom: fc.subarray(['ou_boss', 'ou_stranger', '*']),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  );

  const slip = fc.oneof(
    fc.record({ kind: fc.constant('drop' as const), where: fc.nat() }),
    fc.record({ kind: fc.constant('double' as const), where: fc.nat() }),
    fc.record({ kind: fc.constant('swap' as const), where: fc.nat() }),
    fc.record({ kind: fc.constant('case' as const), where: fc.nat() }),
    fc.record({
      kind: fc.constant('insert' as const),
      where: fc.nat(),
      what: fc.constantFrom('_', '-', ' ', 'x', 's', '\u200B'),
    }),
    fc.record({ kind: fc.constant('upper' as const), where: fc.nat() }),
  );
  type Slip = typeof slip extends fc.Arbitrary<infer T> ? T : never;

  function misspelt(key: string, how: Slip): string {
    const index = how.where % key.length;
    const [before, letter = '', after] = [key.slice(0, index), key[index], key.slice(index + 1)];
    switch (how.kind) {
      case 'drop':
        return before + after;
      case 'double':
        return before + letter + letter + after;
      case 'swap':
        return before + after.slice(0, 1) + letter + after.slice(1);
      case 'case':
        return (
          before +
          (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()) +
          after
        );
      case 'insert':
        return before + how.what + letter + after;
      case 'upper':
        return key.toUpperCase();
    }
  }

  function answered(section: JsonObject): readonly string[] {
    const account = resolveAccount(checkSection(section, 'config'), 'default');
    if (!account.enabled) return [];
    const mention = [{ key: '@_user_1', openId: 'ou_bot', name: 'Bot' }];
    const messages = ['ou_boss', 'ou_stranger'].flatMap((senderOpenId) => [
      inbound({ senderOpenId, messageId: `direct ${senderOpenId}` }),
      ...['oc_team', 'oc_third'].flatMap((chatId) =>
        [[], mention].map((mentions) =>
          inbound({
            senderOpenId,
            chatId,
            chatType: 'group',
            mentions,
            messageId: `${chatId} ${senderOpenId} ${mentions.length}`,
          }),
        ),
      ),
    ]);
    return messages
      .filter((message) => decide(message, account, 'ou_bot').kind === 'answer')
      .map(({ messageId }) => messageId);
  }

  it('lets in nobody who is not let in by the right name', () => {
    fc.assert(
      fc.property(
        policies,
        fc.nat(),
        fc.array(slip, { minLength: 1, maxLength: 2 }),
        fc.constantFrom('top', 'account', 'group', 'dm'),
        (policy, pick, slips, place) => {
          const right: JsonObject =
            place === 'account' ? { accounts: { default: policy } } : { ...policy };
          const inner = (section: JsonObject): JsonObject | undefined => {
            if (place === 'top') return section;
            if (place === 'account') return (section.accounts as JsonObject).default as JsonObject;
            const entries = (place === 'group' ? section.groups : section.dms) as
              | JsonObject
              | undefined;
            return Object.values(entries ?? {})[0] as JsonObject | undefined;
          };
          const wrong = structuredClone(right);
          const spot = inner(wrong) as Record<string, JsonValue> | undefined;
          const keys = Object.keys(spot ?? {});
          const key = keys[pick % keys.length];
          fc.pre(spot !== undefined && key !== undefined);
          // Two slips make another word of a short name.
          const few = key.length < 7 ? slips.slice(0, 1) : slips;
          const name = few.reduce(misspelt, key);
          fc.pre(!(name in spot) && name !== '');
          spot[name] = spot[key] as JsonValue;
          delete spot[key];
          if (refused(wrong).length > 0) return;
          const allowed = answered(right);
          expect(answered(wrong).filter((message) => !allowed.includes(message))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
