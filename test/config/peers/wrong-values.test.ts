/** Values that no plugin takes: named with what is allowed, and never lost where they restrict. */
import { expect, it } from 'vitest';
import { checkSection, keyWarnings } from '../../../src/config/check.ts';
import type { JsonValue } from '../../../src/config/json5/json5.ts';
import { planPeerSection } from '../../../src/config/peers/plan.ts';
import { render } from '../../../src/shared/text/text.ts';
import { everyRow } from '../../support/every-row.ts';

const app = { appId: 'cli_0123456789abcdef', appSecret: 'x' };
const foreign = { ...app, typingIndicator: true };

function problemOf(section: JsonValue): string {
  try {
    checkSection(section, 'moltbot.json');
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const warningsOf = (section: JsonValue) =>
  keyWarnings(section).map(({ text }) => render(text, 'en'));

const planOf = (section: JsonValue) => {
  const { kept, translated, notSupported, refused } = planPeerSection(section);
  const lines = (entries: typeof kept) =>
    Object.fromEntries(
      entries.map(({ path, text }) => [path.slice(2).join('.'), render(text, 'en')]),
    );
  return {
    kept: lines(kept),
    translated: lines(translated),
    notSupported: lines(notSupported),
    refused: lines(refused),
  };
};

everyRow([
  ['renderMode', 'Card', '"auto", "raw", "card". Here: `raw` is `text`'],
  ['replyInThread', 'Enabled', 'In @openclaw/feishu, allowed: "enabled", "disabled".'],
  ['streaming', 'on', 'an object, "partial", "progress". Here:'],
  ['allowBots', 'all', 'allowed: true, false or "mentions". In @openclaw/feishu, allowed: true'],
] as const)('a wrong %s says what is allowed here and there', (key, value, words) => {
  expect(problemOf({ ...foreign, [key]: value })).toContain(words);
  // Our own section has one set of values.
  expect(problemOf({ ...app, [key]: value })).not.toContain('@openclaw');
  expect(planOf({ ...foreign, [key]: value }).refused[key]).toMatch(/^No value of this key; allow/);
});

it('the same values are named once', () => {
  const problem = problemOf({ ...foreign, dmPolicy: 'Pairing' });
  expect(problem).toContain('allowed: "open", "pairing", "allowlist", "disabled"');
  expect(problem).not.toContain('In @openclaw/feishu');
});

it('a wrong name of an entry says what names are', () => {
  expect(problemOf({ groups: { 'chat:oc_a': {} } })).toContain('allowed: a chat_id (oc_…) or "*"');
  expect(problemOf({ dms: { 'user:ou_a': {} } })).toContain('allowed: an open_id (ou_…) or "*"');
});

it('a number and a choice have their own words', () => {
  expect(problemOf({ maxMessages: 99 })).toContain('a whole number from 1 to 50');
  expect(problemOf({ mediaMaxMb: 0 })).toContain('a number above 0, at most 100');
  expect(problemOf({ welcome: 7 })).toContain('a text, or {"en": …, "zh": …}');
});

everyRow([
  { connectionMode: 'Webhook' },
  { topicSessionMode: true },
  { footer: 'all' },
  { sendMarkdownAsCard: 'yes' },
  { streaming: 'partial' },
])('a key that only others have keeps their access, with %o', (key) => {
  const { dmPolicy } = checkSection({ ...app, ...key } as JsonValue, 'moltbot.json');
  expect(dmPolicy === 'pairing' || (dmPolicy === undefined && 'sendMarkdownAsCard' in key)).toBe(
    true,
  );
});

it('a group that is no object is refused, and nothing is planned into it', () => {
  const section = { ...foreign, groupSenderAllowFrom: ['ou_a'], groups: { oc_a: false } };
  expect(problemOf(section)).toContain('groups.oc_a is false; allowed: an object');
  expect(planPeerSection(section as JsonValue).edits).toEqual([]);
});

it('a text for a list of people is a list of one, and loses nothing else', () => {
  const section = {
    ...foreign,
    dmPolicy: 'open',
    groupPolicy: 'open',
    groupSenderAllowFrom: 'ou_a',
  };
  const read = checkSection(section, 'moltbot.json');
  expect(read).toMatchObject({ dmPolicy: 'allowlist', groupSenderAllowFrom: ['ou_a'] });
});

it('a wrong value without effect is a warning that names what is allowed', () => {
  const warnings = warningsOf({ ...app, connectionMode: 'Webhook', historyLimit: '20' });
  expect(warnings).toHaveLength(2);
  expect(warnings.join()).toContain('allowed: "websocket", "webhook"');
  expect(warnings.join()).toMatch(/historyLimit is .* allowed: a number/);
  expect(warnings.join()).not.toContain('not a known key');
});

everyRow([
  ['configWrites', { configWrites: 'no' }],
  ['groups.oc_a.tools.deny', { groups: { oc_a: { tools: { deny: 'exec' } } } }],
  ['groups.oc_a.tools', { groups: { oc_a: { tools: ['exec'] } } }],
  ['contextVisibility', { contextVisibility: 'Allowlist' }],
  ['groups.oc_a.groupPolicy', { groups: { oc_a: { groupPolicy: 'Disabled' } } }],
  ['dynamicAgentCreation', { dynamicAgentCreation: true }],
  [
    'accounts.work.groups.oc_a.tools.allow',
    { accounts: { work: { groups: { oc_a: { tools: { allow: null } } } } } },
  ],
] as const)(
  '%s keeps the account from starting, where its value restricts nothing',
  (key, keys) => {
    const section = { ...app, ...keys } as JsonValue;
    expect(problemOf(section)).toMatch(new RegExp(`${key} is .*no value of this key; allowed: `));
    expect(planOf(section).refused).toHaveProperty([key]);
  },
);

it('a key of tools that hosts do not read is named', () => {
  const tools = {
    allow: ['read'],
    alsoAllow: [],
    deny: ['exec'],
    profile: 'minimal',
    denny: ['x'],
  };
  expect(warningsOf({ ...app, groups: { oc_a: { tools } } })).toEqual([
    expect.stringContaining('tools.profile is not a known key'),
    expect.stringContaining('did you mean deny'),
  ]);
});
