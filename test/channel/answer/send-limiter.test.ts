import { setMaxListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { createSendLimiter, sendLimits } from '../../../src/channel/answer/send-limiter.ts';

const never = new AbortController().signal;
setMaxListeners(0, never);

/** A clock that a test moves; the timers follow it. */
function onClock<T>(work: (pass: (ms: number) => Promise<void>) => Promise<T>): Promise<T> {
  vi.useFakeTimers({ now: 1_000_000 });
  return work(async (ms) => void (await vi.advanceTimersByTimeAsync(ms))).finally(() =>
    vi.useRealTimers(),
  );
}

describe('messages on their way out', () => {
  it('go to one chat 5 times a second, and not more', () =>
    onClock(async (pass) => {
      const limiter = createSendLimiter(Date.now);
      const times: number[] = [];
      for (let count = 0; count < 12; count++) {
        void limiter.acquire('a', never).then(() => times.push(Date.now() - 1_000_000));
      }
      await pass(3000);
      expect(times).toHaveLength(12);
      for (const [index, time] of times.entries()) {
        const fifthBefore = times[index - sendLimits.perChatPerSecond];
        if (fifthBefore !== undefined) expect(time - fifthBefore).toBeGreaterThan(1000);
      }
    }));

  it('of all chats go out 50 times a second and 1,000 a minute, chats in turn', () =>
    onClock(async (pass) => {
      const limiter = createSendLimiter(Date.now);
      const sent: { chat: string; at: number }[] = [];
      for (let count = 0; count < 1100; count++) {
        const chat = `c${count % 100}`;
        void limiter.acquire(chat, never).then(() => sent.push({ chat, at: Date.now() }));
      }
      await pass(1000);
      expect(new Set(sent.map(({ chat }) => chat)).size).toBe(sent.length);
      expect(sent).toHaveLength(50);
      await pass(58_000);
      expect(sent).toHaveLength(1000);
      await pass(10_000);
      expect(sent).toHaveLength(1100);
      for (const [index, { at }] of sent.entries()) {
        const before = sent[index - 50];
        if (before) expect(at - before.at).toBeGreaterThan(1000);
      }
    }));

  it('of a chat with much to say do not keep another one waiting', () =>
    onClock(async (pass) => {
      const limiter = createSendLimiter(Date.now);
      const order: string[] = [];
      for (let count = 0; count < 100; count++) {
        void limiter.acquire('much', never).then(() => order.push('much'));
      }
      await pass(500);
      void limiter.acquire('little', never).then(() => order.push('little'));
      await pass(1);
      expect(order.at(-1)).toBe('little');
    }));

  it('wait as long as the platform asks: of one chat, or of all', () =>
    onClock(async (pass) => {
      const limiter = createSendLimiter(Date.now);
      const order: string[] = [];
      const send = (chat: string) => limiter.acquire(chat, never).then(() => order.push(chat));
      limiter.pauseFor(7000, 'a');
      void send('a');
      void send('b');
      await pass(6999);
      expect(order).toEqual(['b']);
      await pass(1);
      expect(order).toEqual(['b', 'a']);
      limiter.pauseFor(30_000);
      void send('a');
      void send('b');
      await pass(29_999);
      expect(order).toHaveLength(2);
      await pass(1);
      expect(order).toHaveLength(4);
    }));

  it('leave the line when nobody waits any more', () =>
    onClock(async (pass) => {
      const limiter = createSendLimiter(Date.now);
      limiter.pauseFor(1000);
      const abort = new AbortController();
      const left = limiter.acquire('a', abort.signal).catch((error: unknown) => error);
      abort.abort(new Error('stopped'));
      expect(await left).toMatchObject({ message: 'stopped' });
      expect(limiter.waiting).toBe(0);
      expect(vi.getTimerCount()).toBe(0);
      await pass(1);
    }));

  it('of growing cards leave room for messages, and none waits for the end of a card', () =>
    onClock(async (pass) => {
      const limiter = createSendLimiter(Date.now);
      let grown = 0;
      for (let count = 0; count < 2000; count++) {
        void limiter.acquireCall(`card${count % 60}`, never).then(() => {
          grown += 1;
        });
      }
      await pass(60_000);
      // A tenth of the minute's 1,000 is left for messages.
      expect(grown).toBeLessThanOrEqual(900);
      expect(grown).toBeGreaterThan(800);
      const went: string[] = [];
      void limiter.acquireCall('card7', never).then(() => went.push('growth'));
      void limiter.acquireCall('card7', never, 'end').then(() => went.push('end'));
      void limiter.acquire('chat', never).then(() => went.push('message'));
      await pass(1);
      expect(went.toSorted()).toEqual(['end', 'message']);
    }));
});
