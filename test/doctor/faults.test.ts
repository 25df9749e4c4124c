import { describe, expect, it } from 'vitest';
import { checkNames } from '../../src/doctor/check-names.ts';
import { expectNamed, isBroken, words } from './expect-named.ts';
import { faults } from './faults/all.ts';
import { openWorkplace, type WorkplaceOptions } from './workplace.ts';

it('knows at least 40 faults, each by its own words', () => {
  expect(new Set(faults.map(({ broken }) => broken)).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThanOrEqual(40);
});

describe('where everything works', () => {
  it.each<[string, WorkplaceOptions]>([
    ['without a host', {}],
    ['in Clawdbot', { host: 'clawdbot' }],
    ['in OpenClaw', { host: 'openclaw' }],
    ['with an app that tells its subscription', { app: { tellsSubscription: true } }],
    ['with an app made by a scan, which lists no version', { app: { listsVersions: false } }],
  ])('%s nothing is called broken', async (_name, options) => {
    const workplace = await openWorkplace(options);
    try {
      const { checks, fixes } = await workplace.run();
      expect(checks.filter(isBroken).map((check) => [check.id, ...words(check)])).toEqual([]);
      expect(fixes).toEqual([]);
      expect(checks.filter(({ id }) => !(id in checkNames)).map(({ id }) => id)).toEqual([]);
      // What nobody can tell is not called well.
      const told = options.app?.tellsSubscription === true;
      expect(checks.find(({ id }) => id === 'event-mode')?.status).toBe(
        told ? 'ok' : 'not-checked',
      );
    } finally {
      await workplace.close();
    }
  });
});

describe.concurrent('with one link broken', () => {
  it.each(faults.filter(({ needs }) => needs === undefined))('names it: $broken', expectNamed);
});
