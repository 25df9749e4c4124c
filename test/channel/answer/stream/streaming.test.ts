/** An answer in a card that grows, from its first word to its end. */
import { expect, it } from 'vitest';
import { waitFor } from '../../../support/wait-for.ts';
import { stage } from './stage.ts';

it('shows the text while it is written, and the whole of it at the end', async () => {
  const room = await stage();
  await room.ask();
  room.write('Hello');
  await room.cardShows('Hello');
  expect(room.cards()).toMatchObject([{ isStreaming: true, hasButton: true, status: 'Writing…' }]);
  room.write(', **world**.');
  await room.cardShows('world');
  room.write('\n\nThe end.');
  room.end();
  await room.event('answered');
  expect(room.cards()).toMatchObject([
    { isStreaming: false, hasButton: false, summary: 'Hello, world. The end.' },
  ]);
  expect(room.cards()[0]?.text).toBe('Hello, **world**.\n\nThe end.');
  expect(room.sent()).toHaveLength(1);
});

it('sends an answer that is complete at once as an ordinary message', async () => {
  const room = await stage();
  room.write('Hello');
  room.end();
  room.sandbox.say({ text: 'hi' });
  await room.event('answered');
  expect(room.sent()).toMatchObject([{ msgType: 'text' }]);
  expect(room.calls(/cardkit/)).toEqual([]);
});

it('opens the card with a status where the text takes longer', async () => {
  const room = await stage();
  await room.ask();
  await waitFor(() => expect(room.cards()).toHaveLength(1));
  expect(room.cards()).toMatchObject([{ status: 'Thinking…', isStreaming: true }]);
  room.write({ kind: 'tool', id: '1', name: 'search', state: 'running' });
  await waitFor(() => expect(room.cards()[0]?.status).toContain('Using search…'));
  room.write('Found.');
  room.end();
  await room.event('answered');
  expect(room.cards()).toMatchObject([{ text: 'Found.', status: undefined, hasButton: false }]);
});
