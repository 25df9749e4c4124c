/** A channel whose answers are written as the test says, and what a person sees of them. */
import { expect } from 'vitest';
import type { Agent } from '../../../../src/channel/agent/agent.ts';
import type { AnswerPiece } from '../../../../src/channel/answer/answer-piece.ts';
import type { ResolvedAccount } from '../../../../src/config/account/account.ts';
import type { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { accountOf, channelWith, sandboxWith } from '../../harness.ts';

/** An agent that writes what it gets; `end` and `fail` end its answer. */
export function scriptedAgent() {
  const pieces: AnswerPiece[] = [];
  let over: { readonly error?: unknown } | undefined;
  let wake: () => void = () => undefined;
  let turns = 0;
  const agent: Agent = {
    readsOnlyText: true,
    async *answer(_, signal) {
      turns += 1;
      signal.addEventListener('abort', () => wake(), { once: true });
      for (;;) {
        for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) yield piece;
        if (over || signal.aborted) break;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const ended = over;
      over = undefined;
      if (ended?.error !== undefined && !signal.aborted) throw ended.error;
    },
  };
  return {
    agent,
    turns: () => turns,
    write(...more: AnswerPiece[]) {
      pieces.push(...more);
      wake();
    },
    end() {
      over = {};
      wake();
    },
    fail(error: unknown) {
      over = { error };
      wake();
    },
  };
}

interface Element {
  readonly tag: string;
  readonly element_id?: string;
  readonly content?: string;
  readonly text?: { readonly content?: string; readonly element_id?: string };
}

/** What a card shows: its answer, its status, whether it still has a button and streams. */
export function shownCard(content: string) {
  const card = JSON.parse(content) as {
    config?: { streaming_mode?: boolean; summary?: { content?: string } };
    body: { elements: Element[] };
  };
  const { elements } = card.body;
  return {
    text: elements
      .filter(({ tag }) => tag === 'markdown')
      .map(({ content = '' }) => content.replace('\u200B', ''))
      .join('\n\n'),
    status: elements.find(({ text }) => text?.element_id === 'status')?.text?.content,
    hasButton: elements.some((element) => element.element_id === 'stop'),
    isStreaming: card.config?.streaming_mode === true,
    summary: card.config?.summary?.content ?? '',
  };
}

export interface StageOptions {
  readonly sandbox?: Sandbox;
  /** A directory, for an inbox that survives its process. */
  readonly inbox?: string;
}

export async function stage(
  patch: Partial<ResolvedAccount> = {},
  { sandbox: given, inbox }: StageOptions = {},
) {
  const sandbox = given ?? (await sandboxWith());
  const script = scriptedAgent();
  const account = accountOf(sandbox, { streaming: 'auto', typingReaction: false, ...patch });
  const watched = channelWith([account], { agent: script.agent, ...(inbox && { inbox }) });
  const sent = () => sandbox.messages({ fromBot: true }).filter(({ deleted }) => !deleted);
  const cards = () =>
    sent()
      .filter(({ msgType }) => msgType === 'interactive')
      .map(({ content }) => shownCard(content));
  return {
    sandbox,
    ...script,
    ...watched,
    sent,
    cards,
    calls: (path: RegExp) => sandbox.calls().filter((call) => path.test(call.path)),
    async ask(text = 'hi') {
      const before = script.turns();
      const said = sandbox.say({ text });
      await waitFor(() => expect(script.turns()).toBeGreaterThan(before));
      return said;
    },
    cardShows: (text: string) =>
      waitFor(() =>
        expect(
          cards()
            .map((card) => card.text)
            .join('\n'),
        ).toContain(text),
      ),
  };
}
