/** The panel of the agent's tools in a growing card, as people see it. */
import { expect, it } from 'vitest';
import { waitFor } from '../../../support/wait-for.ts';
import { lastOf, watchedStage } from './watched.ts';

const tool = (id: string, name: string, state: 'running' | 'done' | 'failed' = 'running') =>
  ({ kind: 'tool', id, name, state }) as const;

type Room = Awaited<ReturnType<typeof watchedStage>>;

/** The panel of the first card as it is now: whether it is folded, and its lines. */
function panelIn(room: Room) {
  const [message] = room.seen();
  const elements = message ? lastOf(message).elements : [];
  const panel = elements.find(({ tag }) => tag === 'collapsible_panel');
  const lines = elements.find(({ id }) => id === 'tools');
  return panel && { isFolded: lines?.isFolded, title: panel.text, lines: lines?.text.split('\n') };
}

async function ask(room: Room): Promise<void> {
  room.sandbox.say({ text: 'hi' });
  await waitFor(() => expect(room.turns()).toBe(1));
}

it('opens with the first tool, follows the tools, and is folded above the finished answer', async () => {
  const room = await watchedStage({ toolProgress: 'panel' });
  await ask(room);
  await waitFor(() => expect(room.seen()).toHaveLength(1));
  expect(panelIn(room)).toBeUndefined();
  room.write(tool('1', '<at id=all></at> **web**'));
  const first = { isFolded: false, title: 'Tools', lines: ['… <at id=all></at> **web**'] };
  await waitFor(() => expect(panelIn(room)).toEqual(first));
  room.write(tool('1', '<at id=all></at> **web**', 'failed'), tool('2', 'read'));
  const lines = ['✗ <at id=all></at> **web**', '… read'];
  await waitFor(() => expect(panelIn(room)).toEqual({ ...first, lines }));
  room.write('The answer.');
  room.end();
  await room.event('answered');
  expect(panelIn(room)).toEqual({
    isFolded: true,
    title: 'Tools',
    lines: ['✗ <at id=all></at> **web**', '✓ read'],
  });
  expect(room.seen()).toHaveLength(1);
  const last = lastOf(room.seen()[0]!);
  expect(last.elements.map(({ tag }) => tag).slice(0, 1)).toEqual(['collapsible_panel']);
  expect(last.text).toBe('Tools\nThe answer.');
  expect(last.preview).toBe('The answer.');
});

it('is there from the beginning where a tool is used before the card is', async () => {
  const room = await watchedStage({ toolProgress: 'panel' });
  room.write(tool('1', 'read'));
  await ask(room);
  await waitFor(() => expect(panelIn(room)?.lines).toEqual(['… read']));
  expect(room.sandbox.calls().filter(({ path }) => path.endsWith('/elements'))).toEqual([]);
  room.write('Done.');
  room.end();
  await room.event('answered');
});

it('is left out where the platform refuses it, and the answer goes on', async () => {
  const room = await watchedStage({ toolProgress: 'panel' });
  room.sandbox.fault({
    match: { method: 'POST', path: /cards\/[^/]+\/elements$/ },
    do: { kind: 'code', code: 300315, msg: 'invalid element' },
  });
  await ask(room);
  await waitFor(() => expect(room.seen()).toHaveLength(1));
  for (const id of ['1', '2', '3']) {
    room.write(tool(id, 'read'));
    room.pass(1000);
  }
  await waitFor(() =>
    expect(room.sandbox.calls().filter(({ path }) => path.endsWith('/elements'))).toHaveLength(1),
  );
  room.write('The answer.');
  await waitFor(() => expect(lastOf(room.seen()[0]!).text).toContain('The answer.'));
  room.end();
  await room.event('answered');
  expect(panelIn(room)).toMatchObject({ isFolded: true, lines: ['✓ read', '✓ read', '✓ read'] });
});

it('is in the card of its tools alone where an answer takes two', async () => {
  const room = await watchedStage({ toolProgress: 'panel' });
  await ask(room);
  await waitFor(() => expect(room.seen()).toHaveLength(1));
  room.write(tool('1', 'read'), 'Choose:', {
    kind: 'buttons',
    rows: [[{ text: 'One', value: '1' }]],
  });
  room.write('After. '.repeat(30));
  await waitFor(() => expect(room.standing().length).toBe(3));
  room.end();
  await room.event('answered');
  const panels = room
    .standing()
    .map((message) => lastOf(message).elements.filter(({ id }) => id === 'tools').length);
  expect(panels).toEqual([1, 0, 0]);
});
