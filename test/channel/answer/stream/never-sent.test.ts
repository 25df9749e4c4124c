/** A crash between the record of a card and its first attempt: the card's number is used again. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newCardPart } from '../../../../src/channel/answer/stream/card/card-record.ts';
import { temporaryHome } from '../../../support/home.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { sandboxWith } from '../../harness.ts';
import { openOwnInbox } from '../../inbox/own-inbox.ts';
import { inbound } from '../../messages.ts';
import { stage } from './stage.ts';

it('ends the card of a later run, where an earlier run has recorded one that it never sent', async () => {
  const sandbox = await sandboxWith();
  const place = await temporaryHome();
  const said = sandbox.say({ text: 'question' });
  const inbox = await openOwnInbox(join(place, sandbox.appId));
  await inbox.receive(inbound({ ...said, senderOpenId: sandbox.user.openId }));
  const claim = await inbox.claim(() => true);
  await claim?.recordParts(0, [newCardPart('7000000000000000001')]);
  await inbox.close();
  const room = await stage({}, { inbox: place, sandbox });
  await waitFor(() => expect(room.turns()).toBe(1));
  room.write('Half an');
  await room.cardShows('Half an');
  await room.channel.stop();
  const next = await stage({}, { inbox: place, sandbox });
  await next.event('answered');
  expect(next.sent()).toHaveLength(1);
  expect(next.cards()).toMatchObject([{ isStreaming: false, hasButton: false }]);
  expect(next.cards()[0]?.text).toMatch(/^Half an\n\nThe program was interrupted/);
});
