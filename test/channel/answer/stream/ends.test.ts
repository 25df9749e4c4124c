/** Every way in which an answer in a card ends: the card is closed, and the text is there once. */
import { expect, it } from 'vitest';
import { AgentFailure } from '../../../../src/channel/agent/agent.ts';
import { temporaryHome } from '../../../support/home.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { sentText } from '../../harness.ts';
import { stage } from './stage.ts';

const closed = { isStreaming: false, hasButton: false, status: undefined };

it('keeps the text and says why where the agent fails', async () => {
  const room = await stage();
  await room.ask();
  room.write('Half an');
  await room.cardShows('Half an');
  room.fail(new AgentFailure({ text: { en: 'The model is away.', zh: '' }, params: {} }));
  await room.event('error').catch(() => undefined);
  await waitFor(() => expect(room.cards()).toMatchObject([closed]));
  expect(room.cards()[0]?.text).toBe('Half an\n\nThe model is away.');
  expect(room.sent()).toHaveLength(1);
});

it('keeps the text after /stop', async () => {
  const room = await stage();
  await room.ask();
  room.write('Half an');
  await room.cardShows('Half an');
  room.sandbox.say({ text: '/stop' });
  await waitFor(() => expect(room.cards()).toMatchObject([closed]));
  expect(room.cards()[0]?.text).toBe('Half an\n\n(stopped)');
});

it('stops by the button of the card', async () => {
  const room = await stage();
  await room.ask();
  room.write('Half an');
  await room.cardShows('Half an');
  const { messageId } = room.sent()[0]!;
  const { answer } = await room.sandbox.click({ messageId, button: 'Stop' });
  expect(answer).toMatchObject({ toast: { content: expect.stringContaining('Stopping') } });
  await waitFor(() => expect(room.cards()).toMatchObject([closed]));
  expect(room.cards()[0]?.text).toBe('Half an\n\n(stopped)');
});

it('deletes the card of a recalled question, and sends nothing more', async () => {
  const room = await stage();
  const { messageId } = await room.ask();
  room.write('Half an');
  await room.cardShows('Half an');
  room.sandbox.recall({ messageId });
  await waitFor(() => expect(room.sent()).toEqual([]));
});

it('says that there is no answer where the agent writes none', async () => {
  const room = await stage();
  await room.ask();
  await waitFor(() => expect(room.cards()).toHaveLength(1));
  room.end();
  await room.event('answered');
  expect(room.cards()).toMatchObject([{ ...closed, text: '(no answer)' }]);
});

it('mentions people when it is complete, and shows no mark that may still change', async () => {
  const room = await stage();
  await room.ask();
  room.write('Thanks, @ou_0123456789abcdef: see [the do');
  await room.cardShows('Thanks, @ou_0123456789abcdef: see');
  room.write('cs](https://a.example/b)');
  room.end();
  await room.event('answered');
  expect(room.cards()).toMatchObject([closed]);
  expect(room.cards()[0]?.text).toBe(
    'Thanks, <at id=ou_0123456789abcdef></at>: see [the docs](https://a.example/b)',
  );
});

it('is finished by the next process after a shutdown', async () => {
  const inbox = await temporaryHome();
  const room = await stage({}, { inbox });
  await room.ask();
  room.write('Half an');
  await room.cardShows('Half an');
  await room.channel.stop();
  expect(room.cards()).toMatchObject([closed]);
  const next = await stage({}, { inbox, sandbox: room.sandbox });
  await next.event('answered');
  expect(next.cards()).toMatchObject([closed]);
  expect(next.cards()[0]?.text).toMatch(/^Half an\n\nThe program was interrupted/);
  expect(next.sent()).toHaveLength(1);
  expect(next.turns()).toBe(0);
});

it('gets a sentence from the next process where more was to follow the finished card', async () => {
  const inbox = await temporaryHome();
  const room = await stage({}, { inbox });
  const final = { method: 'PUT', path: /cardkit\/v1\/cards\/[^/]+$/ };
  const hanging = room.sandbox.fault({ match: final, do: { kind: 'hang' } });
  await room.ask();
  room.write('Choose:');
  await room.cardShows('Choose:');
  room.write({ kind: 'buttons', rows: [[{ text: 'One', value: '1' }]] });
  await waitFor(() => expect(room.calls(final.path)).not.toEqual([]));
  await room.channel.stop();
  hanging.clear();
  const next = await stage({}, { inbox, sandbox: room.sandbox });
  await next.event('answered');
  expect(next.cards()[0]).toMatchObject({ ...closed, text: 'Choose:' });
  expect(next.sent().map(({ content }) => content)).toEqual([
    expect.stringContaining('Choose:'),
    expect.stringContaining('The program was interrupted'),
  ]);
});

it('starts over after a shutdown before the first text', async () => {
  const inbox = await temporaryHome();
  const room = await stage({}, { inbox });
  await room.ask();
  await waitFor(() => expect(room.cards()).toHaveLength(1));
  await room.channel.stop();
  expect(room.sent()).toEqual([]);
  const next = await stage({}, { inbox, sandbox: room.sandbox });
  await waitFor(() => expect(next.turns()).toBe(1));
  next.write('Whole.');
  next.end();
  await next.event('answered');
  expect(next.sent().map(({ content }) => content)).toEqual([expect.stringContaining('Whole.')]);
});

it('goes in blocks where the app may not write cards, and asks again later only', async () => {
  const room = await stage();
  const scopes = ['im:message', 'im:message.p2p_msg:readonly'];
  room.sandbox.grantScopes(scopes);
  room.sandbox.configureApp({ scopes });
  for (const text of ['First.', 'Second.']) {
    await room.ask();
    await new Promise((resolve) => setTimeout(resolve, 200));
    room.write(text);
    room.end();
    await waitFor(() =>
      expect(room.sent().map(({ content }) => sentText(content))).toContain(text),
    );
  }
  expect(room.calls(/cardkit\/v1\/cards$/)).toHaveLength(1);
  const warnings = room.logs.filter(({ level }) => level === 'warn');
  expect(warnings).toMatchObject([{ fields: { code: 99991672 } }]);
});

it('goes on in a second card before the first one is full', async () => {
  const room = await stage();
  await room.ask();
  const paragraphs = Array.from({ length: 60 }, (_, n) => `Paragraph ${n}. ${'word '.repeat(100)}`);
  for (const paragraph of paragraphs) {
    room.write(`${paragraph}\n\n`);
    if (paragraph === paragraphs[0]) await room.cardShows('Paragraph 0.');
  }
  await room.cardShows('Paragraph 59.');
  room.end();
  await room.event('answered');
  const cards = room.cards();
  expect(cards.length).toBeGreaterThan(1);
  expect(cards.map(({ isStreaming, hasButton }) => isStreaming || hasButton)).not.toContain(true);
  const text = cards.map((card) => card.text).join('\n');
  expect(paragraphs.filter((_, n) => text.split(`Paragraph ${n}.`).length !== 2)).toEqual([]);
});
