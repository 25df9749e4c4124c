/** The panel of tools of an answer that was cut short: it stays, and shows no tool at work. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AgentFailure } from '../../../../src/channel/agent/agent.ts';
import type { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { temporaryHome } from '../../../support/home.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { sandboxWith } from '../../harness.ts';
import { configure, startRuntime } from '../../runtime-process.ts';
import { stage } from './stage.ts';
import { answerIn, lastOf } from './watched.ts';

const tool = (id: string, state: 'running' | 'done' | 'failed') =>
  ({ kind: 'tool', id, name: `tool ${id}`, state }) as const;
const panel = { toolProgress: 'panel', streaming: 'card' } as const;

/** The cards that are there: their text, and the lines of their panels. */
function cardsIn(sandbox: Sandbox) {
  return sandbox
    .seen()
    .filter((message) => message.fromBot && !lastOf(message).isRecalled)
    .map((message) => {
      const last = lastOf(message);
      const tools = last.elements.find(({ id }) => id === 'tools');
      return {
        text: answerIn(last),
        tools: tools?.text.split('\n'),
        isFolded: tools?.isFolded,
        isGenerating: last.isGenerating,
      };
    });
}

const cut = (text: string, tools: readonly string[]) => [
  { text: expect.stringMatching(text), tools, isFolded: true, isGenerating: false },
];

type Room = Awaited<ReturnType<typeof stage>>;

/** Asks, and waits until the card shows a text and two tools. */
async function halfAnswered(room: Room): Promise<void> {
  await room.ask();
  room.write(tool('1', 'failed'), 'Half an', tool('2', 'running'));
  await room.cardShows('Half an');
  await waitFor(() => expect(cardsIn(room.sandbox)[0]?.tools).toEqual(['✗ tool 1', '… tool 2']));
}

it('stays after a shutdown, and when the next process finishes the card', async () => {
  const inbox = await temporaryHome();
  const room = await stage(panel, { inbox });
  await halfAnswered(room);
  await room.channel.stop();
  const ended = cut('^Half an\n\nThe program was interrupted', ['✗ tool 1', '– tool 2']);
  expect(cardsIn(room.sandbox)).toEqual(ended);
  const next = await stage(panel, { inbox, sandbox: room.sandbox });
  await next.event('answered');
  expect(cardsIn(room.sandbox)).toEqual(ended);
});

it('stays after a crash', async () => {
  const home = await temporaryHome();
  const sandbox = await sandboxWith({ redeliveryMs: Array<number>(20).fill(500) });
  await configure(home, sandbox, panel);
  const lines = [
    { tool: { name: 'tool 1', id: '1', state: 'failed' } },
    { text: 'Half an' },
    { tool: { name: 'tool 2', id: '2' } },
  ];
  const prints = lines.map((line) => `echo '${JSON.stringify(line)}'`).join('; ');
  const exec = `read -r line; ${prints}; sleep 60`;
  const runtime = startRuntime(home, { exec, format: 'jsonl' });
  await runtime.line(({ event }) => event === 'ready');
  sandbox.say({ text: 'hi' });
  await waitFor(() => expect(cardsIn(sandbox)[0]?.tools).toEqual(['✗ tool 1', '… tool 2']));
  await waitFor(async () => {
    const stored = await storedIn(join(home, '.clawdbot'));
    expect(stored).toContain('Half an');
    expect(stored).toContain('… tool 2');
  });
  await runtime.kill();
  startRuntime(home, { exec, format: 'jsonl' });
  const ended = cut('^Half an\n\nThe program was interrupted', ['✗ tool 1', '– tool 2']);
  await waitFor(() => expect(cardsIn(sandbox)).toEqual(ended));
});

it('shows no tool at work after /stop', async () => {
  const room = await stage(panel);
  await halfAnswered(room);
  room.sandbox.say({ text: '/stop' });
  const ended = cut('^Half an\n\n\\(stopped\\)', ['✗ tool 1', '– tool 2']);
  await waitFor(() => expect(cardsIn(room.sandbox).slice(0, 1)).toEqual(ended));
});

it('stays where the agent fails', async () => {
  const room = await stage(panel);
  await halfAnswered(room);
  room.fail(new AgentFailure({ text: { en: 'The model is away.', zh: '' }, params: {} }));
  const ended = cut('^Half an\n\nThe model is away\\.', ['✗ tool 1', '– tool 2']);
  await waitFor(() => expect(cardsIn(room.sandbox)).toEqual(ended));
});

/** Everything that the files below a folder say. */
async function storedIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8').catch(() => '')),
  );
  return texts.join('\n');
}
