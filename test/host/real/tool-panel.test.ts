/** The panel of tools in the real hosts: a scripted model reads a file before it answers. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerIn, lastOf } from '../../channel/answer/stream/watched.ts';
import { waitFor } from '../../support/wait-for.ts';
import { patience } from './gateway.ts';
import { hostedChannel } from './hosted-channel.ts';
import type { HostKind } from './install.ts';
import type { Answer } from './mock-model.ts';

const person = { openId: 'ou_ada', name: 'Ada' };

/** Clawdbot reports no tools to a channel. */
const panelOf: Readonly<Record<HostKind, { title: string; lines: readonly string[] } | undefined>> =
  { clawdbot: undefined, openclaw: { title: 'Tools', lines: ['✓ read'] } };

describe.each(['clawdbot', 'openclaw'] as const)('%s', (kind: HostKind) => {
  let hasRead = false;

  function answerTo(said: string): Answer {
    if (!said.includes('the colour')) return { text: 'something else' };
    if (!hasRead) {
      hasRead = true;
      return { text: '', tool: { name: 'read', parameters: { path: 'colour.txt' } } };
    }
    return { text: 'It is **blue**, as the file says.', pieceMs: 400, pieceCharacters: 6 };
  }

  const channel = hostedChannel(kind, {
    answerTo,
    feishu: { streaming: 'card', toolProgress: 'panel', allowFrom: [person.openId] },
    prepare: (host) =>
      writeFile(join(host.home, 'workspace', 'colour.txt'), 'the colour is blue\n'),
  });

  it('is folded above the answer', async () => {
    const { chatId } = channel.sandbox.say({ from: person, text: 'what is the colour?' });
    const answers = () =>
      channel.sandbox
        .seen(chatId)
        .filter((message) => message.fromBot && !lastOf(message).isRecalled)
        .map(lastOf);
    await waitFor(() => {
      const [last] = answers();
      expect(last && answerIn(last)).toBe('It is **blue**, as the file says.');
      // The final form has no status any more.
      expect(last?.elements.some(({ id }) => id === 'status')).toBe(false);
    }, patience);
    const elements = answers()[0]?.elements ?? [];
    const lines = elements.find(({ id }) => id === 'tools');
    const title = elements.find(({ tag }) => tag === 'collapsible_panel')?.text;
    expect(lines && { title, lines: lines.text.split('\n') }).toEqual(panelOf[kind]);
    expect(lines?.isFolded).toBe(lines && true);
  });
});
