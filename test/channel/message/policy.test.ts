import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../../src/channel/message/event.ts';
import { decide, type PolicySettings } from '../../../src/channel/message/policy.ts';
import { resolveAccount } from '../../../src/config/account/accounts.ts';
import { everyRow } from '../../support/every-row.ts';
import { inbound } from '../messages.ts';

const BOT = 'ou_bot';
const open: PolicySettings = resolveAccount({ appId: 'cli_0123456789abcdef' }, 'default');
const mention = [{ key: '@_user_1', openId: BOT, name: 'Bot' }];
const group: Partial<InboundMessage> = { chatType: 'group', chatId: 'oc_g' };
const calling: Partial<InboundMessage> = { ...group, mentions: mention };

function verdict(
  message: Partial<InboundMessage>,
  settings: Partial<PolicySettings> = {},
  bot: string | undefined = BOT,
): string {
  const decision = decide(inbound(message), { ...open, ...settings }, bot);
  return 'reason' in decision ? decision.reason : decision.kind;
}

describe('who is never answered', () => {
  everyRow<[string, Partial<InboundMessage>, string]>([
    ['another bot in a direct chat', { senderType: 'app' }, 'other-bot'],
    ['another bot that mentions us', { ...calling, senderType: 'app' }, 'other-bot'],
    ['our own message', { senderOpenId: BOT, senderType: 'app' }, 'own-message'],
    ['our own message, said to be of a user', { ...calling, senderOpenId: BOT }, 'own-message'],
    ['an unknown kind of sender', { senderType: 'anonymous' }, 'other-bot'],
  ])('%s', (_, message, expected) => {
    expect(verdict(message, { requireMention: false })).toBe(expected);
  });

  it('a bot, also while we do not know who we are', () => {
    expect(decide(inbound({ ...calling, senderType: 'app' }), open, undefined)).toMatchObject({
      reason: 'other-bot',
    });
  });
});

describe('other bots, where they are allowed', () => {
  const bot: Partial<InboundMessage> = { ...group, senderType: 'app', senderOpenId: 'ou_other' };
  everyRow<[string, Partial<InboundMessage>, Partial<PolicySettings>, string]>([
    ['as people', { ...bot, mentions: mention }, { allowBots: true }, 'answer'],
    ['as people, without a mention', bot, { allowBots: true }, 'not-mentioned'],
    ['as people, none needed', bot, { allowBots: true, requireMention: false }, 'answer'],
    ['where they mention us', { ...bot, mentions: mention }, { allowBots: 'mentions' }, 'answer'],
    [
      'where they do not, though people need not',
      bot,
      { allowBots: 'mentions', requireMention: false },
      'not-mentioned',
    ],
    [
      'in this group',
      bot,
      { groups: { oc_g: { allowBots: true, requireMention: false } } },
      'answer',
    ],
    [
      'in all groups but this one',
      { ...bot, mentions: mention },
      { allowBots: true, groups: { oc_g: { allowBots: false } } },
      'other-bot',
    ],
    [
      'only those of the list',
      { ...bot, mentions: mention },
      { allowBots: true, groupSenderAllowFrom: ['ou_boss'] },
      'sender-not-allowed',
    ],
    ['in no direct chat', { ...bot, chatType: 'p2p' }, { allowBots: true }, 'other-bot'],
    [
      'nobody of an unknown kind',
      { ...bot, senderType: 'anonymous', mentions: mention },
      { allowBots: true },
      'other-bot',
    ],
  ])('%s', (_, message, settings, expected) => {
    expect(verdict(message, settings)).toBe(expected);
  });
});

describe('direct messages', () => {
  const anna = 'ou_anna';
  everyRow<[string, Partial<PolicySettings>, string]>([
    ['open', {}, 'answer'],
    ['allowlist, listed', { dmPolicy: 'allowlist', allowFrom: [anna] }, 'answer'],
    ['allowlist, everybody', { dmPolicy: 'allowlist', allowFrom: ['*'] }, 'answer'],
    ['allowlist, not listed', { dmPolicy: 'allowlist', allowFrom: ['ou_b'] }, 'not-in-allowlist'],
    ['allowlist, empty', { dmPolicy: 'allowlist' }, 'not-in-allowlist'],
    ['pairing, listed', { dmPolicy: 'pairing', allowFrom: [anna] }, 'answer'],
    ['pairing, not listed', { dmPolicy: 'pairing' }, 'not-paired'],
    ['disabled', { dmPolicy: 'disabled' }, 'direct-disabled'],
    ['disabled, listed', { dmPolicy: 'disabled', allowFrom: ['*', anna] }, 'direct-disabled'],
    ['group rules do not matter', { groupPolicy: 'disabled' }, 'answer'],
    ['people of groups do not matter', { groupSenderAllowFrom: ['ou_b'] }, 'answer'],
    ['the person disabled', { dms: { [anna]: { enabled: false } } }, 'person-disabled'],
    [
      'disabled, although listed',
      { dmPolicy: 'allowlist', allowFrom: [anna], dms: { [anna]: { enabled: false } } },
      'person-disabled',
    ],
    ['everyone else disabled', { dms: { '*': { enabled: false } } }, 'person-disabled'],
    [
      'everyone else disabled, not this person',
      { dms: { '*': { enabled: false }, [anna]: {} } },
      'answer',
    ],
    [
      'an entry lets nobody in',
      { dmPolicy: 'allowlist', dms: { [anna]: { enabled: true } } },
      'not-in-allowlist',
    ],
  ])('%s', (_, settings, expected) => {
    expect(verdict({ senderOpenId: anna }, settings)).toBe(expected);
    expect(decide(inbound({ senderOpenId: anna }), { ...open, ...settings }, undefined)).toEqual(
      decide(inbound({ senderOpenId: anna }), { ...open, ...settings }, BOT),
    );
  });

  it('an empty sender matches no list entry', () => {
    const settings: Partial<PolicySettings> = { dmPolicy: 'allowlist', allowFrom: [''] };
    expect(verdict({ senderOpenId: '' }, settings)).toBe('not-in-allowlist');
  });
});

describe('groups', () => {
  everyRow<[string, Partial<InboundMessage>, Partial<PolicySettings>, string]>([
    ['mentioned', calling, {}, 'answer'],
    ['not mentioned', group, {}, 'not-mentioned'],
    [
      'everybody mentioned',
      { ...group, mentions: [{ key: '@_all', openId: '', name: 'all' }] },
      {},
      'not-mentioned',
    ],
    [
      'somebody else mentioned',
      { ...group, mentions: [{ key: '@_user_1', openId: 'ou_x', name: 'X' }] },
      {},
      'not-mentioned',
    ],
    ['mention not required', group, { requireMention: false }, 'answer'],
    ['the group needs none', group, { groups: { oc_g: { requireMention: false } } }, 'answer'],
    [
      'the group needs one',
      group,
      { requireMention: false, groups: { oc_g: { requireMention: true } } },
      'not-mentioned',
    ],
    [
      'another group needs none',
      group,
      { groups: { oc_h: { requireMention: false } } },
      'not-mentioned',
    ],
    ['all groups need none', group, { groups: { '*': { requireMention: false } } }, 'answer'],
    [
      'its own entry goes before that of all',
      group,
      { groups: { '*': { requireMention: false }, oc_g: {} } },
      'not-mentioned',
    ],
    ['disabled', calling, { groupPolicy: 'disabled', groups: { oc_g: {} } }, 'group-disabled'],
    ['the group disabled', calling, { groups: { oc_g: { enabled: false } } }, 'group-disabled'],
    ['allowlist, not listed', calling, { groupPolicy: 'allowlist' }, 'group-not-allowed'],
    [
      'allowlist, listed',
      calling,
      { groupPolicy: 'allowlist', groupAllowFrom: ['oc_g'] },
      'answer',
    ],
    ['allowlist, all', calling, { groupPolicy: 'allowlist', groupAllowFrom: ['*'] }, 'answer'],
    [
      'allowlist, by its entry',
      calling,
      { groupPolicy: 'allowlist', groups: { oc_g: {} } },
      'answer',
    ],
    [
      'allowlist, listed but disabled',
      calling,
      { groupPolicy: 'allowlist', groupAllowFrom: ['oc_g'], groups: { oc_g: { enabled: false } } },
      'group-disabled',
    ],
    ['sender listed', calling, { groups: { oc_g: { allowFrom: ['ou_person'] } } }, 'answer'],
    [
      'sender not listed',
      calling,
      { groups: { oc_g: { allowFrom: ['ou_x'] } } },
      'sender-not-allowed',
    ],
    ['people of all groups, listed', calling, { groupSenderAllowFrom: ['ou_person'] }, 'answer'],
    ['people of all groups, everyone', calling, { groupSenderAllowFrom: ['*'] }, 'answer'],
    [
      'people of all groups, not listed',
      calling,
      { groupSenderAllowFrom: ['ou_boss'] },
      'sender-not-allowed',
    ],
    [
      'people of all groups, not listed, mention not required',
      group,
      { groupSenderAllowFrom: ['ou_boss'], requireMention: false },
      'sender-not-allowed',
    ],
    [
      'the own list of a group comes before that of all groups',
      calling,
      { groupSenderAllowFrom: ['ou_boss'], groups: { oc_g: { allowFrom: ['ou_person'] } } },
      'answer',
    ],
    [
      'also where it shuts out somebody of that list',
      calling,
      { groupSenderAllowFrom: ['ou_person'], groups: { oc_g: { allowFrom: ['ou_boss'] } } },
      'sender-not-allowed',
    ],
    [
      'a group without a list of its own follows that of all groups',
      calling,
      { groupSenderAllowFrom: ['ou_boss'], groups: { oc_g: { requireMention: false } } },
      'sender-not-allowed',
    ],
    ['allowFrom of direct messages does not count', calling, { allowFrom: ['ou_x'] }, 'answer'],
  ])('%s', (_, message, settings, expected) => {
    expect(verdict(message, settings)).toBe(expected);
  });

  it('wait for the bot to be known, unless they are ignored anyway', () => {
    expect(decide(inbound(calling), open, undefined)).toEqual({ kind: 'wait' });
    expect(decide(inbound(group), { ...open, requireMention: false }, undefined)).toEqual({
      kind: 'wait',
    });
    expect(decide(inbound(calling), { ...open, groupPolicy: 'disabled' }, undefined)).toEqual({
      kind: 'ignore',
      reason: 'group-disabled',
    });
  });

  it('a chat_id is never taken for a property of every object', () => {
    const message = { ...calling, chatId: 'constructor' };
    expect(verdict(message, { groupPolicy: 'allowlist' })).toBe('group-not-allowed');
  });
});

it('a refusal names whom to let in, in both languages', () => {
  const decision = decide(
    inbound({ senderOpenId: 'ou_new' }),
    { ...open, dmPolicy: 'pairing' },
    BOT,
  );
  expect(decision).toMatchObject({ kind: 'refuse', text: { params: { openId: 'ou_new' } } });
});
