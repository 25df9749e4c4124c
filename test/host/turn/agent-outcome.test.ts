/** What counts as a failure of the host's agent, and which words of it are kept. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLiveState } from '../../../src/host/account/live-state.ts';
import type { ReplyPayload } from '../../../src/host/runtime-contract.ts';
import { createAgentOutcome, failureWords } from '../../../src/host/turn/agent-outcome.ts';
import { Secret } from '../../../src/shared/secret.ts';

const failureOf = (...payloads: readonly ReplyPayload[]) => {
  const outcome = createAgentOutcome();
  for (const payload of payloads) outcome.delivered(payload, 'final');
  return outcome.failure();
};

it('knows errors that hosts deliver as answers', () => {
  // As Clawdbot 2026.1.24-3 and OpenClaw 2026.9.6 deliver them.
  const failures: readonly ReplyPayload[] = [
    { text: '401 Incorrect API key provided', isError: true },
    { text: '⚠️ Authentication failed (provider returned HTTP 401).', isError: true },
    { text: '⚠️ Agent failed before reply: No API key found for provider "anthropic".\nLogs: x' },
    { text: '⚠️ Context overflow — prompt too large for this model.' },
    { text: '', isError: true },
  ];
  expect(failures.filter((payload) => failureOf(payload) === undefined)).toEqual([]);
  const answers: readonly ReplyPayload[] = [
    { text: 'An agent failed before reply: that means …' },
    { text: '⚠️ Take care.' },
    { mediaUrl: 'https://example.com/a.png' },
  ];
  expect(answers.map((payload) => failureOf(payload))).toEqual(answers.map(() => undefined));
  // A failed tool beside an answer is no failure of the turn.
  expect(failureOf({ text: '⚠️ exec failed', isError: true }, { text: 'Done.' })).toBe(undefined);
  const thrown = createAgentOutcome();
  expect(thrown.hasAnswered()).toBe(false);
  thrown.threw(new Error('model is gone'));
  expect(thrown.failure()).toBe('model is gone');
});

it('keeps no credential, no control character and one short line of whatever a host says', () => {
  const secrets = [new Secret('mock-key')];
  const said =
    'bad key mock-key, sk-ant-abc12345, Bearer abcdefghij0123456789XYZ\u001B[31m\n https://u:pw@host/';
  const words = failureWords(said, secrets);
  expect(words).not.toMatch(/mock-key|sk-ant|abcdefghij|u:pw/);
  expect(words).toContain('bad key ***');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 6000 }), (text) => {
      const kept = failureWords(`${text} mock-key`, secrets);
      expect(kept).not.toContain('mock-key');
      expect(kept).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(kept.length).toBeLessThanOrEqual(300);
    }),
  );
  expect(failureWords('word '.repeat(4000), []).length).toBeLessThanOrEqual(300);
});

it('is overtaken by the next answer', () => {
  const patches: Readonly<Record<string, unknown>>[] = [];
  const state = createLiveState(
    { accountId: 'default', setStatus: (patch) => patches.push(patch) },
    { say: () => '', now: () => 5 },
  );
  const before = patches.length;
  state.recordAgentTurn(undefined);
  state.recordAgentTurn('no key');
  state.recordAgentTurn(undefined);
  state.recordAgentTurn(undefined);
  expect(patches.slice(before)).toEqual([
    { accountId: 'default', lastAgentFailure: { at: 5, error: 'no key' } },
    { accountId: 'default', lastAgentFailure: null },
  ]);
});
