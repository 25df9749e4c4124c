import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Agent } from '../../../src/channel/agent/agent.ts';
import { channelTexts as texts } from '../../../src/channel/channel-texts.ts';
import type { Claim } from '../../../src/channel/inbox/inbox.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { temporaryHome } from '../../support/home.ts';
import { waitFor } from '../../support/wait-for.ts';
import { accountOf, channelWith, noLimits, sandboxWith, sentText } from '../harness.ts';
import { inbound } from '../messages.ts';
import { configure, startRuntime } from '../runtime-process.ts';
import { openOwnInbox } from './own-inbox.ts';
import { textParts } from './text-parts.ts';

const quick = { sendLimits: noLimits, reconnectWaits: { firstMs: 0, minMs: 0, maxMs: 0 } };

function answersIn(sandbox: Sandbox): string[] {
  return sandbox.messages({ fromBot: true }).map(({ content }) => sentText(content));
}

/** Says something, and leaves it in the inbox as a process does that is killed at some point of its turn. */
async function leftBehind(
  sandbox: Sandbox,
  place: string,
  how: (claim: Claim) => Promise<void>,
  times = 1,
) {
  // Nobody is connected: the message reaches the inbox by our own hand.
  const said = sandbox.say({ text: 'question' });
  const message = inbound({ ...said, senderOpenId: sandbox.user.openId });
  const directory = join(place, sandbox.appId);
  for (let time = 0; time < times; time++) {
    const inbox = await openOwnInbox(directory);
    await inbox.receive(message);
    const claim = await inbox.claim(() => true);
    if (!claim) throw new Error('nothing was left behind');
    await how(claim);
    // Closing writes nothing of the claim: what is on the disk is what a crash leaves.
    await inbox.close();
  }
  return said;
}

describe('a turn that was cut off', () => {
  it('goes on after the last part that the platform has taken, and asks no agent', async () => {
    const sandbox = await sandboxWith();
    const place = await temporaryHome();
    await leftBehind(sandbox, place, async (claim) => {
      await claim.recordParts(0, textParts('one', 'two', 'three'), 'answered');
      await claim.recordAttempt(0);
      claim.recordDelivered(0);
    });
    const agent: Agent = { answer: () => expect.fail('the agent was asked again') };
    const { event } = channelWith([accountOf(sandbox)], { agent, inbox: place, times: quick });
    await event('answered');
    expect(answersIn(sandbox)).toEqual(['two', 'three']);
  });

  it('says once that it was cut short, where the rest of its text is gone', async () => {
    const sandbox = await sandboxWith();
    const place = await temporaryHome();
    await leftBehind(sandbox, place, async (claim) => {
      await claim.recordParts(0, textParts('one'));
      await claim.recordAttempt(0);
    });
    const agent: Agent = { answer: () => expect.fail('the agent was asked again') };
    const { event } = channelWith([accountOf(sandbox)], { agent, inbox: place, times: quick });
    await event('answered');
    expect(answersIn(sandbox)).toEqual(['one', texts.cutShort.en]);
  });

  it('begins anew where nothing was sent, twice; then it is parked, and the person told once', async () => {
    const sandbox = await sandboxWith();
    const [place, other] = [await temporaryHome(), await temporaryHome()];
    await leftBehind(sandbox, place, async () => undefined, 2);
    const first = channelWith([accountOf(sandbox)], { inbox: place, times: quick });
    await first.event('answered');
    expect(answersIn(sandbox)).toEqual(['hello']);
    await first.channel.stop();

    await leftBehind(sandbox, other, async () => undefined, 3);
    const second = channelWith([accountOf(sandbox)], { inbox: other, times: quick });
    const { error } = await second.event('error');
    expect(error.code).toBe('turn-parked');
    expect(answersIn(sandbox)).toEqual(['hello', texts.parkedNotice.en]);
    await waitFor(() => expect(second.channel.accounts[0]?.inbox?.parked).toHaveLength(1));
    await second.channel.stop();
    const third = channelWith([accountOf(sandbox)], { inbox: other, times: quick });
    await third.event('ready');
    sandbox.say({ text: 'still there?' });
    await third.event('answered');
    expect(answersIn(sandbox)).toEqual(['hello', texts.parkedNotice.en, 'still there?']);
  });

  it('is not said to be lost where the agent has answered it by itself', async () => {
    const sandbox = await sandboxWith();
    const [place, other] = [await temporaryHome(), await temporaryHome()];
    const agent: Agent = {
      hasAnswered: async () => true,
      answer: () => expect.fail('the agent was asked again'),
    };
    await leftBehind(sandbox, place, async (claim) => {
      await claim.recordParts(0, textParts('one'));
      await claim.recordAttempt(0);
    });
    const first = channelWith([accountOf(sandbox)], { agent, inbox: place, times: quick });
    await first.event('answered');
    expect(answersIn(sandbox)).toEqual(['one']);
    await first.channel.stop();

    await leftBehind(sandbox, other, async () => undefined, 3);
    const second = channelWith([accountOf(sandbox)], { agent, inbox: other, times: quick });
    await second.event('answered');
    expect(answersIn(sandbox)).toEqual(['one']);
    expect(second.channel.accounts[0]?.inbox?.parked).toEqual([]);
  });

  it('is kept when the runtime stops in order, and does not count as a crash', async () => {
    const sandbox = await sandboxWith();
    const place = await temporaryHome();
    for (let stop = 0; stop < 4; stop++) {
      let begun: () => void = () => undefined;
      const hasBegun = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const agent: Agent = {
        async *answer(_turn, signal) {
          begun();
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          yield '';
        },
      };
      const { channel, event } = channelWith([accountOf(sandbox)], {
        agent,
        inbox: place,
        times: quick,
      });
      await event('ready');
      if (stop === 0) sandbox.say({ text: 'hi' });
      await hasBegun;
      await channel.stop();
    }
    const { event } = channelWith([accountOf(sandbox)], { inbox: place, times: quick });
    await event('answered');
    expect(answersIn(sandbox)).toEqual(['hi']);
  }, 60_000);
});

describe('the program with an inbox that is out of order', () => {
  it('acknowledges nothing while its place cannot be used, says so, and goes on when it can', async () => {
    const home = await temporaryHome();
    const sandbox = await sandboxWith({ redeliveryMs: Array<number>(100).fill(500) });
    await configure(home, sandbox, { inbox: 'blocked' });
    const blocked = join(home, '.clawdbot', 'blocked');
    await writeFile(blocked, 'a file where a directory should be');
    const runtime = startRuntime(home);
    const told = await runtime.line(({ event }) => event === 'error');
    expect(told).toMatchObject({ error: { code: 'inbox-unwritable' } });
    await runtime.line(({ event }) => event === 'ready');
    sandbox.say({ text: 'hi' });
    await waitFor(() => expect(sandbox.deliveries().length).toBeGreaterThan(2), {
      timeout: 20_000,
    });
    expect(sandbox.deliveries().filter(({ ackCode }) => ackCode === 200)).toEqual([]);
    await rm(blocked);
    await runtime.line(({ event }) => event === 'answered');
    expect(answersIn(sandbox)).toEqual(['hi']);
    expect(await runtime.stop()).toBe(0);
  });

  it('sets a damaged one aside, says so once, and answers what was whole', async () => {
    const home = await temporaryHome();
    const sandbox = await sandboxWith();
    const place = join(home, '.clawdbot', 'feishu-inbox');
    await mkdir(place, { recursive: true });
    await configure(home, sandbox);
    await leftBehind(sandbox, place, async () => undefined);
    const directory = join(place, sandbox.appId);
    const [name = ''] = (await readdir(directory)).filter((entry) => entry.endsWith('.log'));
    const text = await readFile(join(directory, name), 'utf8');
    await writeFile(join(directory, name), `${text}0123456789abcdef {"is":"received","n":9`);
    const runtime = startRuntime(home);
    await runtime.line(({ event }) => event === 'answered');
    expect(runtime.lines.filter(({ event }) => event === 'error')).toMatchObject([
      { error: { code: 'inbox-damaged' } },
    ]);
    await runtime.kill();
    const again = startRuntime(home);
    await again.line(({ event }) => event === 'ready');
    expect(again.lines.filter(({ event }) => event === 'error')).toEqual([]);
    expect(answersIn(sandbox)).toEqual(['hello']);
  });
});
