import { expect, it } from 'vitest';
import { createProgressLine } from '../../../../src/channel/answer/stream/progress/progress-line.ts';

const search = { kind: 'tool', id: '1', name: 'web\nsearch', state: 'running' } as const;

it('names the tool at work until the agent writes', () => {
  const line = createProgressLine('en', 'line');
  expect(line.at(0)).toEqual({ status: 'Thinking…', tools: '' });
  line.add(search);
  expect(line.at(3000)).toEqual({ status: 'Using web search… 3 s', tools: '' });
  line.wrote();
  expect(line.at(4000).status).toBe('Writing… 4 s');
});

it('lists the tools for a panel, and none where it is off', () => {
  const panel = createProgressLine('zh', 'panel');
  panel.add(search);
  panel.wrote();
  panel.add({ ...search, id: '2', name: 'read', state: 'failed' });
  panel.add({ ...search, id: '3', name: 'write' });
  expect(panel.at(0)).toEqual({ status: '正在思考…', tools: '✓ web search\n✗ read\n… write' });
  panel.nextCard();
  expect(panel.at(0).tools).toBe('… write');
  const off = createProgressLine('en', 'off');
  off.add(search);
  expect(off.at(0)).toEqual({ status: 'Thinking…', tools: '' });
});

it('bounds the list, the names and the status, and shows nothing invisible', () => {
  const panel = createProgressLine('en', 'panel');
  for (let n = 0; n < 40; n += 1) panel.add({ ...search, id: `${n}`, name: `tool ${n}` });
  expect(panel.at(0).tools.split('\n')).toEqual([
    '28 before',
    ...Array.from({ length: 12 }, (_, n) => `… tool ${n + 28}`),
  ]);
  panel.add({ ...search, id: 'long', name: `\u202Eexe.${'😀'.repeat(10_000)}` });
  const last = panel.at(0).tools.split('\n').at(-1) ?? '';
  expect([49, 50]).toContain(last.length);
  expect(last).toMatch(/^… \\u\{202e\}exe\.😀.*…$/u);
  // No character is cut in two.
  expect(Buffer.from(last).toString()).toBe(last);
  panel.add({ kind: 'status', text: 'x'.repeat(10_000) });
  expect(panel.at(0).status).toHaveLength(60);
});
