import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../src/channel/event.ts';
import { decide, type PolicySettings } from '../../src/channel/policy.ts';

const BOT = 'ou_bot';
const base: PolicySettings = {
  dmPolicy: 'open',
  allowFrom: [],
  groupPolicy: 'open',
  groupAllowFrom: [],
  requireMention: true,
  groups: {},
};
const message = (patch: Partial<InboundMessage>): InboundMessage => ({
  eventId: 'e',
  messageId: 'om_1',
  chatId: 'oc_1',
  chatType: 'p2p',
  threadId: undefined,
  rootId: undefined,
  parentId: undefined,
  createTime: 1,
  senderOpenId: 'ou_a',
  senderType: 'user',
  messageType: 'text',
  content: '{"text":"hi"}',
  mentions: [],
  ...patch,
});
const mentioned = {
  chatType: 'group' as const,
  mentions: [{ key: '@_user_1', openId: BOT, name: 'Bot' }],
};

describe('who is answered', () => {
  it.each<[string, Partial<InboundMessage>, Partial<PolicySettings>, string]>([
    ['a direct message, open', {}, {}, 'answer'],
    ['the bot itself', { senderOpenId: BOT }, {}, 'own-message'],
    ['another bot', { senderType: 'app' }, {}, 'other-bot'],
    ['another bot that mentions us', { ...mentioned, senderType: 'app' }, {}, 'other-bot'],
    ['allowlist, not on it', {}, { dmPolicy: 'allowlist' }, 'not-in-allowlist'],
    ['allowlist, on it', {}, { dmPolicy: 'allowlist', allowFrom: ['ou_a'] }, 'answer'],
    ['allowlist, anyone', {}, { dmPolicy: 'allowlist', allowFrom: ['*'] }, 'answer'],
    [
      'allowlist, no open_id',
      { senderOpenId: '' },
      { dmPolicy: 'allowlist', allowFrom: [''] },
      'not-in-allowlist',
    ],
    ['pairing, unknown', {}, { dmPolicy: 'pairing' }, 'not-paired'],
    ['pairing, known', {}, { dmPolicy: 'pairing', allowFrom: ['ou_a'] }, 'answer'],
    ['group, not mentioned', { chatType: 'group' }, {}, 'not-mentioned'],
    ['group, mentioned', mentioned, {}, 'answer'],
    [
      'group, everybody mentioned',
      { chatType: 'group', mentions: [{ key: '@_all', openId: '', name: 'all' }] },
      {},
      'not-mentioned',
    ],
    ['group, no mention needed', { chatType: 'group' }, { requireMention: false }, 'answer'],
    [
      'group entry over account',
      { chatType: 'group' },
      { groups: { oc_1: { requireMention: false } } },
      'answer',
    ],
    [
      'group entry asks again',
      { chatType: 'group' },
      { requireMention: false, groups: { oc_1: { requireMention: true } } },
      'not-mentioned',
    ],
    ['group disabled', mentioned, { groups: { oc_1: { enabled: false } } }, 'group-disabled'],
    ['groups disabled', mentioned, { groupPolicy: 'disabled' }, 'group-disabled'],
    ['group not allowed', mentioned, { groupPolicy: 'allowlist' }, 'group-not-allowed'],
    ['group allowed', mentioned, { groupPolicy: 'allowlist', groupAllowFrom: ['oc_1'] }, 'answer'],
    [
      'sender not allowed in the group',
      mentioned,
      { groups: { oc_1: { allowFrom: ['ou_b'] } } },
      'sender-not-allowed',
    ],
    ['dmPolicy does not reach into groups', mentioned, { dmPolicy: 'allowlist' }, 'answer'],
  ])('%s', (_name, patch, settings, expected) => {
    const decision = decide(message(patch), { ...base, ...settings }, BOT);
    expect(decision.kind === 'answer' ? 'answer' : decision.reason).toBe(expected);
  });
});
