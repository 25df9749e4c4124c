import { expect, it } from 'vitest';
import { otherPlatform } from '../../support/other-platform.ts';
import { waitFor } from '../../support/wait-for.ts';
import { accountOf, channelWith, cleanUp } from '../harness.ts';

it.each([
  ['another App ID', 'cli_0000000000000001'],
  ['its own in capitals', 'CLI_FEDCBA9876543210'],
  ['nothing', ''],
  ['no text', { toString: 'cli_fedcba9876543210' }],
])('refuses an event whose header names %s, and says so in the log', async (_, appId) => {
  const platform = await otherPlatform([200]);
  cleanUp(() => platform.close());
  const watched = channelWith([accountOf(platform)]);
  await watched.event('ready');
  const from = { openId: 'ou_person' };
  const header = { app_id: appId };
  const { eventId } = platform.say({ text: 'foreign', from, deliver: 'twice', header });
  platform.say({ text: 'own', from: { openId: 'ou_other_person' }, deliver: 'once' });
  await watched.event('answered');
  await waitFor(() =>
    expect(watched.logs).toContainEqual({
      level: 'warn',
      text: 'an event of another app was refused',
      fields: expect.objectContaining({ eventId }),
    }),
  );
  expect(platform.answers().map(({ text }) => text)).toEqual(['own']);
  expect(watched.events.filter(({ event }) => event === 'received')).toHaveLength(1);
  const codes = platform.deliveries().filter((delivery) => delivery.eventId === eventId);
  expect(codes.map(({ ackCode }) => ackCode)).not.toContain(200);
});
