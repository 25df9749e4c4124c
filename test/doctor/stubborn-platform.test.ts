import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/sandbox/sandbox.ts';
import { openWorkplace } from './workplace.ts';

const behaviours: readonly [string, FaultRule['do']][] = [
  ['answers nothing', { kind: 'malformed', as: 'empty' }],
  ['resets', { kind: 'drop' }],
  ['answers HTML', { kind: 'malformed', as: 'html' }],
  ['answers 500', { kind: 'status', status: 500 }],
  ['hangs', { kind: 'hang' }],
  ['answers half', { kind: 'malformed', as: 'truncated' }],
];
const behindIt = [
  'clock',
  'credentials',
  'bot',
  'permissions',
  'events',
  'event-mode',
  'callbacks',
  'publish',
  'availability',
  'connection',
  'online',
];

describe.concurrent('against a platform that', () => {
  it.each(behaviours)('%s, it ends and says of nothing that it is well', async (_name, act) => {
    const workplace = await openWorkplace();
    try {
      workplace.sandbox.fault({ match: {}, do: act });
      workplace.options = { exchangeMs: 1500 };
      const { checks } = await workplace.run();
      const statusOf = (id: string) => checks.find((check) => check.id === id)?.status;
      expect(statusOf('network')).toBe('fail');
      expect(behindIt.map(statusOf)).toEqual(behindIt.map(() => 'not-checked'));
      // What needs no platform is looked at all the same.
      expect(['config', 'secret', 'inbox'].map(statusOf)).toEqual(['ok', 'ok', 'ok']);
    } finally {
      await workplace.close();
    }
  });

  it.each(behaviours)('%s after the token, it does not know the rest', async (_name, act) => {
    const workplace = await openWorkplace();
    try {
      workplace.sandbox.fault({ match: { path: /^\/open-apis\/(?!auth)/ }, do: act });
      workplace.options = { exchangeMs: 1500 };
      const { checks } = await workplace.run();
      const statusOf = (id: string) => checks.find((check) => check.id === id)?.status;
      expect(['network', 'credentials', 'connection'].map(statusOf)).toEqual(['ok', 'ok', 'ok']);
      const unknown = ['bot', 'permissions', 'events', 'event-mode', 'publish', 'availability'];
      expect([...unknown, 'online'].map(statusOf)).toEqual(
        [...unknown, 'online'].map(() => 'not-checked'),
      );
      expect(checks.filter(({ status }) => status === 'fail')).toEqual([]);
    } finally {
      await workplace.close();
    }
  });
});
