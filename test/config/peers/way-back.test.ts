/** The way back to another plugin: nothing is left that its schema refuses, and no one else gets in. */
import { expect, it } from 'vitest';
import { planEdit } from '../../../src/config/edit.ts';
import type { JsonValue } from '../../../src/config/json5/json5.ts';
import { planWayBack } from '../../../src/config/peers/back/way-back.ts';
import type { peers } from '../../../src/config/peers/keys/peer.ts';
import { everyRow } from '../../support/every-row.ts';

const app = { appId: 'cli_0123456789abcdef', appSecret: 'x' };
const own = {
  ...app,
  dmPolicy: 'pairing',
  groupPolicy: 'allowlist',
  groupAllowFrom: ['oc_a'],
  typingReaction: false,
  replyInThread: true,
  streaming: 'off',
  renderMode: 'text',
  inbox: './inbox',
  toolProgress: 'panel',
  maxMessages: 3,
  menus: true,
  welcome: 'Hello',
  allowMentionAll: true,
  actions: { messages: false, stickers: true },
  translatedFrom: '@openclaw/feishu',
};

function after(section: JsonValue, plugin: (typeof peers)[number]) {
  const { edits, ...plan } = planWayBack(section, plugin);
  const text = planEdit(JSON.stringify({ channels: { feishu: section } }), edits).text;
  return { ...plan, section: JSON.parse(text).channels.feishu };
}

it('keeps what the plugin knows, says ours in its words, and removes the rest', () => {
  const { section, removed, wider } = after(own, '@openclaw/feishu');
  expect(section).toEqual({
    ...app,
    dmPolicy: 'pairing',
    groupPolicy: 'allowlist',
    groupAllowFrom: ['oc_a'],
    requireMention: true,
    typingIndicator: false,
    replyInThread: 'enabled',
    streaming: { mode: 'off' },
    renderMode: 'raw',
    actions: { sticker: true },
  });
  expect(removed).toEqual(
    expect.arrayContaining(['inbox', 'menus', 'welcome', 'actions.messages', 'translatedFrom']),
  );
  expect(wider).toEqual([]);
});

it('keeps the form of each plugin', () => {
  expect(after(own, '@larksuite/openclaw-lark').section).toMatchObject({
    streaming: false,
    replyInThread: true,
    allowBots: false,
  });
  expect(after(own, 'm1heng/clawdbot-feishu').section).toMatchObject({ renderMode: 'raw' });
  const small = after(own, '@openclaw-china/feishu').section;
  expect(Object.keys(small).sort()).toEqual(
    [...Object.keys(app), 'dmPolicy', 'groupAllowFrom', 'groupPolicy', 'requireMention'].sort(),
  );
});

it('goes into accounts and groups', () => {
  const accounts = { work: { ...app, menus: false, groups: { oc_a: { allowBots: true } } } };
  const { section } = after({ dmPolicy: 'disabled', accounts }, '@openclaw/feishu');
  expect(section.accounts).toEqual({ work: { ...app, groups: { oc_a: {} } } });
});

everyRow([
  [
    '@larksuite/openclaw-lark',
    { dmPolicy: 'disabled', dms: { ou_a: { enabled: false } } },
    'dms.ou_a',
  ],
  ['@larksuite/openclaw-lark', { groupSenderAllowFrom: ['ou_a'] }, 'groups.*'],
  ['m1heng/clawdbot-feishu', { groupPolicy: 'open', groupSenderAllowFrom: ['ou_a'] }, 'groups.*'],
  ['m1heng/clawdbot-feishu', { dmPolicy: 'disabled' }, 'dmPolicy'],
  [
    // It needs the mention only where there are other bots.
    'm1heng/clawdbot-feishu',
    {
      requireMention: false,
      groups: { oc_a: { requireMention: true } },
      accounts: {
        work: {
          groupAllowFrom: ['oc_a'],
          groups: { oc_a: { allowMentionlessInMultiBotGroup: false } },
        },
      },
    },
    'accounts.work.groups.oc_a',
  ],
  [
    '@openclaw-china/feishu',
    { groupPolicy: 'open', groups: { oc_a: { enabled: false } } },
    'groups.oc_a',
  ],
] as const)('names where %s would answer more people', (plugin, keys, place) => {
  expect(planWayBack({ ...app, ...keys } as unknown as JsonValue, plugin).wider).toContain(place);
});

it('a text for a list is said as a list, and no account comes back that the plugin has not', () => {
  const section = {
    ...app,
    dmPolicy: 'allowlist',
    allowFrom: 'ou_a',
    groups: { oc_a: { allowFrom: 'ou_b' } },
    accounts: { work: { allowFrom: 'ou_c' } },
  };
  expect(after(section, '@openclaw/feishu').section).toMatchObject({
    allowFrom: ['ou_a'],
    groups: { oc_a: { allowFrom: ['ou_b'] } },
    accounts: { work: { allowFrom: ['ou_c'] } },
  });
  expect(after(section, '@larksuite/openclaw-lark').section.groups.oc_a).toEqual({
    allowFrom: 'ou_b',
    groupPolicy: 'allowlist',
  });
  expect(after(section, '@openclaw-china/feishu').section).not.toHaveProperty('accounts');
});

it('a group that answers no one stays closed', () => {
  const groups = { oc_a: { allowFrom: [] } };
  const { section, wider } = after({ ...app, groupPolicy: 'open', groups }, '@openclaw/feishu');
  expect(section.groups.oc_a).toMatchObject({ enabled: false });
  expect(wider).toEqual([]);
});
