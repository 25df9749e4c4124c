/** What `inbox` may say: a directory, or a server that is known here; never a folder named after a URL. */
import { expect, it } from 'vitest';
import { inboxDirectory, inboxLocation } from '../../src/config/account/inbox-location.ts';
import { readConfig } from '../../src/config/read.ts';
import { isInbox } from '../../src/config/rules/inbox-value.ts';
import { everyRow } from '../support/every-row.ts';
import { workplace } from './workplace.ts';

const where = { location: { path: '/home/ann/.clawdbot/moltbot.json' }, home: '/home/ann' };

everyRow([
  ['redis://h/0', 'redis://h/0'],
  ['Redis://u:p@h:6379/0', 'redis://u:p@h:6379/0'],
  ['REDISS://h', 'rediss://h'],
  ['valkey://h', 'redis://h'],
  ['Valkeys://u:p@h', 'rediss://u:p@h'],
  ['  redis://h/0 ', 'redis://h/0'],
])('takes %j for a server', (value, place) => {
  expect(isInbox(value)).toBe(true);
  expect(inboxLocation(value, where)).toBe(place);
  expect(inboxDirectory(place, 'cli_x')).toBeUndefined();
});

everyRow([
  ['inbox', '/home/ann/.clawdbot/inbox'],
  ['redis-inbox', '/home/ann/.clawdbot/redis-inbox'],
  ['~/in box', '/home/ann/in box'],
  ['/var/inbox', '/var/inbox'],
])('takes %j for a directory', (value, place) => {
  expect(isInbox(value)).toBe(true);
  expect(inboxLocation(value, where)).toBe(place);
});

it('takes a drive letter for a directory', () => {
  expect([isInbox('C:\\inbox'), isInbox('d:/inbox'), isInbox('C:inbox')]).not.toContain(false);
});

it('refuses everything else that looks like an address, and hides its password', async () => {
  const place = workplace();
  const accepted: string[] = [];
  for (const value of [
    'redis:/h/0',
    'redis:h',
    'redis//u:Passw0rdOfRedis@h',
    'redis;//h',
    'redis：//u:Passw0rdOfRedis@h',
    'redis://',
    'redis://u:Passw0rd/OfRedis@h/0',
    'valkey:///0',
    'postgres://u:Passw0rdOfRedis@h/0',
    'file:///tmp/inbox',
    'unix:/run/redis.sock',
    '"redis://u:Passw0rdOfRedis@h"',
    'url=redis://h',
    '   ',
  ]) {
    await place.write(JSON.stringify({ channels: { feishu: { inbox: value } } }));
    const said = await readConfig(place.location(), { env: {} }).then(
      () => 'accepted',
      (error: Error) => error.message,
    );
    if (!/inbox is .*valkeys:\/\//.test(said) || said.includes('Passw0rd')) accepted.push(value);
  }
  expect(accepted).toStrictEqual([]);
});
