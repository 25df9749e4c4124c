/** The values of each key that a person is shown, and the values that are hidden in its place. */
import { expect, test } from 'vitest';
import { isPublicAt } from '../../../src/config/shown/public-values.ts';

const APP_SECRET = 'Kq8ZrT2vB6nM4xW1';

const values: Readonly<Record<string, { shown: readonly string[]; hidden: readonly string[] }>> = {
  appId: {
    shown: ['cli_a1b2c3d4e5f60718'],
    hidden: ['cli_a1b2c3d4e5f607180', 'xcli_a1b2c3d4e5f60718', 'cli_a1b2c3', APP_SECRET],
  },
  allowFrom: {
    shown: ['ou_1', 'ou_abc123', 'feishu:ou_abc', 'user:ou_abc'],
    hidden: ['xou_1', 'ou_', 'ou_a b', 'other:ou_abc', APP_SECRET],
  },
  groupSenderAllowFrom: {
    shown: ['ou_1', 'ou_abc123', 'feishu:ou_abc', 'user:ou_abc'],
    hidden: ['xou_1', 'ou_', 'ou_a b', 'other:ou_abc', APP_SECRET],
  },
  groupAllowFrom: {
    shown: ['oc_1', 'oc_abc123'],
    hidden: ['xoc_1', 'oc_', 'oc_a b', 'ou_abc', APP_SECRET],
  },
  domain: {
    shown: ['https://open.example.com', 'http://127.0.0.1:4000'],
    hidden: ['ftp://x', 'xhttps://open.example.com', 'https://a b', 'https://', APP_SECRET],
  },
  inbox: {
    shown: ['~/inbox', './inbox', '../inbox', '/var/inbox', 'C:\\inbox', 'redis://127.0.0.1:6379'],
    hidden: ['redis://a b', 'inbox', APP_SECRET],
  },
  appSecret: { shown: [], hidden: [APP_SECRET, 'cli_a1b2c3d4e5f60718', 'open'] },
  unknownKey: { shown: [], hidden: [APP_SECRET, 'cli_a1b2c3d4e5f60718', 'open'] },
};

test('shows a value only in the form that its key has', () => {
  const wrong = Object.entries(values).flatMap(([key, { shown, hidden }]) => [
    ...shown.filter((value) => !isPublicAt(['channels', 'feishu', key], value)),
    ...hidden.filter((value) => isPublicAt(['channels', 'feishu', key], value)),
  ]);
  expect(wrong).toEqual([]);
});

test('in accounts, groups and lists as at the top', () => {
  const path = ['channels', 'feishu', 'accounts', 'work', 'groups', 'oc_1', 'allowFrom', '0'];
  expect(isPublicAt(path, 'ou_1')).toBe(true);
  expect(isPublicAt(path, APP_SECRET)).toBe(false);
});

test('shows no value of another channel or program', () => {
  for (const path of [
    ['channels', 'telegram', 'appId'],
    ['plugins', 'feishu', 'appId'],
    ['appId'],
  ]) {
    expect(isPublicAt(path, 'cli_a1b2c3d4e5f60718')).toBe(false);
  }
});

test('shows the names of accounts, people and groups, and no other unknown name', () => {
  expect(isPublicAt(['channels', 'feishu', 'accounts', 'work'], undefined)).toBe(true);
  expect(isPublicAt(['channels', 'feishu', 'groups', 'oc_1'], undefined)).toBe(true);
  expect(isPublicAt(['channels', 'feishu', 'dms', 'ou_1'], undefined)).toBe(true);
  expect(isPublicAt(['channels', 'feishu', APP_SECRET], undefined)).toBe(false);
  expect(isPublicAt(['channels', 'telegram', 'accounts', 'work'], undefined)).toBe(false);
});
