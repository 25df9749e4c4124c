/** What a person sees over time: the recorded states of messages, and the typewriter of a client. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../../src/sandbox/seen/seen.ts';
import { firstShown, shownAt, typedText } from '../../../src/sandbox/seen/typewriter.ts';
import { useSandboxes } from '../cleanup.ts';
import { answerCard, cardRoom } from './rooms.ts';

const { start } = useSandboxes();

const printing = (frequencyMs: number, step: number, print_strategy = 'fast') => ({
  streaming_config: {
    print_frequency_ms: { default: frequencyMs },
    print_step: { default: step },
    print_strategy,
  },
});

async function streamed(config: object = {}, options = {}) {
  const room = await cardRoom(start, options);
  const card = await room.open(answerCard('', config));
  const begin = room.sandbox.time();
  const seen = (): SeenMessage =>
    room.sandbox.seen(room.chatId).find(({ messageId }) => messageId === card.message)!;
  const at = (ms: number) => shownAt(typedText(seen()), begin + ms);
  return { ...room, ...card, begin, seen, at };
}

describe('the states of a streamed card', () => {
  it('hold text, summary and whether it still streams, until it is closed', async () => {
    const { write, settings, pass, seen, begin, sandbox, message } = await streamed();
    pass(100);
    await write('Hello');
    pass(100);
    await settings({ streaming_mode: false, summary: { content: 'Hello, you' } });
    sandbox.react({ messageId: message, emojiType: 'OK' });
    const states = seen().changes.map((change) => [
      change.at - begin,
      change.text,
      change.isGenerating,
      change.preview,
      change.reactions.length,
    ]);
    expect(states).toEqual([
      [0, '', true, '[生成中...]', 0],
      [100, 'Hello', true, '[生成中...]', 0],
      [200, 'Hello', false, 'Hello, you', 0],
      [200, 'Hello', false, 'Hello, you', 1],
    ]);
    expect(seen().changes.at(-1)).toMatchObject({
      title: 'Answer',
      oldClient: 'Answer\n请升级至最新版本客户端，以查看内容',
    });
  });

  it('end streaming after ten minutes though nothing is called', async () => {
    const { pass, seen, begin, write } = await streamed();
    pass(1000);
    await write('part');
    pass(11 * 60_000);
    const last = seen().changes.at(-1);
    expect(last).toMatchObject({ text: 'part', isGenerating: false, preview: 'Answer' });
    expect((last?.at ?? 0) - begin).toBe(600_000);
  });

  it('hold buttons, folded panels, tables and recalls', async () => {
    const { open, sandbox, chatId, call } = await cardRoom(start);
    const text = (content: string) => ({ tag: 'plain_text', content });
    const elements = [
      {
        tag: 'collapsible_panel',
        header: { title: text('Tools') },
        elements: [{ tag: 'markdown', content: 'ran' }],
      },
      { tag: 'button', text: text('Stop'), disabled: true },
      {
        tag: 'table',
        columns: [{ name: 'a', display_name: 'A', data_type: 'text' }],
        rows: [{ a: 'x' }],
      },
    ];
    const { message } = await open({ schema: '2.0', body: { elements } });
    const last = () =>
      sandbox
        .seen(chatId)
        .find(({ messageId }) => messageId === message)
        ?.changes.at(-1);
    expect(last()).toMatchObject({
      text: 'Tools\nA\nx',
      buttons: [{ label: 'Stop', disabled: true }],
      isGenerating: false,
    });
    expect(last()?.elements.find(({ isFolded }) => isFolded)?.text).toBe('ran');
    await call('DELETE', `im/v1/messages/${message}`);
    expect(last()).toMatchObject({ text: '', isRecalled: true });
  });
});

describe('the typewriter', () => {
  it('types at the pace of the card, and shows the rest at once where the next text comes', async () => {
    const { write, pass, at } = await streamed(printing(100, 2));
    await write('abcdef');
    pass(250);
    await write('abcdefgh');
    pass(1000);
    expect([0, 99, 100, 200, 249, 250, 350].map(at)).toEqual([
      '',
      '',
      'ab',
      'abcd',
      'abcd',
      'abcdef',
      'abcdefgh',
    ]);
  });

  it('with delay types the rest first', async () => {
    const { write, pass, at } = await streamed(printing(100, 2, 'delay'));
    await write('abcdef');
    pass(250);
    await write('abcdefgh');
    pass(1000);
    expect([249, 250, 350, 450].map(at)).toEqual(['abcd', 'abcd', 'abcdef', 'abcdefgh']);
  });

  it('shows a text that does not go on, and the last one at the close, at once', async () => {
    const { write, pass, at, settings } = await streamed();
    await write('abc');
    pass(70);
    await write('xbcd');
    pass(10);
    await write('xbcdefgh');
    pass(10);
    await settings({ streaming_mode: false });
    expect([69, 70, 80, 89, 90].map(at)).toEqual(['', 'xbcd', 'xbcd', 'xbcd', 'xbcdefgh']);
  });

  it('shows growing prefixes of growing texts, and knows when each character appears', () => {
    const step = fc.record({ added: fc.string({ maxLength: 8 }), waitMs: fc.nat(300) });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('fast' as const, 'delay' as const),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 4 }),
        (steps, strategy, frequencyMs, step) => {
          let [time, text] = [0, ''];
          const changes = steps.map(({ added, waitMs }) => {
            time += waitMs;
            text += added;
            return { at: time, text, printing: { frequencyMs, step, strategy } };
          });
          const seen = { changes } as unknown as SeenMessage;
          const timeline = typedText(seen);
          let before = '';
          for (let at = 0; at <= time + 500; at += 7) {
            const shown = shownAt(timeline, at);
            expect(text.startsWith(shown) && shown.startsWith(before)).toBe(true);
            before = shown;
          }
          for (let characters = 1; characters <= [...text].length; characters += 1) {
            const at = firstShown(timeline, characters) ?? Number.NaN;
            expect([...shownAt(timeline, at)].length).toBeGreaterThanOrEqual(characters);
            expect([...shownAt(timeline, at - 1)].length).toBeLessThan(characters);
          }
        },
      ),
    );
  });
});
