/** What a person sees of streamed answers, by the sandbox's record, with clocks that can be set forward. */
import { performance } from 'node:perf_hooks';
import type { AnswerPiece } from '../../../../src/channel/answer/answer-piece.ts';
import type { ResolvedAccount } from '../../../../src/config/account/account.ts';
import type { SandboxOptions } from '../../../../src/sandbox/sandbox.ts';
import type { SeenChange, SeenMessage } from '../../../../src/sandbox/seen/seen.ts';
import { accountOf, channelWith, sandboxWith } from '../../harness.ts';
import { scriptedAgent } from './stage.ts';

/** The answer that a state of a card shows: without its title, its status and its button. */
export function answerIn({ elements }: SeenChange): string {
  return elements
    .filter(({ tag, isFolded }) => !isFolded && (tag === 'markdown' || tag === 'text'))
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n\n');
}

/** The state that stays. */
export function lastOf({ changes }: SeenMessage): SeenChange {
  const last = changes.at(-1);
  if (!last) throw new Error('a message was never seen');
  return last;
}

export async function watchedStage(
  patch: Partial<ResolvedAccount> = {},
  options: SandboxOptions = {},
) {
  let aheadMs = 0;
  const sandbox = await sandboxWith(options);
  const script = scriptedAgent();
  const account = accountOf(sandbox, { streaming: 'auto', typingReaction: false, ...patch });
  const watched = channelWith([account], {
    agent: script.agent,
    now: () => Date.now() + aheadMs,
    monotonic: () => performance.now() + aheadMs,
  });
  await watched.event('ready');
  /** What the bot has sent, and what was left of it. */
  const seen = () => sandbox.seen().filter(({ fromBot }) => fromBot);
  return {
    sandbox,
    ...script,
    ...watched,
    seen,
    /** Messages that are still there. */
    standing: () => seen().filter((message) => !lastOf(message).isRecalled),
    /** Sets the clocks of the platform and of the runtime forward. */
    pass(ms: number) {
      aheadMs += ms;
      sandbox.advance(ms);
    },
    writeAt: (piece: AnswerPiece) => {
      script.write(piece);
      return sandbox.time();
    },
  };
}
